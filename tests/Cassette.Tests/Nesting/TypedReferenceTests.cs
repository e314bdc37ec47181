using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Nesting;

/// <summary>Calls that take a reference with its type, under catch-alls inside each other: no field can hold one.</summary>
public sealed class TypedReferenceTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Reflection;
        using Cassette;

        public readonly record struct AnyCtx(List<string> Metadata, int Level) : IContext<List<string>>
        {
            [Overdub]
            static TResult Any<TCall, TResult>(AnyCtx ctx, TCall call) where TCall : struct, ICall<TResult>, allows ref struct where TResult : allows ref struct
            {
                Program.Note(ctx.Metadata, ctx.Level, call.JoinPoint);
                return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }
        }

        public readonly record struct PlainCtx(List<string> Metadata, int Level) : IContext<List<string>>
        {
            [Overdub]
            static TResult Any<TCall, TResult>(PlainCtx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                Program.Note(ctx.Metadata, ctx.Level, call.JoinPoint);
                return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }
        }

        public struct Box { public int Value; }

        public static class Program
        {
            [NoOverdub]
            public static void Note(List<string> log, int level, JoinPoint f)
            {
                if (f.Caller == "Program.Top()")
                    log.Add(level + " " + f.Name);
            }

            public static int Top()
            {
                int x = 3;
                TypedReference r = __makeref(x);
                Set(__makeref(x), 5);
                var box = new Box();
                FieldInfo field = typeof(Box).GetField("Value")!;
                field.SetValueDirect(__makeref(box), 7);
                object read = field.GetValueDirect(__makeref(box));
                Set<string>(r, "s", 9);
                return Get(r) + x + (int)read + new Holder().Sum(__makeref(x), 1) + TypedReference.GetTargetType(r).Name.Length;
            }
            static void Set(TypedReference r, int value) => __refvalue(r, int) = value;
            static void Set<T>(TypedReference r, T other, int value) => __refvalue(r, int) = value;
            static int Get(TypedReference r) => __refvalue(r, int);
            public static int Native() => Top();
            public static int Once(List<string> log) => new AnyCtx(log, 1).Overdub(Top);
            public static int Twice(List<string> log) => new AnyCtx(log, 1).Overdub(static l => new AnyCtx(l, 2).Overdub(Top), log);
            public static int Plain(List<string> log) => new PlainCtx(log, 1).Overdub(Top);
            public static int PlainTwice(List<string> log) => new PlainCtx(log, 1).Overdub(static l => new PlainCtx(l, 2).Overdub(Top), log);
            public static int PlainOutside(List<string> log) => new PlainCtx(log, 1).Overdub(static l => new AnyCtx(l, 2).Overdub(Top), log);
            public static int PlainInside(List<string> log) => new AnyCtx(log, 1).Overdub(static l => new PlainCtx(l, 2).Overdub(Top), log);
        }

        public class Holder { public virtual int Sum(TypedReference r, int y) => __refvalue(r, int) + y; }
        """;

    // What the program calls, in order; with a star what takes a reference with its type, or is it.
    private static readonly string[] Calls =
        ["Set*", "GetTypeFromHandle", "GetField", "SetValueDirect*", "GetValueDirect*", "Set*", "Get*", ".ctor", "Sum*", "GetTargetType*", "get_Name", "get_Length"];

    [Theory, Builds]
    public void Catch_alls_pass_them_on(OptimizationLevel build)
    {
        LoadedProgram woven = LoadedProgram.Woven(build, new Source("/src/TypedReferences.cs", Source));
        int expected = woven.Run<int>("Program.Native");
        Assert.Equal(All("1 {0}"), Seen("Once"));
        Assert.Equal(All("1 Any,2 {0},1 {0}"), Seen("Twice"));
        Assert.Equal(Plain("1 {0}", ""), Seen("Plain"));
        Assert.Equal(Plain("1 Any,2 {0},1 {0}", ""), Seen("PlainTwice"));
        // The inner rule's own call has an argument that holds the reference.
        Assert.Equal(Plain("2 {0},1 {0}", "2 {0}"), Seen("PlainOutside"));
        Assert.Equal(Plain("1 Any,2 {0},1 {0}", "1 {0}"), Seen("PlainInside"));

        IEnumerable<string> Seen(string entry)
        {
            var log = new List<string>();
            Assert.Equal(expected, woven.Run<int>("Program." + entry, log));
            return log;
        }

        static IEnumerable<string> All(string each) => Plain(each, each);

        static IEnumerable<string> Plain(string others, string takingReferences) =>
            Calls.SelectMany(call => string.Format(CultureInfo.InvariantCulture, call.EndsWith('*') ? takingReferences : others, call.TrimEnd('*')).Split(',', StringSplitOptions.RemoveEmptyEntries));
    }
}
