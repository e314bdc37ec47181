using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Intrinsics;

/// <summary>Floating-point operations counted to the one, by hooks on arithmetic instructions and on fused multiply-add.</summary>
public sealed class OperationCountTests
{
    private const string Source = """
        using System;
        using System.Runtime.CompilerServices;
        using Cassette;

        /// <summary>What is counted: additions and multiplications of float and double, others, and fused calls.</summary>
        public sealed class Counts
        {
            public int Add, Multiply, Divide, Negate, Abs, Sqrt, FusedCalls, FusedOperations, FloatAdd, FloatMultiply;
            public override string ToString() =>
                $"+{Add} *{Multiply} /{Divide} -{Negate} abs{Abs} sqrt{Sqrt} fma{FusedCalls}:{FusedOperations} f+{FloatAdd} f*{FloatMultiply}";
        }

        public readonly record struct FlopCtx(Counts Metadata) : IContext<Counts>
        {
            [Prehook(typeof(Intrinsic), nameof(Intrinsic.Add))]
            static void Add(FlopCtx ctx, double a, double b) => ctx.Metadata.Add++;

            [Prehook(typeof(Intrinsic), nameof(Intrinsic.Subtract))]
            static void Subtract(FlopCtx ctx, double a, double b) => ctx.Metadata.Add++;

            [Prehook(typeof(Intrinsic), nameof(Intrinsic.Add))]
            static void Add(FlopCtx ctx, float a, float b) => ctx.Metadata.FloatAdd++;

            [Prehook(typeof(Intrinsic), nameof(Intrinsic.Multiply))]
            static void Multiply(FlopCtx ctx, double a, double b) => ctx.Metadata.Multiply++;

            [Prehook(typeof(Intrinsic), nameof(Intrinsic.Multiply))]
            static void Multiply(FlopCtx ctx, float a, float b) => ctx.Metadata.FloatMultiply++;

            [Prehook(typeof(Intrinsic), nameof(Intrinsic.Divide))]
            static void Divide(FlopCtx ctx, double a, double b) => ctx.Metadata.Divide++;

            [Prehook(typeof(Intrinsic), nameof(Intrinsic.Negate))]
            static void Negate(FlopCtx ctx, double a) => ctx.Metadata.Negate++;

            [Prehook(typeof(Math), nameof(Math.Abs))]
            static void Abs(FlopCtx ctx, double a) => ctx.Metadata.Abs++;

            [Prehook(typeof(Math), nameof(Math.Sqrt))]
            static void Sqrt(FlopCtx ctx, double a) => ctx.Metadata.Sqrt++;

            [Prehook(typeof(Math), nameof(Math.FusedMultiplyAdd))]
            static void Fused(FlopCtx ctx, double a, double b, double c)
            {
                ctx.Metadata.FusedCalls++;
                ctx.Metadata.FusedOperations += 2;
            }
        }

        public static class Kernels
        {
            public static double[] Range(int n)
            {
                var range = new double[n];
                for (int i = 0; i < n; i++)
                    range[i] = i;
                return range;
            }

            public static double Axpy(int n)
            {
                var x = Range(n);
                var y = Range(n);
                Axpy(3.0, x, y);
                return y[n - 1];
            }

            static void Axpy(double a, double[] x, double[] y)
            {
                for (int i = 0; i < x.Length; i++)
                    y[i] += a * x[i];
            }

            public static double Gemv(int n)
            {
                var a = new double[n, n];
                for (int i = 0; i < n; i++)
                    for (int j = 0; j < n; j++)
                        a[i, j] = i ^ j;
                var x = Range(n);
                var y = new double[n];
                for (int i = 0; i < n; i++)
                {
                    double sum = 0;
                    for (int j = 0; j < n; j++)
                        sum += a[i, j] * x[j];
                    y[i] = sum;
                }
                return y[n - 1];
            }

            public static double Negate(int x) => -(double)x;

            public static double Abs(int x) => Math.Abs((double)x);

            public static double Sqrt(int x) => Math.Sqrt(x);

            public static double Fma(int x) => Math.FusedMultiplyAdd(x, 2.0, 1.0);

            public static double Horner(int coefficients)
            {
                var c = Range(coefficients);
                double value = c[coefficients - 1];
                for (int i = coefficients - 2; i >= 0; i--)
                    value = Math.FusedMultiplyAdd(value, 0.5, c[i]);
                return value;
            }

            public static double Dot(int n)
            {
                var x = new float[n];
                var y = new float[n];
                for (int i = 0; i < n; i++)
                {
                    x[i] = i;
                    y[i] = 2;
                }
                double sum = 0;
                for (int i = 0; i < n; i++)
                    sum += x[i] * y[i];
                return sum;
            }
        }

        public static class Program
        {
            public static double Native(string kernel, int n) => Run(kernel, n);

            public static string Counted(string kernel, int n)
            {
                var counts = new Counts();
                double value = new FlopCtx(counts).Overdub(() => Run(kernel, n));
                return counts + " = " + value.ToString("R");
            }

            static double Run(string kernel, int n) => kernel switch
            {
                "axpy" => Kernels.Axpy(n),
                "gemv" => Kernels.Gemv(n),
                "negate" => Kernels.Negate(n),
                "abs" => Kernels.Abs(n),
                "sqrt" => Kernels.Sqrt(n),
                "fma" => Kernels.Fma(n),
                "horner" => Kernels.Horner(n),
                _ => Kernels.Dot(n),
            };
        }
        """;

    [Theory]
    [InlineData("axpy", 100, "+100 *100 /0 -0 abs0 sqrt0 fma0:0 f+0 f*0")]
    [InlineData("gemv", 100, "+10000 *10000 /0 -0 abs0 sqrt0 fma0:0 f+0 f*0")]
    [InlineData("negate", 7, "+0 *0 /0 -1 abs0 sqrt0 fma0:0 f+0 f*0")]
    [InlineData("abs", -7, "+0 *0 /0 -0 abs1 sqrt0 fma0:0 f+0 f*0")]
    [InlineData("sqrt", 7, "+0 *0 /0 -0 abs0 sqrt1 fma0:0 f+0 f*0")]
    [InlineData("fma", 7, "+0 *0 /0 -0 abs0 sqrt0 fma1:2 f+0 f*0")]
    [InlineData("horner", 10, "+0 *0 /0 -0 abs0 sqrt0 fma9:18 f+0 f*0")]
    [InlineData("dot", 1000, "+1000 *0 /0 -0 abs0 sqrt0 fma0:0 f+0 f*1000")]
    public void Every_operation_is_counted_once(string kernel, int n, string counts)
    {
        foreach (OptimizationLevel build in (OptimizationLevel[])[OptimizationLevel.Debug, OptimizationLevel.Release])
        {
            LoadedProgram program = LoadedProgram.Woven(build, new Source("Program.cs", Source));
            double native = program.Run<double>("Program.Native", kernel, n);
            Assert.Equal(counts + " = " + native.ToString("R"), program.Run<string>("Program.Counted", kernel, n));
        }
    }
}
