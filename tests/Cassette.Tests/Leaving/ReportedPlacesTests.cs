using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Xunit;

namespace Cassette.Tests.Leaving;

/// <summary>What a report of a whole program says is so: its clones exist, its calls stand where it says, and both of its forms say all of it.</summary>
public sealed class ReportedPlacesTests
{
    public static TheoryData<string> Programs => [.. WholeProgram.Names()];

    [Theory, MemberData(nameof(Programs))]
    public void Each_reported_clone_is_in_the_assembly_and_each_clone_is_reported(string name)
    {
        CompiledProgram compiled = WholeProgram.Compile(name, OptimizationLevel.Release);
        WovenProgram woven = compiled.Weave("<Cassette Report='true' />");
        using var account = new Account(compiled);
        using var resolver = new PlatformResolver(new Dictionary<string, byte[]>());
        using var module = ModuleDefinition.ReadModule(new MemoryStream(woven.Image), new ReaderParameters { AssemblyResolver = resolver });
        foreach (ContextReport context in woven.Result.Report!.Contexts)
        {
            // A constructor's clone is told from the original by what it takes besides, any other by its name.
            List<MethodDefinition> clones = [.. module.GetTypes().SelectMany(type => type.Methods).Where(method => method.Name.EndsWith("@" + context.Name, StringComparison.Ordinal) && method.DeclaringType.Name != "<Cassette>")];
            HashSet<string> reported = [.. context.Clones.SelectMany(clone => account.Named(clone.Method)).Where(method => !method.IsConstructor).Select(method => method.DeclaringType.FullName + "::" + method.Name)];
            Assert.All(context.Clones, clone => Assert.NotEmpty(account.Named(clone.Method)));
            HashSet<string> found = [.. clones.Select(method => method.DeclaringType.FullName + "::" + method.Name[..method.Name.LastIndexOf('@')])];
            Assert.Empty(reported.Except(found));
            // An interface's slot, which has no body to run in a context, and a stub of one have clones that only lead on.
            HashSet<string> bodies = [.. found.Where(clone => !clone.Contains('.') || !clone.Split("::")[1].Contains('.'))];
            Assert.All(bodies.Except(reported), clone => Assert.Contains(clone, LeadingOn(module, context.Name)));
        }
    }

    [Theory, MemberData(nameof(Programs))]
    public void Each_call_that_leaves_stands_where_the_report_says(string name)
    {
        CompiledProgram compiled = WholeProgram.Compile(name, OptimizationLevel.Debug);
        string[] lines = WholeProgram.Read(name).Split('\n');
        ContextReport context = compiled.Weave("<Cassette Report='true' />").Result.Report!.Contexts.Single(found => found.Name == "FullCtx");
        using var account = new Account(compiled);
        int found = 0;
        foreach (ReportedLeave call in context.Leaving)
        {
            Assert.Matches("^CAS5[0-9]{2}$", call.Code);
            Assert.NotEmpty(call.Because);
            Assert.NotEmpty(call.Remedy);
            Assert.NotEmpty(account.Named(call.Caller));
            string callee = WrittenName(call.Callee);
            // Members that the compiler writes have no place; operators, accessors and constructs have no name there.
            if (call.Position is not { } position || !char.IsLetter(callee[0]) || !lines.Any(line => line.Contains(callee, StringComparison.Ordinal)))
                continue;
            Assert.InRange(position.Line, 1, lines.Length);
            string statement = string.Join("\n", lines.Skip(position.Line - 1).Take(12));
            if (statement.Contains(callee, StringComparison.Ordinal))
                found++;
        }

        Assert.True(found > 15, $"only {found} calls were found by their names");
    }

    [Theory, MemberData(nameof(Programs))]
    public void Both_forms_list_everything(string name)
    {
        WeaveReport report = WholeProgram.Compile(name, OptimizationLevel.Release).Weave("<Cassette Report='true' />").Result.Report!;
        using JsonDocument json = JsonDocument.Parse(JsonReportWriter.Write(report));
        string text = TextReportWriter.Write(report);
        foreach ((JsonElement written, ContextReport context) in json.RootElement.GetProperty("contexts").EnumerateArray().Zip(report.Contexts))
        {
            Assert.Equal(context.Leaving.Count, written.GetProperty("leaving").GetArrayLength());
            Assert.Equal(context.Clones.Count, written.GetProperty("clones").GetArrayLength());
            Assert.Equal(
                context.HandedOver.Select(handOver => (handOver.Type, handOver.Methods.Count, handOver.Sites.Count)),
                written.GetProperty("handedOver").EnumerateArray().Select(handOver => (handOver.GetProperty("type").GetString()!, written.GetProperty("methodLists")[handOver.GetProperty("methods").GetInt32()].GetArrayLength(), handOver.GetProperty("sites").GetArrayLength())));
            Assert.All(context.Leaving, call => Assert.Contains(call.Callee, text, StringComparison.Ordinal));
            Assert.All(context.Clones, clone => Assert.Contains(clone.Method, text, StringComparison.Ordinal));
            Assert.All(context.HandedOver.SelectMany(handOver => handOver.Methods), method => Assert.Contains(method, text, StringComparison.Ordinal));
            Assert.All(context.HandedOver, handOver => Assert.NotEmpty(handOver.Sites));
        }
    }

    /// <summary>Type parameters that anything may stand for say no more than <c>object</c>: what may be called on them is listed once.</summary>
    [Theory, Builds]
    public void What_may_be_called_on_anything_is_listed_once(OptimizationLevel build)
    {
        CompiledProgram compiled = CompiledProgram.Compile(build, new Source("/src/Anything.cs", """
            using System;
            using System.Collections.Generic;
            using System.IO;
            public static class Program
            {
                public static void Run(TextWriter output)
                {
                    First<object>(new Named(), output);
                    Second<Named, int>([], new Named(), 1);
                    Third(new Named());
                }
                private static void First<T>(T value, TextWriter output) => output.WriteLine(string.Concat(value, "."));
                private static void Second<TKey, TValue>(Dictionary<TKey, TValue> all, TKey key, TValue value) where TKey : notnull => all.Add(key, value);
                private static int Third<T>(T value) where T : IComparable<T> => Comparer<T>.Default.Compare(value, value);
            }
            public sealed class Named : IComparable<Named>
            {
                public override string ToString() => "name";
                public int CompareTo(Named? other) => 0;
            }
            public sealed class Other { public override string ToString() => "other"; }
            """), NativeTrace.Entries);
        ContextReport report = compiled.Weave("<Cassette Report='true' />").Result.Report!.Contexts.Single(found => found.Name == "FullCtx");
        ReportedHandOver[] handedOver = [.. report.HandedOver.Where(handOver => handOver.Kind == "object")];
        ReportedHandOver anything = handedOver.Single(handOver => handOver.Methods.Contains("Other.ToString()"));
        Assert.Equal("object", anything.Type);
        Assert.Equal(["Program.First<T>(T, System.IO.TextWriter)", "Program.Second<TKey, TValue>(System.Collections.Generic.Dictionary<TKey, TValue>, TKey, TValue)"], anything.Sites.Select(site => site.Caller).Distinct().Order());
        Assert.Equal(["Named.CompareTo(Named)", "Named.ToString()"], handedOver.Single(handOver => handOver.Type == "T").Methods);
    }

    /// <summary>The methods whose clones are reached by calls and make none but of what they stand for.</summary>
    private static ImmutableHashSet<string> LeadingOn(ModuleDefinition module, string context) =>
    [
        .. module.GetTypes().SelectMany(type => type.Methods)
            .Where(method => method.Name.EndsWith("@" + context, StringComparison.Ordinal) && (!method.HasBody || method.Body.Instructions.Count(instruction => instruction.Operand is MethodReference) <= 1))
            .Select(method => method.DeclaringType.FullName + "::" + method.Name[..method.Name.LastIndexOf('@')]),
    ];

    private static string WrittenName(string callee)
    {
        string name = callee.Split('(')[0];
        int generic = name.IndexOf('<', name.LastIndexOf('.') < 0 ? 0 : 0);
        if (generic >= 0)
        {
            int depth = 0;
            name = string.Concat(name.Where(c =>
            {
                depth += c == '<' ? 1 : 0;
                bool keep = depth == 0;
                depth -= c == '>' ? 1 : 0;
                return keep;
            }));
        }

        name = name[(name.LastIndexOf('.') + 1)..];
        return name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name[4..] : name.Length == 0 ? "?" : name;
    }
}
