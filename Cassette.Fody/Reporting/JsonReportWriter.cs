using System.Collections.Generic;
using System.Linq;

namespace Cassette.Fody.Reporting;

/// <summary>Writes a report as JSON, for tools.</summary>
public static class JsonReportWriter
{
    /// <summary>Raised whenever a member changes its meaning or goes.</summary>
    private const int Version = 2;

    public static string Write(WeaveReport report)
    {
        var json = new JsonText();
        json.BeginObject();
        json.Name("version").Value(Version);
        json.Name("assembly").Value(report.Assembly);
        json.Name("contexts").BeginArray();
        foreach (var context in report.Contexts)
            Write(json, context);
        json.EndArray();
        return json.EndObject().ToString();
    }

    private static void Write(JsonText json, ContextReport context)
    {
        json.BeginObject();
        json.Name("name").Value(context.Name);
        json.Name("contexts").BeginArray();
        foreach (var name in context.Contexts)
            json.Value(name);
        json.EndArray();
        json.Name("clones").BeginArray();
        foreach (var clone in context.Clones)
        {
            json.BeginObject().Name("method").Value(clone.Method).Name("reason").Value(clone.Reason).Name("source").Value(clone.Source);
            Write(json, clone.Position);
        }
        json.EndArray();
        json.Name("refused").BeginArray();
        foreach (var refusal in context.Refused)
        {
            json.BeginObject().Name("method").Value(refusal.Method);
            json.Name("code").Value(refusal.Code).Name("reason").Value(refusal.Reason).Name("because").Value(refusal.Because);
            Write(json, refusal.Position);
        }
        json.EndArray();
        json.Name("leaving").BeginArray();
        foreach (var call in context.Leaving)
        {
            json.BeginObject().Name("callee").Value(call.Callee).Name("caller").Value(call.Caller);
            json.Name("code").Value(call.Code).Name("reason").Value(call.Reason).Name("intended").Value(call.IsIntended);
            json.Name("because").Value(call.Because).Name("remedy").Value(call.Remedy);
            Write(json, call.Position);
        }
        json.EndArray();
        json.Name("handedOver").BeginArray();
        var lists = new Dictionary<IReadOnlyList<string>, int>();
        foreach (var handOver in context.HandedOver)
            Write(json, handOver, lists);
        json.EndArray();
        json.Name("methodLists").BeginArray();
        foreach (var list in lists.OrderBy(l => l.Value))
            WriteList(json, list.Key);
        json.EndArray();
        json.EndObject();
    }

    /// <summary>The methods are told by their list's place among the context's lists: there are many types with the same.</summary>
    private static void Write(JsonText json, ReportedHandOver handOver, Dictionary<IReadOnlyList<string>, int> lists)
    {
        if (!lists.TryGetValue(handOver.Methods, out var list))
            lists.Add(handOver.Methods, list = lists.Count);
        json.BeginObject().Name("kind").Value(handOver.Kind).Name("type").Value(handOver.Type).Name("methods").Value(list);
        json.Name("sites").BeginArray();
        foreach (var site in handOver.Sites)
        {
            json.BeginObject().Name("callee").Value(site.Callee).Name("caller").Value(site.Caller);
            Write(json, site.Position);
        }
        json.EndArray();
        json.EndObject();
    }

    private static void WriteList(JsonText json, IReadOnlyList<string> methods)
    {
        json.BeginArray();
        foreach (var method in methods)
            json.Value(method);
        json.EndArray();
    }

    /// <summary>The members that end an entry.</summary>
    private static void Write(JsonText json, SourcePosition? position)
    {
        json.Name("file").Value(position?.File);
        json.Name("line").Value(position?.Line ?? 0);
        json.Name("column").Value(position?.Column ?? 0);
        json.EndObject();
    }
}
