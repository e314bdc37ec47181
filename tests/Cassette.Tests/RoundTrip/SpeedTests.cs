using System;
using System.Linq;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.RoundTrip;

/// <summary>What the way of a body through the weaver costs, without any pass.</summary>
[Collection(ReemissionCollection.Name)]
public class SpeedTests(ITestOutputHelper output)
{
    private const int Rounds = 4;

    [Fact]
    public void A_body_costs_microseconds()
    {
        using var module = Corpus.Load(Corpus.Roslyn);
        // Each fifth: the same mix of short and long bodies.
        var methods = Corpus.Bodies(module).Where((_, i) => i % 5 == 0).ToList();
        var instructions = methods.Sum(m => m.Body.Instructions.Count);
        var types = new TypeUniverse(module);
        var importer = new BodyImporter(types);
        var verifier = new BodyVerifier(new Assignability(types));
        var emitter = new BodyEmitter(new SymbolImporter(module));
        var best = (Import: double.MaxValue, Verify: double.MaxValue, Emit: double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var memory = GC.GetAllocatedBytesForCurrentThread();
            var start = ThreadClock.Now;
            var bodies = methods.ConvertAll(m => importer.Import(m).Body!);
            var import = ThreadClock.Now - start;
            var imported = GC.GetAllocatedBytesForCurrentThread();
            start = ThreadClock.Now;
            var errors = bodies.Sum(b => verifier.Verify(b).Count);
            var verify = ThreadClock.Now - start;
            var verified = GC.GetAllocatedBytesForCurrentThread();
            start = ThreadClock.Now;
            for (var i = 0; i < bodies.Count; i++)
                emitter.Emit(bodies[i], methods[i]);
            var emit = ThreadClock.Now - start;
            var emitted = GC.GetAllocatedBytesForCurrentThread();
            // Reading an emitted body again needs the offsets that writing gives it; the shortener has set most of them.
            foreach (var method in methods)
                SetOffsets(method.Body);
            Assert.Equal(0, errors);
            output.WriteLine($"us a body: import {Per(import):0.0}, verify {Per(verify):0.0}, emit {Per(emit):0.0}; "
                + $"bytes: {(imported - memory) / methods.Count}, {(verified - imported) / methods.Count}, {(emitted - verified) / methods.Count}");
            best = (Math.Min(best.Import, Per(import)), Math.Min(best.Verify, Per(verify)), Math.Min(best.Emit, Per(emit)));
        }
        output.WriteLine($"{methods.Count} bodies of {(double)instructions / methods.Count:0.0} instructions; best: import {best.Import:0.0}, verify {best.Verify:0.0}, emit {best.Emit:0.0} us");
        // Several times what it takes on an idle machine: an accident, not a busy neighbour.
        Assert.True(best.Import < 100 && best.Verify < 60 && best.Emit < 60);

        double Per(TimeSpan time) => time.TotalMicroseconds / methods.Count;
    }

    private static void SetOffsets(MethodBody body)
    {
        var offset = 0;
        foreach (var instruction in body.Instructions)
        {
            instruction.Offset = offset;
            offset += instruction.GetSize();
        }
    }
}
