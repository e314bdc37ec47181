using System.Collections.Generic;
using System.Text;

namespace Cassette.Tests.Differential;

/// <summary>
/// Makes well-formed C# programs that use the language's constructs together, the same program for the same seed. Every method of a
/// program reports that it runs, by a <c>Probe.Here</c> of its own, and burns fuel, so that every program ends.
/// </summary>
/// <remarks>
/// All computation is over <c>int</c>, which keeps any expression good for any place: what is random is which constructs carry the values,
/// and how they are nested. A fixed set of types (virtual, interface, generic, disposable, comparable, ...) has random bodies.
/// </remarks>
internal sealed class ProgramGenerator
{
    private readonly Choice choice;
    private readonly StringBuilder text = new();
    private readonly ExpressionWriter expressions;
    private readonly StatementWriter statements;
    private int probes;

    private ProgramGenerator(int seed)
    {
        choice = new Choice(seed);
        var functions = new List<Function>();
        for (var i = 0; i < 10; i++)
            functions.Add(new Function("F" + i, choice.Of<FunctionKind>(FunctionKind.Plain, FunctionKind.Plain, FunctionKind.Iterator, FunctionKind.Async, FunctionKind.Generic, FunctionKind.ByRef)));
        functions.Add(new Function("F10", FunctionKind.Plain));
        Functions = functions;
        expressions = new ExpressionWriter(choice, functions);
        statements = new StatementWriter(choice, expressions, functions);
    }

    private IReadOnlyList<Function> Functions { get; }

    /// <summary>The program of a seed.</summary>
    public static GeneratedProgram Make(int seed)
    {
        var generator = new ProgramGenerator(seed);
        generator.Write();
        return new GeneratedProgram(seed, generator.text.ToString(), generator.probes);
    }

    private void Write()
    {
        text.Append(ProgramParts.Usings);
        text.Append(ProgramParts.Runtime);
        WriteTypes(ProgramParts.Types);
        WriteTypes(ProgramTools.Types);
        text.Append("public static class Program\n{\n    static int field = 3;\n    static readonly int[] table = new int[8];\n\n");
        foreach (var function in Functions)
            WriteFunction(function);
        WriteRun();
        text.Append("}\n");
    }

    private void WriteRun()
    {
        text.Append("    public static void Run(TextWriter output)\n    {\n        Out.Writer = output;\n        Rare.Kept.Clear();\n        field = 3;\n        new int[] { 4, 1, 3, 5, 9, 2, 6, 8 }.CopyTo(table, 0);\n");
        foreach (var function in Functions)
        {
            var call = function.Kind switch
            {
                FunctionKind.Iterator => $"System.Linq.Enumerable.Sum({function.Name}(3, 4))",
                FunctionKind.Async => $"{function.Name}(3, 4).GetAwaiter().GetResult()",
                FunctionKind.ByRef => $"{function.Name}(ref field, 4)",
                FunctionKind.Generic => $"{function.Name}<string>(\"g\", 3, 4)",
                _ => $"{function.Name}(3, 4)",
            };
            text.Append("        try\n        {\n            Fuel.Left = 120;\n            Out.Line(\"").Append(function.Name).Append("\", ").Append(call)
                .Append(");\n        }\n        catch (Exception fault)\n        {\n            Out.Fault(fault);\n        }\n");
        }
        text.Append("    }\n");
    }

    private void WriteFunction(Function function)
    {
        var scope = new Scope(function.Kind) { Readable = { "a", "b", "field" }, Writable = { "a", "b", "field" } };
        var signature = function.Kind switch
        {
            FunctionKind.Iterator => $"static IEnumerable<int> {function.Name}(int a, int b)",
            FunctionKind.Async => $"static async {function.TaskType(choice)} {function.Name}(int a, int b)",
            FunctionKind.Generic => $"static int {function.Name}<T>(T t, int a, int b) where T : notnull",
            FunctionKind.ByRef => $"static int {function.Name}(ref int a, int b)",
            _ => $"static int {function.Name}(int a, int b)",
        };
        text.Append("    ").Append(signature).Append("\n    {\n");
        text.Append("        ").Append(Probe()).Append('\n');
        text.Append(function.Kind == FunctionKind.Iterator ? "        if (!Fuel.Burn()) yield break;\n" : "        if (!Fuel.Burn()) return 1;\n");
        if (function.Kind == FunctionKind.Generic)
            text.Append("        a += new Box<T>(t).Count(x => x.Equals(t)) + typeof(T).Name.Length;\n");
        statements.Write(text, scope, choice.Between(2, 6), 2);
        if (function.Kind == FunctionKind.Iterator)
            text.Append("        yield return ").Append(expressions.Int(scope, 2)).Append(";\n");
        else
            text.Append("        return ").Append(expressions.Int(scope, 3)).Append(";\n");
        text.Append("    }\n\n");
    }

    /// <summary>The fixed types, their bodies filled in.</summary>
    private void WriteTypes(string parts)
    {
        var at = 0;
        while (true)
        {
            var hole = parts.IndexOf('#', at);
            if (hole < 0)
                break;
            text.Append(parts, at, hole - at);
            var end = parts.IndexOf('#', hole + 1);
            text.Append(Fill(parts.Substring(hole + 1, end - hole - 1)));
            at = end + 1;
        }
        text.Append(parts, at, parts.Length - at);
    }

    /// <summary><c>probe</c>, or the names that an int expression may read, separated by blanks.</summary>
    private string Fill(string hole)
    {
        if (hole == "probe")
            return Probe() + " if (!Fuel.Burn()) return 1;";
        if (hole == "probe!")
            return Probe();
        var scope = new Scope(FunctionKind.Plain) { IsInType = true };
        scope.Readable.AddRange(hole.Split(' '));
        return expressions.Int(scope, 2);
    }

    private string Probe() => $"Probe.Here({probes++});";
}

/// <summary>A generated program.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Text">Its source.</param>
/// <param name="Probes">How many <c>Probe.Here</c> it has, numbered from 0.</param>
internal sealed record GeneratedProgram(int Seed, string Text, int Probes);
