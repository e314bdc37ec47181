using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace Cassette.Tests.RoundTrip;

/// <summary>Loads images beside what the tests run with; their references to one another find the images loaded here.</summary>
internal sealed class IsolatedLoad() : AssemblyLoadContext("round trip", isCollectible: true), IDisposable
{
    private readonly Dictionary<string, Assembly> loaded = [];

    public Assembly Add(byte[] image)
    {
        var assembly = LoadFromStream(new MemoryStream(image));
        loaded.Add(assembly.GetName().Name!, assembly);
        return assembly;
    }

    protected override Assembly? Load(AssemblyName name) => loaded.GetValueOrDefault(name.Name!);

    public void Dispose() => Unload();
}
