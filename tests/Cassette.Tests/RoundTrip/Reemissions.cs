using System.Collections.Generic;
using Cassette.Tests.Verification;
using Xunit;

namespace Cassette.Tests.RoundTrip;

/// <summary>The re-emitted assemblies, each made once for all tests about it.</summary>
public sealed class Reemissions
{
    private readonly Dictionary<string, Reemission> known = [];

    internal Reemission Of(string assembly)
    {
        lock (known)
        {
            if (!known.TryGetValue(assembly, out var reemission))
                known.Add(assembly, reemission = new Reemission(assembly));
            return reemission;
        }
    }

    /// <summary>The packages: what a load context can load beside the one that runs the tests.</summary>
    public static TheoryData<string> Packages => [Corpus.Newtonsoft, Corpus.MathNet, Corpus.Roslyn];

    public static TheoryData<string> All => [Corpus.Newtonsoft, Corpus.MathNet, Corpus.Roslyn, Corpus.CoreLib];

    /// <summary>Those of another compiler too, which lists handlers in an order of its own and leaves code that nothing reaches.</summary>
    public static TheoryData<string> Typed => [Corpus.Newtonsoft, Corpus.MathNet, Corpus.Roslyn, Corpus.CoreLib, Corpus.FSharpCore];
}

[CollectionDefinition(Name)]
public sealed class ReemissionCollection : ICollectionFixture<Reemissions>
{
    public const string Name = "Re-emitted assemblies";
}
