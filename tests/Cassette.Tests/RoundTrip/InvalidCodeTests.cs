using System;
using System.Collections.Generic;
using Mono.Cecil.Cil;
using Xunit;
using static Cassette.Tests.RoundTrip.HandCode;

namespace Cassette.Tests.RoundTrip;

/// <summary>What is no IL is refused, with the place and the reason.</summary>
public class InvalidCodeTests
{
    /// <summary>A constant that occurs nowhere else in an image, to find the code behind it.</summary>
    private const int Marker = 0x7a3b5c19;

    private static readonly Dictionary<string, (Action<HandModule, ILProcessor> Write, int Offset, string Reason)> Cases = new()
    {
        ["Underflow"] = ((m, il) => il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Add).Op(OpCodes.Ret), 1, "the stack is empty"),
        ["CallUnderflow"] = ((m, il) => il.Op(OpCodes.Nop).Op(OpCodes.Call, m.Method(typeof(Math), nameof(Math.Abs), typeof(int))).Op(OpCodes.Ret), 1, "takes 1 values, of which 0 are there"),
        ["Heights"] = ((m, il) =>
        {
            var join = Label();
            il.Op(OpCodes.Ldarg_0).Op(OpCodes.Brtrue_S, join).Op(OpCodes.Ldc_I4_1).At(join).Op(OpCodes.Ldc_I4_2).Op(OpCodes.Ret);
        }, 4, "two paths meet with 0 and 1 values"),
        ["GrowingLoop"] = ((m, il) =>
        {
            var top = Label();
            il.Op(OpCodes.Nop).At(top).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Br_S, top);
        }, 1, "two paths meet with 0 and 1 values"),
        ["Kinds"] = ((m, il) =>
        {
            var (other, join) = (Label(), Label());
            il.Op(OpCodes.Ldarg_0).Op(OpCodes.Brtrue_S, other).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Br_S, join).At(other).Op(OpCodes.Ldstr, "s").At(join).Op(OpCodes.Pop).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Ret);
        }, 12, "two paths meet with"),
        ["OffTheEnd"] = ((m, il) => il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Pop), 0, "control runs off the end"),
        ["ConditionalOffTheEnd"] = ((m, il) =>
        {
            var end = Label();
            il.At(end).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Brtrue_S, end);
        }, 0, "control runs off the end"),
        ["ValuesLeft"] = ((m, il) => il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Ret), 2, "ret with 2 values"),
        ["NothingReturned"] = ((m, il) => il.Op(OpCodes.Nop).Op(OpCodes.Ret), 1, "the stack is empty"),
        ["LonelyPrefix"] = ((m, il) => il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Ret).Op(OpCodes.Volatile), 2, "a prefix stands before nothing"),
        ["IntoAPrefixed"] = ((m, il) =>
        {
            var prefixed = il.Create(OpCodes.Ldind_I4);
            il.Op(OpCodes.Ldarga_S, il.Body.Method.Parameters[0]).Op(OpCodes.Br_S, prefixed).Op(OpCodes.Volatile).At(prefixed).Op(OpCodes.Ret);
        }, 6, "between a prefix and its instruction"),
        ["MisplacedPrefix"] = ((m, il) => il.Op(OpCodes.Volatile).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Ret), 0, "volatile. before an instruction that does not touch memory"),
        ["TailWithoutRet"] = ((m, il) => il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Tail).Op(OpCodes.Call, m.Method(typeof(Math), nameof(Math.Abs), typeof(int))).Op(OpCodes.Nop).Op(OpCodes.Ret), 1, "not followed by ret"),
        ["ShiftedFloat"] = ((m, il) => il.Op(OpCodes.Ldc_R8, 1.0).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Shl).Op(OpCodes.Ret), 10, "stands where a shifted value is needed"),
        ["ThrownInteger"] = ((m, il) => il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Throw), 1, "stands where an exception is needed"),
        ["WideAndNarrow"] = ((m, il) => il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Conv_I8).Op(OpCodes.Add).Op(OpCodes.Ret), 3, "Add of"),
        ["ReturnedReference"] = ((m, il) => il.Op(OpCodes.Ldstr, "s").Op(OpCodes.Ret), 5, "string where the return value is a int"),
        ["EndfinallyOutside"] = ((m, il) => il.Op(OpCodes.Endfinally), 0, "endfinally in a body region"),
        ["RethrowOutside"] = ((m, il) => il.Op(OpCodes.Rethrow), 0, "outside of any catch"),
        ["OutOfTry"] = (Protected((m, il, tried, handler, end) => il.At(tried).Op(OpCodes.Br_S, end).At(handler).Op(OpCodes.Pop).Op(OpCodes.Leave_S, end)), 1, "only leave may do that"),
        ["ReturnInTry"] = (Protected((m, il, tried, handler, end) => il.At(tried).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Ret).At(handler).Op(OpCodes.Pop).Op(OpCodes.Leave_S, end)), 2, "ret inside a try region"),
        ["FallOutOfHandler"] = (Protected((m, il, tried, handler, end) => il.At(tried).Op(OpCodes.Leave_S, end).At(handler).Op(OpCodes.Pop)), 4, "only leave may do that"),
        ["IntoHandler"] = (Protected((m, il, tried, handler, end) => il.Op(OpCodes.Ldnull).Op(OpCodes.Br_S, handler).At(tried).Op(OpCodes.Leave_S, end).At(handler).Op(OpCodes.Pop).Op(OpCodes.Leave_S, end)), 1, "a branch into a catch region"),
        ["LoadedTry"] = (Protected((m, il, tried, handler, end) => il.Op(OpCodes.Ldc_I4_1).At(tried).Op(OpCodes.Pop).Op(OpCodes.Leave_S, end).At(handler).Op(OpCodes.Pop).Op(OpCodes.Leave_S, end)), 1, "the stack is not empty at the entry of a try region"),
        ["LocallocInCatch"] = (Protected((m, il, tried, handler, end) => il.At(tried).Op(OpCodes.Leave_S, end).At(handler).Op(OpCodes.Pop).Op(OpCodes.Ldc_I4_8).Op(OpCodes.Conv_U).Op(OpCodes.Localloc).Op(OpCodes.Pop).Op(OpCodes.Leave_S, end)), 7, "localloc inside a catch region"),
        ["Overlap"] = ((m, il) =>
        {
            var (a, b, end1, end2, h1, h2, end) = (Label(), Label(), Label(), Label(), Label(), Label(), Label());
            il.At(a).At(b).At(end1).Op(OpCodes.Leave_S, end).At(end2).Op(OpCodes.Leave_S, end).At(h1).Op(OpCodes.Endfinally).At(h2).Op(OpCodes.Endfinally).At(end).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Ret);
            il.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally) { TryStart = a, TryEnd = end1, HandlerStart = h1, HandlerEnd = h2 });
            il.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally) { TryStart = b, TryEnd = end2, HandlerStart = h2, HandlerEnd = end });
        }, 1, "protected regions overlap"),
        ["ArglistElsewhere"] = ((m, il) => il.Op(OpCodes.Arglist).Op(OpCodes.Pop).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Ret), 0, "takes no variable arguments"),
        ["InstanceFieldAsStatic"] = ((m, il) => il.Op(OpCodes.Ldsfld, m.NewField(m.NewType("Owner"), "F", m.Int)).Op(OpCodes.Ret), 0, "is no static field"),
    };

    private static readonly Lazy<Dictionary<string, string>> Refusals = new(() =>
    {
        var hand = new HandModule();
        foreach (var (name, (write, _, _)) in Cases)
            hand.NewMethod(name, hand.Int, il => write(hand, il), hand.Int);
        var refusals = new Dictionary<string, string>();
        HandModule.Reemit(hand.Write(), refusals);
        return refusals;
    });

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused_at_its_place(string name)
    {
        var (_, offset, reason) = Cases[name];
        var refusal = Assert.Contains(name, (IReadOnlyDictionary<string, string>)Refusals.Value);
        Assert.Contains(reason, refusal);
        Assert.Contains($"IL_{offset:x4}", refusal);
    }

    [Theory]
    [InlineData(0x20, "a branch leads to no instruction")] // far behind the end
    [InlineData(1, "a branch leads to no instruction")] // into the operand of the constant
    public void A_branch_to_no_instruction_is_refused(int distance, string reason)
    {
        var hand = new HandModule();
        hand.NewMethod("Target", hand.Int, il =>
        {
            var next = Label();
            il.Op(OpCodes.Ldc_I4, Marker).Op(OpCodes.Pop).Op(OpCodes.Br_S, next).At(next).Op(OpCodes.Ldc_I4, 5).Op(OpCodes.Ret);
        });
        hand.NewMethod("Switch", hand.Int, il =>
        {
            var next = Label();
            il.Op(OpCodes.Ldc_I4, Marker).Op(OpCodes.Switch, new[] { next }).Op(OpCodes.Nop).At(next).Op(OpCodes.Ldc_I4, 5).Op(OpCodes.Ret);
        });
        var image = hand.Write();
        var first = image.AsSpan().IndexOf(BitConverter.GetBytes(Marker));
        var second = image.AsSpan().LastIndexOf(BitConverter.GetBytes(Marker));
        image[first + 6] = (byte)(distance + 1);
        image[second + 9] = (byte)(distance + 2);
        var refusals = new Dictionary<string, string>();
        HandModule.Reemit(image, refusals);
        Assert.Equal($"IL_0006: {reason}", refusals["Target"]);
        Assert.Equal($"IL_0005: {reason}", refusals["Switch"]);
    }

    private static Action<HandModule, ILProcessor> Protected(Action<HandModule, ILProcessor, Mono.Cecil.Cil.Instruction, Mono.Cecil.Cil.Instruction, Mono.Cecil.Cil.Instruction> write) => (m, il) =>
    {
        var (tried, handler, end) = (Label(), Label(), Label());
        write(m, il, tried, handler, end);
        il.At(end).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Ret);
        il.Protect(ExceptionHandlerType.Catch, tried, handler, end, m.Type(typeof(Exception)));
    };
}
