using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Configuration;

/// <summary>
/// An <c>&lt;Include&gt;</c> or <c>&lt;Exclude&gt;</c>. With both an assembly and a pattern, a method has to
/// match both.
/// </summary>
/// <param name="IsInclude">Whether it includes.</param>
/// <param name="Assembly">The assemblies meant; null for all.</param>
/// <param name="Pattern">The methods meant; null for all of the assembly.</param>
/// <param name="Position">Where it is written.</param>
public sealed record SelectionItem(
    bool IsInclude, AssemblyPattern? Assembly, MethodPattern? Pattern, SourcePosition? Position)
{
    /// <summary>Whether it speaks of <paramref name="method"/>.</summary>
    /// <param name="matcher">The weave's matcher.</param>
    /// <param name="method">The method, or its definition.</param>
    /// <param name="assemblyName">The simple name of the assembly that defines it.</param>
    public bool Matches(PatternMatcher matcher, MethodReference method, string assemblyName) =>
        (Assembly is null || Assembly.Matches(assemblyName))
        && (Pattern is null || matcher.Matches(Pattern, method));

    /// <summary>What it selects, as messages name it.</summary>
    public override string ToString() => (Assembly, Pattern) switch
    {
        (null, _) => Pattern!.ToString(),
        (_, null) => "Assembly=" + Assembly,
        _ => "Assembly=" + Assembly + " " + Pattern,
    };
}
