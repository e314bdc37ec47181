using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Cassette.BuildTests;

/// <summary>A console project that references the package, in a directory of its own.</summary>
internal sealed class ConsumerProject
{
    private const string Header = """<Weavers xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="FodyWeavers.xsd">""";

    private readonly string _name;

    /// <param name="feed">Where the package comes from.</param>
    /// <param name="solution">A path below the feed's root; the project gets a directory in it.</param>
    /// <param name="name">The project's name.</param>
    public ConsumerProject(PackageFeed feed, string solution, string name = "App")
    {
        _name = name;
        SolutionDirectory = Path.Combine(feed.Root, solution);
        Directory = Path.Combine(SolutionDirectory, name);
        System.IO.Directory.CreateDirectory(Directory);
        Write(name + ".csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Cassette.Fody" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        Write("Program.cs", """System.Console.WriteLine("ran");""");
        Configure("<Cassette />");
    }

    public string SolutionDirectory { get; }

    public string Directory { get; }

    public string Intermediate => Path.Combine(Directory, "obj", "Debug", "net10.0", _name + ".dll");

    public string Output => Path.Combine(Directory, "bin", "Debug", "net10.0", _name + ".dll");

    public string Symbols => Path.ChangeExtension(Output, ".pdb");

    public void Write(string path, string text) => File.WriteAllText(Path.Combine(Directory, path), text);

    public void Configure(string element) => Write("FodyWeavers.xml", Header + "\n  " + element + "\n</Weavers>\n");

    public void AddToProject(string xml)
    {
        string path = Path.Combine(Directory, _name + ".csproj");
        File.WriteAllText(path, File.ReadAllText(path).Replace("</Project>", xml + "\n</Project>"));
    }

    /// <summary>References another package instead of the weaver's own.</summary>
    public void ReferencePackage(string name, string version)
    {
        string path = Path.Combine(Directory, _name + ".csproj");
        File.WriteAllText(path, System.Text.RegularExpressions.Regex.Replace(
            File.ReadAllText(path), "<PackageReference .*/>", $"""<PackageReference Include="{name}" Version="{version}" />"""));
    }

    public CommandResult Build(params IEnumerable<string> arguments) =>
        Dotnet.Run(Directory, ["build", "--nologo", .. arguments]);

    /// <summary>Builds where nothing changed that restoring depends on.</summary>
    public CommandResult Rebuild(params IEnumerable<string> arguments) => Build(["--no-restore", .. arguments]);

    public CommandResult Run() => Dotnet.Run(Directory, Output);

    /// <summary>When the last weave succeeded, or null when the last one did not.</summary>
    public DateTime? LastWeave
    {
        get
        {
            string path = Path.ChangeExtension(Intermediate, ".cassette.woven");
            return File.Exists(path) ? File.GetLastWriteTimeUtc(path) : null;
        }
    }

    /// <summary>Everything below obj and bin that a runtime would run, except what is woven.</summary>
    public string[] UnwovenAssemblies() =>
    [
        .. System.IO.Directory.EnumerateFiles(Directory, _name + ".dll", SearchOption.AllDirectories)
            .Where(path => !HasAttribute(path, "ReferenceAssemblyAttribute") && !HasAttribute(path, "WovenAttribute")),
    ];

    public static bool IsWoven(string path) => HasAttribute(path, "WovenAttribute");

    public static Guid VersionId(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        MetadataReader metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static bool HasAttribute(string path, string name)
    {
        using var image = new PEReader(File.OpenRead(path));
        MetadataReader metadata = image.GetMetadataReader();
        return metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Select(handle => metadata.GetCustomAttribute(handle).Constructor)
            .Where(constructor => constructor.Kind == HandleKind.MemberReference)
            .Select(constructor => metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent)
            .Any(type => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) == name);
    }
}
