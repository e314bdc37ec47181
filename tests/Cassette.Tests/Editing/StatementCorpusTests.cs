using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.Editing;

/// <summary>Each kind of edit at every place of two real libraries: every body verifies afterwards.</summary>
public class StatementCorpusTests(ITestOutputHelper output)
{
    public static TheoryData<string> Libraries => [Corpus.Newtonsoft, Corpus.MathNet];

    [Theory, MemberData(nameof(Libraries))]
    public void Every_block_written_anew(string library) => Try(library, (body, _) =>
    {
        foreach (var block in body.Blocks)
            body.Edited(block);
        return body.Statements.Count;
    });

    [Theory, MemberData(nameof(Libraries))]
    public void A_call_before_every_statement(string library) => Try(library, (body, collect) =>
    {
        var statements = body.Statements;
        foreach (var statement in statements)
            body.InsertBefore(statement, body.New.Call(collect, body.New.Constant(1)));
        return statements.Count;
    });

    [Theory, MemberData(nameof(Libraries))]
    public void A_call_on_every_edge(string library) => Try(library, (body, collect) =>
    {
        var edges = body.Edges;
        foreach (var edge in edges)
            body.InsertOn(edge, body.New.Call(collect, body.New.Constant(edge.Ordinal)));
        return edges.Count;
    });

    [Theory, MemberData(nameof(Libraries))]
    public void A_test_before_every_statement(string library) => Try(library, (body, collect) =>
    {
        var statements = body.Statements;
        foreach (var statement in statements)
        {
            body.InsertBefore(statement, NewStatement.If(
                body.New.Equal(body.New.Constant(1), body.New.Constant(2)),
                [body.New.Call(collect, body.New.Constant(1))],
                [body.New.Call(collect, body.New.Constant(2))]));
        }
        return statements.Count;
    });

    [Theory, MemberData(nameof(Libraries))]
    public void Every_call_in_place_of_itself(string library) => Try(library, (body, _) =>
    {
        var calls = body.Find(e => e.IsCall);
        foreach (var call in calls)
        {
            var again = body.New.With(call, [.. call.Operands]);
            body.Replace(call, again);
        }
        return calls.Count;
    });

    [Theory, MemberData(nameof(Libraries))]
    public void Every_call_a_statement_of_its_own(string library) => Try(library, (body, collect) =>
    {
        var calls = body.Find(e => e.IsCall && !e.Operands.Any(o => o.StackType!.Value.Has(StackFlags.Uninitialized)));
        foreach (var call in calls)
        {
            var statement = body.Isolate(call, operandsFirst: true);
            body.InsertBefore(statement, body.New.Call(collect, body.New.Constant(1)));
            body.InsertAfter(statement, body.New.Call(collect, body.New.Constant(2)));
        }
        return calls.Count;
    });

    [Theory, MemberData(nameof(Libraries))]
    public void Every_body_in_a_finally_and_a_catch(string library) => Try(library, (body, collect) =>
    {
        body.TryFinally(body.New.Call(collect, body.New.Constant(1)));
        body.TryCatch(body.Types.Exception, exception => [body.New.Call(collect, body.New.Constant(2)), body.New.Operation(Code.Pop, null, body.New.Load(exception))]);
        return 2;
    });

    private void Try(string library, Func<EditableBody, MethodSymbol, int> edit)
    {
        using ModuleDefinition module = Corpus.Load(library);
        var types = new TypeUniverse(module);
        var assignability = new Assignability(types);
        var importer = new BodyImporter(types);
        var verifier = new BodyVerifier(assignability);
        var edits = 0;
        var failures = new List<string>();
        MethodSymbol? collect = null;
        foreach (MethodDefinition method in Corpus.Bodies(module))
        {
            if (importer.Import(method).Body is not { } imported || imported.Blocks.Exists(b => b.Instructions.Exists(i => i.Code == Code.Jmp)))
                continue;
            try
            {
                var body = EditableBody.Of(imported, assignability);
                collect ??= body.Symbols.Method(typeof(Math), "Abs", typeof(int));
                edits += edit(body, collect);
                body.Finish();
                if (verifier.Verify(imported) is { Count: > 0 } errors)
                    failures.Add($"{method.FullName}: {errors[0]}\n{IRPrinter.Print(imported)}");
            }
            catch (EditRefusedException refused)
            {
                failures.Add($"{method.FullName}: {refused}\n{IRPrinter.Print(imported)}");
            }
        }
        output.WriteLine($"{edits} edits, {failures.Count} failures");
        Assert.True(failures.Count == 0, string.Join("\n", failures.Take(3)));
        Assert.True(edits > 1000, $"only {edits} edits");
    }
}
