using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Cassette.Fody;
using Cassette.Fody.Reporting;

namespace Cassette.Tests.Harness;

/// <summary>A test program after the weaver.</summary>
/// <param name="Original">What the compiler gave.</param>
/// <param name="Image">The assembly's bytes as written after the weave, a failed one too.</param>
/// <param name="Symbols">The portable PDB's bytes.</param>
/// <param name="Diagnostics">What the weaver said, in its order.</param>
/// <param name="Refused">The clones that the importer or the verifier turned down, which therefore run natively.</param>
/// <param name="Result">The plan, and what the configuration asked to be written beside the assembly.</param>
internal sealed record WovenProgram(
    CompiledProgram Original, byte[] Image, byte[] Symbols, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<string> Refused, WeaveResult Result)
{
    public bool HasErrors => Diagnostics.Any(found => found.Severity == DiagnosticSeverity.Error);

    /// <summary>
    /// Checks every method that the weaver made or changed, by three readers that share no code with it or with each
    /// other: our verifier, the JIT, and the decompiler's IL reader. And no clone may have been turned down: what runs
    /// natively after all would pass any test of transparency.
    /// </summary>
    public WovenProgram Verified()
    {
        List<string> problems = [.. Refused];
        problems.AddRange(OwnVerifierCheck.Problems(this));
        problems.AddRange(DecompilerCheck.Problems(this));
        problems.AddRange(JitCheck.Problems(Load()));
        if (problems.Count > 0)
            throw new Xunit.Sdk.XunitException("The woven assembly does not verify:\n" + string.Join("\n", problems));
        return this;
    }

    public LoadedProgram Load() => LoadedProgram.Load(Image, Symbols, Original.Libraries);
}
