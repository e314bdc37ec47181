using System.Linq;
using Cassette.Fody.Rules;
using Xunit;

namespace Cassette.Tests.Rules;

public class ContextTests
{
    private const string Program = "\nstatic class Program { public static void Run() { Math.Sin(1); Math.Max(1, 2); } }";

    private static string Rules(ContextModel context) => string.Join(" ", context.Rules.Select(rule => rule.Definition.Name));

    [Fact]
    public void A_generic_context_puts_its_arguments_into_its_rules()
    {
        using var subject = RuleSubject.Of("readonly record struct Ctx<T>(int Metadata) : IContext { [Prehook] static void P(Ctx<T> c, T x) { } }" + Program);
        var context = subject.Context("Ctx`1", subject.Types.Double);
        var selection = subject.Models.Selector.Select(context, RuleKind.Prehook, subject.Call("Sin"));
        Assert.Equal("Ctx<double>.P(Ctx<double>, double)", selection.Bindings.Single().Method.DisplayName);
        Assert.True(subject.Models.Selector.Select(subject.Context("Ctx`1", subject.Types.String), RuleKind.Prehook, subject.Call("Sin")).IsEmpty);
        Assert.Empty(subject.Diagnostics);
    }

    [Fact]
    public void A_rule_may_be_for_some_instantiations_only()
    {
        using var subject = RuleSubject.Of(
            "readonly record struct Ctx<T> : IContext { [Prehook] static void D(Ctx<double> c) { } [Prehook] static void A(Ctx<T> c, JoinPoint f) { } }" + Program);
        Assert.Equal("D A", Rules(subject.Context("Ctx`1", subject.Types.Double)));
        Assert.Equal("A", Rules(subject.Context("Ctx`1", subject.Types.Int32)));
        Assert.Empty(subject.Diagnostics);
    }

    [Fact]
    public void Rules_classes_add_to_contexts_here_and_elsewhere()
    {
        var library = ("Tool", """
            public readonly record struct Ctx : IContext { [Prehook] static void Own(Ctx c) { } }
            public readonly record struct Gen<T> : IContext;
            [Rules(typeof(Gen<>))] public static class More { [Prehook] static void Open<T>(Gen<T> c, T x) { } }
            [Rules(typeof(Gen<>))] public static class Deep<T> where T : struct { [Prehook] static void Typed(Gen<T> c, T x, T y) { } }
            """);
        using var subject = RuleSubject.Of(
            "[Rules(typeof(Ctx))] static class Here { [Prehook] static void Added(Ctx c, double x) { } }\n[Rules(typeof(Gen<double>))] static class Closed { [Prehook] static void Shut(Gen<double> c) { } }"
            + Program, library);
        var ctx = subject.Types.Import(subject.Module.GetType("Here").Methods[0].Parameters[0].ParameterType, Fody.Metadata.GenericScope.Empty);
        var gen = subject.Types.Import(subject.Module.GetType("Closed").Methods[0].Parameters[0].ParameterType, Fody.Metadata.GenericScope.Empty);
        Assert.Equal("Own Added", Rules(subject.Models.For(ctx)!));
        var model = subject.Models.For(gen)!;
        Assert.Equal("Shut Open Typed", Rules(model));
        Assert.Equal("More.Open<double>(Gen<double>, double)", subject.Models.Selector.Select(model, RuleKind.Prehook, subject.Call("Sin")).Bindings.Single().Method.DisplayName);
        Assert.Equal("Closed.Shut(Gen<double>)", subject.Models.Selector.Select(model, RuleKind.Prehook, subject.Call("Max")).Bindings.Single().Method.DisplayName);
        Assert.Empty(subject.Diagnostics);
    }

    [Fact]
    public void An_assembly_that_no_code_mentions_may_hold_rules()
    {
        var tool = ("Tool", "public static class Unused { } [Rules(typeof(TaskAwaiterCtx))] public static class R { [Prehook] static void P(TaskAwaiterCtx c) { } } public readonly record struct TaskAwaiterCtx : IContext;");
        using var subject = RuleSubject.Of(Program, tool);
        Assert.DoesNotContain(subject.Module.AssemblyReferences, reference => reference.Name == "Tool");
        var type = subject.Module.AssemblyResolver.Resolve(new Mono.Cecil.AssemblyNameReference("Tool", null)).MainModule.GetType("TaskAwaiterCtx");
        Assert.Equal("P", Rules(subject.Models.For(subject.Types.Import(type, Fody.Metadata.GenericScope.Empty))!));
    }

    [Fact]
    public void A_derived_contexts_rule_goes_before_its_base_contexts()
    {
        using var subject = RuleSubject.Of(
            "class Old : IContext { [Prehook] static void O(Old c) { } [Throwhook] static void T(Old c, Exception e) { } } class Ctx : Old { [Prehook] static void N(Ctx c) { } }" + Program);
        Assert.Equal("N", subject.Order(RuleKind.Prehook, "Sin"));
        Assert.Equal("T", subject.Order(RuleKind.Throwhook, "Sin"));
        Assert.Equal("O", subject.Order(RuleKind.Prehook, "Sin", context: "Old"));
        Assert.Empty(subject.Diagnostics);
    }

    [Fact]
    public void Without_hooks_primitives_and_fallbacks_are_left_and_get_the_context_unwrapped()
    {
        using var subject = RuleSubject.Of("""
            readonly record struct Ctx : IContext
            {
                [Prehook] static void Pre(Ctx c) { } [Posthook] static void Post(Ctx c) { } [Throwhook] static void Throw(Ctx c, Exception e) { }
                [Overdub] static double Sin(Ctx c, double x) => x; [Fallback] static double Native(Ctx c, double x) => x;
            }
            static class Entry { public static WithoutHooks<Ctx> Quiet; public static WithoutHooks<WithoutHooks<Ctx>> Twice; }
            """ + Program);
        foreach (var (field, unwraps) in new[] { ("Quiet", 1), ("Twice", 2) })
        {
            var type = subject.Module.GetType("Entry").Fields.Single(f => f.Name == field).FieldType;
            var model = subject.Models.For(subject.Types.Import(type, Fody.Metadata.GenericScope.Empty))!;
            Assert.Equal("Sin Native", Rules(model));
            var operand = subject.Models.Selector.Select(model, RuleKind.Overdub, subject.Call("Sin")).Bindings.Single().Operands[0];
            Assert.Equal((OperandSource.Context, unwraps, "Ctx"), (operand.Source, operand.Unwraps, operand.Type.DisplayName));
        }
    }

    [Fact]
    public void A_rule_may_take_any_context()
    {
        using var subject = RuleSubject.Of("""
            readonly record struct Ctx : IContext<int> { public int Metadata => 0; }
            [Rules(typeof(Ctx))] static class R { [Prehook] static void G<C>(C c, double x) where C : IContext { } [Prehook] static void I(IContext<int> c, int x, int y) { } }
            """ + Program);
        Assert.Equal("R.G<Ctx>(Ctx, double)", subject.Select(RuleKind.Prehook, "Sin").Bindings.Single().Method.DisplayName);
        Assert.Equal(ConversionSteps.Box, subject.Select(RuleKind.Prehook, "Max").Bindings.Single().Operands[0].Conversion.Steps);
        Assert.Empty(subject.Diagnostics);
    }
}
