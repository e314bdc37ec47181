using System.Collections.Generic;
using System.IO;
using Mono.Cecil;

namespace Cassette.Tests.Harness;

/// <summary>
/// Resolves what a test program references for the weaver: the platform, and the assemblies that were compiled for the
/// same test. One for each weave, so that no test sees what another's weaver has done to a definition.
/// </summary>
internal sealed class PlatformResolver(IReadOnlyDictionary<string, byte[]> compiled) : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> _read = [];

    public AssemblyDefinition Resolve(AssemblyNameReference name) =>
        Resolve(name, new ReaderParameters { AssemblyResolver = this });

    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (_read.TryGetValue(name.Name, out AssemblyDefinition? known))
            return known;
        AssemblyDefinition definition;
        if (compiled.TryGetValue(name.Name, out byte[]? bytes))
            definition = AssemblyDefinition.ReadAssembly(new MemoryStream(bytes), new ReaderParameters { AssemblyResolver = this });
        else if (Platform.Paths.TryGetValue(name.Name, out string? path))
            definition = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this });
        else
            throw new AssemblyResolutionException(name);
        _read.Add(name.Name, definition);
        return definition;
    }

    public void Dispose()
    {
        foreach (AssemblyDefinition definition in _read.Values)
            definition.Dispose();
    }
}
