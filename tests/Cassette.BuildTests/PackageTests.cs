using System.IO;
using System.IO.Compression;
using System.Linq;

using Xunit;

namespace Cassette.BuildTests;

[Collection(Builds.Name)]
public sealed class PackageTests(PackageFeed feed)
{
    [Fact]
    public void A_new_console_project_needs_one_package_reference_and_one_file()
    {
        string directory = Path.Combine(feed.Root, "fresh", "Fresh");
        Directory.CreateDirectory(directory);
        Dotnet.Run(directory, "new", "console", "--no-restore").Succeeds();
        string project = Path.Combine(directory, "Fresh.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            "</Project>",
            $"""<ItemGroup><PackageReference Include="Cassette.Fody" Version="{feed.Version}" /></ItemGroup></Project>"""));
        File.WriteAllText(Path.Combine(directory, "FodyWeavers.xml"), "<Weavers><Cassette /></Weavers>");

        CommandResult run = Dotnet.Run(directory, "run").Succeeds();

        Assert.Equal("Hello, World!", run.Output.Trim());
        Assert.True(ConsumerProject.IsWoven(Path.Combine(directory, "bin", "Debug", "net10.0", "Fresh.dll")));
    }

    [Fact]
    public void Without_the_file_Fody_makes_one_and_the_weave_is_the_same()
    {
        var project = new ConsumerProject(feed, "no-file");
        File.Delete(Path.Combine(project.Directory, "FodyWeavers.xml"));

        project.Build().Succeeds();
        byte[] first = File.ReadAllBytes(project.Output);
        var firstWeave = project.LastWeave;
        project.Rebuild().Succeeds();

        Assert.True(ConsumerProject.IsWoven(project.Output));
        Assert.Contains("<Cassette", File.ReadAllText(Path.Combine(project.Directory, "FodyWeavers.xml")));
        Assert.Equal(firstWeave, project.LastWeave);
        Assert.Equal(first, File.ReadAllBytes(project.Output));
    }

    [Theory]
    [InlineData("Cassette.Fody", "weaver/Cassette.Fody.dll", "tasks/netstandard2.0/Cassette.Tasks.dll", "build/Cassette.Fody.props", "build/Cassette.Fody.targets")]
    [InlineData("Cassette.Attributes", "lib/net10.0/Cassette.Attributes.dll", "lib/net10.0/Cassette.Attributes.xml")]
    public void Packages_have_all_their_parts(string package, params string[] parts)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(feed.Root, "feed", $"{package}.{feed.Version}.nupkg"));
        string[] names = [.. archive.Entries.Select(entry => entry.FullName)];

        Assert.All([.. parts, "README.md", "LICENSE", package + ".nuspec"], part => Assert.Contains(part, names));
    }

    [Fact]
    public void The_library_has_a_symbol_package() =>
        Assert.True(File.Exists(Path.Combine(feed.Root, "feed", $"Cassette.Attributes.{feed.Version}.snupkg")));
}
