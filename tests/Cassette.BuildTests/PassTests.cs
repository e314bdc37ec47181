using System;
using System.IO;
using System.Linq;

using Xunit;

namespace Cassette.BuildTests;

/// <summary>Passes in real builds: their projects come first, what they make is woven, and nothing of them is left in the program.</summary>
[Collection(Builds.Name)]
public sealed class PassTests(PackageFeed feed)
{
    private const string Program = """
        using System;
        using Cassette;

        Console.WriteLine($"{Model.Seven()} {new Ctx().Overdub(Model.Seven)} {typeof(Ctx).GetCustomAttributes(false).Length > 0}");

        static class Model { public static int Seven() => 7; }

        [Pass(typeof(MyTools.ChangeNumbers))]
        public readonly record struct Ctx : IContext;
        """;

    [Theory]
    [InlineData("netstandard2.0")]
    [InlineData("net10.0")]
    public void A_pass_project_is_built_first_and_a_changed_pass_weaves_again(string framework)
    {
        (ConsumerProject project, PassProject pass) = Create("pass-" + framework, framework);

        project.Build().Succeeds();
        Assert.Equal("7 8 True", project.Run().Succeeds().Output.Trim());
        Assert.Equal(
            ["App.dll", "Cassette.Attributes.dll"],
            Directory.GetFiles(Path.GetDirectoryName(project.Output)!, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));

        DateTime? first = project.LastWeave;
        project.Rebuild().Succeeds();
        Assert.Equal(first, project.LastWeave);

        pass.Write("number * 10");
        project.Rebuild().Succeeds();
        Assert.Equal("7 70 True", project.Run().Succeeds().Output.Trim());
    }

    [Fact]
    public void A_reference_without_the_second_attribute_works()
    {
        (ConsumerProject project, _) = Create("pass-plain", reference: PassProject.Reference.Replace(" ReferenceOutputAssembly=\"false\"", ""));

        project.Build().Succeeds();

        Assert.Equal("7 8 True", project.Run().Succeeds().Output.Trim());
    }

    [Fact]
    public void A_process_that_lives_through_two_builds_runs_the_pass_of_each()
    {
        (ConsumerProject project, PassProject pass) = Create("pass-node");
        project.Build().Succeeds();
        string second = Path.Combine(project.SolutionDirectory, "Second.cs");
        File.WriteAllText(second, PassProject.Text("number * 10"));
        string both = Path.Combine(project.SolutionDirectory, "Both.proj");
        // In one process, as an editor's builds are; the property makes the second one a build of its own.
        File.WriteAllText(both, $"""
            <Project>
              <Target Name="Build">
                <MSBuild Projects="App/App.csproj" Targets="Rebuild" Properties="Round=1" />
                <Exec Command="dotnet &quot;{project.Output}&quot;" />
                <Copy SourceFiles="{second}" DestinationFiles="{pass.Source}" />
                <MSBuild Projects="App/App.csproj" Targets="Rebuild" Properties="Round=2" />
                <Exec Command="dotnet &quot;{project.Output}&quot;" />
              </Target>
            </Project>
            """);

        CommandResult result = Dotnet.Run(project.SolutionDirectory, "msbuild", "Both.proj", "-m:1", "-nodeReuse:false", "-nologo").Succeeds();

        Assert.Equal(["7 8 True", "7 70 True"], result.Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("7 ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_pass_that_fails_leaves_no_assembly_and_is_told_with_its_line()
    {
        (ConsumerProject project, PassProject pass) = Create("pass-fails");
        pass.Write("number / (number - 7)");

        CommandResult first = project.Build().FailsWith("CAS371");
        CommandResult second = project.Rebuild().FailsWith("CAS371");

        Assert.Contains("ChangeNumbers.cs(12,", first.Output);
        Assert.Contains("'MyTools.ChangeNumbers' threw System.DivideByZeroException for 'Model.Seven()'", first.Output);
        Assert.Contains("ChangeNumbers.cs(12,", second.Output);
        Assert.Empty(project.UnwovenAssemblies());
        Assert.False(File.Exists(project.Output));

        pass.Write("number + 2");
        project.Rebuild().Succeeds();
        Assert.Equal("7 9 True", project.Run().Succeeds().Output.Trim());
    }

    [Fact]
    public void A_pass_assembly_that_is_missing_is_an_error_of_the_build()
    {
        (ConsumerProject project, _) = Create("pass-unlisted", reference: "");
        project.Write("Program.cs", Program.Replace("typeof(MyTools.ChangeNumbers)", "\"MyTools.ChangeNumbers, MyPass\""));

        Assert.Contains("OutputItemType=\"CassettePassAssembly\"", project.Build().FailsWith("CAS352").Output);
    }

    [Fact]
    public void A_package_brings_contexts_rules_and_passes_together()
    {
        string directory = Path.Combine(feed.Root, "tool");
        _ = new PassProject(feed, directory);
        string tool = Path.Combine(directory, "MyTool");
        Directory.CreateDirectory(tool);
        File.WriteAllText(Path.Combine(tool, "MyTool.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Version>1.2.3</Version>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Cassette.Fody" Version="{feed.Version}" PrivateAssets="none" />
              </ItemGroup>
              {PassProject.Reference}
            </Project>
            """);
        File.WriteAllText(Path.Combine(tool, "FodyWeavers.xml"), "<Weavers><Cassette /></Weavers>");
        File.WriteAllText(Path.Combine(tool, "Tool.cs"), """
            using System.Collections.Generic;
            using Cassette;

            namespace MyTools;

            [Pass(typeof(ChangeNumbers))]
            public readonly record struct ToolCtx(List<string> Metadata) : IContext<List<string>>;

            [Rules(typeof(ToolCtx))]
            public static class ToolRules
            {
                [Prehook]
                public static void Before(ToolCtx ctx, JoinPoint f) => ctx.Metadata.Add(f.Name);
            }
            """);
        Dotnet.Run(tool, "pack", "--nologo", "-o", Path.Combine(feed.Root, "feed")).Succeeds();

        var project = new ConsumerProject(feed, "tool-user");
        project.ReferencePackage("MyTool", "1.2.3");
        project.Write("Program.cs", """
            using System;
            using System.Collections.Generic;
            using Cassette;

            var log = new List<string>();
            int inside = new MyTools.ToolCtx(log).Overdub(() => Model.Sum());
            Console.WriteLine($"{inside} {Model.Sum()} {string.Join(",", log)}");

            static class Model
            {
                static int Seven() => 7;
                static int Two() => 2;
                public static int Sum() => Seven() + Two();
            }
            """);
        project.Build().Succeeds();

        // 7 + 1 and 2 + 1 inside; the lambda's call of Sum is seen, and the two in it.
        Assert.Equal("11 9 Sum,Seven,Two", project.Run().Succeeds().Output.Trim());
        Assert.Equal(
            ["App.dll", "Cassette.Attributes.dll", "MyTool.dll"],
            Directory.GetFiles(Path.GetDirectoryName(project.Output)!, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private (ConsumerProject Project, PassProject Pass) Create(string solution, string framework = "netstandard2.0", string? reference = null)
    {
        var project = new ConsumerProject(feed, solution);
        var pass = new PassProject(feed, project.SolutionDirectory, framework);
        project.AddToProject(reference ?? PassProject.Reference);
        project.Write("Program.cs", Program);
        return (project, pass);
    }
}
