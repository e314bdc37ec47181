using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Xunit;
using static Cassette.Tests.Verification.BodyBuilder;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Tests.Verification;

/// <summary>One broken body per rule, each rejected for its own reason, next to its sound twin where the difference is small.</summary>
public class BrokenBodyTests
{
    private static readonly Dictionary<string, (string Reason, VerificationLevel Level, Func<MethodIR> Build)> Cases = new()
    {
        ["no blocks"] = ("has no blocks", VerificationLevel.Correct, () => Body("VoidMethod")),
        ["underflow"] = ("too short", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Pop), I(Code.Ret))),
        ["ret leaves a value"] = ("ret with values", VerificationLevel.Correct, () => Straight("VoidMethod", C(1), I(Code.Ret))),
        ["ret lacks the value"] = ("instead of the return value", VerificationLevel.Correct, () => Straight("IntMethod", I(Code.Ret))),
        ["ret with two values"] = ("ret with 2 values", VerificationLevel.Correct, () => Straight("IntMethod", C(1), C(2), I(Code.Ret))),
        ["ret of a string for an int"] = ("string where the return value is a int", VerificationLevel.Correct, () => Straight("IntMethod", S("x"), I(Code.Ret))),
        ["ret of an int for an object"] = ("int where the return value is a object", VerificationLevel.Correct, () => Straight("ObjectMethod", C(1), I(Code.Ret))),
        ["runs off the end"] = ("there is no next block", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Nop))),
        ["next behind ret"] = ("yet it has a next block", VerificationLevel.Correct, () => Edit(Straight("VoidMethod", I(Code.Ret)), b => b.Blocks[0].Next = b.Blocks[0])),
        ["branch in the middle"] = ("middle of a block", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Ret), I(Code.Nop), I(Code.Ret))),
        ["branch to a foreign block"] = ("not in the body", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Br, new Block(Body("VoidMethod").Body)))),
        ["next is a foreign block"] = ("not in the body", VerificationLevel.Correct, () => Edit(Straight("VoidMethod", I(Code.Nop)), b => b.Blocks[0].Next = new Block(b.Body))),
        ["block listed twice"] = ("listed twice", VerificationLevel.Correct, () => Edit(Straight("VoidMethod", I(Code.Ret)), b => b.Blocks.Add(b.Blocks[0]))),
        ["block in a foreign region"] = ("lies in no region", VerificationLevel.Correct, () => Edit(Straight("VoidMethod", I(Code.Ret)), b => b.Blocks[0].Region = Body("VoidMethod").Body)),
        ["entry with a stack"] = ("stack is not empty at the entry of the body", VerificationLevel.Correct, () => Edit(Straight("VoidMethod", I(Code.Pop), I(Code.Ret)), b => b.Blocks[0].EntryStack = [Int(b)])),
        ["missing operand"] = ("operand is missing", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Ldloc), I(Code.Pop), I(Code.Ret))),
        ["wrong operand"] = ("operand is a String", VerificationLevel.Correct, () => Straight("IntMethod", I(Code.Ldc_I4, "1"), I(Code.Ret))),
        ["short form"] = ("short form", VerificationLevel.Correct, () => Straight("IntMethod", I(Code.Ldc_I4_1), I(Code.Ret))),
        ["prefix as an instruction"] = ("prefix as an instruction", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Volatile), I(Code.Ret))),
        ["volatile add"] = ("volatile.", VerificationLevel.Correct, () => Straight("IntMethod", C(1), C(2), P(I(Code.Add), Prefixes.Volatile), I(Code.Ret))),
        ["readonly ldelem"] = ("readonly.", VerificationLevel.Correct, () => Straight("VoidMethod", P(I(Code.Nop), Prefixes.ReadOnly), I(Code.Ret))),
        ["constrained ldstr"] = ("constrained.", VerificationLevel.Correct, () => Edit(Straight("StringMethod", S("x"), I(Code.Ret)), b => b.Blocks[0].Instructions[0].Constrained = b.Types.String)),
        ["foreign local"] = ("local does not belong", VerificationLevel.Correct, () => Build("VoidMethod", b => [I(Code.Ldloc, new Local(b.Types.Int32)), I(Code.Pop), I(Code.Ret)])),
        ["foreign argument"] = ("argument does not belong", VerificationLevel.Correct, () => Build("VoidMethod", b => [I(Code.Ldarg, new Argument("x", b.Types.Int32, 0, false)), I(Code.Pop), I(Code.Ret)])),
        ["string stored in an int"] = ("string where int is needed", VerificationLevel.Correct, () => Build("VoidMethod", b => [S("x"), I(Code.Stloc, Local(b, b.Types.Int32)), I(Code.Ret)])),
        ["int64 stored in an int"] = ("long where int is needed", VerificationLevel.Correct, () => Build("VoidMethod", b => [I(Code.Ldc_I8, 1L), I(Code.Stloc, Local(b, b.Types.Int32)), I(Code.Ret)])),
        ["add of an object"] = ("do not go together", VerificationLevel.Correct, () => Straight("VoidMethod", S("x"), C(1), I(Code.Add), I(Code.Pop), I(Code.Ret))),
        ["add of int and long"] = ("do not go together", VerificationLevel.Correct, () => Straight("VoidMethod", C(1), I(Code.Ldc_I8, 1L), I(Code.Add), I(Code.Pop), I(Code.Ret))),
        ["xor of floats"] = ("bitwise", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Ldc_R8, 1.0), I(Code.Ldc_R8, 1.0), I(Code.Xor), I(Code.Pop), I(Code.Ret))),
        ["comparison of float and int"] = ("do not go together", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Ldc_R8, 1.0), C(1), I(Code.Ceq), I(Code.Pop), I(Code.Ret))),
        ["order of objects"] = ("order between object references", VerificationLevel.Correct, () => Straight("VoidMethod", S("a"), S("b"), I(Code.Clt), I(Code.Pop), I(Code.Ret))),
        ["switch on a string"] = ("32-bit integer is needed", VerificationLevel.Correct, () => Build("VoidMethod", b => Fork(b, S("x"), I(Code.Switch, new[] { Ret(b) })))),
        ["branch on a struct"] = ("no condition", VerificationLevel.Correct, () => Build("VoidMethod", b => Fork(b, I(Code.Ldloc, Local(b, Struct(b))), I(Code.Brtrue, Ret(b))))),
        ["throw of an int"] = ("is thrown", VerificationLevel.Correct, () => Straight("VoidMethod", C(1), I(Code.Throw))),
        ["conversion of a struct"] = ("no number", VerificationLevel.Correct, () => Build("VoidMethod", b => [I(Code.Ldloc, Local(b, Struct(b))), I(Code.Conv_I4), I(Code.Pop), I(Code.Ret)])),
        ["ldlen of an int"] = ("array is needed", VerificationLevel.Correct, () => Straight("VoidMethod", C(1), I(Code.Ldlen), I(Code.Pop), I(Code.Ret))),
        ["ldlen of a string"] = ("no vector", VerificationLevel.TypeSafe, () => Straight("VoidMethod", S("x"), I(Code.Ldlen), I(Code.Pop), I(Code.Ret))),
        ["ldind of an object"] = ("address is needed", VerificationLevel.Correct, () => Straight("VoidMethod", S("x"), I(Code.Ldind_I4), I(Code.Pop), I(Code.Ret))),
        ["localloc over a value"] = ("more than the size", VerificationLevel.Correct, () => Straight("VoidMethod", C(1), C(8), I(Code.Localloc), I(Code.Pop), I(Code.Pop), I(Code.Ret))),
        ["box of a span"] = ("by-ref-like", VerificationLevel.Correct, () => Build("VoidMethod", b => [I(Code.Ldloc, Local(b, SpanOf(b))), I(Code.Box, SpanOf(b)), I(Code.Pop), I(Code.Ret)])),
        ["box of another type"] = ("long where int is needed", VerificationLevel.Correct, () => Build("VoidMethod", b => [I(Code.Ldc_I8, 1L), I(Code.Box, b.Types.Int32), I(Code.Pop), I(Code.Ret)])),
        ["unbox of a class"] = ("no value type", VerificationLevel.Correct, () => Build("VoidMethod", b => [S("x"), I(Code.Unbox, b.Types.String), I(Code.Pop), I(Code.Ret)])),
        ["castclass of an int"] = ("no object reference", VerificationLevel.Correct, () => Build("VoidMethod", b => [C(1), I(Code.Castclass, b.Types.String), I(Code.Pop), I(Code.Ret)])),
        ["array of spans"] = ("by-ref-like", VerificationLevel.Correct, () => Build("VoidMethod", b => [C(1), I(Code.Newarr, SpanOf(b)), I(Code.Pop), I(Code.Ret)])),
        ["call with too few arguments"] = ("too short", VerificationLevel.Correct, () => Build("VoidMethod", b => [I(Code.Call, M(b, "TakesInt")), I(Code.Ret)])),
        ["call with a wrong argument"] = ("string where argument 1 is a int", VerificationLevel.Correct, () => Build("VoidMethod", b => [S("x"), I(Code.Call, M(b, "TakesInt")), I(Code.Ret)])),
        ["call with another class"] = ("string where argument 1 is a System.Exception", VerificationLevel.TypeSafe, () => Build("VoidMethod", b => [S("x"), I(Code.Call, M(b, "TakesException")), I(Code.Ret)])),
        ["call of an instance method on an int"] = ("int where a Program is needed", VerificationLevel.Correct, () => Build("VoidMethod", b => [C(1), I(Code.Call, M(b, "Instance")), I(Code.Ret)])),
        ["call of an instance method on another class"] = ("string where a Program is needed", VerificationLevel.TypeSafe, () => Build("VoidMethod", b => [S("x"), I(Code.Call, M(b, "Instance")), I(Code.Ret)])),
        ["callvirt of a static method"] = ("is static", VerificationLevel.Correct, () => Build("VoidMethod", b => [C(1), I(Code.Callvirt, M(b, "TakesInt")), I(Code.Ret)])),
        ["call of an abstract method"] = ("is abstract", VerificationLevel.TypeSafe, () => Build("VoidMethod", b => [I(Code.Ldnull), I(Code.Call, M(b, "Abstract")), I(Code.Ret)])),
        ["newobj of a method"] = ("no constructor", VerificationLevel.Correct, () => Build("VoidMethod", b => [C(1), I(Code.Newobj, M(b, "TakesInt")), I(Code.Ret)])),
        ["generic arity"] = ("generic arguments instead of 1", VerificationLevel.Correct, () => Build("VoidMethod", b => [I(Code.Call, b.Types.Method(Sample.Value.Method("Generic"), Sample.Value.Type("Program"), [b.Types.Int32, b.Types.Int32])), I(Code.Ret)])),
        ["static abstract without constrained"] = ("needs constrained", VerificationLevel.Correct, () => Build("VoidMethod", b => [I(Code.Call, M(b, "StaticAbstract")), I(Code.Ret)])),
        ["constrained static"] = ("no static virtual method", VerificationLevel.Correct, () => Edit(Build("VoidMethod", b => [C(1), I(Code.Call, M(b, "TakesInt")), I(Code.Ret)]), b => b.Blocks[0].Instructions[1].Constrained = b.Types.Int32)),
        ["constrained without an address"] = ("where the address of a int is needed", VerificationLevel.Correct, () => Edit(Build("VoidMethod", b => [S("x"), I(Code.Callvirt, ToStringOf(b)), I(Code.Pop), I(Code.Ret)]), b => b.Blocks[0].Instructions[1].Constrained = b.Types.Int32)),
        ["static field access to an instance field"] = ("no static field", VerificationLevel.Correct, () => Build("VoidMethod", b => [I(Code.Ldsfld, F(b, "instanceField")), I(Code.Pop), I(Code.Ret)])),
        ["field of an int"] = ("no owner of a field", VerificationLevel.Correct, () => Build("VoidMethod", b => [C(1), I(Code.Ldfld, F(b, "instanceField")), I(Code.Pop), I(Code.Ret)])),
        ["field of another class"] = ("has no field", VerificationLevel.TypeSafe, () => Build("VoidMethod", b => [S("x"), I(Code.Ldfld, F(b, "instanceField")), I(Code.Pop), I(Code.Ret)])),
        ["readonly field"] = ("is readonly", VerificationLevel.TypeSafe, () => Build("VoidMethod", b => [C(1), I(Code.Stsfld, F(b, "readonlyField")), I(Code.Ret)])),
        ["struct field through an object"] = ("object reference where a Pair", VerificationLevel.Correct, () => Build("VoidMethod", b => [S("x"), I(Code.Ldfld, F(b, "First")), I(Code.Pop), I(Code.Ret)])),
        ["tail call without ret"] = ("not followed by ret", VerificationLevel.Correct, () => Build("VoidMethod", b => [C(1), P(I(Code.Call, M(b, "TakesInt")), Prefixes.Tail), I(Code.Nop), I(Code.Ret)])),
        ["arglist without varargs"] = ("takes no variable arguments", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Arglist), I(Code.Pop), I(Code.Ret))),
        ["rethrow outside of a catch"] = ("rethrow", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Rethrow))),
        ["endfinally outside of a finally"] = ("endfinally in a body", VerificationLevel.Correct, () => Straight("VoidMethod", I(Code.Endfinally))),
        ["endfilter outside of a filter"] = ("endfilter in a body", VerificationLevel.Correct, () => Straight("VoidMethod", C(1), I(Code.Endfilter))),
        ["ret inside a try"] = ("ret inside a try", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.Inside([I(Code.Ret)]))),
        ["branch out of a try"] = ("only leave may", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.Inside([I(Code.Br, t.After)]))),
        ["branch into a try's middle"] = ("middle of a try", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.Before([I(Code.Br, t.Second)]))),
        ["branch into a handler"] = ("into a catch region", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.Before([I(Code.Br, t.Handler)]))),
        ["branch from the try into its handler"] = ("out of a try region", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.Inside([I(Code.Br, t.Handler)]))),
        ["leave into a handler"] = ("into a catch region", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.Inside([I(Code.Leave, t.Handler)]))),
        ["fall out of a try"] = ("only leave may", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.InsideFalls([]))),
        ["leave out of a finally"] = ("leave out of a finally", VerificationLevel.Correct, () => Try(RegionKind.Finally, t => t.Handle([I(Code.Leave, t.After)]))),
        ["endfinally in a catch"] = ("endfinally in a catch", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.Handle([I(Code.Pop), I(Code.Endfinally)]))),
        ["rethrow in a finally"] = ("rethrow in a finally", VerificationLevel.Correct, () => Try(RegionKind.Finally, t => t.Handle([I(Code.Rethrow)]))),
        ["try entered with a stack"] = ("stack is not empty at the entry of a try", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.First.EntryStack = [Int(t.Body)])),
        ["catch entered without its exception"] = ("not the exception alone", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.Handler.EntryStack = [])),
        ["finally entered with a stack"] = ("stack is not empty at the entry of a finally", VerificationLevel.Correct, () => Try(RegionKind.Finally, t => t.Handler.EntryStack = [Int(t.Body)])),
        ["try without a handler"] = ("has no handler", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.First.Region.Handlers.Clear())),
        ["handler without blocks"] = ("has no blocks", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.Body.Blocks.Remove(t.Handler))),
        ["region without an entry"] = ("has no entry block", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.First.Region.Entry = null)),
        ["region entered outside of it"] = ("lies outside of it", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.First.Region.Entry = t.After)),
        ["finally beside a catch"] = ("shares its try", VerificationLevel.Correct, () => Try(RegionKind.Finally, t => t.AddCatch())),
        ["localloc in a handler"] = ("localloc inside a finally", VerificationLevel.Correct, () => Try(RegionKind.Finally, t => t.Handle([C(8), I(Code.Localloc), I(Code.Pop), I(Code.Endfinally)]))),
        ["tail call in a try"] = ("tail. inside a try", VerificationLevel.Correct, () => Try(RegionKind.Catch, t => t.Inside([C(1), P(I(Code.Call, M(t.Body, "TakesInt")), Prefixes.Tail), I(Code.Leave, t.After)]))),
        ["endfilter without an answer"] = ("more or less than its answer", VerificationLevel.Correct, () => Try(RegionKind.FilteredCatch, t => t.Ask([I(Code.Pop), I(Code.Endfilter)]))),
        ["endfilter with an object"] = ("32-bit integer is needed", VerificationLevel.Correct, () => Try(RegionKind.FilteredCatch, t => t.Ask([I(Code.Endfilter)]))),
        ["two endfilters"] = ("second endfilter", VerificationLevel.Correct, () => Try(RegionKind.FilteredCatch, t =>
        {
            var (asked, other) = (t.Handler.Region.Filter!, new Block(t.Handler.Region.Filter!));
            t.Ask([I(Code.Pop), C(1), I(Code.Brtrue, other)]);
            var rest = new Block(asked);
            asked.Entry!.Next = rest;
            foreach (var block in new[] { rest, other })
            {
                block.Instructions.AddRange([C(0), I(Code.Endfilter)]);
                t.Body.Blocks.Add(block);
            }
        })),
        ["join of different depths"] = ("values on the stack where block", VerificationLevel.Correct, () => Join([C(1), C(2)], [C(1)])),
        ["join of different kinds"] = ("on the stack where block", VerificationLevel.Correct, () => Join([C(1)], [S("x")])),
        ["join of different classes"] = ("on the stack where block", VerificationLevel.TypeSafe, () => Edit(Join([S("x")], [S("x")]), b => b.Blocks[^1].EntryStack = [new StackType(StackKind.Object, b.Types.Exception)])),
        ["reached block marked unreachable"] = ("marked unreachable", VerificationLevel.Correct, () => Edit(Join([C(1)], [C(2)]), b => b.Blocks[^1].IsReachable = false)),
        ["native int as a by-ref"] = ("where argument 1 is a int&", VerificationLevel.TypeSafe, () => Build("VoidMethod", b => [C(1), I(Code.Conv_I), I(Code.Call, M(b, "TakesRef")), I(Code.Ret)])),
        ["by-ref to another type"] = ("where argument 1 is a int&", VerificationLevel.TypeSafe, () => Build("VoidMethod", b => [I(Code.Ldloca, Local(b, b.Types.Double)), I(Code.Call, M(b, "TakesRef")), I(Code.Ret)])),
        ["delegate of another signature"] = ("does not fit", VerificationLevel.TypeSafe, () => Build("VoidMethod", b => [I(Code.Ldnull), I(Code.Ldftn, M(b, "TakesInt")), I(Code.Newobj, ActionConstructor(b, b.Types.String)), I(Code.Pop), I(Code.Ret)])),
        ["delegate of another result"] = ("returns int where", VerificationLevel.TypeSafe, () => Build("VoidMethod", b => [I(Code.Ldnull), I(Code.Ldftn, M(b, "IntMethod")), I(Code.Newobj, ActionConstructor(b, b.Types.Int32)), I(Code.Pop), I(Code.Ret)])),
        ["delegate on another object"] = ("has no method", VerificationLevel.TypeSafe, () => Build("VoidMethod", b => [S("x"), I(Code.Ldftn, M(b, "InstanceInt")), I(Code.Newobj, ActionConstructor(b, b.Types.Int32)), I(Code.Pop), I(Code.Ret)])),
        ["this passed before the base constructor"] = ("before the base constructor ran", VerificationLevel.TypeSafe, () => Build(".ctor", b => [I(Code.Ldarg, b.Arguments[0]), I(Code.Call, M(b, "TakesObject")), I(Code.Ldarg, b.Arguments[0]), I(Code.Call, ObjectConstructor(b)), I(Code.Ret)])),
    };

    public static IEnumerable<object[]> Names => Cases.Keys.Select(k => new object[] { k });

    [Theory, MemberData(nameof(Names))]
    public void It_is_rejected_for_its_own_reason(string name)
    {
        var (reason, level, build) = Cases[name];
        var body = build();
        var errors = new BodyVerifier(new Assignability(body.Types), level).Verify(body);
        Assert.Contains(errors, e => e.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.All(errors, e => Assert.DoesNotContain('\n', e.ToString()));
    }

    /// <summary>What only type safety forbids is correct code.</summary>
    [Theory, MemberData(nameof(Names))]
    public void What_is_only_unsafe_is_correct(string name)
    {
        var (_, level, build) = Cases[name];
        if (level == VerificationLevel.Correct)
            return;
        var body = build();
        Assert.Empty(new BodyVerifier(new Assignability(body.Types)).Verify(body).Select(e => e.ToString()));
    }

    [Theory]
    [InlineData(RegionKind.Catch)]
    [InlineData(RegionKind.FilteredCatch)]
    [InlineData(RegionKind.Finally)]
    [InlineData(RegionKind.Fault)]
    public void The_sound_twin_of_the_broken_regions_is_accepted(RegionKind kind)
    {
        var body = Try(kind, _ => { });
        Assert.Empty(new BodyVerifier(new Assignability(body.Types), VerificationLevel.TypeSafe).Verify(body).Select(e => e.ToString()));
    }

    [Fact]
    public void A_leave_empties_the_stack_and_may_return_into_its_own_try()
    {
        var body = Try(RegionKind.Catch, t => t.Inside([C(1), C(2), I(Code.Leave, t.After)]));
        Assert.Empty(new BodyVerifier(new Assignability(body.Types)).Verify(body).Select(e => e.ToString()));
        body = Try(RegionKind.Catch, t => t.Handle([I(Code.Pop), I(Code.Leave, t.First)]));
        Assert.Empty(new BodyVerifier(new Assignability(body.Types)).Verify(body).Select(e => e.ToString()));
    }

    [Fact]
    public void An_error_names_block_and_instruction()
    {
        var body = Straight("IntMethod", S("x"), I(Code.Ret));
        var error = Assert.Single(new BodyVerifier(new Assignability(body.Types)).Verify(body));
        Assert.Equal("block 1, ret: string where the return value is a int", error.ToString());
        Assert.Same(body.Blocks[0].Instructions[1], error.Instruction);
    }
}
