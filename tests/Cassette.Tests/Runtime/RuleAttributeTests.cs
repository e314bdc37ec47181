using System;
using System.Linq;
using System.Reflection;
using Xunit;

namespace Cassette.Tests.Runtime;

public class RuleAttributeTests
{
    public static TheoryData<Type> Rules() =>
        new([typeof(PrehookAttribute), typeof(PosthookAttribute), typeof(ThrowhookAttribute), typeof(OverdubAttribute), typeof(FallbackAttribute)]);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_takes_every_kind_of_target(Type rule)
    {
        RuleAttribute any = Make(rule);
        RuleAttribute named = Make(rule, typeof(Math), "Sin");
        RuleAttribute read = Make(rule, typeof(DateTime), "UtcNow", Access.Get);
        RuleAttribute made = Make(rule, typeof(Random), Access.New);
        RuleAttribute pattern = Make(rule, "call(* A..*(..))");

        Assert.Equal((null, null, Access.Any, null), Parts(any));
        Assert.Equal((typeof(Math), "Sin", Access.Any, null), Parts(named));
        Assert.Equal((typeof(DateTime), "UtcNow", Access.Get, null), Parts(read));
        Assert.Equal((typeof(Random), null, Access.New, null), Parts(made));
        Assert.Equal((null, null, Access.Any, "call(* A..*(..))"), Parts(pattern));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rules_stand_on_methods_repeatedly_and_are_not_inherited(Type rule)
    {
        var usage = rule.GetCustomAttribute<AttributeUsageAttribute>()!;

        Assert.Equal(AttributeTargets.Method, usage.ValidOn);
        Assert.True(usage.AllowMultiple);
        Assert.False(usage.Inherited);
        Assert.True(rule.IsSealed);
    }

    [Fact]
    public void Several_targets_on_one_rule_are_all_there()
    {
        RuleAttribute[] rules = [.. typeof(RuleAttributeTests)
            .GetMethod(nameof(Several), BindingFlags.NonPublic | BindingFlags.Static)!
            .GetCustomAttributes<RuleAttribute>()];

        Assert.Equal(["Cos", "Sin"], rules.OfType<OverdubAttribute>().Select(r => r.Name!).Order());
        Assert.True(Assert.Single(rules.OfType<PosthookAttribute>()).Await);
    }

    [Fact]
    public void Unboxable_names_the_type_it_stands_for()
    {
        Assert.Equal(typeof(Span<int>), new Unboxable(typeof(Span<int>)).Type);
        Assert.Equal("{System.Span`1[System.Byte]}", new Unboxable(typeof(Span<byte>)).ToString());
        Assert.Equal(typeof(void), default(Unboxable).Type);
        Assert.True(new Unboxable(typeof(Span<int>)) == new Unboxable(typeof(Span<int>)));
        Assert.True(new Unboxable(typeof(Span<int>)) != default);
    }

    [Overdub(typeof(Math), nameof(Math.Sin))]
    [Overdub(typeof(Math), nameof(Math.Cos))]
    [Posthook(Await = true)]
    private static double Several(double x) => x;

    private static RuleAttribute Make(Type rule, params object[] arguments) =>
        (RuleAttribute)Activator.CreateInstance(rule, arguments)!;

    private static (Type?, string?, Access, string?) Parts(RuleAttribute rule) =>
        (rule.DeclaringType, rule.Name, rule.Access, rule.Pointcut);
}
