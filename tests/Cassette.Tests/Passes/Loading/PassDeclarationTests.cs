using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;
using Diagnostic = Cassette.Fody.Reporting.Diagnostic;
using DiagnosticSeverity = Cassette.Fody.Reporting.DiagnosticSeverity;

namespace Cassette.Tests.Passes.Loading;

/// <summary>How contexts come by their passes, and what the weaver says where they do not.</summary>
public sealed class PassDeclarationTests
{
    private const string Passes = """
        using System;
        using Cassette.Fody.Editing;
        using Cassette.Fody.Metadata;
        using Cassette.Fody.Passes;
        using Mono.Cecil.Cil;

        namespace Tools;

        /// <summary>Adds something to every constant.</summary>
        public abstract class Constants(Func<int, int> change) : IPass
        {
            public PassResult Run(TypeSymbol context, Reflection reflection)
            {
                EditableBody body = reflection.Edit();
                foreach (Statement statement in body.Statements)
                {
                    if (statement.Expression is { Code: Code.Ret, Operands: [{ Code: Code.Ldc_I4 } constant] })
                        body.Replace(constant, body.New.Constant(change((int)constant.Operand!)));
                }

                return PassResult.Overdub(body);
            }
        }

        public sealed class AddOne() : Constants(x => x + 1);

        public sealed class Double() : Constants(x => 2 * x);

        public static class Outer
        {
            public sealed class Negate() : Constants(x => -x);
        }

        public sealed class NotAPass;

        public interface IMore : IPass;

        public sealed class Generic<T> : IPass
        {
            public PassResult Run(TypeSymbol context, Reflection reflection) => PassResult.Overdub(reflection.Body);
        }

        public sealed class NeedsMore(int more) : IPass
        {
            public PassResult Run(TypeSymbol context, Reflection reflection) => more > 0 ? null! : PassResult.Overdub(reflection.Body);
        }

        public sealed class Throwing : IPass
        {
            public Throwing()
            {
                throw new InvalidOperationException("no way.");
            }

            public PassResult Run(TypeSymbol context, Reflection reflection) => PassResult.Overdub(reflection.Body);
        }

        public sealed class ThrowingStatically : IPass
        {
            static readonly int Number;

            static ThrowingStatically() => Number = int.Parse("many");

            public PassResult Run(TypeSymbol context, Reflection reflection) => Number > 0 ? null! : PassResult.Overdub(reflection.Body);
        }
        """;

    private static readonly PassProgram Library = PassProgram.Compile(new Source("/passes/Passes.cs", Passes));

    // ---- those that are right: seven, then what the passes make of it, in their order

    [Theory]
    [InlineData("[Pass(typeof(AddOne))]", "", 8)]
    [InlineData("[Pass(\"Tools.AddOne, TestPasses\")]", "", 8)]
    [InlineData("[Pass(\"Tools.AddOne\")]", "", 8)]
    [InlineData("[Pass(\"Tools.AddOne, TestPasses, Version=9.9.9.9, Culture=neutral\")]", "", 8)]
    [InlineData("[Pass(typeof(AddOne)), Pass(typeof(Tools.Double))]", "", 16)]
    [InlineData("[Pass(typeof(Tools.Double)), Pass(typeof(AddOne))]", "", 15)]
    [InlineData("[Pass(typeof(Outer.Negate))]", "", -7)]
    [InlineData("[Pass(\"Tools.Outer+Negate\")]", "", -7)]
    [InlineData("", "<Pass Type='Tools.AddOne' />", 8)]
    [InlineData("", "<Pass Type='Tools.AddOne' Assembly='TestPasses' />", 8)]
    [InlineData("", "<Pass Type='Tools.Outer.Negate' /><Pass Type='Tools.AddOne' />", -6)]
    [InlineData("[Pass(typeof(Tools.Double))]", "<Pass Type='Tools.AddOne' />", 15)]
    public void Passes_run_in_the_order_in_which_they_are_declared(string attribute, string xml, int expected)
    {
        foreach (OptimizationLevel build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            LoadedProgram program = Compile(build, attribute).Weave($"<Cassette><Context Type='Ctx'>{xml}</Context></Cassette>").Verified().Load();

            Assert.Equal(expected, program.Run<int>("Program.Run"));
            Assert.Equal(7, program.Run<int>("Program.Native"));
        }
    }

    [Fact]
    public void Those_of_the_base_type_come_first()
    {
        const string source = """
            using Cassette; using Tools;
            [Pass(typeof(Tools.Double))] public abstract class BaseCtx : IContext;
            [Pass(typeof(AddOne))] public sealed class DerivedCtx : BaseCtx;
            public static class Program
            {
                static int Seven() => 7;
                public static int Run() => new DerivedCtx().Overdub(Seven);
            }
            """;
        Assert.Equal(15, CompiledProgram.CompileWith([Library], OptimizationLevel.Release, source).Weave().Verified().Load().Run<int>("Program.Run"));
    }

    [Fact]
    public void Those_of_a_context_stay_when_its_hooks_are_off()
    {
        const string source = """
            using Cassette; using Tools;
            [Pass(typeof(AddOne))] public readonly record struct Ctx : IContext;
            public static class Program
            {
                static int Seven() => 7;
                public static int Run() => new Ctx().DisableHooks().Overdub(Seven);
            }
            """;
        Assert.Equal(8, CompiledProgram.CompileWith([Library], OptimizationLevel.Release, source).Weave().Verified().Load().Run<int>("Program.Run"));
    }

    [Fact]
    public void The_woven_program_does_not_need_the_pass_to_reflect_over_its_context()
    {
        LoadedProgram program = Compile(OptimizationLevel.Debug, "[Pass(typeof(Outer.Negate)), System.Obsolete(\"kept\")]").Weave().Load();

        Attribute[] attributes = [.. program.Assembly.GetType("Ctx")!.GetCustomAttributes()];
        Assert.Equal("Tools.Outer+Negate, TestPasses", attributes.OfType<PassAttribute>().Single().TypeName);
        Assert.Equal("kept", attributes.OfType<ObsoleteAttribute>().Single().Message);
    }

    [Fact]
    public void The_attribute_names_a_type_as_reflection_does()
    {
        Assert.Equal("Cassette.Tests.Passes.Loading.PassDeclarationTests, Cassette.Tests", new PassAttribute(typeof(PassDeclarationTests)).TypeName);
        Assert.Equal("A.B, C", new PassAttribute("A.B, C").TypeName);
        Assert.Throws<ArgumentNullException>(() => new PassAttribute((Type)null!));
    }

    // ---- those that are wrong

    public static TheoryData<string, string, string, string> WrongAttributes => new()
    {
        { "[Pass(\"\")]", "CAS351", "''", "Write typeof(MyPass)" },
        { "[Pass(\"Tools.Add One\")]", "CAS351", "'Tools.Add One'", "Write typeof(MyPass)" },
        { "[Pass((string)null!)]", "CAS351", "'null'", "Write typeof(MyPass)" },
        { "[Pass((System.Type)null!)]", "CAS351", "'null'", "Write typeof(MyPass)" },
        { "[Pass(typeof(int[]))]", "CAS351", "'System.Int32[]'", "Write typeof(MyPass)" },
        { "[Pass(typeof(Ctx))]", "CAS352", "'Subject'", "OutputItemType" },
        { "[Pass(\"Tools.AddOne, TestPases\")]", "CAS352", "'TestPases'", "Did you mean 'TestPasses'?" },
        { "[Pass(\"Tools.AdOne\")]", "CAS355", "'Tools.AdOne'", "Did you mean 'Tools.AddOne'?" },
        { "[Pass(\"AddOne\")]", "CAS355", "'AddOne'", "Did you mean 'Tools.AddOne'?" },
        { "[Pass(typeof(NotAPass))]", "CAS357", "'Tools.NotAPass'", "IPass" },
        { "[Pass(typeof(Tools.Constants))]", "CAS358", "it is abstract", "constructor without parameters" },
        { "[Pass(typeof(IMore))]", "CAS358", "it is an interface", "constructor without parameters" },
        { "[Pass(typeof(Generic<>))]", "CAS358", "it is generic", "constructor without parameters" },
        { "[Pass(typeof(NeedsMore))]", "CAS358", "no public constructor without parameters", "Make it a class" },
    };

    [Theory, MemberData(nameof(WrongAttributes))]
    public void A_wrong_attribute_is_an_error_at_its_context(string attribute, string code, string what, string remedy)
    {
        Diagnostic error = SingleError(Compile(OptimizationLevel.Debug, attribute).TryWeave());

        Assert.Equal(code, error.Id);
        Assert.Contains(what, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(remedy, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(("/src/Program.cs", 5), (error.Position!.Value.File, error.Position.Value.Line));
    }

    [Theory]
    [InlineData("<Pass Type='¦Tools.AdOne' />", "CAS355")]
    [InlineData("<Pass Assembly='Missing' Type='¦Tools.AddOne' />", "CAS352")]
    [InlineData("<Pass Type='¦Tools.Add*' />", "CAS117")]
    [InlineData("<Pass Type='¦Tools.AddOne, TestPasses' />", "CAS117")]
    [InlineData("<Pass Type='Tools.AddOne' Assembly='Test¦*' />", "CAS118")]
    [InlineData("<¦Pass Assembly='TestPasses' />", "CAS108")]
    [InlineData("<Pass Type='¦' />", "CAS110")]
    [InlineData("<Pass Type='Tools.AddOne' ¦Order='1' />", "CAS103")]
    public void A_wrong_element_is_an_error_at_its_place(string marked, string code)
    {
        string element = marked.Replace("¦", "", StringComparison.Ordinal);
        Diagnostic error = SingleError(Compile(OptimizationLevel.Debug, "").TryWeave($"<Cassette><Context Type='Ctx'>\n{element}\n</Context></Cassette>"));

        Assert.Equal(code, error.Id);
        Assert.Equal(new SourcePosition("FodyWeavers.xml", 2, marked.IndexOf('¦', StringComparison.Ordinal) + 1), error.Position);
    }

    [Theory]
    [InlineData("Throwing", "InvalidOperationException: no way.", "throw new")]
    [InlineData("ThrowingStatically", "'many'", "Number = int")]
    public void A_constructor_that_throws_is_an_error_at_its_own_line(string pass, string what, string mark)
    {
        Diagnostic error = SingleError(Compile(OptimizationLevel.Debug, $"[Pass(typeof({pass}))]").TryWeave());

        Assert.Equal("CAS359", error.Id);
        Assert.Contains(what, error.ToString(), StringComparison.Ordinal);
        int line = Passes[..Passes.IndexOf(mark, StringComparison.Ordinal)].Count(character => character == '\n') + 1;
        Assert.Equal(("/passes/Passes.cs", line), (error.Position!.Value.File, error.Position.Value.Line));
    }

    [Fact]
    public void One_name_in_two_assemblies_is_an_error_and_the_assembly_decides()
    {
        PassProgram other = PassProgram.Compile("OtherPasses", [], new Source("/passes/Other.cs", Passes));
        CompiledProgram byName = Compile(OptimizationLevel.Debug, "[Pass(\"Tools.AddOne\")]") with { Passes = [Library, other] };
        CompiledProgram byAssembly = Compile(OptimizationLevel.Debug, "[Pass(\"Tools.AddOne, OtherPasses\")]") with { Passes = [Library, other] };

        Diagnostic error = SingleError(byName.TryWeave());
        Assert.Equal("CAS356", error.Id);
        Assert.Matches("TestPasses.dll', '.*OtherPasses.dll'", error.Message);
        Assert.Equal(8, byAssembly.Weave().Load().Run<int>("Program.Run"));
    }

    [Fact]
    public void The_same_assembly_listed_twice_is_one()
    {
        CompiledProgram program = Compile(OptimizationLevel.Debug, "[Pass(\"Tools.AddOne\")]") with { Passes = [Library, Library] };
        Assert.Equal(8, program.Weave().Load().Run<int>("Program.Run"));
    }

    [Fact]
    public void Without_pass_assemblies_there_is_nothing_to_look_in() =>
        Assert.Equal("CAS353", SingleError((Compile(OptimizationLevel.Debug, "[Pass(\"Tools.AddOne\")]") with { Passes = [] }).TryWeave()).Id);

    [Fact]
    public void A_pass_whose_library_is_missing_is_not_loaded()
    {
        CompiledProgram library = CompiledProgram.Compile("Helper", OptimizationLevel.Debug, [], "public abstract class Helper;");
        PassProgram whole = PassProgram.Compile(
            "Broken", [library], new Source("/passes/Broken.cs", "public sealed class P : Helper, Cassette.Fody.Passes.IPass { public Cassette.Fody.Passes.PassResult Run(Cassette.Fody.Metadata.TypeSymbol c, Cassette.Fody.Passes.Reflection r) => null!; }"));
        PassProgram alone = whole with { Program = whole.Program with { Libraries = [] } };

        Diagnostic error = SingleError((Compile(OptimizationLevel.Debug, "[Pass(\"P\")]") with { Passes = [alone] }).TryWeave());

        Assert.Equal("CAS354", error.Id);
        Assert.Contains("'Helper,", error.Message, StringComparison.Ordinal);
        Assert.Contains("CopyLocalLockFileAssemblies", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Listed_twice_it_runs_once_with_a_warning()
    {
        WovenProgram woven = Compile(OptimizationLevel.Debug, "[Pass(typeof(AddOne)), Pass(\"Tools.AddOne\")]").Weave();

        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(woven.Diagnostics, found => found.Id == "CAS360").Severity);
        Assert.Equal(8, woven.Load().Run<int>("Program.Run"));
    }

    [Fact]
    public void A_mark_on_a_type_that_is_no_context_is_an_error()
    {
        Diagnostic error = SingleError(Compile(OptimizationLevel.Debug, "", "[Pass(typeof(AddOne))] public sealed class Lost { public int One() => 1; }").TryWeave());
        Assert.Equal("CAS350", error.Id);
        Assert.Contains("'Lost'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_passes_of_a_context_that_nothing_enters_are_checked_too()
    {
        Diagnostic error = SingleError(Compile(OptimizationLevel.Debug, "", "[Pass(\"Tools.Nothing\")] public readonly record struct IdleCtx : IContext;").TryWeave());
        Assert.Equal("CAS355", error.Id);
    }

    private static CompiledProgram Compile(OptimizationLevel build, string attribute, string more = "") => CompiledProgram.CompileWith(
        [Library],
        build,
        $$"""
        using Cassette;
        using Tools;

        {{attribute}}
        public readonly record struct Ctx(object Metadata) : IContext<object>;
        {{more}}
        public static class Program
        {
            static int Seven() => 7;
            public static int Native() => Seven();
            public static int Run() => new Ctx(1).Overdub(Seven);
        }
        """);

    private static Diagnostic SingleError(WovenProgram woven) =>
        Assert.Single(woven.Diagnostics, found => found.Severity == DiagnosticSeverity.Error);
}
