using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.Verification;

/// <summary>Real code is correct code: the verifier must not reject any of it.</summary>
public class VerifierCorpusTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Corpus.Newtonsoft)]
    [InlineData(Corpus.MathNet)]
    [InlineData(Corpus.Roslyn)]
    [InlineData(Corpus.CoreLib)]
    public void All_of_it_is_correct(string assembly)
    {
        var run = Run(assembly, VerificationLevel.Correct);
        output.WriteLine($"{assembly}: {run.Bodies} bodies, {run.Refused} refused by the importer, {run.Rejected.Count} rejected, {run.Microseconds:0.0} us a body");
        foreach (var rejected in run.Rejected.Take(25))
            output.WriteLine(rejected);
        Assert.Empty(run.Rejected);
    }

    [Theory]
    [InlineData(Corpus.Newtonsoft)]
    [InlineData(Corpus.MathNet)]
    [InlineData(Corpus.Roslyn)]
    public void Nearly_all_of_it_is_type_safe(string assembly)
    {
        var run = Run(assembly, VerificationLevel.TypeSafe);
        output.WriteLine($"{assembly}: {run.Bodies} bodies, {run.Bodies - run.Rejected.Count} type safe, {run.Microseconds:0.0} us a body");
        foreach (var rejected in run.Rejected.Take(40))
            output.WriteLine(rejected);
        // What is left is unsafe code: pointers turned into by-refs, Unsafe.As and the like.
        Assert.True(run.Rejected.Count <= run.Bodies / 500, $"{run.Rejected.Count} of {run.Bodies} rejected");
    }

    private static (int Bodies, int Refused, List<string> Rejected, double Microseconds) Run(string assembly, VerificationLevel level)
    {
        using var module = Corpus.Load(assembly);
        var types = new TypeUniverse(module);
        var importer = new BodyImporter(types);
        var verifier = new BodyVerifier(new Assignability(types), level);
        var (bodies, refused) = (0, 0);
        var rejected = new List<string>();
        var clock = new Stopwatch();
        foreach (var method in Corpus.Bodies(module))
        {
            bodies++;
            if (importer.Import(method).Body is not { } body)
            {
                refused++;
                continue;
            }
            clock.Start();
            var errors = verifier.Verify(body);
            clock.Stop();
            if (errors.Count > 0)
                rejected.Add($"{method.FullName}: {errors[0]}");
        }
        return (bodies, refused, rejected, clock.Elapsed.TotalMicroseconds / Math.Max(1, bodies));
    }
}
