using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.Passes;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>What a pass does to the methods that run under its context, and to those alone.</summary>
public sealed class PassTests
{
    private const string Kernel = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>;

        public static class Model
        {
            public static double Sum(double[] values)
            {
                double sum = 0;
                foreach (double value in values)
                    sum += Math.Sin(value) * 2 + Math.Max(0, Math.Sin(value + 1));
                return sum;
            }
        }

        public static class Program
        {
            static double[] Values()
            {
                var values = new double[30];
                for (int i = 0; i < values.Length; i++)
                    values[i] = i * 0.37 - 4;
                return values;
            }

            public static double Native() => Model.Sum(Values());

            public static double Run() => new Ctx([]).Overdub(() => Model.Sum(Values()));

            public static double ByHand()
            {
                double sum = 0;
                foreach (double value in Values())
                    sum += Math.Cos(value) * 2 + Math.Max(0, Math.Cos(value + 1));
                return sum;
            }
        }
        """;

    [Theory, Builds]
    public void Sin_becomes_cos_in_a_summed_kernel(OptimizationLevel build)
    {
        var passes = TestPasses.Editing("Ctx", body =>
        {
            foreach (Expression call in body.FindCalls(typeof(Math), "Sin"))
                body.Replace(call, body.New.Call(typeof(Math), "Cos", [.. call.Operands]));
        });
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Kernel.cs", Kernel)).Weave(passes: passes).Verified().Load();

        double native = program.Run<double>("Program.Native");
        Assert.Equal(program.Run<double>("Program.ByHand"), program.Run<double>("Program.Run"));
        Assert.NotEqual(native, program.Run<double>("Program.Run"));
        Assert.Equal(native, program.Run<double>("Program.Native"));
    }

    [Theory, Builds]
    public void A_pass_sees_the_signature_of_every_method(OptimizationLevel build)
    {
        var seen = new List<string>();
        var passes = TestPasses.For("Ctx", reflection =>
        {
            seen.Add($"{reflection.Method.Name}({string.Join(", ", reflection.Signature)}) in {reflection.Context}");
            return PassResult.Overdub(reflection.Body);
        });
        CompiledProgram.Compile(build, new Source("/src/Kernel.cs", Kernel)).Weave(passes: passes).Verified();

        Assert.Equal(["<Run>b__2_0(Program.<>c) in Ctx", "Sum(double[]) in Ctx", "Values() in Ctx"], seen.Order(StringComparer.Ordinal));
    }

    [Theory, Builds]
    public void A_pass_writes_to_the_context_before_each_statement(OptimizationLevel build)
    {
        const string source = """
            using System;
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>;

            public static class Program
            {
                public static int Twice(int x)
                {
                    if (x > 2)
                        return x + x;
                    throw new ArgumentException("small");
                }

                public static string Run()
                {
                    var log = new List<string>();
                    new Ctx(log).Overdub(Twice, 3);
                    try { new Ctx(log).Overdub(Twice, 1); } catch (ArgumentException) { log.Add("caught"); }
                    return string.Join(",", log);
                }
            }
            """;
        var passes = TestPasses.Editing("Ctx", body =>
        {
            foreach (Statement statement in body.Statements.Where(statement => statement.Expression.Code is Mono.Cecil.Cil.Code.Ret or Mono.Cecil.Cil.Code.Throw))
                body.InsertBefore(statement, body.New.CallNative(typeof(List<string>), "Add", body.New.Metadata(), body.New.Constant(statement.Expression.Code.ToString())));
        });
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Twice.cs", source)).Weave(passes: passes).Verified().Load();

        Assert.Equal("Ret,Throw,caught", program.Run<string>("Program.Run"));
    }
}
