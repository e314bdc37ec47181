using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using Microsoft.Build.Framework;

namespace Cassette.Tasks;

/// <summary>
/// The assemblies with bodies that stand behind a project's references. The references to the framework are to
/// assemblies without bodies, and so may be those to packages and projects.
/// </summary>
internal sealed class ImplementationAssemblies
{
    private readonly SortedDictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, string Version, string Directory)> _frameworks = [];
    private readonly SortedSet<string> _missingFrameworks = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _own = new(StringComparer.Ordinal);

    /// <summary>From simple names to paths, ordered by name.</summary>
    public IReadOnlyDictionary<string, string> Paths => _paths;

    /// <summary>The names in <see cref="Paths"/> that come from packages and projects, ordered.</summary>
    public IEnumerable<string> Own => _own;

    /// <summary>The shared frameworks found.</summary>
    public IReadOnlyList<(string Name, string Version, string Directory)> Frameworks => _frameworks;

    /// <summary>The shared frameworks that are referenced but not installed here.</summary>
    public IEnumerable<string> MissingFrameworks => _missingFrameworks;

    /// <summary>Adds the references to packages and projects.</summary>
    /// <param name="references">ReferencePath: for projects these are the implementations already.</param>
    /// <param name="runtimeAssemblies">What is copied beside the program: the packages' implementations.</param>
    public void AddReferences(IEnumerable<ITaskItem> references, IEnumerable<ITaskItem> runtimeAssemblies)
    {
        var copied = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ITaskItem item in runtimeAssemblies)
        {
            // Resources and, in runtimes/, the variants for other systems are not what is referenced.
            bool isAssembly = string.Equals(Path.GetExtension(item.ItemSpec), ".dll", StringComparison.OrdinalIgnoreCase);
            if (isAssembly && item.GetMetadata("DestinationSubDirectory").Length == 0 && File.Exists(item.ItemSpec) && ManagedImage.Is(item.ItemSpec))
                copied[Path.GetFileNameWithoutExtension(item.ItemSpec)] = Path.GetFullPath(item.ItemSpec);
        }

        foreach (ITaskItem reference in references.Where(reference => reference.GetMetadata("FrameworkReferenceName").Length == 0))
        {
            string name = Path.GetFileNameWithoutExtension(reference.ItemSpec);
            AddOwn(name, copied.TryGetValue(name, out string path) ? path : Path.GetFullPath(reference.ItemSpec));
        }

        // Packages' dependencies that were not meant to compile against.
        foreach (KeyValuePair<string, string> pair in copied.Where(pair => !_paths.ContainsKey(pair.Key)))
            AddOwn(pair.Key, pair.Value);
    }

    /// <summary>Adds a runtime pack's assemblies, which a self-contained program brings along.</summary>
    public void AddRuntimePack(IEnumerable<ITaskItem> assets)
    {
        foreach (ITaskItem asset in assets.Where(asset => asset.GetMetadata("AssetType") == "runtime"))
        {
            string path = Path.GetFullPath(asset.ItemSpec);
            AddFramework(path);
            // The packs are named after framework and system: Microsoft.NETCore.App.Runtime.linux-x64.
            string pack = asset.GetMetadata("NuGetPackageId");
            int suffix = pack.IndexOf(".Runtime.", StringComparison.Ordinal);
            var framework = (suffix < 0 ? pack : pack.Substring(0, suffix), asset.GetMetadata("NuGetPackageVersion"), Path.GetDirectoryName(path)!);
            if (!_frameworks.Contains(framework))
                _frameworks.Add(framework);
        }
    }

    /// <summary>Adds the shared frameworks that the references belong to.</summary>
    public void AddSharedFrameworks(IEnumerable<ITaskItem> references, string root, Version wanted, string? rollForward)
    {
        SortedSet<string> names = new(
            references.Select(reference => SharedName(reference.GetMetadata("FrameworkReferenceName"))).Where(name => name.Length > 0),
            StringComparer.Ordinal);
        foreach (string name in names)
        {
            string directory = Path.GetFullPath(Path.Combine(root, name));
            string? version = SharedFrameworkChoice.Choose(directory, wanted, rollForward);
            if (version is null)
            {
                _missingFrameworks.Add(name);
                continue;
            }

            string versionDirectory = Path.Combine(directory, version);
            _frameworks.Add((name, version, versionDirectory));
            foreach (string path in Directory.EnumerateFiles(versionDirectory, "*.dll").OrderBy(path => path, StringComparer.Ordinal))
            {
                if (ManagedImage.Is(path))
                    AddFramework(path);
            }
        }
    }

    // An assembly of a package that is newer than the framework's own replaces it when the program runs;
    // the SDK then leaves the framework's out of the references, so what is there first stays.
    private void AddFramework(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        if (!_paths.ContainsKey(name))
            _paths[name] = path;
    }

    private void AddOwn(string name, string path)
    {
        _paths[name] = path;
        _own.Add(name);
    }

    // Microsoft.WindowsDesktop.App.WPF and .WindowsForms are profiles of one shared framework.
    private static string SharedName(string frameworkReference) =>
        frameworkReference.StartsWith("Microsoft.WindowsDesktop.App", StringComparison.Ordinal)
            ? "Microsoft.WindowsDesktop.App"
            : frameworkReference;
}
