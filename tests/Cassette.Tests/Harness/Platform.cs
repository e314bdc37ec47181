using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Cassette.Tests.Harness;

/// <summary>
/// The assemblies that test programs are compiled and woven against: the reference assemblies of the SDK's
/// targeting pack, which is what a build gives the compiler and Fody, or the running framework's own where
/// there is no pack; the runtime library; and a package to call into.
/// </summary>
internal static class Platform
{
    /// <summary>Paths by simple name.</summary>
    public static FrozenDictionary<string, string> Paths { get; } = FindPaths();

    public static ImmutableArray<MetadataReference> References { get; } =
        [.. Paths.Values.Order(StringComparer.Ordinal).Select(path => MetadataReference.CreateFromFile(path))];

    private static FrozenDictionary<string, string> FindPaths()
    {
        var paths = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string path in TargetingPack() ?? TrustedAssemblies())
            paths[Path.GetFileNameWithoutExtension(path)] = path;
        foreach (Type ours in new[] { typeof(IContext), typeof(MathNet.Numerics.LinearAlgebra.Matrix<>) })
            paths[ours.Assembly.GetName().Name!] = ours.Assembly.Location;
        return paths.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static string[]? TargetingPack()
    {
        // <dotnet>/shared/Microsoft.NETCore.App/10.0.x/ stands beside <dotnet>/packs/Microsoft.NETCore.App.Ref/10.0.x/.
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs))
            return null;
        string framework = "net" + Environment.Version.ToString(2);
        string? folder = Directory.GetDirectories(packs)
            .Select(pack => Path.Combine(pack, "ref", framework))
            .Where(Directory.Exists)
            .Max(StringComparer.Ordinal);
        return folder is null ? null : Directory.GetFiles(folder, "*.dll");
    }

    private static IEnumerable<string> TrustedAssemblies()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == runtime);
    }
}
