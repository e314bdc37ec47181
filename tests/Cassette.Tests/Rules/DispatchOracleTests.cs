using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Cassette.Fody.Rules;
using Xunit;

namespace Cassette.Tests.Rules;

/// <summary>
/// Random sets of rules against the definition of multiple dispatch: for every combination of run-time types the first rule whose tests hold has
/// to be the one that is at least as specific as every other that applies, and there is a tie exactly where for some combination there is none.
/// </summary>
public class DispatchOracleTests
{
    private const int Contexts = 150;

    private const string Hierarchy = """

        interface IA { }
        interface IB { }
        class A : IA { }
        class B : IB { }
        class D : A { }
        class AB : A, IB { }
        sealed class S { }
        class A2 : A, IB { }
        class BA : B, IA { }
        class DB : D, IB { }
        class Bare : IA, IB { }
        static class Lib
        {
            public static void Objects(object a, object b) { }
            public static void Mixed(A a, object b) { }
            public static void Faces(IA a, IB b) { }
        }
        static class Program { public static void Run() { Lib.Objects(1, 2); Lib.Mixed(null!, 2); Lib.Faces(null!, null!); } }
        """;

    /// <summary>What each class is, itself first. The last four are there so that whatever can be two of the rules' types at once has an instance.</summary>
    private static readonly Dictionary<string, string[]> Classes = new()
    {
        ["object"] = ["object"],
        ["A"] = ["A", "IA", "object"],
        ["B"] = ["B", "IB", "object"],
        ["D"] = ["D", "A", "IA", "object"],
        ["AB"] = ["AB", "A", "IA", "IB", "object"],
        ["S"] = ["S", "object"],
        ["A2"] = ["A2", "A", "IA", "IB", "object"],
        ["BA"] = ["BA", "B", "IA", "IB", "object"],
        ["DB"] = ["DB", "D", "A", "IA", "IB", "object"],
        ["Bare"] = ["Bare", "IA", "IB", "object"],
    };

    private static readonly string[] RuleTypes = ["object", "IA", "IB", "A", "B", "D", "AB", "S"];

    private static readonly (string Callee, string First, string Second)[] Calls = [("Objects", "object", "object"), ("Mixed", "A", "object"), ("Faces", "IA", "IB")];

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public void Selections_agree_with_the_definition(int seed)
    {
        var random = new Random(seed);
        var rules = Enumerable.Range(0, Contexts).Select(_ => RandomRules(random)).ToList();
        using var subject = RuleSubject.Of(string.Concat(rules.Select(ContextOf)) + Hierarchy);
        var ties = 0;
        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var (callee, first, second) in Calls)
            {
                var before = subject.Diagnostics.Count;
                var selection = subject.Select(RuleKind.Prehook, callee, context: "Ctx" + i);
                var tied = subject.Diagnostics.Count > before;
                var expected = Combinations(first, second).Select(types => (Types: types, Winners: Winners(rules[i], types))).ToList();
                Assert.True(tied == expected.Any(e => e.Winners.Count > 1), $"{callee} of {ContextOf(rules[i], i)}: tie reported is {tied}");
                ties += tied ? 1 : 0;
                if (tied)
                    continue;
                foreach (var (types, winners) in expected)
                    Assert.Equal((types, winners.SingleOrDefault()), (types, Chosen(selection, types)));
            }
        }
        // Neither all of them nor none: the generator keeps asking both questions.
        Assert.InRange(ties, 20, Contexts * Calls.Length - 20);
    }

    private static List<(string, string)> RandomRules(Random random) =>
        Enumerable.Range(0, random.Next(2, 6)).Select(_ => (RuleTypes[random.Next(RuleTypes.Length)], RuleTypes[random.Next(RuleTypes.Length)])).Distinct().ToList();

    private static string ContextOf(List<(string, string)> rules, int index)
    {
        var text = new StringBuilder("struct Ctx" + index + " : IContext {");
        foreach (var (first, second) in rules)
            text.Append(" [Prehook] static void ").Append(first).Append('_').Append(second).Append("(Ctx").Append(index).Append(" c, ").Append(first).Append(" a, ").Append(second).Append(" b) { }");
        return text.Append(" }\n").ToString();
    }

    private static IEnumerable<(string, string)> Combinations(string first, string second) =>
        from a in Classes.Keys where Is(a, first) from b in Classes.Keys where Is(b, second) select (a, b);

    /// <summary>The rules that apply and that no other one that applies is narrower than.</summary>
    private static List<string> Winners(List<(string, string)> rules, (string First, string Second) types)
    {
        var applicable = rules.Where(rule => Is(types.First, rule.Item1) && Is(types.Second, rule.Item2)).ToList();
        return applicable.Where(rule => !applicable.Any(other => other != rule && Is(other.Item1, rule.Item1) && Is(other.Item2, rule.Item2)))
            .Select(rule => rule.Item1 + "_" + rule.Item2).ToList();
    }

    private static string? Chosen(RuleSelection selection, (string First, string Second) types) =>
        selection.Bindings.FirstOrDefault(binding => binding.Tests.All(test => Is(test.Argument == 0 ? types.First : types.Second, test.Type.DisplayName)))?.Rule.Definition.Name;

    private static bool Is(string type, string other) =>
        type == other || other == "object" || Classes.TryGetValue(type, out var all) && all.Contains(other);
}
