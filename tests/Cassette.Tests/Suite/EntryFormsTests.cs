using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>The ways into a context: shapes of delegates, by declaration, from XML; and what keeps code out.</summary>
public sealed class EntryFormsTests
{
    private const string Source = """
        using System;
        using Cassette;

        public readonly record struct CosCtx : IContext
        {
            [Overdub(typeof(Math), nameof(Math.Sin))]
            static double Sin(CosCtx ctx, double x) => -7.0;

            [Overdub(typeof(Program), nameof(Program.Model))]
            static double Model(CosCtx ctx, double x) => 99.0;
        }

        public sealed class ClassCtx : IContext<int>
        {
            public int Metadata { get; set; }

            [Prehook(typeof(Math), nameof(Math.Sin))]
            static void Before(ClassCtx ctx, double x) => ctx.Metadata++;
        }

        public sealed class Instance(double offset)
        {
            public double Method(double x) => Math.Sin(x) + offset;
        }

        public static class Program
        {
            static readonly Func<double, double> Stored = Plain;

            public static double Plain(double x) => Math.Sin(x);

            public static double Model(double x) => Math.Sin(x) * 2;

            static void Store(double[] result, double x) => result[0] = Math.Sin(x);

            static double Eight(double a, double b, double c, double d, double e, double f, double g, double h) =>
                a + b + c + d + e + f + g + Math.Sin(h);

            static double Choose(bool first, double x)
            {
                Func<double, double> f = first ? Plain : Model;
                return new CosCtx().Overdub(f, x);
            }

            [OverdubWith(typeof(CosCtx))]
            public static double Declared(double x) => Plain(x);

            public static double FromXml(double x) => Plain(x) + 1;

            public static string All()
            {
                var ctx = new CosCtx();
                var instance = new Instance(0.5);
                var result = new double[1];
                ctx.Overdub(Store, result, 1.0);
                return string.Join(
                    " ",
                    ctx.Overdub(Plain, 1.0),                                       // a method group
                    ctx.Overdub(instance.Method, 1.0),                             // closed over an instance
                    ctx.Overdub(() => Plain(1.0)),
                    ctx.Overdub(Stored, 1.0),                                      // made by a static initialiser
                    ctx.Overdub(Eight, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
                    result[0],
                    Choose(true, 1.0),
                    Choose(false, 1.0),
                    ctx.Overdub(Model, 1.0),                                       // its primitive
                    ctx.Recurse(Model, 1.0),                                       // its body, overdubbed
                    ctx.Overdub(Math.Sin, 1.0),
                    ctx.Recurse(Plain, 1.0));
            }

            public static bool[] Can()
            {
                var ctx = new CosCtx();
                return [ctx.CanRecurse<CosCtx, double, double>(Plain), ctx.CanRecurse<CosCtx, double, double>(Math.Sqrt)];
            }

            public static double Native() => new CosCtx().Fallback(Math.Sin, 0.0);

            public static int ByClass()
            {
                var ctx = new ClassCtx();
                ctx.Overdub(() => Plain(1.0) + Plain(2.0));
                return ctx.Metadata;
            }
        }
        """;

    [Theory, Builds]
    public void Every_shape_of_delegate_enters(OptimizationLevel build) =>
        Assert.Equal(
            "-7 -6.5 -7 -7 0 -7 -7 99 99 -14 -7 -7",
            LoadedProgram.Woven(build, Source).Run<string>("Program.All"));

    [Theory, Builds]
    public void Declarations_and_xml_enter(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source, """
            <Cassette>
              <Context Type="CosCtx">
                <Entry>Program::FromXml</Entry>
              </Context>
            </Cassette>
            """);
        Assert.Equal(-7.0, program.Run<double>("Program.Declared", 1.0));
        Assert.Equal(-6.0, program.Run<double>("Program.FromXml", 1.0));
    }

    [Theory, Builds]
    public void What_can_recurse_is_known(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        Assert.Equal([true, false], program.Run<bool[]>("Program.Can"));
        Assert.Equal(0.0, program.Run<double>("Program.Native"));
    }

    [Theory, Builds]
    public void A_class_is_a_context_too(OptimizationLevel build) =>
        Assert.Equal(2, LoadedProgram.Woven(build, Source).Run<int>("Program.ByClass"));

    [Theory, Builds]
    public void Excluded_code_runs_natively(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source, """
            <Cassette>
              <Exclude>Program::Plain</Exclude>
            </Cassette>
            """);
        double sin = System.Math.Sin(1.0);
        Assert.Equal(sin, program.Run<double>("Program.Declared", 1.0));
        Assert.StartsWith($"{sin} -6.5 {sin}", program.Run<string>("Program.All"));
    }
}
