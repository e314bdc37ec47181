using System;
using System.IO;

using Xunit;

namespace Cassette.BuildTests;

/// <summary>Fody's faults: a failed weave is forgotten by the next build, and misspelled settings are ignored.</summary>
[Collection(Builds.Name)]
public sealed class GuardTests(PackageFeed feed)
{
    [Fact]
    public void A_misspelled_attribute_fails_every_build_at_its_place_until_it_is_corrected()
    {
        var project = new ConsumerProject(feed, "misspelled");
        project.Configure("""<Cassette Strct="true" />""");

        for (int build = 0; build < 2; build++)
        {
            CommandResult result = project.Build().FailsWith("CAS103");
            Assert.Matches(@"FodyWeavers\.xml\(2,13\)\s*: error CAS103: .*Strct", result.Output);
            AssertNothingRuns(project);
        }

        project.Configure("<Cassette />");
        project.Rebuild().Succeeds();
        Assert.True(ConsumerProject.IsWoven(project.Output));
        Assert.Equal("ran", project.Run().Succeeds().Output.Trim());
    }

    [Fact]
    public void A_misspelled_attribute_in_the_solutions_file_is_reported_there()
    {
        var project = new ConsumerProject(feed, "misspelled-above");
        project.Configure("");
        string file = Path.Combine(project.SolutionDirectory, "FodyWeavers.xml");
        File.WriteAllText(file, """<Weavers><Cassette Strct="true" /></Weavers>""");

        CommandResult result = project.Build().FailsWith("CAS103");

        Assert.Contains(file + "(1,20): error CAS103", result.Output);
        AssertNothingRuns(project);
    }

    [Fact]
    public void A_weave_that_fails_before_the_weaver_runs_fails_every_build()
    {
        var project = new ConsumerProject(feed, "malformed");
        project.Configure("<Cassette>");

        for (int build = 0; build < 2; build++)
        {
            Assert.NotEqual(0, project.Build().ExitCode);
            AssertNothingRuns(project);
        }
    }

    [Fact]
    public void Switching_Fody_off_is_an_error_and_switching_Cassette_off_is_not()
    {
        var project = new ConsumerProject(feed, "off");

        project.Build("-p:DisableFody=true").FailsWith("CAS652");
        AssertNothingRuns(project);
        project.Rebuild("-p:DisableFody=true").FailsWith("CAS652");
        AssertNothingRuns(project);

        project.Rebuild("-p:CassetteEnabled=false").Succeeds();
        Assert.False(ConsumerProject.IsWoven(project.Output));

        // The unwoven assembly in bin is from a build that asked for it; one that does not must not leave it.
        project.Configure("""<Cassette Strct="true" />""");
        project.Rebuild().FailsWith("CAS103");
        AssertNothingRuns(project);

        project.Configure("<Cassette />");
        project.Rebuild().Succeeds();
        Assert.True(ConsumerProject.IsWoven(project.Output));
    }

    [Theory]
    [InlineData("CAS651", "-p:TargetsTriggeredByCompilation=")]
    [InlineData("CAS654", "-p:CassetteWeaverFile=missing.dll")]
    public void A_build_that_leaves_the_weaver_out_fails(string code, string argument)
    {
        var project = new ConsumerProject(feed, code);

        project.Build(argument).FailsWith(code);
        AssertNothingRuns(project);
    }

    [Fact]
    public void A_configuration_without_the_weaver_is_an_error()
    {
        var project = new ConsumerProject(feed, "unconfigured");
        project.Build().Succeeds();
        project.Configure("");

        project.Rebuild().FailsWith("CAS653");
        Assert.Empty(project.UnwovenAssemblies());
    }

    [Fact]
    public void An_interrupted_weave_is_made_up_for()
    {
        var project = new ConsumerProject(feed, "interrupted");
        project.Build().Succeeds();
        byte[] whole = File.ReadAllBytes(project.Output);

        // As a process that is killed while it writes the assembly leaves it.
        File.Delete(Path.ChangeExtension(project.Intermediate, ".cassette.woven"));
        File.WriteAllBytes(project.Intermediate, whole.AsSpan(0, whole.Length / 2));
        project.Rebuild().Succeeds();

        Assert.Equal(whole, File.ReadAllBytes(project.Output));
    }

    private static void AssertNothingRuns(ConsumerProject project)
    {
        Assert.Empty(project.UnwovenAssemblies());
        Assert.False(File.Exists(project.Intermediate));
        Assert.False(File.Exists(project.Output));
    }
}
