using Cassette.Fody.Configuration.Patterns;

namespace Cassette.Fody.Configuration;

/// <summary>The simple name of an assembly, with <c>*</c> for any characters. Case does not matter.</summary>
/// <example><c>System.Linq</c>, <c>MyCompany.*</c></example>
public sealed record AssemblyPattern(string Name)
{
    /// <summary>Whether it matches an assembly's simple name.</summary>
    public bool Matches(string assemblyName) =>
        Glob.Matches(Name, assemblyName, 0, assemblyName.Length, ignoreCase: true);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
