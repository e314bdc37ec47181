using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Verification;
using Mono.Cecil;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.RoundTrip;

/// <summary>Every body of real assemblies, imported and emitted with no pass in between.</summary>
[Collection(ReemissionCollection.Name)]
public class CorpusRoundTripTests(Reemissions reemissions, ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(Reemissions.Typed), MemberType = typeof(Reemissions))]
    public void Every_body_is_typed_and_accepted(string assembly)
    {
        var reemission = reemissions.Of(assembly);
        output.WriteLine($"{assembly}: {reemission.Bodies} bodies, {reemission.Refused.Count} refused, {reemission.Rejected.Count} rejected; "
            + $"us a body: import {PerBody(reemission.Importing):0.0}, verify {PerBody(reemission.Verifying):0.0}, emit {PerBody(reemission.Emitting):0.0}");
        foreach (var refused in reemission.Refused.Take(20))
            output.WriteLine("refused " + refused);
        foreach (var rejected in reemission.Rejected.Take(20))
            output.WriteLine("rejected " + rejected);
        Assert.True(reemission.Refused.Count * 1000 < reemission.Bodies, $"{reemission.Refused.Count} refusals");
        Assert.Empty(reemission.Rejected);

        double PerBody(TimeSpan time) => time.TotalMicroseconds / reemission.Bodies;
    }

    [Theory]
    [MemberData(nameof(Reemissions.All), MemberType = typeof(Reemissions))]
    public void Emitted_code_is_the_original_code(string assembly)
    {
        var reemission = reemissions.Of(assembly);
        using var original = Corpus.Load(assembly);
        using var copy = reemission.Read();
        var comparison = new BodyComparison();
        var counts = new SortedDictionary<Likeness, int>();
        var differences = new List<string>();
        foreach (var (was, @is) in Pairs(original, copy))
        {
            var likeness = comparison.Compare(was.Body, @is.Body);
            counts[likeness] = counts.GetValueOrDefault(likeness) + 1;
            if (likeness != Likeness.Identical)
                differences.Add($"{likeness} {was.FullName}: {comparison.Difference}");
        }
        output.WriteLine($"{assembly}: " + string.Join(", ", counts.Select(c => $"{c.Value} {c.Key}")));
        foreach (var group in differences.GroupBy(d => d.Split(' ')[0]))
        {
            foreach (var line in group.Take(25))
                output.WriteLine(line);
        }
        // Compilers choose the shortest form everywhere, as the emitter does; the linker that trims the core library does not.
        Assert.Equal(assembly == Corpus.CoreLib ? [Likeness.Identical, Likeness.OtherEncoding] : [Likeness.Identical], counts.Keys);
        Assert.True(counts[Likeness.Identical] > reemission.Bodies * 0.99);
    }

    internal static IEnumerable<(MethodDefinition Original, MethodDefinition Copy)> Pairs(ModuleDefinition original, ModuleDefinition copy)
    {
        var (was, @is) = (Corpus.Bodies(original).ToList(), Corpus.Bodies(copy).ToList());
        Assert.Equal(was.Count, @is.Count);
        for (var i = 0; i < was.Count; i++)
        {
            Assert.Equal(was[i].FullName, @is[i].FullName);
            yield return (was[i], @is[i]);
        }
    }
}
