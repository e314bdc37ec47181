using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Passes;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil.Cil;
using Xunit;
using Diagnostic = Cassette.Fody.Reporting.Diagnostic;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Tests.Passes;

/// <summary>A pass that goes wrong is an error with a code, that names the pass and the method and stands at the pass's own line.</summary>
public sealed class BadPassTests
{
    private const string Source = """
        using System;
        using Cassette;

        public readonly record struct Ctx(int Metadata) : IContext<int>;

        public static class Program
        {
            static int Next(int x) => x + 1;

            static string Text(int x) => x.ToString();

            public static int Work(int a, int b)
            {
                int sum = 0;
                for (int i = 0; i < a; i++)
                    sum += Next(i) * Next(b);
                Console.WriteLine(Text(sum));
                return sum;
            }

            public static int Run() => new Ctx(1).Overdub(Work, 3, 4);
        }
        """;

    /// <summary>The line that the lambda's marked statement stands on.</summary>
    private static int Line([CallerLineNumber] int line = 0) => line;

    public static TheoryData<string> Edits => [.. BadEdits.Keys];

    private static readonly Dictionary<string, (Action<EditableBody> Edit, int Line, string Reason)> BadEdits = new()
    {
        ["a string for a number"] = (body => body.Replace(Call(body, "Next"), body.New.Constant("text"), dropEffects: true), Line(), "String"),
        ["a void call for a value"] = (body => body.Replace(Call(body, "Next"), body.New.Call(typeof(Console), "WriteLine")), Line(), "yields none"),
        ["an argument too few"] = (body => body.New.Call(body.Symbols.Method("Program", "Next")), Line(), "takes 1 values"),
        ["an argument of another type"] = (body => body.New.Call(body.Symbols.Method("Program", "Next"), body.New.Constant(1.0)), Line(), "double"),
        ["an object for a string"] = (body => body.New.Call(body.Symbols.Method(typeof(string), "Intern"), body.New.Box(body.New.Constant(1))), Line(), "string"),
        ["a method that is not there"] = (body => body.New.Call("Program", "Nex", body.New.Constant(1)), Line(), "Did you mean Next"),
        ["a type that is not there"] = (body => body.FindCalls("Missing.Type", "M"), Line(), "Missing.Type"),
        ["a type of the pass alone"] = (body => body.Symbols.Type(typeof(BadPassTests)), Line(), "Cassette.Tests"),
        ["an operand twice"] = (body => Twice(body, Call(body, "Next")), Line(), "used twice"),
        ["an operand with its whole"] = (body => body.Replace(Call(body, "Next"), body.New.Add(Call(body, "Next"), Call(body, "Next").Operands[0])), Line(), "used twice"),
        ["code behind a new return"] = (body => body.InsertAtStart(NewStatement.Return(body.New.Constant(1)), body.New.Constant(2)), Line(), "No path leads"),
        ["an edge that is gone"] = (body => { var edge = body.Edges.First(e => e.Kind == EdgeKind.Taken); body.TryFinally(); body.InsertOn(Outdated(body, edge), body.New.Constant(1)); }, Line(), "no longer there"),
        ["operands the other way round"] = (body => Swap(body, body.Find(e => e.Code == Code.Mul)[0]), Line(), "comes after it"),
        ["an operand lost"] = (body => body.Replace(body.Find(e => e.Code == Code.Mul)[0], body.New.Constant(1)), Line(), "no longer be evaluated"),
        ["an operand of another place"] = (body => body.InsertAtStart(body.New.Call(body.Symbols.Method("Program", "Next"), Call(body, "Text").Operands[0])), Line(), "another place"),
        ["a branch taken out"] = (body => body.Remove(body.Returns[0]), Line(), "ends its block"),
        ["code behind a return"] = (body => body.InsertAfter(body.Returns[0], body.New.Constant(1)), Line(), "Nothing runs behind"),
        ["a foreign local"] = (body => body.New.Load(new Local(body.Types.Int32)), Line(), "another body"),
        ["a foreign argument"] = (body => body.New.Load(new Argument("x", body.Types.Int32, 0, false)), Line(), "argument"),
        ["NoOverdub on a sum"] = (body => body.Find(e => e.Code == Code.Mul)[0].NoOverdub = true, Line(), "Only a call"),
        ["a return of another type"] = (body => body.InsertAtStart(NewStatement.Return(body.New.Constant("x"))), Line(), "returned"),
        ["a field that is not there"] = (body => body.New.Field(body.Symbols.Field(typeof(string), "Nothing")), Line(), "Nothing"),
        ["a condition that is none"] = (body => body.InsertAtStart(NewStatement.If(body.New.Constant(1.5), [])), Line(), "condition"),
        ["an edit of a finished body"] = (body => { body.Finish(); body.Remove(body.Statements[0]); }, Line(), "finished"),
    };

    private static Expression Call(EditableBody body, string name) => body.FindCalls("Program", name)[0];

    private static void Twice(EditableBody body, Expression call) => body.Replace(call, body.New.Add(call, call));

    /// <summary>Lets the branch of an edge go elsewhere, as an edit of the stack code may.</summary>
    private static Edge Outdated(EditableBody body, Edge edge)
    {
        edge.Source!.Terminator!.Expression.Instruction.Operand = body.Blocks[0].Block;
        return edge;
    }

    private static void Swap(EditableBody body, Expression product) => body.Replace(product, body.New.Multiply(product.Operands[1], product.Operands[0]));

    [Theory, MemberData(nameof(Edits))]
    public void A_bad_edit_is_refused_where_it_is_made(string name)
    {
        var (edit, line, reason) = BadEdits[name];
        Diagnostic error = Error(TestPasses.Editing("Ctx", body =>
        {
            if (body.Body.Origin.Name == "Work")
                edit(body);
        }));

        Assert.Equal("CAS374", error.Id);
        Assert.Contains("Test.CtxPass", error.Message);
        Assert.Contains("Program.Work(int, int)", error.Message);
        Assert.Contains(reason, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Program.Next(i)", error.Remedy);
        Assert.NotNull(error.Position);
        Assert.EndsWith("BadPassTests.cs", error.Position.Value.File);
        if (!name.StartsWith("an operand twice", StringComparison.Ordinal) && !name.StartsWith("operands the other", StringComparison.Ordinal))
            Assert.Equal(line, error.Position.Value.Line);
    }

    [Fact]
    public void A_body_that_does_not_verify_is_refused_at_the_edit_that_broke_it()
    {
        int line = 0;
        Diagnostic error = Error(TestPasses.Editing("Ctx", body =>
        {
            if (body.Body.Origin.Name != "Work")
                return;
            body.InsertAtStart(body.New.Constant(1));
            // The operand of an instruction cannot be guarded when it is changed; the next edit shows it.
            body.Find(e => e.Code == Code.Mul)[0].Instruction.Operand = "text";
            line = Line(); body.InsertAtStart(body.New.Constant(2));
            body.InsertAtStart(body.New.Constant(3));
        }));

        Assert.Equal("CAS374", error.Id);
        Assert.Equal(line, error.Position!.Value.Line);
        Assert.Contains("the operand is a String", error.Message);
    }

    [Fact]
    public void A_body_broken_as_stack_code_names_pass_and_method()
    {
        Diagnostic error = Error(TestPasses.For("Ctx", reflection =>
        {
            if (reflection.Method.Name == "Next")
                reflection.Body.Blocks[0].Instructions.Insert(0, new Instruction(Code.Pop));
            return PassResult.Overdub(reflection.Body);
        }));

        Assert.Equal("CAS374", error.Id);
        Assert.Contains("'Program.Next(int)'", error.Message);
        Assert.Contains("the stack is too short", error.Message);
    }

    [Fact]
    public void A_pass_that_throws_is_told_with_its_line()
    {
        int line = 0;
        Diagnostic error = Error(TestPasses.For("Ctx", reflection =>
        {
            line = Line(); throw new InvalidOperationException("no such luck");
        }));

        Assert.Equal("CAS371", error.Id);
        Assert.Contains("System.InvalidOperationException", error.Message);
        Assert.Contains("no such luck", error.Message);
        Assert.Equal(line, error.Position!.Value.Line);
    }

    [Fact]
    public void A_pass_that_loops_is_stopped()
    {
        WovenProgram woven = Weave(TestPasses.For("Ctx", reflection =>
        {
            var body = reflection.Edit();
            while (true)
                body.InsertAtStart(body.New.Constant(1));
        }), TimeSpan.FromSeconds(0.5));

        Diagnostic error = Assert.Single(woven.Diagnostics, found => found.Severity == Fody.Reporting.DiagnosticSeverity.Error);
        Assert.Equal("CAS372", error.Id);
        Assert.Contains("after 0.5 seconds", error.Message);
    }

    [Fact]
    public void The_configuration_says_how_long_a_pass_may_take()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Debug, new Source("/src/Work.cs", Source)).TryWeave(
            "<Cassette PassTimeout=\"1\" />",
            passes: TestPasses.For("Ctx", reflection =>
            {
                var body = reflection.Edit();
                while (true)
                    body.New.Constant(1);
            }));

        Diagnostic error = Assert.Single(woven.Diagnostics, found => found.Severity == Fody.Reporting.DiagnosticSeverity.Error);
        Assert.Equal("CAS372", error.Id);
        Assert.Contains("after 1 seconds", error.Message);
        Assert.Contains("PassTimeout", error.Remedy);
    }

    [Fact]
    public void A_pass_that_recurses_without_end_while_it_looks_is_told()
    {
        Assert.All(new Func<EditableBody, object>[] { body => body.Statements, body => body.Expressions, body => body.Edges, body => body.Symbols }, look =>
        {
            int Look(EditableBody body) => look(body) is null ? 0 : Look(body) + 1;
            Diagnostic error = Error(TestPasses.Editing("Ctx", body => Look(body)));
            Assert.Equal("CAS371", error.Id);
            Assert.Contains("InsufficientExecutionStackException", error.Message);
        });
    }

    [Fact]
    public void A_pass_that_recurses_without_end_is_told()
    {
        Diagnostic error = Error(TestPasses.Editing("Ctx", body => Deeper(body)));

        Assert.Equal("CAS371", error.Id);
        Assert.Contains("InsufficientExecutionStackException", error.Message);
    }

    private static int Deeper(EditableBody body) => body.New.Constant(1) is null ? 0 : Deeper(body) + 1;

    [Fact]
    public void Results_that_are_no_body_of_the_method_are_refused()
    {
        MethodIR? first = null;
        Assert.Equal("CAS373", Error(TestPasses.For("Ctx", _ => null!)).Id);
        Diagnostic other = Error(TestPasses.For("Ctx", reflection => PassResult.Overdub(first ??= reflection.Body)));
        Assert.Equal("CAS373", other.Id);
        Assert.Contains("it returned the body of", other.Message);
        Diagnostic shorter = Error(TestPasses.For("Ctx", reflection =>
        {
            reflection.Body.Arguments.RemoveAt(reflection.Body.Arguments.Count - 1);
            return PassResult.Overdub(reflection.Body);
        }));
        Assert.Contains("other arguments", shorter.Message);
    }

    [Fact]
    public void Nothing_is_woven_when_a_pass_fails()
    {
        WovenProgram woven = Weave(TestPasses.For("Ctx", _ => throw new InvalidOperationException()), TimeSpan.FromSeconds(10));

        using var module = Mono.Cecil.ModuleDefinition.ReadModule(new System.IO.MemoryStream(woven.Image));
        Assert.DoesNotContain(module.Types.SelectMany(type => type.Methods), method => method.Name.Contains('@'));
    }

    private static Diagnostic Error(TestPasses passes) =>
        Weave(passes, TimeSpan.FromMinutes(5)).Diagnostics.First(found => found.Severity == Fody.Reporting.DiagnosticSeverity.Error);

    private static WovenProgram Weave(TestPasses passes, TimeSpan limit) =>
        CompiledProgram.Compile(OptimizationLevel.Debug, new Source("/src/Work.cs", Source)).TryWeave(passes: passes, passLimit: limit);
}
