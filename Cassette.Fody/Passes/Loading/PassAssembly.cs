using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Fody;
using Mono.Cecil;

namespace Cassette.Fody.Passes.Loading;

/// <summary>
/// One pass assembly in memory. It gets the weaver's own <c>Cassette.Fody</c> and <c>Mono.Cecil</c>, whatever lies beside it, since a pass is one only against
/// the interface that the weaver asks for. Everything else that the runtime does not bring comes from the assembly's folder.
/// </summary>
internal sealed class PassAssembly : IDisposable
{
    private static readonly string FrameworkDirectory = System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly Dictionary<string, Assembly> loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly string folder;
    private readonly byte[] image;
    private readonly IPassHost host;
    private readonly Lazy<Assembly> assembly;
    private readonly Lazy<(IReadOnlyList<Type> Types, string? Failure)> types;

    /// <summary>Reads the file; nothing is loaded yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="makeHost">Makes where it is loaded, from a name and what finds its references.</param>
    /// <exception cref="BadImageFormatException">The file is no assembly.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public PassAssembly(string path, Func<string, Func<string, Assembly?>, IPassHost> makeHost)
    {
        Path = path;
        folder = System.IO.Path.GetDirectoryName(path)!;
        image = File.ReadAllBytes(path);
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        Name = module.Assembly.Name.Name;
        host = makeHost(Name, Resolve);
        assembly = new Lazy<Assembly>(() => Load(Name, Path, image));
        types = new Lazy<(IReadOnlyList<Type>, string?)>(ReadTypes);
    }

    public string Path { get; }

    /// <summary>Its simple name.</summary>
    public string Name { get; }

    /// <summary>The types that can be loaded.</summary>
    public IReadOnlyList<Type> Types => types.Value.Types;

    /// <summary>Why there are types that cannot be loaded, or the assembly cannot; null where all can.</summary>
    public string? Failure => types.Value.Failure;

    /// <summary>Whether another file has the same bytes: the same assembly, copied.</summary>
    public bool IsCopyOf(PassAssembly other) => image.SequenceEqual(other.image);

    public void Dispose() => host.Dispose();

    private static Assembly? OfTheWeaver(string name) => name switch
    {
        "Cassette.Fody" => typeof(IPass).Assembly,
        "Mono.Cecil" => typeof(ModuleDefinition).Assembly,
        "FodyHelpers" => typeof(BaseModuleWeaver).Assembly,
        _ => null,
    };

    private (IReadOnlyList<Type> Types, string? Failure) ReadTypes()
    {
        try
        {
            return (assembly.Value.GetTypes(), null);
        }
        catch (ReflectionTypeLoadException exception)
        {
            return ([.. exception.Types.OfType<Type>()], exception.LoaderExceptions.OfType<Exception>().First().Message);
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException)
        {
            return ([], exception.Message);
        }
    }

    private Assembly Load(string name, string path, byte[] bytes)
    {
        // Looked for beside the image, as compilers leave them; without them the frames of the pass have no lines.
        var symbols = System.IO.Path.ChangeExtension(path, ".pdb");
        var result = host.Load(bytes, File.Exists(symbols) ? File.ReadAllBytes(symbols) : null);
        loaded.Add(name, result);
        // At once, not when asked: the build's own process has libraries too, and the runtime would take those first.
        using var module = ModuleDefinition.ReadModule(new MemoryStream(bytes));
        foreach (var reference in module.AssemblyReferences)
            Resolve(reference.Name);
        return result;
    }

    private Assembly? Resolve(string name)
    {
        if (OfTheWeaver(name) is { } shared)
            return shared;
        if (loaded.TryGetValue(name, out var known))
            return known;
        var path = System.IO.Path.Combine(folder, name + ".dll");
        // A package's copy of what the runtime has would make types of its own.
        if (!File.Exists(path) || File.Exists(System.IO.Path.Combine(FrameworkDirectory, name + ".dll")))
            return null;
        return Load(name, path, File.ReadAllBytes(path));
    }
}
