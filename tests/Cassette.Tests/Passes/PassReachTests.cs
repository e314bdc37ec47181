using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.Passes;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>Which methods a pass is run for, and what it is told of them.</summary>
public sealed class PassReachTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Cassette;

        public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>;

        public interface IShape { double Area(); double Twice() => Area() * 2; }

        public abstract class Shape : IShape
        {
            private readonly string _name;

            protected Shape(string name) => _name = name;

            public abstract double Area();

            public virtual string Name => _name;
        }

        public sealed class Square(double side) : Shape("square")
        {
            public override double Area() => side * side;

            public override string Name => "a " + base.Name;
        }

        public readonly struct Pair<T>(T first, T second)
        {
            public T Pick(Func<T, T, bool> isFirst) => isFirst(first, second) ? first : second;
        }

        public static class Model
        {
            public static string All(int n)
            {
                Shape shape = new Square(n);
                double area = ((IShape)shape).Twice();
                string name = shape.Name;
                int greater = new Pair<int>(n, 5).Pick((a, b) => a > b);
                int Local(int x) => x + n;
                return area + " " + name + " " + greater + " " + (Local(1) + Local(2));
            }
        }

        public static class Program
        {
            public static string Native() => Model.All(3);

            public static string[] Run()
            {
                var seen = new List<string>();
                seen.Add(new Ctx(seen).Overdub(Model.All, 3));
                return seen.ToArray();
            }
        }
        """;

    private static TestPasses Naming() => TestPasses.For("Ctx", reflection =>
    {
        EditableBody body = reflection.Edit();
        body.InsertAtStart(body.New.CallNative(typeof(List<string>), "Add", body.New.Metadata(), body.New.Constant(
            reflection.Method.DeclaringType.DisplayName + "." + reflection.Method.Name)));
        return PassResult.Overdub(body);
    });

    [Theory, Builds]
    public void Every_kind_of_method_is_edited(OptimizationLevel build)
    {
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Shapes.cs", Source)).Weave(passes: Naming()).Verified().Load();

        string[] seen = program.Run<string[]>("Program.Run");
        Assert.Equal(program.Run<string>("Program.Native"), seen[^1]);
        string[] written = [.. seen[..^1].Where(name => !name.Contains('<', StringComparison.Ordinal) || name.StartsWith("Pair", StringComparison.Ordinal))];
        Assert.Equal(
            ["Model.All", "Square..ctor", "Shape..ctor", "IShape.Twice", "Square.Area", "Square.get_Name", "Shape.get_Name", "Pair<T>..ctor", "Pair<T>.Pick"], written);
        // The lambdas and the local function, which the compiler names.
        Assert.Contains(seen, name => name.Contains("<All>b__", StringComparison.Ordinal));
        Assert.Equal(2, seen.Count(name => name.Contains("<All>g__Local", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_weave_gives_the_same_bytes()
    {
        CompiledProgram program = CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Shapes.cs", Source));
        Assert.Equal(program.Weave(passes: Naming()).Image, program.Weave(passes: Naming()).Image);
        Assert.NotEqual(program.Weave().Image, program.Weave(passes: Naming()).Image);
    }

    [Theory, Builds]
    public void Type_arguments_are_closed_where_the_clone_is_specialised(OptimizationLevel build)
    {
        const string source = """
            using System;
            using Cassette;

            public readonly record struct Ctx : IContext
            {
                [Overdub(typeof(Generic), nameof(Generic.Show))]
                static string Show<T>(Ctx ctx, T x) where T : struct => "int";
            }

            public readonly record struct PlainCtx : IContext;

            public static class Generic
            {
                public static string Show<T>(T x) => x.ToString();

                public static string Twice<T>(T x) => Show(x) + Show(x);
            }

            public static class Program
            {
                static string Work() => Generic.Twice(1) + Generic.Twice("s");

                public static string Run() => new Ctx().Overdub(Work) + new PlainCtx().Overdub(Work);
            }
            """;
        var seen = new List<string>();
        PassResult Note(Reflection reflection)
        {
            if (reflection.Method.Name == "Twice")
                seen.Add($"{reflection.Context}: {string.Join(",", reflection.GenericArguments)} {string.Join(",", reflection.Signature)}");
            return PassResult.Overdub(reflection.Body);
        }

        var passes = TestPasses.For("Ctx", Note).With("PlainCtx", Note);
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Generic.cs", source)).Weave(passes: passes).Verified().Load();

        Assert.Equal("intintss11ss", program.Run<string>("Program.Run"));
        Assert.Equal(["Ctx: int int", "Ctx: string string", "PlainCtx: T T"], seen.Order(StringComparer.Ordinal));
    }

    [Theory, Builds]
    public void An_outer_pass_goes_over_the_rules_of_the_inner_context(OptimizationLevel build)
    {
        const string source = """
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct Inner : IContext
            {
                [Prehook]
                static void Before(Inner ctx, int x) => Helper(x);

                static void Helper(int x) { }
            }

            public readonly record struct Outer(List<string> Metadata) : IContext<List<string>>;

            public static class Program
            {
                static int Next(int x) => x + 1;

                static int Both(int x) => Next(x) + Next(x);

                static int Enter(int x) => new Inner().Overdub(Both, x);

                public static int Run() => new Outer([]).Overdub(Enter, 1);
            }
            """;
        var seen = new List<string>();
        var passes = TestPasses.For("Outer", reflection =>
        {
            seen.Add(reflection.Method.Name);
            return PassResult.Overdub(reflection.Body);
        });
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Rules.cs", source)).Weave(passes: passes).Verified().Load();

        Assert.Equal(4, program.Run<int>("Program.Run"));
        Assert.Contains("Before", seen);
        Assert.Contains("Helper", seen);
        Assert.Contains("Next", seen);
    }
}
