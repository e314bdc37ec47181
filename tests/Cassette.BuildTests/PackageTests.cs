using System.IO;
using System.IO.Compression;
using System.Linq;

using Xunit;

namespace Cassette.BuildTests;

[Collection(Builds.Name)]
public sealed class PackageTests(PackageFeed feed)
{
    private const string Program = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using Cassette;

        static class App
        {
            static void Main()
            {
                var log = new List<string>();
                double outside = Model.Predict(1.0);
                double inside = new TraceCtx(log).Overdub(() => Model.Predict(1.0));
                log.ForEach(Console.WriteLine); Console.WriteLine(inside == 2 * Math.Cos(1.0)); Console.WriteLine(outside == 2 * Math.Sin(1.0));
            }
        }
        static class Model { public static double Predict(double x) => Twice(Math.Sin(x)); static double Twice(double y) => 2 * y; }
        readonly record struct TraceCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(TraceCtx ctx, JoinPoint f) => ctx.Metadata.Add($"{Path.GetFileName(f.File)}:{f.Line} {f.Signature}");

            [Overdub(typeof(Math), nameof(Math.Sin))]
            static double Sin(TraceCtx ctx, double x) => Math.Cos(x);
        }
        """;

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

        File.WriteAllText(Path.Combine(directory, "Program.cs"), Program);

        CommandResult run = Dotnet.Run(directory, "run").Succeeds();

        // 2 * cos(1) inside, where the sine is replaced; 2 * sin(1) outside, where nothing changed.
        Assert.Equal(
            ["Program.cs:12 Model.Predict(Double x)", "Program.cs:16 System.Math.Sin(Double a)", "Program.cs:16 Model.Twice(Double y)", "True", "True"],
            run.Output.Trim().Split('\n').Select(line => line.Trim()));
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
    [InlineData("Cassette.Passes", "ref/netstandard2.0/Cassette.Fody.dll", "ref/netstandard2.0/Cassette.Fody.xml", "build/Cassette.Passes.props")]
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
