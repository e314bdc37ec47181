using System;
using System.Threading.Tasks;
using Xunit;

namespace Cassette.Tests.Runtime;

/// <summary>
/// Every overload of the entries, called as an author would: with lambdas, async lambdas and method groups. What is
/// tested is first of all that the calls compile, with the result types they should have, so that no
/// two overloads compete; unwoven as this assembly is, each then throws.
/// </summary>
public class EntryOverloadTests
{
    private readonly record struct Ctx : IContext;

    private readonly Ctx _ctx = new();

    private static string F0() => "";

    private static void A0()
    {
    }

    private static string CF0(Ctx ctx) => "";

    private static void CA0(Ctx ctx)
    {
    }

    [Fact]
    public void With_0_arguments()
    {
        Unwoven(() => { string s = _ctx.Overdub(F0); });
        Unwoven(() => _ctx.Overdub(A0));
        Unwoven(() => { string s = _ctx.Overdub(CF0); });
        Unwoven(() => _ctx.Overdub(CA0));
        Unwoven(() => { string s = _ctx.Overdub(() => F0()); });
        Unwoven(() => _ctx.Overdub(() => A0()));
        Unwoven(() => { string s = _ctx.Overdub((ctx) => CF0(ctx)); });
        Unwoven(() => _ctx.Overdub((ctx) => CA0(ctx)));
        Unwoven(() => { Task<string> s = _ctx.Overdub(async () => { await Task.Yield(); return F0(); }); });
        Unwoven(() => { Task s = _ctx.Overdub(async () => { await Task.Yield(); A0(); }); });
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (ctx) => { await Task.Yield(); return CF0(ctx); }); });
        Unwoven(() => { Task s = _ctx.Overdub(async (ctx) => { await Task.Yield(); CA0(ctx); }); });
        Unwoven(() => { string s = _ctx.Recurse(F0); });
        Unwoven(() => _ctx.Recurse(A0));
        Unwoven(() => { string s = _ctx.Recurse(CF0); });
        Unwoven(() => _ctx.Recurse(CA0));
        Unwoven(() => { string s = _ctx.Recurse(() => F0()); });
        Unwoven(() => _ctx.Recurse(() => A0()));
        Unwoven(() => { string s = _ctx.Recurse((ctx) => CF0(ctx)); });
        Unwoven(() => _ctx.Recurse((ctx) => CA0(ctx)));
        Unwoven(() => { Task<string> s = _ctx.Recurse(async () => { await Task.Yield(); return F0(); }); });
        Unwoven(() => { Task s = _ctx.Recurse(async () => { await Task.Yield(); A0(); }); });
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (ctx) => { await Task.Yield(); return CF0(ctx); }); });
        Unwoven(() => { Task s = _ctx.Recurse(async (ctx) => { await Task.Yield(); CA0(ctx); }); });
        Unwoven(() => { string s = _ctx.Fallback(F0); });
        Unwoven(() => _ctx.Fallback(A0));
        Unwoven(() => { string s = _ctx.Fallback(CF0); });
        Unwoven(() => _ctx.Fallback(CA0));
        Unwoven(() => { string s = _ctx.Fallback(() => F0()); });
        Unwoven(() => _ctx.Fallback(() => A0()));
        Unwoven(() => { string s = _ctx.Fallback((ctx) => CF0(ctx)); });
        Unwoven(() => _ctx.Fallback((ctx) => CA0(ctx)));
        Unwoven(() => { Task<string> s = _ctx.Fallback(async () => { await Task.Yield(); return F0(); }); });
        Unwoven(() => { Task s = _ctx.Fallback(async () => { await Task.Yield(); A0(); }); });
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (ctx) => { await Task.Yield(); return CF0(ctx); }); });
        Unwoven(() => { Task s = _ctx.Fallback(async (ctx) => { await Task.Yield(); CA0(ctx); }); });
        Unwoven(() => _ctx.CanRecurse(() => F0()));
        Unwoven(() => _ctx.CanRecurse(() => A0()));
        Unwoven(() => _ctx.CanRecurse((Func<string>)F0));
        Unwoven(() => _ctx.CanRecurse((Action)A0));
    }

    private static string F1(int p1) => "";

    private static void A1(int p1)
    {
    }

    private static string CF1(Ctx ctx, int p1) => "";

    private static void CA1(Ctx ctx, int p1)
    {
    }

    [Fact]
    public void With_1_arguments()
    {
        Unwoven(() => { string s = _ctx.Overdub(F1, 1); });
        Unwoven(() => _ctx.Overdub(A1, 1));
        Unwoven(() => { string s = _ctx.Overdub(CF1, 1); });
        Unwoven(() => _ctx.Overdub(CA1, 1));
        Unwoven(() => { string s = _ctx.Overdub((p1) => F1(p1), 1); });
        Unwoven(() => _ctx.Overdub((p1) => A1(p1), 1));
        Unwoven(() => { string s = _ctx.Overdub((ctx, p1) => CF1(ctx, p1), 1); });
        Unwoven(() => _ctx.Overdub((ctx, p1) => CA1(ctx, p1), 1));
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (p1) => { await Task.Yield(); return F1(p1); }, 1); });
        Unwoven(() => { Task s = _ctx.Overdub(async (p1) => { await Task.Yield(); A1(p1); }, 1); });
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (ctx, p1) => { await Task.Yield(); return CF1(ctx, p1); }, 1); });
        Unwoven(() => { Task s = _ctx.Overdub(async (ctx, p1) => { await Task.Yield(); CA1(ctx, p1); }, 1); });
        Unwoven(() => { string s = _ctx.Recurse(F1, 1); });
        Unwoven(() => _ctx.Recurse(A1, 1));
        Unwoven(() => { string s = _ctx.Recurse(CF1, 1); });
        Unwoven(() => _ctx.Recurse(CA1, 1));
        Unwoven(() => { string s = _ctx.Recurse((p1) => F1(p1), 1); });
        Unwoven(() => _ctx.Recurse((p1) => A1(p1), 1));
        Unwoven(() => { string s = _ctx.Recurse((ctx, p1) => CF1(ctx, p1), 1); });
        Unwoven(() => _ctx.Recurse((ctx, p1) => CA1(ctx, p1), 1));
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (p1) => { await Task.Yield(); return F1(p1); }, 1); });
        Unwoven(() => { Task s = _ctx.Recurse(async (p1) => { await Task.Yield(); A1(p1); }, 1); });
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (ctx, p1) => { await Task.Yield(); return CF1(ctx, p1); }, 1); });
        Unwoven(() => { Task s = _ctx.Recurse(async (ctx, p1) => { await Task.Yield(); CA1(ctx, p1); }, 1); });
        Unwoven(() => { string s = _ctx.Fallback(F1, 1); });
        Unwoven(() => _ctx.Fallback(A1, 1));
        Unwoven(() => { string s = _ctx.Fallback(CF1, 1); });
        Unwoven(() => _ctx.Fallback(CA1, 1));
        Unwoven(() => { string s = _ctx.Fallback((p1) => F1(p1), 1); });
        Unwoven(() => _ctx.Fallback((p1) => A1(p1), 1));
        Unwoven(() => { string s = _ctx.Fallback((ctx, p1) => CF1(ctx, p1), 1); });
        Unwoven(() => _ctx.Fallback((ctx, p1) => CA1(ctx, p1), 1));
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (p1) => { await Task.Yield(); return F1(p1); }, 1); });
        Unwoven(() => { Task s = _ctx.Fallback(async (p1) => { await Task.Yield(); A1(p1); }, 1); });
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (ctx, p1) => { await Task.Yield(); return CF1(ctx, p1); }, 1); });
        Unwoven(() => { Task s = _ctx.Fallback(async (ctx, p1) => { await Task.Yield(); CA1(ctx, p1); }, 1); });
        Unwoven(() => _ctx.CanRecurse(F1, 1));
        Unwoven(() => _ctx.CanRecurse(A1, 1));
        Unwoven(() => _ctx.CanRecurse((int p1) => F1(p1)));
        Unwoven(() => _ctx.CanRecurse((int p1) => A1(p1)));
        Unwoven(() => _ctx.CanRecurse((Func<int, string>)F1));
        Unwoven(() => _ctx.CanRecurse((Action<int>)A1));
    }

    private static string F2(int p1, long p2) => "";

    private static void A2(int p1, long p2)
    {
    }

    private static string CF2(Ctx ctx, int p1, long p2) => "";

    private static void CA2(Ctx ctx, int p1, long p2)
    {
    }

    [Fact]
    public void With_2_arguments()
    {
        Unwoven(() => { string s = _ctx.Overdub(F2, 1, 2L); });
        Unwoven(() => _ctx.Overdub(A2, 1, 2L));
        Unwoven(() => { string s = _ctx.Overdub(CF2, 1, 2L); });
        Unwoven(() => _ctx.Overdub(CA2, 1, 2L));
        Unwoven(() => { string s = _ctx.Overdub((p1, p2) => F2(p1, p2), 1, 2L); });
        Unwoven(() => _ctx.Overdub((p1, p2) => A2(p1, p2), 1, 2L));
        Unwoven(() => { string s = _ctx.Overdub((ctx, p1, p2) => CF2(ctx, p1, p2), 1, 2L); });
        Unwoven(() => _ctx.Overdub((ctx, p1, p2) => CA2(ctx, p1, p2), 1, 2L));
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (p1, p2) => { await Task.Yield(); return F2(p1, p2); }, 1, 2L); });
        Unwoven(() => { Task s = _ctx.Overdub(async (p1, p2) => { await Task.Yield(); A2(p1, p2); }, 1, 2L); });
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (ctx, p1, p2) => { await Task.Yield(); return CF2(ctx, p1, p2); }, 1, 2L); });
        Unwoven(() => { Task s = _ctx.Overdub(async (ctx, p1, p2) => { await Task.Yield(); CA2(ctx, p1, p2); }, 1, 2L); });
        Unwoven(() => { string s = _ctx.Recurse(F2, 1, 2L); });
        Unwoven(() => _ctx.Recurse(A2, 1, 2L));
        Unwoven(() => { string s = _ctx.Recurse(CF2, 1, 2L); });
        Unwoven(() => _ctx.Recurse(CA2, 1, 2L));
        Unwoven(() => { string s = _ctx.Recurse((p1, p2) => F2(p1, p2), 1, 2L); });
        Unwoven(() => _ctx.Recurse((p1, p2) => A2(p1, p2), 1, 2L));
        Unwoven(() => { string s = _ctx.Recurse((ctx, p1, p2) => CF2(ctx, p1, p2), 1, 2L); });
        Unwoven(() => _ctx.Recurse((ctx, p1, p2) => CA2(ctx, p1, p2), 1, 2L));
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (p1, p2) => { await Task.Yield(); return F2(p1, p2); }, 1, 2L); });
        Unwoven(() => { Task s = _ctx.Recurse(async (p1, p2) => { await Task.Yield(); A2(p1, p2); }, 1, 2L); });
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (ctx, p1, p2) => { await Task.Yield(); return CF2(ctx, p1, p2); }, 1, 2L); });
        Unwoven(() => { Task s = _ctx.Recurse(async (ctx, p1, p2) => { await Task.Yield(); CA2(ctx, p1, p2); }, 1, 2L); });
        Unwoven(() => { string s = _ctx.Fallback(F2, 1, 2L); });
        Unwoven(() => _ctx.Fallback(A2, 1, 2L));
        Unwoven(() => { string s = _ctx.Fallback(CF2, 1, 2L); });
        Unwoven(() => _ctx.Fallback(CA2, 1, 2L));
        Unwoven(() => { string s = _ctx.Fallback((p1, p2) => F2(p1, p2), 1, 2L); });
        Unwoven(() => _ctx.Fallback((p1, p2) => A2(p1, p2), 1, 2L));
        Unwoven(() => { string s = _ctx.Fallback((ctx, p1, p2) => CF2(ctx, p1, p2), 1, 2L); });
        Unwoven(() => _ctx.Fallback((ctx, p1, p2) => CA2(ctx, p1, p2), 1, 2L));
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (p1, p2) => { await Task.Yield(); return F2(p1, p2); }, 1, 2L); });
        Unwoven(() => { Task s = _ctx.Fallback(async (p1, p2) => { await Task.Yield(); A2(p1, p2); }, 1, 2L); });
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (ctx, p1, p2) => { await Task.Yield(); return CF2(ctx, p1, p2); }, 1, 2L); });
        Unwoven(() => { Task s = _ctx.Fallback(async (ctx, p1, p2) => { await Task.Yield(); CA2(ctx, p1, p2); }, 1, 2L); });
        Unwoven(() => _ctx.CanRecurse(F2, 1, 2L));
        Unwoven(() => _ctx.CanRecurse(A2, 1, 2L));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2) => F2(p1, p2)));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2) => A2(p1, p2)));
        Unwoven(() => _ctx.CanRecurse((Func<int, long, string>)F2));
        Unwoven(() => _ctx.CanRecurse((Action<int, long>)A2));
    }

    private static string F3(int p1, long p2, string p3) => "";

    private static void A3(int p1, long p2, string p3)
    {
    }

    private static string CF3(Ctx ctx, int p1, long p2, string p3) => "";

    private static void CA3(Ctx ctx, int p1, long p2, string p3)
    {
    }

    [Fact]
    public void With_3_arguments()
    {
        Unwoven(() => { string s = _ctx.Overdub(F3, 1, 2L, "3"); });
        Unwoven(() => _ctx.Overdub(A3, 1, 2L, "3"));
        Unwoven(() => { string s = _ctx.Overdub(CF3, 1, 2L, "3"); });
        Unwoven(() => _ctx.Overdub(CA3, 1, 2L, "3"));
        Unwoven(() => { string s = _ctx.Overdub((p1, p2, p3) => F3(p1, p2, p3), 1, 2L, "3"); });
        Unwoven(() => _ctx.Overdub((p1, p2, p3) => A3(p1, p2, p3), 1, 2L, "3"));
        Unwoven(() => { string s = _ctx.Overdub((ctx, p1, p2, p3) => CF3(ctx, p1, p2, p3), 1, 2L, "3"); });
        Unwoven(() => _ctx.Overdub((ctx, p1, p2, p3) => CA3(ctx, p1, p2, p3), 1, 2L, "3"));
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (p1, p2, p3) => { await Task.Yield(); return F3(p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { Task s = _ctx.Overdub(async (p1, p2, p3) => { await Task.Yield(); A3(p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (ctx, p1, p2, p3) => { await Task.Yield(); return CF3(ctx, p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { Task s = _ctx.Overdub(async (ctx, p1, p2, p3) => { await Task.Yield(); CA3(ctx, p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { string s = _ctx.Recurse(F3, 1, 2L, "3"); });
        Unwoven(() => _ctx.Recurse(A3, 1, 2L, "3"));
        Unwoven(() => { string s = _ctx.Recurse(CF3, 1, 2L, "3"); });
        Unwoven(() => _ctx.Recurse(CA3, 1, 2L, "3"));
        Unwoven(() => { string s = _ctx.Recurse((p1, p2, p3) => F3(p1, p2, p3), 1, 2L, "3"); });
        Unwoven(() => _ctx.Recurse((p1, p2, p3) => A3(p1, p2, p3), 1, 2L, "3"));
        Unwoven(() => { string s = _ctx.Recurse((ctx, p1, p2, p3) => CF3(ctx, p1, p2, p3), 1, 2L, "3"); });
        Unwoven(() => _ctx.Recurse((ctx, p1, p2, p3) => CA3(ctx, p1, p2, p3), 1, 2L, "3"));
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (p1, p2, p3) => { await Task.Yield(); return F3(p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { Task s = _ctx.Recurse(async (p1, p2, p3) => { await Task.Yield(); A3(p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (ctx, p1, p2, p3) => { await Task.Yield(); return CF3(ctx, p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { Task s = _ctx.Recurse(async (ctx, p1, p2, p3) => { await Task.Yield(); CA3(ctx, p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { string s = _ctx.Fallback(F3, 1, 2L, "3"); });
        Unwoven(() => _ctx.Fallback(A3, 1, 2L, "3"));
        Unwoven(() => { string s = _ctx.Fallback(CF3, 1, 2L, "3"); });
        Unwoven(() => _ctx.Fallback(CA3, 1, 2L, "3"));
        Unwoven(() => { string s = _ctx.Fallback((p1, p2, p3) => F3(p1, p2, p3), 1, 2L, "3"); });
        Unwoven(() => _ctx.Fallback((p1, p2, p3) => A3(p1, p2, p3), 1, 2L, "3"));
        Unwoven(() => { string s = _ctx.Fallback((ctx, p1, p2, p3) => CF3(ctx, p1, p2, p3), 1, 2L, "3"); });
        Unwoven(() => _ctx.Fallback((ctx, p1, p2, p3) => CA3(ctx, p1, p2, p3), 1, 2L, "3"));
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (p1, p2, p3) => { await Task.Yield(); return F3(p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { Task s = _ctx.Fallback(async (p1, p2, p3) => { await Task.Yield(); A3(p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (ctx, p1, p2, p3) => { await Task.Yield(); return CF3(ctx, p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => { Task s = _ctx.Fallback(async (ctx, p1, p2, p3) => { await Task.Yield(); CA3(ctx, p1, p2, p3); }, 1, 2L, "3"); });
        Unwoven(() => _ctx.CanRecurse(F3, 1, 2L, "3"));
        Unwoven(() => _ctx.CanRecurse(A3, 1, 2L, "3"));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3) => F3(p1, p2, p3)));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3) => A3(p1, p2, p3)));
        Unwoven(() => _ctx.CanRecurse((Func<int, long, string, string>)F3));
        Unwoven(() => _ctx.CanRecurse((Action<int, long, string>)A3));
    }

    private static string F4(int p1, long p2, string p3, double p4) => "";

    private static void A4(int p1, long p2, string p3, double p4)
    {
    }

    private static string CF4(Ctx ctx, int p1, long p2, string p3, double p4) => "";

    private static void CA4(Ctx ctx, int p1, long p2, string p3, double p4)
    {
    }

    [Fact]
    public void With_4_arguments()
    {
        Unwoven(() => { string s = _ctx.Overdub(F4, 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Overdub(A4, 1, 2L, "3", 4.0));
        Unwoven(() => { string s = _ctx.Overdub(CF4, 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Overdub(CA4, 1, 2L, "3", 4.0));
        Unwoven(() => { string s = _ctx.Overdub((p1, p2, p3, p4) => F4(p1, p2, p3, p4), 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Overdub((p1, p2, p3, p4) => A4(p1, p2, p3, p4), 1, 2L, "3", 4.0));
        Unwoven(() => { string s = _ctx.Overdub((ctx, p1, p2, p3, p4) => CF4(ctx, p1, p2, p3, p4), 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Overdub((ctx, p1, p2, p3, p4) => CA4(ctx, p1, p2, p3, p4), 1, 2L, "3", 4.0));
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (p1, p2, p3, p4) => { await Task.Yield(); return F4(p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { Task s = _ctx.Overdub(async (p1, p2, p3, p4) => { await Task.Yield(); A4(p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (ctx, p1, p2, p3, p4) => { await Task.Yield(); return CF4(ctx, p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { Task s = _ctx.Overdub(async (ctx, p1, p2, p3, p4) => { await Task.Yield(); CA4(ctx, p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { string s = _ctx.Recurse(F4, 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Recurse(A4, 1, 2L, "3", 4.0));
        Unwoven(() => { string s = _ctx.Recurse(CF4, 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Recurse(CA4, 1, 2L, "3", 4.0));
        Unwoven(() => { string s = _ctx.Recurse((p1, p2, p3, p4) => F4(p1, p2, p3, p4), 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Recurse((p1, p2, p3, p4) => A4(p1, p2, p3, p4), 1, 2L, "3", 4.0));
        Unwoven(() => { string s = _ctx.Recurse((ctx, p1, p2, p3, p4) => CF4(ctx, p1, p2, p3, p4), 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Recurse((ctx, p1, p2, p3, p4) => CA4(ctx, p1, p2, p3, p4), 1, 2L, "3", 4.0));
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (p1, p2, p3, p4) => { await Task.Yield(); return F4(p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { Task s = _ctx.Recurse(async (p1, p2, p3, p4) => { await Task.Yield(); A4(p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (ctx, p1, p2, p3, p4) => { await Task.Yield(); return CF4(ctx, p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { Task s = _ctx.Recurse(async (ctx, p1, p2, p3, p4) => { await Task.Yield(); CA4(ctx, p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { string s = _ctx.Fallback(F4, 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Fallback(A4, 1, 2L, "3", 4.0));
        Unwoven(() => { string s = _ctx.Fallback(CF4, 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Fallback(CA4, 1, 2L, "3", 4.0));
        Unwoven(() => { string s = _ctx.Fallback((p1, p2, p3, p4) => F4(p1, p2, p3, p4), 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Fallback((p1, p2, p3, p4) => A4(p1, p2, p3, p4), 1, 2L, "3", 4.0));
        Unwoven(() => { string s = _ctx.Fallback((ctx, p1, p2, p3, p4) => CF4(ctx, p1, p2, p3, p4), 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.Fallback((ctx, p1, p2, p3, p4) => CA4(ctx, p1, p2, p3, p4), 1, 2L, "3", 4.0));
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (p1, p2, p3, p4) => { await Task.Yield(); return F4(p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { Task s = _ctx.Fallback(async (p1, p2, p3, p4) => { await Task.Yield(); A4(p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (ctx, p1, p2, p3, p4) => { await Task.Yield(); return CF4(ctx, p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => { Task s = _ctx.Fallback(async (ctx, p1, p2, p3, p4) => { await Task.Yield(); CA4(ctx, p1, p2, p3, p4); }, 1, 2L, "3", 4.0); });
        Unwoven(() => _ctx.CanRecurse(F4, 1, 2L, "3", 4.0));
        Unwoven(() => _ctx.CanRecurse(A4, 1, 2L, "3", 4.0));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3, double p4) => F4(p1, p2, p3, p4)));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3, double p4) => A4(p1, p2, p3, p4)));
        Unwoven(() => _ctx.CanRecurse((Func<int, long, string, double, string>)F4));
        Unwoven(() => _ctx.CanRecurse((Action<int, long, string, double>)A4));
    }

    private static string F5(int p1, long p2, string p3, double p4, char p5) => "";

    private static void A5(int p1, long p2, string p3, double p4, char p5)
    {
    }

    private static string CF5(Ctx ctx, int p1, long p2, string p3, double p4, char p5) => "";

    private static void CA5(Ctx ctx, int p1, long p2, string p3, double p4, char p5)
    {
    }

    [Fact]
    public void With_5_arguments()
    {
        Unwoven(() => { string s = _ctx.Overdub(F5, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Overdub(A5, 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { string s = _ctx.Overdub(CF5, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Overdub(CA5, 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { string s = _ctx.Overdub((p1, p2, p3, p4, p5) => F5(p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Overdub((p1, p2, p3, p4, p5) => A5(p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { string s = _ctx.Overdub((ctx, p1, p2, p3, p4, p5) => CF5(ctx, p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Overdub((ctx, p1, p2, p3, p4, p5) => CA5(ctx, p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (p1, p2, p3, p4, p5) => { await Task.Yield(); return F5(p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { Task s = _ctx.Overdub(async (p1, p2, p3, p4, p5) => { await Task.Yield(); A5(p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (ctx, p1, p2, p3, p4, p5) => { await Task.Yield(); return CF5(ctx, p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { Task s = _ctx.Overdub(async (ctx, p1, p2, p3, p4, p5) => { await Task.Yield(); CA5(ctx, p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { string s = _ctx.Recurse(F5, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Recurse(A5, 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { string s = _ctx.Recurse(CF5, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Recurse(CA5, 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { string s = _ctx.Recurse((p1, p2, p3, p4, p5) => F5(p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Recurse((p1, p2, p3, p4, p5) => A5(p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { string s = _ctx.Recurse((ctx, p1, p2, p3, p4, p5) => CF5(ctx, p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Recurse((ctx, p1, p2, p3, p4, p5) => CA5(ctx, p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (p1, p2, p3, p4, p5) => { await Task.Yield(); return F5(p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { Task s = _ctx.Recurse(async (p1, p2, p3, p4, p5) => { await Task.Yield(); A5(p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (ctx, p1, p2, p3, p4, p5) => { await Task.Yield(); return CF5(ctx, p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { Task s = _ctx.Recurse(async (ctx, p1, p2, p3, p4, p5) => { await Task.Yield(); CA5(ctx, p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { string s = _ctx.Fallback(F5, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Fallback(A5, 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { string s = _ctx.Fallback(CF5, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Fallback(CA5, 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { string s = _ctx.Fallback((p1, p2, p3, p4, p5) => F5(p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Fallback((p1, p2, p3, p4, p5) => A5(p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { string s = _ctx.Fallback((ctx, p1, p2, p3, p4, p5) => CF5(ctx, p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.Fallback((ctx, p1, p2, p3, p4, p5) => CA5(ctx, p1, p2, p3, p4, p5), 1, 2L, "3", 4.0, '5'));
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (p1, p2, p3, p4, p5) => { await Task.Yield(); return F5(p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { Task s = _ctx.Fallback(async (p1, p2, p3, p4, p5) => { await Task.Yield(); A5(p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (ctx, p1, p2, p3, p4, p5) => { await Task.Yield(); return CF5(ctx, p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => { Task s = _ctx.Fallback(async (ctx, p1, p2, p3, p4, p5) => { await Task.Yield(); CA5(ctx, p1, p2, p3, p4, p5); }, 1, 2L, "3", 4.0, '5'); });
        Unwoven(() => _ctx.CanRecurse(F5, 1, 2L, "3", 4.0, '5'));
        Unwoven(() => _ctx.CanRecurse(A5, 1, 2L, "3", 4.0, '5'));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3, double p4, char p5) => F5(p1, p2, p3, p4, p5)));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3, double p4, char p5) => A5(p1, p2, p3, p4, p5)));
        Unwoven(() => _ctx.CanRecurse((Func<int, long, string, double, char, string>)F5));
        Unwoven(() => _ctx.CanRecurse((Action<int, long, string, double, char>)A5));
    }

    private static string F6(int p1, long p2, string p3, double p4, char p5, float p6) => "";

    private static void A6(int p1, long p2, string p3, double p4, char p5, float p6)
    {
    }

    private static string CF6(Ctx ctx, int p1, long p2, string p3, double p4, char p5, float p6) => "";

    private static void CA6(Ctx ctx, int p1, long p2, string p3, double p4, char p5, float p6)
    {
    }

    [Fact]
    public void With_6_arguments()
    {
        Unwoven(() => { string s = _ctx.Overdub(F6, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Overdub(A6, 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { string s = _ctx.Overdub(CF6, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Overdub(CA6, 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { string s = _ctx.Overdub((p1, p2, p3, p4, p5, p6) => F6(p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Overdub((p1, p2, p3, p4, p5, p6) => A6(p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { string s = _ctx.Overdub((ctx, p1, p2, p3, p4, p5, p6) => CF6(ctx, p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Overdub((ctx, p1, p2, p3, p4, p5, p6) => CA6(ctx, p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (p1, p2, p3, p4, p5, p6) => { await Task.Yield(); return F6(p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { Task s = _ctx.Overdub(async (p1, p2, p3, p4, p5, p6) => { await Task.Yield(); A6(p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (ctx, p1, p2, p3, p4, p5, p6) => { await Task.Yield(); return CF6(ctx, p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { Task s = _ctx.Overdub(async (ctx, p1, p2, p3, p4, p5, p6) => { await Task.Yield(); CA6(ctx, p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { string s = _ctx.Recurse(F6, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Recurse(A6, 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { string s = _ctx.Recurse(CF6, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Recurse(CA6, 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { string s = _ctx.Recurse((p1, p2, p3, p4, p5, p6) => F6(p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Recurse((p1, p2, p3, p4, p5, p6) => A6(p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { string s = _ctx.Recurse((ctx, p1, p2, p3, p4, p5, p6) => CF6(ctx, p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Recurse((ctx, p1, p2, p3, p4, p5, p6) => CA6(ctx, p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (p1, p2, p3, p4, p5, p6) => { await Task.Yield(); return F6(p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { Task s = _ctx.Recurse(async (p1, p2, p3, p4, p5, p6) => { await Task.Yield(); A6(p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (ctx, p1, p2, p3, p4, p5, p6) => { await Task.Yield(); return CF6(ctx, p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { Task s = _ctx.Recurse(async (ctx, p1, p2, p3, p4, p5, p6) => { await Task.Yield(); CA6(ctx, p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { string s = _ctx.Fallback(F6, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Fallback(A6, 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { string s = _ctx.Fallback(CF6, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Fallback(CA6, 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { string s = _ctx.Fallback((p1, p2, p3, p4, p5, p6) => F6(p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Fallback((p1, p2, p3, p4, p5, p6) => A6(p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { string s = _ctx.Fallback((ctx, p1, p2, p3, p4, p5, p6) => CF6(ctx, p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.Fallback((ctx, p1, p2, p3, p4, p5, p6) => CA6(ctx, p1, p2, p3, p4, p5, p6), 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (p1, p2, p3, p4, p5, p6) => { await Task.Yield(); return F6(p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { Task s = _ctx.Fallback(async (p1, p2, p3, p4, p5, p6) => { await Task.Yield(); A6(p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (ctx, p1, p2, p3, p4, p5, p6) => { await Task.Yield(); return CF6(ctx, p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => { Task s = _ctx.Fallback(async (ctx, p1, p2, p3, p4, p5, p6) => { await Task.Yield(); CA6(ctx, p1, p2, p3, p4, p5, p6); }, 1, 2L, "3", 4.0, '5', 6f); });
        Unwoven(() => _ctx.CanRecurse(F6, 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => _ctx.CanRecurse(A6, 1, 2L, "3", 4.0, '5', 6f));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3, double p4, char p5, float p6) => F6(p1, p2, p3, p4, p5, p6)));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3, double p4, char p5, float p6) => A6(p1, p2, p3, p4, p5, p6)));
        Unwoven(() => _ctx.CanRecurse((Func<int, long, string, double, char, float, string>)F6));
        Unwoven(() => _ctx.CanRecurse((Action<int, long, string, double, char, float>)A6));
    }

    private static string F7(int p1, long p2, string p3, double p4, char p5, float p6, bool p7) => "";

    private static void A7(int p1, long p2, string p3, double p4, char p5, float p6, bool p7)
    {
    }

    private static string CF7(Ctx ctx, int p1, long p2, string p3, double p4, char p5, float p6, bool p7) => "";

    private static void CA7(Ctx ctx, int p1, long p2, string p3, double p4, char p5, float p6, bool p7)
    {
    }

    [Fact]
    public void With_7_arguments()
    {
        Unwoven(() => { string s = _ctx.Overdub(F7, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Overdub(A7, 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { string s = _ctx.Overdub(CF7, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Overdub(CA7, 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { string s = _ctx.Overdub((p1, p2, p3, p4, p5, p6, p7) => F7(p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Overdub((p1, p2, p3, p4, p5, p6, p7) => A7(p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { string s = _ctx.Overdub((ctx, p1, p2, p3, p4, p5, p6, p7) => CF7(ctx, p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Overdub((ctx, p1, p2, p3, p4, p5, p6, p7) => CA7(ctx, p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); return F7(p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { Task s = _ctx.Overdub(async (p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); A7(p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (ctx, p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); return CF7(ctx, p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { Task s = _ctx.Overdub(async (ctx, p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); CA7(ctx, p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { string s = _ctx.Recurse(F7, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Recurse(A7, 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { string s = _ctx.Recurse(CF7, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Recurse(CA7, 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { string s = _ctx.Recurse((p1, p2, p3, p4, p5, p6, p7) => F7(p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Recurse((p1, p2, p3, p4, p5, p6, p7) => A7(p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { string s = _ctx.Recurse((ctx, p1, p2, p3, p4, p5, p6, p7) => CF7(ctx, p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Recurse((ctx, p1, p2, p3, p4, p5, p6, p7) => CA7(ctx, p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); return F7(p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { Task s = _ctx.Recurse(async (p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); A7(p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (ctx, p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); return CF7(ctx, p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { Task s = _ctx.Recurse(async (ctx, p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); CA7(ctx, p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { string s = _ctx.Fallback(F7, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Fallback(A7, 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { string s = _ctx.Fallback(CF7, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Fallback(CA7, 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { string s = _ctx.Fallback((p1, p2, p3, p4, p5, p6, p7) => F7(p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Fallback((p1, p2, p3, p4, p5, p6, p7) => A7(p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { string s = _ctx.Fallback((ctx, p1, p2, p3, p4, p5, p6, p7) => CF7(ctx, p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.Fallback((ctx, p1, p2, p3, p4, p5, p6, p7) => CA7(ctx, p1, p2, p3, p4, p5, p6, p7), 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); return F7(p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { Task s = _ctx.Fallback(async (p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); A7(p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (ctx, p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); return CF7(ctx, p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => { Task s = _ctx.Fallback(async (ctx, p1, p2, p3, p4, p5, p6, p7) => { await Task.Yield(); CA7(ctx, p1, p2, p3, p4, p5, p6, p7); }, 1, 2L, "3", 4.0, '5', 6f, true); });
        Unwoven(() => _ctx.CanRecurse(F7, 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => _ctx.CanRecurse(A7, 1, 2L, "3", 4.0, '5', 6f, true));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3, double p4, char p5, float p6, bool p7) => F7(p1, p2, p3, p4, p5, p6, p7)));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3, double p4, char p5, float p6, bool p7) => A7(p1, p2, p3, p4, p5, p6, p7)));
        Unwoven(() => _ctx.CanRecurse((Func<int, long, string, double, char, float, bool, string>)F7));
        Unwoven(() => _ctx.CanRecurse((Action<int, long, string, double, char, float, bool>)A7));
    }

    private static string F8(int p1, long p2, string p3, double p4, char p5, float p6, bool p7, byte p8) => "";

    private static void A8(int p1, long p2, string p3, double p4, char p5, float p6, bool p7, byte p8)
    {
    }

    private static string CF8(Ctx ctx, int p1, long p2, string p3, double p4, char p5, float p6, bool p7, byte p8) => "";

    private static void CA8(Ctx ctx, int p1, long p2, string p3, double p4, char p5, float p6, bool p7, byte p8)
    {
    }

    [Fact]
    public void With_8_arguments()
    {
        Unwoven(() => { string s = _ctx.Overdub(F8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Overdub(A8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { string s = _ctx.Overdub(CF8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Overdub(CA8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { string s = _ctx.Overdub((p1, p2, p3, p4, p5, p6, p7, p8) => F8(p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Overdub((p1, p2, p3, p4, p5, p6, p7, p8) => A8(p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { string s = _ctx.Overdub((ctx, p1, p2, p3, p4, p5, p6, p7, p8) => CF8(ctx, p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Overdub((ctx, p1, p2, p3, p4, p5, p6, p7, p8) => CA8(ctx, p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); return F8(p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { Task s = _ctx.Overdub(async (p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); A8(p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { Task<string> s = _ctx.Overdub(async (ctx, p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); return CF8(ctx, p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { Task s = _ctx.Overdub(async (ctx, p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); CA8(ctx, p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { string s = _ctx.Recurse(F8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Recurse(A8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { string s = _ctx.Recurse(CF8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Recurse(CA8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { string s = _ctx.Recurse((p1, p2, p3, p4, p5, p6, p7, p8) => F8(p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Recurse((p1, p2, p3, p4, p5, p6, p7, p8) => A8(p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { string s = _ctx.Recurse((ctx, p1, p2, p3, p4, p5, p6, p7, p8) => CF8(ctx, p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Recurse((ctx, p1, p2, p3, p4, p5, p6, p7, p8) => CA8(ctx, p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); return F8(p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { Task s = _ctx.Recurse(async (p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); A8(p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { Task<string> s = _ctx.Recurse(async (ctx, p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); return CF8(ctx, p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { Task s = _ctx.Recurse(async (ctx, p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); CA8(ctx, p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { string s = _ctx.Fallback(F8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Fallback(A8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { string s = _ctx.Fallback(CF8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Fallback(CA8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { string s = _ctx.Fallback((p1, p2, p3, p4, p5, p6, p7, p8) => F8(p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Fallback((p1, p2, p3, p4, p5, p6, p7, p8) => A8(p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { string s = _ctx.Fallback((ctx, p1, p2, p3, p4, p5, p6, p7, p8) => CF8(ctx, p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.Fallback((ctx, p1, p2, p3, p4, p5, p6, p7, p8) => CA8(ctx, p1, p2, p3, p4, p5, p6, p7, p8), 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); return F8(p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { Task s = _ctx.Fallback(async (p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); A8(p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { Task<string> s = _ctx.Fallback(async (ctx, p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); return CF8(ctx, p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => { Task s = _ctx.Fallback(async (ctx, p1, p2, p3, p4, p5, p6, p7, p8) => { await Task.Yield(); CA8(ctx, p1, p2, p3, p4, p5, p6, p7, p8); }, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8); });
        Unwoven(() => _ctx.CanRecurse(F8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => _ctx.CanRecurse(A8, 1, 2L, "3", 4.0, '5', 6f, true, (byte)8));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3, double p4, char p5, float p6, bool p7, byte p8) => F8(p1, p2, p3, p4, p5, p6, p7, p8)));
        Unwoven(() => _ctx.CanRecurse((int p1, long p2, string p3, double p4, char p5, float p6, bool p7, byte p8) => A8(p1, p2, p3, p4, p5, p6, p7, p8)));
        Unwoven(() => _ctx.CanRecurse((Func<int, long, string, double, char, float, bool, byte, string>)F8));
        Unwoven(() => _ctx.CanRecurse((Action<int, long, string, double, char, float, bool, byte>)A8));
    }

    private static void Unwoven(Action entry)
    {
        var exception = Assert.Throws<NotWovenException>(entry);
        Assert.Contains("Ctx", exception.Message);
        Assert.Contains("<Cassette />", exception.Message);
    }

    private static void Unwoven(Func<bool> question) => Unwoven(() => { _ = question(); });
}
