using System;
using Mono.Cecil.Cil;
using static Cassette.Tests.RoundTrip.HandCode;

namespace Cassette.Tests.RoundTrip;

/// <summary>Branches, unreachable code and protected regions as compilers do not arrange them.</summary>
internal static class HandwrittenFlow
{
    public static void Write(HandModule m)
    {
        Branches(m);
        Handlers(m);
        Nested(m);
    }

    private static void Branches(HandModule m)
    {
        foreach (var (value, result) in new[] { (0, 10), (1, 11), (2, 12), (-1, 12) })
        {
            m.NewMethod($"YieldsSwitch{value & 0xff}_{result}", m.Int, il =>
            {
                var (zero, one) = (Label(), Label());
                il.Op(OpCodes.Ldc_I4, value).Op(OpCodes.Switch, new[] { zero, one }).Op(OpCodes.Ldc_I4, 12).Op(OpCodes.Ret).At(zero).Op(OpCodes.Ldc_I4, 10).Op(OpCodes.Ret).At(one).Op(OpCodes.Ldc_I4, 11).Op(OpCodes.Ret);
            });
        }
        m.NewMethod("YieldsEmptySwitch_4", m.Int, il => il.Op(OpCodes.Ldc_I4_4).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Switch, Array.Empty<Mono.Cecil.Cil.Instruction>()).Op(OpCodes.Ret));
        m.NewMethod("YieldsForwardStack_3", m.Int, il =>
        {
            // The code after the unconditional branch is entered with two values on the stack, from above only.
            var (later, first) = (Label(), Label());
            il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Ldc_I4_2).Op(OpCodes.Br, first).At(later).Op(OpCodes.Add).Op(OpCodes.Ret).At(first).Op(OpCodes.Br, later);
        });
        m.NewMethod("YieldsUnreachable_5", m.Int, il =>
        {
            var end = Label();
            il.Op(OpCodes.Ldc_I4_5).Op(OpCodes.Br, end).Op(OpCodes.Pop).Op(OpCodes.Pop).Op(OpCodes.Add).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Ret).At(end).Op(OpCodes.Ret);
        });
        m.NewMethod("YieldsUnreachableTail_6", m.Int, il => il.Op(OpCodes.Ldc_I4_6).Op(OpCodes.Ret).Op(OpCodes.Ldnull).Op(OpCodes.Throw));
        m.NewMethod("YieldsMergedReferences_True", m.Module.TypeSystem.Boolean, il =>
        {
            var (other, join) = (Label(), Label());
            il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Brtrue, other).Op(OpCodes.Ldnull).Op(OpCodes.Br, join).At(other).Op(OpCodes.Ldstr, "s").At(join).Op(OpCodes.Isinst, m.Module.TypeSystem.String).Op(OpCodes.Ldnull).Op(OpCodes.Cgt_Un).Op(OpCodes.Ret);
        });
        m.NewMethod("YieldsSelfLoop_0", m.Int, il =>
        {
            var (top, count) = (Label(), il.Local(m.Int));
            il.Op(OpCodes.Ldc_I4_3).Op(OpCodes.Stloc, count).At(top).Op(OpCodes.Ldloc, count).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Sub).Op(OpCodes.Dup).Op(OpCodes.Stloc, count).Op(OpCodes.Brtrue, top).Op(OpCodes.Ldloc, count).Op(OpCodes.Ret);
        });
    }

    private static void Handlers(HandModule m)
    {
        var exception = m.Type(typeof(InvalidOperationException));
        var make = m.Constructor(typeof(InvalidOperationException));
        m.NewMethod("YieldsFault_3", m.Int, il =>
        {
            var (n, tried, fault, caught, end) = (il.Local(m.Int), Label(), Label(), Label(), Label());
            il.At(tried).Op(OpCodes.Newobj, make).Op(OpCodes.Throw);
            il.At(fault).Op(OpCodes.Ldc_I4_3).Op(OpCodes.Stloc, n).Op(OpCodes.Endfinally);
            il.At(caught).Op(OpCodes.Pop).Op(OpCodes.Leave, end).At(end).Op(OpCodes.Ldloc, n).Op(OpCodes.Ret);
            il.Protect(ExceptionHandlerType.Fault, tried, fault, caught);
            il.Protect(ExceptionHandlerType.Catch, tried, caught, end, exception);
        });
        m.NewMethod("YieldsFilter_8", m.Int, il =>
        {
            var (n, tried, filter, no, decided, caught, end) = (il.Local(m.Int), Label(), Label(), Label(), Label(), Label(), Label());
            il.At(tried).Op(OpCodes.Newobj, make).Op(OpCodes.Throw);
            il.At(filter).Op(OpCodes.Isinst, exception).Op(OpCodes.Brfalse, no).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Br, decided).At(no).Op(OpCodes.Ldc_I4_0).At(decided).Op(OpCodes.Endfilter);
            il.At(caught).Op(OpCodes.Pop).Op(OpCodes.Ldc_I4_8).Op(OpCodes.Stloc, n).Op(OpCodes.Leave, end).At(end).Op(OpCodes.Ldloc, n).Op(OpCodes.Ret);
            il.Protect(ExceptionHandlerType.Filter, tried, caught, end, null, filter);
        });
        m.NewMethod("HandlerAtTheEnd", m.Int, il =>
        {
            // Nothing follows the handler: its end is the end of the body.
            var (tried, caught) = (Label(), Label());
            il.Op(OpCodes.Nop).At(tried).Op(OpCodes.Newobj, make).Op(OpCodes.Throw).At(caught).Op(OpCodes.Rethrow);
            il.Protect(ExceptionHandlerType.Catch, tried, caught, null, exception);
        });
        m.NewMethod("YieldsFinallyAtTheEnd_2", m.Int, il =>
        {
            var (n, start, tried, final, end) = (il.Local(m.Int), Label(), Label(), Label(), Label());
            il.Op(OpCodes.Br, start).At(end).Op(OpCodes.Ldloc, n).Op(OpCodes.Ret).At(start).At(tried).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Stloc, n).Op(OpCodes.Leave, end);
            il.At(final).Op(OpCodes.Ldloc, n).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Add).Op(OpCodes.Stloc, n).Op(OpCodes.Endfinally);
            il.Protect(ExceptionHandlerType.Finally, tried, final, null);
        });
        m.NewMethod("YieldsLeaveIntoOwnTry_4", m.Int, il =>
        {
            // A catch may leave to any instruction of its own try: a retry.
            var (n, tried, again, caught, end) = (il.Local(m.Int), Label(), Label(), Label(), Label());
            var leave = il.Create(OpCodes.Leave, end);
            il.At(tried).Op(OpCodes.Nop).At(again).Op(OpCodes.Ldloc, n).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Add).Op(OpCodes.Dup).Op(OpCodes.Stloc, n).Op(OpCodes.Ldc_I4_4).Op(OpCodes.Bge, leave);
            il.Op(OpCodes.Newobj, make).Op(OpCodes.Throw).At(leave).At(caught).Op(OpCodes.Pop).Op(OpCodes.Leave, again).At(end).Op(OpCodes.Ldloc, n).Op(OpCodes.Ret);
            il.Protect(ExceptionHandlerType.Catch, tried, caught, end, exception);
        });
    }

    private static void Nested(HandModule m)
    {
        var exception = m.Type(typeof(InvalidOperationException));
        var make = m.Constructor(typeof(InvalidOperationException));
        void Bump(ILProcessor il, VariableDefinition n, int by) => il.Op(OpCodes.Ldloc, n).Op(OpCodes.Ldc_I4, 10).Op(OpCodes.Mul).Op(OpCodes.Ldc_I4, by).Op(OpCodes.Add).Op(OpCodes.Stloc, n);
        m.NewMethod("YieldsLeaveThroughNested_1234", m.Int, il =>
        {
            var (n, outer, inner, innermost, f1, f2, after, end) = (il.Local(m.Int), Label(), Label(), Label(), Label(), Label(), Label(), Label());
            il.At(outer).At(inner).At(innermost);
            Bump(il, n, 1);
            il.Op(OpCodes.Newobj, make).Op(OpCodes.Throw);
            var caught = Label();
            il.At(caught).Op(OpCodes.Pop);
            Bump(il, n, 2);
            il.Op(OpCodes.Leave, end).At(f1);
            Bump(il, n, 3);
            il.Op(OpCodes.Endfinally).At(f2);
            Bump(il, n, 4);
            il.Op(OpCodes.Endfinally).At(after).At(end).Op(OpCodes.Ldloc, n).Op(OpCodes.Ret);
            il.Protect(ExceptionHandlerType.Catch, innermost, caught, f1, exception);
            il.Protect(ExceptionHandlerType.Finally, inner, f1, f2);
            il.Protect(ExceptionHandlerType.Finally, outer, f2, after);
        });
        m.NewMethod("YieldsAdjacent_12", m.Int, il =>
        {
            // Two protected regions with no instruction between them.
            var (n, t1, f1, t2, f2, end) = (il.Local(m.Int), Label(), Label(), Label(), Label(), Label());
            il.At(t1).Op(OpCodes.Leave, t2).At(f1);
            Bump(il, n, 1);
            il.Op(OpCodes.Endfinally).At(t2).Op(OpCodes.Leave, end).At(f2);
            Bump(il, n, 2);
            il.Op(OpCodes.Endfinally).At(end).Op(OpCodes.Ldloc, n).Op(OpCodes.Ret);
            il.Protect(ExceptionHandlerType.Finally, t1, f1, t2);
            il.Protect(ExceptionHandlerType.Finally, t2, f2, end);
        });
        m.NewMethod("YieldsTryInHandler_7", m.Int, il =>
        {
            var (n, tried, caught, inner, fin, afterInner, end) = (il.Local(m.Int), Label(), Label(), Label(), Label(), Label(), Label());
            il.At(tried).Op(OpCodes.Newobj, make).Op(OpCodes.Throw).At(caught).Op(OpCodes.Pop).At(inner).Op(OpCodes.Leave, afterInner).At(fin);
            Bump(il, n, 7);
            il.Op(OpCodes.Endfinally).At(afterInner).Op(OpCodes.Leave, end).At(end).Op(OpCodes.Ldloc, n).Op(OpCodes.Ret);
            il.Protect(ExceptionHandlerType.Finally, inner, fin, afterInner);
            il.Protect(ExceptionHandlerType.Catch, tried, caught, end, exception);
        });
        m.NewMethod("YieldsSeveralCatches_2", m.Int, il =>
        {
            var (n, tried, c1, c2, end) = (il.Local(m.Int), Label(), Label(), Label(), Label());
            il.At(tried).Op(OpCodes.Newobj, make).Op(OpCodes.Throw).At(c1).Op(OpCodes.Pop);
            Bump(il, n, 1);
            il.Op(OpCodes.Leave, end).At(c2).Op(OpCodes.Pop);
            Bump(il, n, 2);
            il.Op(OpCodes.Leave, end).At(end).Op(OpCodes.Ldloc, n).Op(OpCodes.Ret);
            il.Protect(ExceptionHandlerType.Catch, tried, c1, c2, m.Type(typeof(ArgumentException)));
            il.Protect(ExceptionHandlerType.Catch, tried, c2, end, exception);
        });
        m.NewMethod("YieldsHandlerFarFromItsTry_5", m.Int, il =>
        {
            // A handler need not follow its try (II.19): ordinary code lies between.
            var (n, tried, middle, caught, end) = (il.Local(m.Int), Label(), Label(), Label(), Label());
            il.At(tried).Op(OpCodes.Newobj, make).Op(OpCodes.Throw).At(middle).Op(OpCodes.Ldloc, n).Op(OpCodes.Ret).At(caught).Op(OpCodes.Pop);
            Bump(il, n, 5);
            il.Op(OpCodes.Leave, middle).At(end).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Ret);
            il.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch) { TryStart = tried, TryEnd = middle, HandlerStart = caught, HandlerEnd = end, CatchType = exception });
        });
    }
}
