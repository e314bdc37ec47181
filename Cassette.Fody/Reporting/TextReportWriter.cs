using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Cassette.Fody.Reporting;

/// <summary>Writes a report as text, for people: what matters most first.</summary>
public static class TextReportWriter
{
    public static string Write(WeaveReport report)
    {
        var text = new StringBuilder("Cassette in ").Append(report.Assembly).Append('\n');
        foreach (var context in report.Contexts)
            Write(text, context);
        if (report.Contexts.Count == 0)
            text.Append("\nNothing enters a context.\n");
        return text.ToString();
    }

    private static void Write(StringBuilder text, ContextReport context)
    {
        var unintended = context.Leaving.Where(c => !c.IsIntended).ToList();
        var intended = context.Leaving.Where(c => c.IsIntended).ToList();
        text.Append("\nContext ").Append(string.Join(" > ", context.Contexts)).Append('\n');
        text.Append(string.Format(
            CultureInfo.InvariantCulture, "{0}, {1} refused, {2} out of it: {3} unintended, {4} intended\n",
            Count(context.Clones.Count, "method"), context.Refused.Count, Count(context.Leaving.Count, "call"), unintended.Count, intended.Count));
        if (context.Refused.Count > 0)
        {
            text.Append("\n  Refused\n");
            Table(text, "    ", context.Refused.Select(r => new[] { r.Method, r.Code + " " + r.Because, Place(r.Position) }));
        }
        Leaving(text, "Leaving the context", unintended);
        Leaving(text, "Leaving the context as intended", intended);
        HandedOver(text, context.HandedOver);
        if (context.Clones.Count > 0)
        {
            text.Append("\n  Running in the context\n");
            Table(text, "    ", context.Clones.Select(c => new[] { c.Method, Why(c), Place(c.Position) }));
        }
    }

    private static void Leaving(StringBuilder text, string title, IReadOnlyList<ReportedLeave> calls)
    {
        if (calls.Count == 0)
            return;
        text.Append("\n  ").Append(title).Append('\n');
        foreach (var group in calls.GroupBy(c => (c.Code, c.Title)).OrderBy(g => g.Key.Code, StringComparer.Ordinal))
        {
            text.Append("    ").Append(group.Key.Code).Append(' ').Append(group.Key.Title).Append('\n');
            foreach (var reason in group.GroupBy(c => (c.Because, c.Remedy)))
            {
                text.Append("      ").Append(Sentence(reason.Key.Because)).Append(". ").Append(reason.Key.Remedy).Append(".\n");
                Table(text, "        ", reason.Select(c => new[] { c.Callee, "in " + c.Caller, Place(c.Position) }));
            }
        }
    }

    private static void HandedOver(StringBuilder text, IReadOnlyList<ReportedHandOver> handOvers)
    {
        if (handOvers.Count == 0)
            return;
        text.Append("\n  Run natively by code outside\n");
        var listed = new Dictionary<IReadOnlyList<string>, string>();
        foreach (var handOver in handOvers)
        {
            text.Append("    ").Append(string.Format(CultureInfo.InvariantCulture, Who(handOver.Kind), handOver.Type)).Append('\n');
            if (listed.TryGetValue(handOver.Methods, out var first) && handOver.Methods.Count > 1)
            {
                text.Append("      the same ").Append(Count(handOver.Methods.Count, "method")).Append(" as for a ").Append(first).Append('\n');
            }
            else
            {
                listed[handOver.Methods] = handOver.Type;
                foreach (var method in handOver.Methods)
                    text.Append("      ").Append(method).Append('\n');
            }
            Table(text, "        ", handOver.Sites.Select(s => new[] { s.Callee ?? (handOver.Kind == "object" ? "throw" : "-"), "in " + s.Caller, Place(s.Position) }));
        }
    }

    private static string Who(string kind) => kind switch
    {
        "staticConstructor" => "The runtime, before {0} is used",
        "finalizer" => "The garbage collector, for a {0} made",
        _ => "Whoever is handed a {0}",
    };

    private static string Why(ReportedClone clone) => clone.Reason switch
    {
        "entry" => "entered by " + clone.Source,
        "declaredEntry" => "an entry by declaration",
        "call" or "virtualCall" => "called by " + clone.Source,
        "override" => "overrides " + clone.Source,
        "implementation" => "implements " + clone.Source,
        "delegate" => "the target of a delegate called by " + clone.Source,
        _ => clone.Reason + " " + clone.Source,
    };

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);

    private static string Place(SourcePosition? position) => position?.ToString() ?? "";

    private static string Count(int count, string what) => count.ToString(CultureInfo.InvariantCulture) + " " + what + (count == 1 ? "" : "s");

    private static void Table(StringBuilder text, string indent, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        var widths = Enumerable.Range(0, 2).Select(i => all.Max(r => r[i].Length)).ToArray();
        foreach (var row in all)
            text.Append((indent + row[0].PadRight(widths[0]) + "  " + row[1].PadRight(widths[1]) + "  " + row[2]).TrimEnd()).Append('\n');
    }
}
