using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Cassette.Fody.Passes.Loading;

/// <summary>
/// The pass assemblies of one weave. They are read when the first pass is asked for: a project may list assemblies whose passes no context of it names.
/// Disposing it lets go of them; nothing of them is kept for the next weave in the process.
/// </summary>
public sealed class PassLibrary : IDisposable
{
    private readonly Dictionary<string, string> unreadable = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<PassAssembly>> assemblies;
    private readonly Func<string, Func<string, Assembly?>, IPassHost> makeHost;

    /// <param name="paths">The assemblies' files.</param>
    public PassLibrary(IEnumerable<string> paths)
        : this(paths, (name, resolve) => LoadContextHost.IsSupported ? new LoadContextHost(name, resolve) : new AppDomainHost(resolve))
    {
    }

    /// <param name="paths">The assemblies' files.</param>
    /// <param name="makeHost">Makes where each is loaded, from a name and what finds its references.</param>
    internal PassLibrary(IEnumerable<string> paths, Func<string, Func<string, Assembly?>, IPassHost> makeHost)
    {
        this.makeHost = makeHost;
        assemblies = new Lazy<IReadOnlyList<PassAssembly>>(() => Read([.. paths]));
    }

    internal IReadOnlyList<PassAssembly> Assemblies => assemblies.Value;

    /// <summary>Why files cannot be read, by path.</summary>
    internal IReadOnlyDictionary<string, string> Unreadable
    {
        get
        {
            _ = assemblies.Value;
            return unreadable;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!assemblies.IsValueCreated)
            return;
        foreach (var assembly in assemblies.Value)
            assembly.Dispose();
    }

    private List<PassAssembly> Read(IReadOnlyList<string> paths)
    {
        var read = new List<PassAssembly>();
        foreach (var path in paths)
        {
            try
            {
                var assembly = new PassAssembly(path, makeHost);
                if (read.Exists(other => other.Name == assembly.Name && other.IsCopyOf(assembly)))
                    assembly.Dispose();
                else
                    read.Add(assembly);
            }
            catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException)
            {
                unreadable[path] = exception.Message;
            }
        }
        return read;
    }
}
