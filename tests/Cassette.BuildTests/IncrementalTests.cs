using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using Xunit;

namespace Cassette.BuildTests;

/// <summary>Fody's fault: it tracks no input of a weave but the project's FodyWeavers.xml.</summary>
[Collection(Builds.Name)]
public sealed class IncrementalTests(PackageFeed feed)
{
    [Fact]
    public void What_the_output_depends_on_is_woven_again_when_it_changes_and_only_then()
    {
        var project = new ConsumerProject(feed, "incremental");
        string weaver = Path.Combine(project.SolutionDirectory, "weaver", "Cassette.Fody.dll");
        string pass = Path.Combine(project.SolutionDirectory, "Pass.dll");
        string library = AddLibrary(project);
        File.WriteAllText(pass, "one");
        project.AddToProject($"""<ItemGroup><CassettePassAssembly Include="{pass}" /></ItemGroup>""");
        project.Build().Succeeds();
        Directory.CreateDirectory(Path.GetDirectoryName(weaver)!);
        File.Copy(feed.Weaver, weaver);
        CommandResult Build() => project.Rebuild("-p:CassetteWeaverFile=" + weaver).Succeeds();
        Build();

        AssertImplementations(project);
        AssertNotWoven("nothing", () => { });
        AssertNotWoven("the weaver's time", () => File.SetLastWriteTimeUtc(weaver, DateTime.UtcNow));
        AssertWoven("the weaver", () => File.AppendAllText(weaver, "x"));
        AssertWoven("a pass", () => File.WriteAllText(pass, "two"));
        AssertWoven("a reference's body", () => File.WriteAllText(library, LibrarySource("second")));
        Assert.Equal("second", project.Run().Succeeds().Output.Trim());
        AssertWoven("the project's configuration", () => project.Configure("""<Cassette Strict="false" />"""));
        AssertWoven("the solution's configuration", () => File.WriteAllText(
            Path.Combine(project.SolutionDirectory, "FodyWeavers.xml"),
            """<Weavers><Cassette Strict="false" /></Weavers>"""));
        AssertNotWoven("nothing, after all that", () => { });

        // A warning of the last weave is not lost on builds that find nothing to weave.
        File.WriteAllText(Path.ChangeExtension(project.Intermediate, ".cassette.diagnostics"), "Program.cs(1,2): warning CAS999: Mind this.\n");
        Assert.Matches(@"Program\.cs\(1,2\)\s*: warning CAS999: Mind this\.", Build().Output);

        void AssertWoven(string what, Action change)
        {
            DateTime? before = project.LastWeave;
            change();
            Build();
            Assert.True(before < project.LastWeave, $"Not woven again after a change of {what}.");
        }

        void AssertNotWoven(string what, Action change)
        {
            DateTime? before = project.LastWeave;
            DateTime written = File.GetLastWriteTimeUtc(project.Intermediate);
            change();
            Build();
            Assert.True(before == project.LastWeave, $"Woven again after a change of {what}.");
            Assert.Equal(written, File.GetLastWriteTimeUtc(project.Intermediate));
        }
    }

    // The weaver is told of assemblies with bodies: the framework's and the library's own, not their reference assemblies.
    private static void AssertImplementations(ConsumerProject project)
    {
        Dictionary<string, string> implementations = File.ReadLines(Path.ChangeExtension(project.Intermediate, ".cassette.rsp"))
            .Select(line => line.Split('\t'))
            .Where(fields => fields[0] == "implementation")
            .ToDictionary(fields => fields[1], fields => fields[2]);

        Assert.Equal(typeof(object).Assembly.Location, implementations["System.Private.CoreLib"]);
        Assert.Equal(typeof(Enumerable).Assembly.Location, implementations["System.Linq"]);
        Assert.EndsWith(Path.Combine("Library", "bin", "Debug", "net10.0", "Library.dll"), implementations["Library"]);
        Assert.EndsWith(Path.Combine("lib", "net10.0", "Cassette.Attributes.dll"), implementations["Cassette.Attributes"]);
    }

    // A library whose public face stays: the compiler has nothing to do when its body changes.
    private static string AddLibrary(ConsumerProject project)
    {
        string directory = Path.Combine(project.SolutionDirectory, "Library");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "Library.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """);
        string source = Path.Combine(directory, "Library.cs");
        File.WriteAllText(source, LibrarySource("first"));
        project.AddToProject("""<ItemGroup><ProjectReference Include="../Library/Library.csproj" /></ItemGroup>""");
        project.Write("Program.cs", "System.Console.WriteLine(Library.Text());");
        return source;
    }

    private static string LibrarySource(string text) =>
        $$"""public static class Library { public static string Text() => "{{text}}"; }""";
}
