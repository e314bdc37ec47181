using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Cassette.Tasks;

/// <summary>
/// The version of a shared framework that a program will run on, of those installed: the host's rules for
/// rolling forward, for a release version.
/// </summary>
internal static class SharedFrameworkChoice
{
    /// <summary>The directory name of the version, or null where none will do.</summary>
    /// <param name="frameworkDirectory">For example <c>/usr/share/dotnet/shared/Microsoft.NETCore.App</c>.</param>
    /// <param name="wanted">The version in the program's runtimeconfig.json.</param>
    /// <param name="rollForward">The property RollForward; empty stands for Minor.</param>
    public static string? Choose(string frameworkDirectory, Version wanted, string? rollForward)
    {
        if (!Directory.Exists(frameworkDirectory))
            return null;
        Installed[] installed =
        [
            .. Directory.EnumerateDirectories(frameworkDirectory)
                .Select(path => Installed.Parse(Path.GetFileName(path)))
                .Where(candidate => candidate is not null && candidate.Version >= wanted)
                .Select(candidate => candidate!),
        ];
        // A program built against a release prefers releases.
        Installed[] releases = [.. installed.Where(candidate => !candidate.IsPreview)];
        return Pick(releases, wanted, rollForward) ?? Pick(installed, wanted, rollForward);
    }

    private static string? Pick(IReadOnlyCollection<Installed> candidates, Version wanted, string? rollForward)
    {
        bool SameMinor(Installed candidate) => candidate.Version.Major == wanted.Major && candidate.Version.Minor == wanted.Minor;
        bool SameMajor(Installed candidate) => candidate.Version.Major == wanted.Major;
        IEnumerable<Installed> eligible = rollForward?.ToLowerInvariant() switch
        {
            "disable" => candidates.Where(candidate => candidate.Version == wanted),
            "latestpatch" => candidates.Where(SameMinor),
            "latestminor" => candidates.Where(SameMajor),
            "latestmajor" => candidates,
            "major" => Nearest(candidates),
            _ => Nearest(candidates.Where(SameMajor)),
        };
        return eligible.OrderBy(candidate => candidate.Version).ThenBy(candidate => candidate.Name, StringComparer.Ordinal).LastOrDefault()?.Name;
    }

    // The lowest major and minor version there is; of that the highest patch is taken.
    private static IEnumerable<Installed> Nearest(IEnumerable<Installed> candidates) =>
        candidates.GroupBy(candidate => new Version(candidate.Version.Major, candidate.Version.Minor))
            .OrderBy(group => group.Key)
            .FirstOrDefault() ?? Enumerable.Empty<Installed>();

    private sealed class Installed(string name, Version version, bool isPreview)
    {
        public string Name { get; } = name;

        public Version Version { get; } = version;

        public bool IsPreview { get; } = isPreview;

        public static Installed? Parse(string name)
        {
            int dash = name.IndexOf('-');
            return Version.TryParse(dash < 0 ? name : name.Substring(0, dash), out Version? version)
                ? new Installed(name, version, dash >= 0)
                : null;
        }
    }
}
