using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.RoundTrip;

/// <summary>Passes may list a body's blocks in any order; what is emitted is laid out as the CLI demands and does the same.</summary>
public class BlockOrderTests(ITestOutputHelper output)
{
    [Fact]
    public void Handwritten_code_yields_the_same_in_any_order()
    {
        var hand = new HandModule();
        HandwrittenCases.Write(hand);
        HandwrittenFlow.Write(hand);
        var image = hand.Write();
        for (var seed = 1; seed <= 10; seed++)
        {
            using var load = new IsolatedLoad();
            var ran = 0;
            foreach (var method in load.Add(Shuffled(ModuleDefinition.ReadModule(new MemoryStream(image), new ReaderParameters { AssemblyResolver = Corpus.Resolver() }), seed)).GetType("Home")!.GetMethods())
            {
                if (!method.Name.StartsWith("Yields") || method.GetParameters().Length > 0)
                    continue;
                Assert.Equal(method.Name[(method.Name.LastIndexOf('_') + 1)..], method.Invoke(null, null)!.ToString());
                ran++;
            }
            Assert.True(ran > 20, $"only {ran} methods were run");
        }
    }

    /// <summary>Thousands of answers and messages of exceptions, from every corner of the library.</summary>
    [Fact]
    public void Newtonsoft_answers_the_same_in_any_order()
    {
        using IsolatedLoad originals = new(), copies = new();
        var original = originals.Add(File.ReadAllBytes(Corpus.PathOf(Corpus.Newtonsoft)));
        var copy = copies.Add(Shuffled(Corpus.Load(Corpus.Newtonsoft), 1));
        var expected = new NewtonsoftScript(original).Run();
        var actual = new NewtonsoftScript(copy).Run();
        output.WriteLine($"{expected.Count} answers, {expected.Count(l => l.Contains("Exception"))} of them exceptions, {expected.Distinct().Count()} different");
        Assert.Equal(expected.Count, actual.Count);
        Assert.Empty(expected.Zip(actual).Where(p => p.First != p.Second).Select(p => p.First + "\n  became " + p.Second));
        AssertVaried(expected);
        Compile(copy);
    }

    private static void Compile(Assembly assembly)
    {
        const BindingFlags everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var method in assembly.GetTypes().Where(t => !t.ContainsGenericParameters).SelectMany(t => t.GetMembers(everything).OfType<MethodBase>()))
        {
            if (!method.ContainsGenericParameters && method.GetMethodBody() is not null)
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }
    }

    private static byte[] Shuffled(ModuleDefinition module, int seed)
    {
        using (module)
        {
            var types = new TypeUniverse(module);
            var importer = new BodyImporter(types);
            var verifier = new BodyVerifier(new Assignability(types));
            var emitter = new BodyEmitter(new SymbolImporter(module));
            var shuffle = new BlockShuffle(seed);
            foreach (var method in Corpus.Bodies(module).ToList())
            {
                var body = importer.Import(method).Body!;
                shuffle.Apply(body);
                Assert.Empty(verifier.Verify(body));
                emitter.Emit(body, method);
            }
            using var image = new MemoryStream();
            module.Write(image);
            return image.ToArray();
        }
    }

    /// <summary>A script in which everything fails would compare equal as well.</summary>
    private static void AssertVaried(List<string> lines)
    {
        Assert.Contains("write plain Point: {\"X\":3,\"Y\":4}", lines);
        Assert.Contains(lines, l => l.Contains("Unexpected character encountered while parsing value"));
        Assert.Contains("read plain {\"X\":1,\"Y\":2} as Point: Point {\"X\":1,\"Y\":2}", lines);
        Assert.True(lines.Count(l => !l.Contains("Exception")) > 1500);
    }
}
