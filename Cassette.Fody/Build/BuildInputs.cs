using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

using Fody;

namespace Cassette.Fody.Build;

/// <summary>
/// What the build tells the weaver beyond what Fody passes on: the file <c>X.cassette.rsp</c> that the task
/// <c>PrepareWeave</c> of Cassette.Tasks writes beside the intermediate assembly <c>X.dll</c>.
/// Each line is a key and its values, separated by tabs; keys that this version does not know are an error.
/// </summary>
public sealed class BuildInputs
{
    private readonly Dictionary<string, string> _implementations = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SharedFramework> _frameworks = [];
    private readonly List<string> _passAssemblies = [];
    private readonly List<string> _configurationFiles = [];

    private BuildInputs(string assemblyPath) => AssemblyPath = assemblyPath;

    /// <summary>The assembly that is woven, in the intermediate directory.</summary>
    public string AssemblyPath { get; }

    /// <summary>The hash that the woven assembly carries; it is the same in every directory.</summary>
    public string Mark { get; private set; } = "";

    /// <summary>The hash over the content of everything the output depends on besides the sources.</summary>
    public string Stamp { get; private set; } = "";

    /// <summary>The private key that Fody signs with, or null where the assembly is not signed by it.</summary>
    public string? SigningKeyFile { get; private set; }

    /// <summary>Whether the paths in debug information are mapped, and hence the same on every machine.</summary>
    public bool SourcePathsAreMapped { get; private set; }

    /// <summary>The project's directory, to which paths in diagnostics and join points may be made relative.</summary>
    public string ProjectDirectory { get; private set; } = "";

    /// <summary>
    /// The files that configure the weaver, whether they exist or not, in the order in which later ones override
    /// earlier ones.
    /// </summary>
    public IReadOnlyList<string> ConfigurationFiles => _configurationFiles;

    /// <summary>The file whose <c>&lt;Cassette&gt;</c> element Fody passes on, or null where it is in the project file.</summary>
    public string? ConfigurationFile => _configurationFiles.LastOrDefault(file => File.Exists(file) && NamesTheWeaver(file));

    /// <summary>The shared frameworks that the program will run on, as far as they are on this machine.</summary>
    public IReadOnlyList<SharedFramework> Frameworks => _frameworks;

    /// <summary>
    /// The assemblies with bodies: from an assembly's simple name to its path. It has the implementations of
    /// project and package references and every managed assembly of the shared frameworks, those that no
    /// reference assembly stands for (<c>System.Private.CoreLib</c>) included.
    /// </summary>
    public IReadOnlyDictionary<string, string> Implementations => _implementations;

    /// <summary>The simple names of the referenced assemblies outside the shared frameworks, sorted.</summary>
    public IEnumerable<string> References => _implementations
        .Where(pair => !_frameworks.Exists(framework => pair.Value.StartsWith(framework.Directory, StringComparison.OrdinalIgnoreCase)))
        .Select(pair => pair.Key)
        .OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>The assemblies of the pass projects.</summary>
    public IReadOnlyList<string> PassAssemblies => _passAssemblies;

    /// <summary>Reads the file that belongs to <paramref name="assemblyPath"/>.</summary>
    /// <exception cref="WeavingException">The file is missing or was written by another version.</exception>
    public static BuildInputs Read(string assemblyPath)
    {
        string path = Path.ChangeExtension(assemblyPath, ".cassette.rsp");
        if (!File.Exists(path))
        {
            throw new WeavingException(
                $"CAS655: '{path}' is missing: the weaver runs without Cassette's own build targets. "
                + "Reference the package Cassette.Fody and leave its build assets on.");
        }

        var inputs = new BuildInputs(assemblyPath);
        foreach (string line in File.ReadAllLines(path))
        {
            string[] fields = line.Split('\t');
            if (!inputs.Take(fields))
            {
                throw new WeavingException(
                    $"CAS656: '{path}' has an entry '{fields[0]}' that this weaver does not know: weaver and build "
                    + "targets are of different versions. Delete the obj directory and build again.");
            }
        }

        return inputs;
    }

    private static bool NamesTheWeaver(string file) =>
        XDocument.Load(file).Root!.Elements().Any(element => string.Equals(element.Name.LocalName, "Cassette", StringComparison.OrdinalIgnoreCase));

    private bool Take(string[] fields)
    {
        switch (fields[0], fields.Length)
        {
            case ("mark", 2): Mark = fields[1]; return true;
            case ("stamp", 2): Stamp = fields[1]; return true;
            case ("key", 2): SigningKeyFile = fields[1]; return true;
            case ("paths", 2): SourcePathsAreMapped = fields[1] == "mapped"; return true;
            case ("project", 2): ProjectDirectory = fields[1]; return true;
            case ("configuration", 2): _configurationFiles.Add(fields[1]); return true;
            case ("framework", 4): _frameworks.Add(new(fields[1], fields[2], fields[3])); return true;
            case ("implementation", 3): _implementations[fields[1]] = fields[2]; return true;
            case ("pass", 2): _passAssemblies.Add(fields[1]); return true;
            default: return false;
        }
    }
}
