using System;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;

namespace Cassette.Tests.Runtime;

public class EntryTests
{
    private readonly record struct Ctx(int Metadata) : IContext<int>;

    [Fact]
    public void Framework_methods_with_overloads_are_inferred()
    {
        var ctx = new Ctx(1);

        Unwoven(() => { double y = ctx.Overdub(Math.Sin, 1.0); });
        Unwoven(() => { int y = ctx.Overdub(Math.Max, 1, 2); });
        Unwoven(() => ctx.Overdub(Console.WriteLine, "text"));
        Unwoven(() => ctx.Overdub(Console.WriteLine));
        Unwoven(() => { int y = ctx.Overdub(int.Parse, "1"); });
        Unwoven(() => { string y = ctx.Overdub("text".ToUpperInvariant); });
        Unwoven(() => { int y = ctx.Overdub(new Random(1).Next, 1, 5); });
    }

    [Fact]
    public void Lambdas_that_only_throw_or_are_statements_are_actions()
    {
        var ctx = new Ctx(1);
        int x = 0;

        Unwoven(() => ctx.Overdub(() => throw new InvalidOperationException()));
        Unwoven(() => ctx.Overdub(() => { x++; }));
        Unwoven(() => { int y = ctx.Overdub(() => x++); });
        Unwoven(() => { Task y = ctx.Overdub(() => Task.CompletedTask); });
        Unwoven(() => { ValueTask<int> y = ctx.Overdub(() => new ValueTask<int>(1)); });
    }

    [Fact]
    public void Spans_can_be_passed_and_returned()
    {
        var ctx = new Ctx(1);

        Unwoven(() =>
        {
            ReadOnlySpan<char> span = "text";
            ReadOnlySpan<char> part = ctx.Overdub((ReadOnlySpan<char> s) => s[1..], span);
        });
        Unwoven(() =>
        {
            Span<int> span = [1, 2];
            int first = ctx.Overdub((ctx, s) => s[0] + ctx.Metadata, span);
        });
    }

    [Fact]
    public void Delegates_held_in_variables_are_accepted()
    {
        var ctx = new Ctx(1);
        Func<double, double> sin = Math.Sin;
        Func<Ctx, double, double> withContext = (ctx, x) => x + ctx.Metadata;

        Unwoven(() => { double y = ctx.Overdub(sin, 1.0); });
        Unwoven(() => { double y = ctx.Overdub(withContext, 1.0); });
        Unwoven(() => { bool y = ctx.CanRecurse(sin); });
    }

    [Fact]
    public void Disabling_hooks_keeps_the_context_and_changes_the_type()
    {
        var ctx = new Ctx(7);

        WithoutHooks<Ctx> quiet = ctx.DisableHooks();

        Assert.Equal(7, quiet.Context.Metadata);
        Assert.Equal(quiet, quiet.DisableHooks());
    }

    [Fact]
    public void Entries_have_the_promised_parameters()
    {
        MethodInfo[] entries = typeof(ContextEntry).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

        Assert.Equal(3 * 36 + 34, entries.Length);
        foreach (MethodInfo entry in entries)
        {
            string[] names = [.. entry.GetParameters().Select(p => p.Name!)];
            Assert.Equal(["context", "f", .. Enumerable.Range(1, names.Length - 2).Select(i => $"arg{i}")], names);
            string[] types = [.. entry.GetGenericArguments().Select(t => t.Name)];
            Assert.Equal("TContext", types[0]);
            bool returns = entry.GetParameters()[1].ParameterType.Name.StartsWith("Func", StringComparison.Ordinal);
            Assert.Equal(returns, types.Contains("TResult"));
            Assert.True(!returns || types[^1] == "TResult");
        }
    }

    [Fact]
    public void The_nesting_exception_names_the_setting()
    {
        var exception = new OverdubNestingException(3);

        Assert.Equal(3, exception.MaxNesting);
        Assert.Contains("MaxNesting=\"3\"", exception.Message);
    }

    private static void Unwoven(Action entry) => Assert.Throws<NotWovenException>(entry);
}
