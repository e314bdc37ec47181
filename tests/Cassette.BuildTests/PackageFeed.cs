using System;
using System.IO;
using System.Linq;
using System.Reflection;

using Xunit;

namespace Cassette.BuildTests;

/// <summary>
/// The packages, packed once for all tests into a feed of their own, with a packages folder of its own, so
/// that the machine's cache is neither used for them nor filled with them.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    public PackageFeed()
    {
        Root = Directory.CreateTempSubdirectory("cassette-").FullName;
        string feed = Path.Combine(Root, "feed");
        foreach (string project in new[] { "Cassette.Attributes/Cassette.Attributes.csproj", "nuget/Cassette.Fody.Package.csproj", "nuget/Passes/Cassette.Passes.Package.csproj" })
        {
            Dotnet.Run(Repository, "pack", project, "--no-build", "--nologo", "-c", Configuration, "-o", feed).Succeeds();
        }

        File.WriteAllText(Path.Combine(Root, "NuGet.Config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Root, "packages")}" /></config>
              <packageSources><add key="cassette-tests" value="{feed}" /></packageSources>
            </configuration>
            """);
        // Nothing above the temporary directory may have a say.
        File.WriteAllText(Path.Combine(Root, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(Root, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(Root, "Directory.Packages.props"), "<Project />");
        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(feed, "Cassette.Fody.*.nupkg").Single())["Cassette.Fody.".Length..];
    }

    public static string Repository => Setting("Repository");

    public static string Configuration => Setting("Configuration");

    public string Root { get; }

    public string Version { get; }

    public string Weaver => Path.Combine(Root, "packages", "cassette.fody", Version, "weaver", "Cassette.Fody.dll");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string Setting(string key) =>
        typeof(PackageFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

/// <summary>The tests that share the feed. They run one after the other: each keeps the processors busy.</summary>
[CollectionDefinition(Name)]
public sealed class Builds : ICollectionFixture<PackageFeed>
{
    public const string Name = "Builds";
}
