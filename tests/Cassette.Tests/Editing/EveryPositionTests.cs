using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil.Cil;
using Xunit;
using Xunit.Abstractions;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Tests.Editing;

/// <summary>Each edit at every legal position of a real library, which afterwards verifies, compiles and behaves as before.</summary>
public class EveryPositionTests(ITestOutputHelper output)
{
    private static bool IsCall(Instruction instruction) => instruction.Code is Code.Call or Code.Callvirt or Code.Newobj;

    [Fact]
    public void Every_call_in_a_catch_of_its_own() => Try((editor, block, index) =>
    {
        var code = editor.WrapInTry(block, index, RegionKind.Catch, editor.Body.Types.Exception);
        code.Handler.Instructions.AddRange([new Instruction(Code.Pop), new Instruction(Code.Rethrow)]);
    });

    [Fact]
    public void Every_call_in_a_fault_of_its_own() => Try((editor, block, index) =>
        editor.WrapInTry(block, index, RegionKind.Fault).Handler.Instructions.Add(new Instruction(Code.Endfinally)));

    [Fact]
    public void Every_call_in_a_finally_of_its_own() => Try((editor, block, index) =>
        editor.WrapInTry(block, index, RegionKind.Finally).Handler.Instructions.Add(new Instruction(Code.Endfinally)));

    [Fact]
    public void Every_call_in_a_filter_of_its_own() => Try((editor, block, index) =>
    {
        var code = editor.WrapInTry(block, index, RegionKind.FilteredCatch);
        code.Filter!.Instructions.AddRange([new Instruction(Code.Pop), new Instruction(Code.Ldc_I4, 0), new Instruction(Code.Endfilter)]);
        code.Handler.Instructions.AddRange([new Instruction(Code.Pop), new Instruction(Code.Rethrow)]);
    });

    [Fact]
    public void The_stack_put_aside_before_every_call() => Try((editor, block, index) => Spill(editor, block, index, 0));

    [Fact]
    public void The_stack_below_its_top_put_aside_before_every_call() => Try((editor, block, index) => Spill(editor, block, index, 1));

    [Fact]
    public void Every_block_cut_before_every_call() => Try((editor, block, index) => editor.SplitBefore(block, index));

    [Fact]
    public void Every_block_entered_through_a_new_one() => TryBodies(body =>
    {
        var editor = new BodyEditor(body);
        foreach (var block in body.Blocks.ToList())
            editor.InsertBlockBefore(block).Instructions.Add(new Instruction(Code.Nop));
        return body.Blocks.Count / 2;
    });

    [Fact]
    public void Every_body_with_one_return() => TryBodies(body => new BodyEditor(body).ReplaceReturns() is null ? 0 : 1);

    [Fact]
    public void Every_body_in_a_fault() => TryBodies(body =>
    {
        if (body.Blocks[^1].Instructions is [.., { Code: Code.Jmp }])
            return 0;
        var code = new BodyEditor(body).WrapInTry(body.Blocks[0], body.Blocks[^1], RegionKind.Fault);
        code.Handler.Instructions.Add(new Instruction(Code.Endfinally));
        return 1;
    });

    [Fact]
    public void Every_body_written_anew_from_its_statements() => TryBodies(body =>
    {
        if (body.Blocks.Exists(b => b.Instructions.Exists(i => i.Code == Code.Jmp)))
            return 0;
        var types = assignability ??= new Assignability(body.Types);
        var editable = EditableBody.Of(body, types);
        foreach (var call in editable.Find(e => e.IsCall && !e.Operands.Any(o => o.StackType!.Value.Has(StackFlags.Uninitialized))))
            editable.Isolate(call, operandsFirst: true);
        foreach (var edge in editable.Edges)
            editable.InsertOn(edge, NewStatement.If(editable.New.Equal(editable.New.Constant(1), editable.New.Constant(2)), [editable.New.Operation(Code.Nop, null)]));
        editable.Finish();
        return editable.Statements.Count;
    }, lostTypeSafety: 60);

    private Assignability? assignability;

    private static void Spill(BodyEditor editor, Block block, int index, int keep)
    {
        var machine = editor.StackAt(block, index);
        keep = Math.Min(keep, machine.Stack.Count);
        var kept = machine.Stack.GetRange(machine.Stack.Count - keep, keep);
        var at = index;
        var spilled = editor.SpillStack(block, ref at, machine, keep);
        // Put back: the kept values are stored once more, so that the others come below them.
        var again = editor.StackAt(block, at);
        Assert.Equal(keep, again.Stack.Count);
        Assert.Equal(kept.Select(k => k.Kind), again.Stack.Select(k => k.Kind));
        var top = editor.SpillStack(block, ref at, again);
        editor.Insert(block, at, [.. spilled.LoadRange(0, spilled.Count), .. top.LoadRange(0, top.Count)]);
    }

    private void Try(Action<BodyEditor, Block, int> edit) => TryBodies(body =>
    {
        var editor = new BodyEditor(body);
        var edits = 0;
        // The calls are found before anything moves; each is looked up again when its turn comes.
        foreach (var call in body.Blocks.Where(b => b.IsReachable).SelectMany(b => b.Instructions).Where(IsCall).ToList())
        {
            var block = body.Blocks.Single(b => b.Instructions.Contains(call));
            var index = block.Instructions.IndexOf(call);
            if (BodyEditor.WhyNotWrap(block, index) is not null)
                continue;
            edit(editor, block, index);
            edits++;
        }
        return edits;
    });

    private void TryBodies(Func<MethodIR, int> edit, int lostTypeSafety = 20)
    {
        using var module = Corpus.Load(Corpus.Newtonsoft);
        using var emitted = new EmittedModule(module);
        var edits = emitted.Rewrite(edit);
        var assembly = emitted.Load();
        var prepared = EmittedModule.Prepare(assembly);
        output.WriteLine($"{edits} edits, {prepared} methods compiled, type safety lost in {emitted.LostTypeSafety}");
        // A box that goes on as an interface has no type that a local could have.
        Assert.InRange(emitted.LostTypeSafety, 0, lostTypeSafety);
        Assert.True(prepared > 2500, $"only {prepared} methods were compiled");
        Assert.Equal(Behaviour(typeof(Newtonsoft.Json.JsonConvert).Assembly), Behaviour(assembly));
    }

    /// <summary>Serialises, indents, parses, queries, and fails on bad input.</summary>
    private static List<string?> Behaviour(Assembly library)
    {
        var convert = library.GetType("Newtonsoft.Json.JsonConvert", true)!;
        var formatting = library.GetType("Newtonsoft.Json.Formatting", true)!;
        var serialize = convert.GetMethod("SerializeObject", [typeof(object), formatting])!;
        var deserialize = convert.GetMethod("DeserializeObject", [typeof(string), typeof(Type)])!;
        var token = library.GetType("Newtonsoft.Json.Linq.JToken", true)!;
        var parse = token.GetMethod("Parse", [typeof(string)])!;
        var value = new Dictionary<string, object?> { ["a"] = new[] { 1, 2, 3 }, ["b"] = new { X = 1.5, Y = "z\u2028\n" }, ["c"] = null, ["d"] = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), ["e"] = DayOfWeek.Friday };
        var text = (string)serialize.Invoke(null, [value, Enum.ToObject(formatting, 1)])!;
        var parsed = parse.Invoke(null, [text])!;
        var query = token.GetMethod("SelectToken", [typeof(string)])!;
        var results = new List<string?>
        {
            text,
            parsed.ToString(),
            query.Invoke(parsed, ["$.a[?(@ > 2)]"])?.ToString() ?? "nothing",
            query.Invoke(parsed, ["b.Y"])?.ToString(),
            string.Join(",", (List<decimal>)deserialize.Invoke(null, ["[1, 2.50, 3e2]", typeof(List<decimal>)])!),
            ((Version)deserialize.Invoke(null, ["\"1.2.3\"", typeof(Version)])!).ToString(),
        };
        foreach (var broken in new[] { "{", "[1,", "{\"a\": tru}", "nul", "\"\\u12" })
            results.Add(Assert.Throws<TargetInvocationException>(() => parse.Invoke(null, [broken])).InnerException!.Message);
        return results;
    }
}
