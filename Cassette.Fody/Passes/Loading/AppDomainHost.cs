using System;
using System.Collections.Generic;
using System.Reflection;

namespace Cassette.Fody.Passes.Loading;

/// <summary>
/// Assemblies loaded from bytes into the application domain, on .NET Framework. Two of one name live side by side there, as the runtime never finds
/// such an assembly by its name: each reference is asked for by its event, which says who asks.
/// </summary>
internal sealed class AppDomainHost : IPassHost
{
    private readonly Func<string, Assembly?> resolve;
    private readonly HashSet<Assembly> own = [];

    /// <param name="resolve">Finds what the assemblies reference and the runtime does not have, by simple name.</param>
    public AppDomainHost(Func<string, Assembly?> resolve)
    {
        this.resolve = resolve;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    public Assembly Load(byte[] image, byte[]? symbols)
    {
        var assembly = symbols is null ? Assembly.Load(image) : Assembly.Load(image, symbols);
        own.Add(assembly);
        return assembly;
    }

    public void Dispose() => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private Assembly? Resolve(object? sender, ResolveEventArgs reference) =>
        reference.RequestingAssembly is { } asking && own.Contains(asking) ? resolve(new AssemblyName(reference.Name).Name!) : null;
}
