using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Xunit;

namespace Cassette.Tests.Intrinsics;

/// <summary>Which rules see which instructions: by intrinsic, operand types, pattern, level; and which never do.</summary>
public sealed class SelectionTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using Cassette;

        """;

    private const string Kernel = """
        public sealed class Point
        {
            public double X;
            public double Y { get; set; } = 3;
            public override string ToString() => "point";
        }

        public static class Kernel
        {
            public static double Two(double x, double y) => x + y + x * y;

            public static T Last<T>(T[] array) => array[array.Length - 1];

            public static double Generic() => Last(new[] { 1.5, 2.5 }) + Last(new[] { 1, 2 }) + Last(new[] { "a" }).Length;

            public static double Properties(int n)
            {
                var point = new Point { X = n };
                Func<double, double> scale = x => x * point.X + n;
                return scale(point.Y);
            }

            public static int Divide(int a, int b) => a / b;

            public static double Ratio(double a, double b) => a / b;

            public static unsafe int OnStack(int n)
            {
                int* numbers = stackalloc int[n];
                for (int i = 0; i < n; i++)
                    numbers[i] = i;
                return numbers[n - 1];
            }
        }

        """;

    private static LoadedProgram Woven(OptimizationLevel build, string tool) => LoadedProgram.Woven(build, new Source("/src/Program.cs", Usings + Kernel + tool));

    [Theory, Builds]
    public void A_pattern_that_names_the_intrinsic_matches_it(OptimizationLevel build)
    {
        LoadedProgram program = Woven(build, """
            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook("call(double Cassette.Intrinsic.Mul*(double, double)) && within(Kernel)")]
                static void Product(Ctx ctx, JoinPoint f) => ctx.Metadata.Add("product");

                [Prehook("call(* *(..))")]
                static void General(Ctx ctx, JoinPoint f) => ctx.Metadata.Add("call " + f.Name);

                [Posthook]
                static void Untargeted(Ctx ctx, JoinPoint f) => ctx.Metadata.Add("after " + f.Name);

                [Throwhook("!call(* Foo.Bar())")]
                static void Thrown(Ctx ctx, Exception exception, JoinPoint f) => ctx.Metadata.Add("thrown " + f.Name);
            }

            public static class Program
            {
                public static double Run(List<string> log) => new Ctx(log).Overdub(() => Kernel.Two(2, 3));
            }
            """);
        var log = new List<string>();
        Assert.Equal(11.0, program.Run<double>("Program.Run", log));
        Assert.Equal(["call Two", "product", "after Two"], log);
    }

    [Theory, Builds]
    public void Operand_types_decide_in_generic_code_too(OptimizationLevel build)
    {
        LoadedProgram program = Woven(build, """
            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
            {
                [Overdub(typeof(Intrinsic), nameof(Intrinsic.LoadElement))]
                static double Load(Ctx ctx, double[] array, int index)
                {
                    ctx.Metadata.Add("double " + index);
                    return array[index] * 100;
                }

                [Prehook(typeof(Intrinsic), nameof(Intrinsic.LoadElement))]
                static void Any<T>(Ctx ctx, T[] array, int index) => ctx.Metadata.Add(typeof(T).Name);
            }

            public static class Program
            {
                public static double Run(List<string> log) => new Ctx(log).Overdub(Kernel.Generic);
            }
            """);
        var log = new List<string>();
        Assert.Equal(250.0 + 2 + 1, program.Run<double>("Program.Run", log));
        Assert.Equal(["Double", "double 1", "Int32", "String"], log);
    }

    [Theory, Builds]
    public void What_the_compiler_made_is_no_join_point(OptimizationLevel build)
    {
        LoadedProgram program = Woven(build, """
            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook(typeof(Intrinsic), nameof(Intrinsic.LoadField))]
                [Prehook(typeof(Intrinsic), nameof(Intrinsic.StoreField))]
                [Prehook(typeof(Intrinsic), nameof(Intrinsic.LoadStatic))]
                [Prehook(typeof(Intrinsic), nameof(Intrinsic.StoreStatic))]
                static void Access(Ctx ctx, JoinPoint f) => ctx.Metadata.Add(f.Intrinsic + " " + f.Name);
            }

            public readonly record struct MadeCtx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook(typeof(Intrinsic), nameof(Intrinsic.NewObject))]
                static void Making(MadeCtx ctx, JoinPoint f) => ctx.Metadata.Add(f.DeclaringType.StartsWith("Kernel+<") ? "closure" : f.DeclaringType);

                [Prehook]
                static void Call(MadeCtx ctx, JoinPoint f) => ctx.Metadata.Add("call " + f.Name);
            }

            public static class Program
            {
                public static double Run(List<string> log) => new Ctx(log).Overdub(Kernel.Properties, 5);

                public static double Made(List<string> log) => new MadeCtx(log).Overdub(Kernel.Properties, 5);
            }
            """);
        var log = new List<string>();
        Assert.Equal(20.0, program.Run<double>("Program.Run", log));
        // Only the author's field, not what the closure, the cached delegate and the property keep.
        Assert.Equal(["StoreField X", "LoadField X"], log);
        log.Clear();
        Assert.Equal(20.0, program.Run<double>("Program.Made", log));
        // The closure, the point, the delegate: the point's creation is a call too, of which its own rule is the more specific.
        Assert.Equal(["closure", "Point", "System.Func`2", "call get_Y", "call Invoke"], log.Where(line => line != "call Properties"));
    }

    [Theory, Builds]
    public void Outputs_are_replaced_and_exceptions_seen(OptimizationLevel build)
    {
        LoadedProgram program = Woven(build, """
            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
            {
                [Posthook(typeof(Intrinsic), nameof(Intrinsic.Divide))]
                static double Finite(Ctx ctx, double output) => double.IsFinite(output) ? output : -1;

                [Throwhook(typeof(Intrinsic), nameof(Intrinsic.Divide))]
                static void Thrown(Ctx ctx, DivideByZeroException exception, JoinPoint f, int a, int b) => ctx.Metadata.Add($"{a} / {b} in {f.Caller}");

                [Prehook(typeof(Intrinsic), nameof(Intrinsic.Divide))]
                static bool Before(Ctx ctx, int a, int b)
                {
                    ctx.Metadata.Add("before");
                    return false;
                }
            }

            public static class Program
            {
                public static double Run(List<string> log) => new Ctx(log).Overdub(() => Kernel.Ratio(1, 0) + Kernel.Ratio(4, 2) + Kernel.Divide(7, 2));

                public static string Throw(List<string> log)
                {
                    try
                    {
                        return new Ctx(log).Overdub(() => Kernel.Divide(7, 0)).ToString();
                    }
                    catch (DivideByZeroException)
                    {
                        return "caught";
                    }
                }
            }
            """);
        var log = new List<string>();
        Assert.Equal(-1.0 + 2 + 3, program.Run<double>("Program.Run", log));
        Assert.Equal("caught", program.Run<string>("Program.Throw", log));
        Assert.Equal(["before", "before", "7 / 0 in Kernel.Divide(Int32 a, Int32 b)"], log);
    }

    [Theory, Builds]
    public void Memory_on_the_stack_stays_in_its_frame(OptimizationLevel build)
    {
        LoadedProgram program = Woven(build, """
            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook(typeof(Intrinsic), nameof(Intrinsic.StackAllocate))]
                static void Before(Ctx ctx, nuint size) => ctx.Metadata.Add("stack " + size);
            }

            public readonly record struct HeapCtx : IContext
            {
                public static readonly unsafe void* Memory = System.Runtime.InteropServices.NativeMemory.Alloc(1000);

                [Overdub(typeof(Intrinsic), nameof(Intrinsic.StackAllocate))]
                static unsafe void* Allocate(HeapCtx ctx, nuint size) => Memory;
            }

            public static class Program
            {
                public static int Run(List<string> log) => new Ctx(log).Overdub(Kernel.OnStack, 5);

                public static unsafe int Elsewhere() => new HeapCtx().Overdub(Kernel.OnStack, 5) + ((int*)HeapCtx.Memory)[3];
            }
            """);
        var log = new List<string>();
        Assert.Equal(4, program.Run<int>("Program.Run", log));
        Assert.Equal(["stack 20"], log);
        Assert.Equal(4 + 3, program.Run<int>("Program.Elsewhere"));
    }

    [Theory, Builds]
    public void Levels_see_what_the_inner_one_leaves(OptimizationLevel build)
    {
        LoadedProgram program = Woven(build, """
            public readonly record struct CountCtx(int[] Metadata) : IContext<int[]>
            {
                [Prehook(typeof(Intrinsic), nameof(Intrinsic.Add))]
                static void Add(CountCtx ctx, double a, double b) => ctx.Metadata[0]++;

                [Prehook(typeof(Intrinsic), nameof(Intrinsic.Multiply))]
                static void Multiply(CountCtx ctx, double a, double b) => ctx.Metadata[1]++;
            }

            public readonly record struct ProductCtx : IContext
            {
                [Overdub(typeof(Intrinsic), nameof(Intrinsic.Add))]
                static double Add(ProductCtx ctx, double a, double b) => a * b;
            }

            public readonly record struct PassCtx : IContext
            {
                [Overdub(typeof(Intrinsic), nameof(Intrinsic.Multiply))]
                static TResult Any<TCall, TResult>(PassCtx ctx, TCall call) where TCall : struct, ICall<TResult> => call.Fallback();
            }

            public static class Program
            {
                public static double Product() => new ProductCtx().Overdub(Kernel.Two, 2.0, 3.0);

                public static double CountProduct(int[] counts) => new CountCtx(counts).Overdub(() => new ProductCtx().Overdub(Kernel.Two, 2.0, 3.0));

                public static double ProductCount(int[] counts) => new ProductCtx().Overdub(c => new CountCtx(c).Overdub(Kernel.Two, 2.0, 3.0), counts);

                public static double CountPass(int[] counts) => new CountCtx(counts).Overdub(() => new PassCtx().Overdub(Kernel.Two, 2.0, 3.0));

                public static double CountCount(int[] counts) => new CountCtx(counts).Overdub(c => new CountCtx(c).Overdub(Kernel.Two, 2.0, 3.0), counts);
            }
            """);
        Assert.Equal(36.0, program.Run<double>("Program.Product"));
        // The inner context makes products of the sums; the outer one sees those, in the rule, and the author's own.
        Assert.Equal([36.0, 0, 3], With("CountProduct"));
        // The inner context counts what the author wrote; the outer one makes products of the sums that it leaves.
        Assert.Equal([36.0, 2, 1], With("ProductCount"));
        Assert.Equal([11.0, 2, 1], With("CountPass"));
        Assert.Equal([11.0, 4, 2], With("CountCount"));

        double[] With(string method)
        {
            var counts = new int[2];
            double value = program.Run<double>("Program." + method, counts);
            return [value, counts[0], counts[1]];
        }
    }

    [Theory, Builds]
    public void Contexts_without_such_rules_are_unaffected(OptimizationLevel build)
    {
        const string Tool = """
            public readonly record struct PlainCtx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook]
                static void Before(PlainCtx ctx, JoinPoint f, params object?[] args) => ctx.Metadata.Add(f.Name);

                [Overdub]
                static TResult Any<TCall, TResult>(PlainCtx ctx, TCall call) where TCall : struct, ICall<TResult> => call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }

            public readonly record struct OtherCtx : IContext
            {
                [Prehook(TARGET)]
                static void Before(OtherCtx ctx) { }
            }

            public static class Program
            {
                static double Everything(int n) => Kernel.Two(n, 2) + Kernel.Generic() + Kernel.Properties(n) + Kernel.Divide(n, 2) + Kernel.OnStack(n);

                public static double Plain(List<string> log) => new PlainCtx(log).Overdub(Everything, 5);

                public static double Other() => new OtherCtx().Overdub(Everything, 5);
            }
            """;
        WovenProgram without = Weave("typeof(Math), nameof(Math.Abs)"), with = Weave("typeof(Intrinsic)");
        (string Name, string Text)[] expected = Clones(without), actual = Clones(with);
        Assert.True(expected.Length > 8, expected.Length.ToString());
        Assert.Equal(expected, actual);
        Assert.All(with.Result.Plan!.Clones.Where(clone => clone.Stack.Name == "PlainCtx").SelectMany(clone => clone.Sites.Values), site => Assert.Null(site.Intrinsic));

        WovenProgram Weave(string target) => CompiledProgram.Compile(build, new Source("Program.cs", Usings + Kernel + Tool.Replace("TARGET", target, StringComparison.Ordinal))).Weave().Verified();

        static (string, string)[] Clones(WovenProgram program)
        {
            using var resolver = new PlatformResolver(new Dictionary<string, byte[]>());
            using var module = ModuleDefinition.ReadModule(new MemoryStream(program.Image), new ReaderParameters { AssemblyResolver = resolver });
            return
            [
                .. module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody && method.FullName.Contains("@PlainCtx", StringComparison.Ordinal))
                    .Select(method => (method.FullName, string.Join("\n", method.Body.Instructions.Select(instruction => instruction.ToString())))),
            ];
        }
    }
}
