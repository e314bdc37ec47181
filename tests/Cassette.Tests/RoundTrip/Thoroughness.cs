using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Verification;

namespace Cassette.Tests.RoundTrip;

/// <summary>
/// What costs more than a millisecond a method is done to every fourth method of the two large assemblies, unless the environment
/// variable CASSETTE_TEST_ALL is set: then to every one, which takes minutes.
/// </summary>
internal static class Thoroughness
{
    public static IEnumerable<T> Sample<T>(this IEnumerable<T> methods, string assembly)
    {
        var step = assembly is Corpus.Newtonsoft or Corpus.MathNet || Environment.GetEnvironmentVariable("CASSETTE_TEST_ALL") is { Length: > 0 } ? 1 : 4;
        return methods.Where((_, i) => i % step == 0);
    }
}
