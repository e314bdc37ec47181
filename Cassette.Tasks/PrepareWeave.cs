using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Cassette.Tasks;

/// <summary>
/// Runs before the compiler. Writes what the weaver needs to know into a file that is an input of the
/// compilation, and removes an assembly that is not woven for exactly these inputs, so that it is compiled
/// and woven again. Inputs count by content, not by time stamp.
/// </summary>
public sealed class PrepareWeave : Task
{
    /// <summary>The compiler's output.</summary>
    [Required]
    public string IntermediateAssembly { get; set; } = "";

    /// <summary>The weaver.</summary>
    [Required]
    public string WeaverFile { get; set; } = "";

    /// <summary>The project's directory.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The solution's directory, where a solution is built.</summary>
    public string? SolutionDirectory { get; set; }

    /// <summary>Fody's property for configuration in the project file.</summary>
    public string? WeaverConfiguration { get; set; }

    /// <summary>What the project references.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>What is copied beside the program.</summary>
    public ITaskItem[] RuntimeAssemblies { get; set; } = [];

    /// <summary>The runtime that a self-contained program brings along.</summary>
    public ITaskItem[] RuntimePackAssets { get; set; } = [];

    /// <summary>The assemblies of pass projects.</summary>
    public ITaskItem[] PassAssemblies { get; set; } = [];

    /// <summary>The directory <c>shared</c> of the .NET installation.</summary>
    public string? SharedFrameworkRoot { get; set; }

    /// <summary>The runtime's version in the program's runtimeconfig.json, or v and major.minor.</summary>
    public string? RuntimeVersion { get; set; }

    /// <summary>The property RollForward.</summary>
    public string? RollForward { get; set; }

    /// <summary>The key that Fody signs the assembly with.</summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>Whether paths in debug information are mapped.</summary>
    public bool SourcePathsAreMapped { get; set; }

    /// <summary>The file to add to the compiler's inputs.</summary>
    [Output]
    public string InputsFile { get; private set; } = "";

    /// <summary>All files that this task or the weaver writes.</summary>
    [Output]
    public string[] WrittenFiles { get; private set; } = [];

    /// <summary>The mark that the woven assembly carries.</summary>
    [Output]
    public string Mark { get; private set; } = "";

    /// <summary>The hash over all inputs.</summary>
    [Output]
    public string Stamp { get; private set; } = "";

    public override bool Execute()
    {
        var files = new WeaveFiles(Path.GetFullPath(IntermediateAssembly));
        InputsFile = files.Inputs;
        WrittenFiles = [files.Inputs, files.Diagnostics, files.Woven];
        if (!File.Exists(WeaverFile))
        {
            Problem.WeaverMissing.Log(Log, WeaverFile);
            files.Discard();
            return false;
        }

        FodyConfiguration configuration = FodyConfiguration.Read(ProjectDirectory, SolutionDirectory, WeaverConfiguration);
        if (!configuration.IsPresent)
        {
            Problem.NotConfigured.Log(Log, configuration.Files.LastOrDefault() ?? "WeaverConfiguration");
            files.Discard();
            return false;
        }

        ImplementationAssemblies implementations = FindImplementations();
        Mark = ComputeMark(configuration);
        Stamp = ComputeStamp(implementations);
        files.WriteInputs(Lines(configuration, implementations));
        if (File.Exists(files.Assembly) && !IsWoven(files))
            files.Discard();
        return !Log.HasLoggedErrors;
    }

    private bool IsWoven(WeaveFiles files) =>
        File.Exists(files.Woven) && File.ReadAllText(files.Woven).Trim() == Stamp && WovenMark.IsIn(files.Assembly, Mark);

    private ImplementationAssemblies FindImplementations()
    {
        var found = new ImplementationAssemblies();
        found.AddReferences(References, RuntimeAssemblies);
        if (RuntimePackAssets.Length > 0)
            found.AddRuntimePack(RuntimePackAssets);
        else if (SharedFrameworkRoot is { Length: > 0 } root && ReadVersion(RuntimeVersion) is { } version)
            found.AddSharedFrameworks(References, root, version, RollForward);
        foreach (string framework in found.MissingFrameworks)
            Problem.FrameworkMissing.Log(Log, framework, RuntimeVersion ?? "", SharedFrameworkRoot ?? "");
        return found;
    }

    // Either v10.0, or the version of a package, which may be a preview's.
    private static Version? ReadVersion(string? text) =>
        Version.TryParse((text ?? "").TrimStart('v').Split('-')[0], out Version? version) ? version : null;

    // Goes into the output, so nothing in it may depend on the directory; compiled references do.
    private string ComputeMark(FodyConfiguration configuration)
    {
        using var hash = new InputHash();
        hash.Add("weaver", AssemblyName.GetAssemblyName(WeaverFile).Version?.ToString() ?? "");
        foreach (string element in configuration.Elements)
            hash.Add("configuration", element);
        return hash.ToString();
    }

    private string ComputeStamp(ImplementationAssemblies implementations)
    {
        using var hash = new InputHash();
        hash.Add("mark", Mark);
        // The weaver's own helpers lie beside it.
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(WeaverFile))!, "*.dll").OrderBy(file => file, StringComparer.Ordinal))
            hash.AddFile("weaver/" + Path.GetFileName(file), file);
        foreach (string name in implementations.Own)
            hash.AddFile("reference/" + name, implementations.Paths[name]);
        foreach (ITaskItem pass in PassAssemblies)
            hash.AddFile("pass/" + Path.GetFileName(pass.ItemSpec), pass.ItemSpec);
        foreach ((string name, string version, string directory) in implementations.Frameworks)
        {
            hash.Add("framework/" + name, version);
            // Holds the commit that the framework was built from: cheaper than its assemblies, and as telling.
            hash.AddFile("framework/" + name, Path.Combine(directory, ".version"));
        }

        hash.Add("paths", SourcePathsAreMapped ? "mapped" : "plain");
        if (SigningKeyFile is { Length: > 0 } key)
            hash.AddFile("key", key);
        return hash.ToString();
    }

    private IEnumerable<string> Lines(FodyConfiguration configuration, ImplementationAssemblies implementations)
    {
        yield return "mark\t" + Mark;
        yield return "stamp\t" + Stamp;
        yield return "project\t" + ProjectDirectory;
        yield return "paths\t" + (SourcePathsAreMapped ? "mapped" : "plain");
        if (SigningKeyFile is { Length: > 0 } key)
            yield return "key\t" + Path.GetFullPath(key);
        foreach (string file in configuration.Files)
            yield return "configuration\t" + file;
        foreach ((string name, string version, string directory) in implementations.Frameworks)
            yield return "framework\t" + name + "\t" + version + "\t" + directory;
        foreach (KeyValuePair<string, string> pair in implementations.Paths)
            yield return "implementation\t" + pair.Key + "\t" + pair.Value;
        foreach (ITaskItem pass in PassAssemblies)
            yield return "pass\t" + Path.GetFullPath(pass.ItemSpec);
    }
}
