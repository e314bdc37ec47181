using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.RoundTrip;

/// <summary>Constructs that no C# compiler emits: run before and after, with the same outcome.</summary>
public class HandwrittenTests(ITestOutputHelper output)
{
    private static readonly Lazy<(byte[] Before, byte[] After, Dictionary<string, string> Refusals)> Images = new(() =>
    {
        var hand = new HandModule();
        HandwrittenCases.Write(hand);
        HandwrittenFlow.Write(hand);
        var before = hand.Write();
        var refusals = new Dictionary<string, string>();
        return (before, HandModule.Reemit(before, refusals), refusals);
    });

    [Fact]
    public void All_of_it_is_typed_and_runs_as_before()
    {
        var (before, after, refusals) = Images.Value;
        using IsolatedLoad first = new(), second = new();
        var (were, are) = (Outcomes(first.Add(before)), Outcomes(second.Add(after)));
        foreach (var (name, outcome) in were)
            output.WriteLine($"{name}: {outcome}");
        foreach (var (name, reason) in refusals)
            output.WriteLine($"refused {name}: {reason}");
        Assert.Empty(refusals);
        Assert.Equal(were, are);
        // Nothing but variable argument lists, which the runtime has on Windows only, may fail for being what it is.
        Assert.All(were.Where(o => !o.Key.StartsWith("VarArg", StringComparison.Ordinal)),
            o => Assert.DoesNotMatch("InvalidProgram|TypeLoad|Verification|MissingM|BadImage", o.Value));
        Assert.All(were.Where(o => o.Key.StartsWith("Yields", StringComparison.Ordinal)), o => Assert.Equal(o.Key[(o.Key.LastIndexOf('_') + 1)..], o.Value));
    }

    private static SortedDictionary<string, string> Outcomes(Assembly assembly)
    {
        var outcomes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var method in assembly.GetType("Home")!.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            if (method.GetParameters().Length > 0 || method.ContainsGenericParameters)
                continue;
            try
            {
                outcomes.Add(method.Name, Convert.ToString(method.Invoke(null, null), System.Globalization.CultureInfo.InvariantCulture) ?? "null");
            }
            catch (TargetInvocationException thrown)
            {
                outcomes.Add(method.Name, thrown.InnerException!.GetType().Name);
            }
            // The JIT's own refusals come without a wrapper.
            catch (Exception thrown) when (thrown is InvalidProgramException or PlatformNotSupportedException or NotSupportedException or BadImageFormatException or TypeLoadException or MissingMethodException)
            {
                outcomes.Add(method.Name, thrown.GetType().Name);
            }
        }
        return outcomes;
    }
}
