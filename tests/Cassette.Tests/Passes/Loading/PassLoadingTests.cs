using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Cassette.Fody.Passes;
using Cassette.Fody.Passes.Loading;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Xunit;

namespace Cassette.Tests.Passes.Loading;

/// <summary>How pass assemblies come into the weaver's process and go again.</summary>
public sealed class PassLoadingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cassette");

    /// <summary>Where assemblies live: a load context of their own on .NET, the application domain on .NET Framework, whose way works on .NET too.</summary>
    public static TheoryData<string> Hosts => ["load context", "application domain"];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, MemberData(nameof(Hosts))]
    public void Two_builds_of_a_pass_are_two_passes_in_one_process(string host)
    {
        var first = Load(host, "first", Saying("one"));
        var second = Load(host, "second", Saying("two"));

        Assert.Equal(["one", "two", "one"], new[] { first, second, first }.Select(pass => pass.ToString()));
        Assert.NotSame(first.GetType(), second.GetType());
    }

    [Theory, MemberData(nameof(Hosts))]
    public void The_file_can_be_replaced_while_the_pass_is_loaded(string host)
    {
        var pass = Load(host, "replaced", Saying("old"));
        string path = pass.GetType().Assembly.Location;

        // No file: nothing that a build could find in its way.
        Assert.Equal("", path);
        Assert.Equal("new", Load(host, "replaced", Saying("new")).ToString());
        Assert.Equal("old", pass.ToString());
    }

    [Theory, MemberData(nameof(Hosts))]
    public void It_gets_the_weavers_own_assemblies_even_where_others_lie_beside_it(string host)
    {
        string folder = _folder.CreateSubdirectory("own").FullName;
        foreach (Assembly shared in new[] { typeof(IPass).Assembly, typeof(ModuleDefinition).Assembly })
            File.Copy(shared.Location, Path.Combine(folder, Path.GetFileName(shared.Location)));

        IPass pass = Load(host, "own", Pass("Teller", "public override string ToString() => typeof(Mono.Cecil.Cil.Code).Assembly.Location;"));

        Assert.Equal(typeof(ModuleDefinition).Assembly.Location, pass.ToString());
    }

    [Theory, MemberData(nameof(Hosts))]
    public void What_it_needs_comes_from_its_own_folder(string host)
    {
        CompiledProgram Helper(string text) => CompiledProgram.Compile("Helper", OptimizationLevel.Debug, [], $$"""public static class Helper { public static string Text => "{{text}}"; }""");
        Source teller = Pass("Teller", "public override string ToString() => Helper.Text;");

        IPass first = Load(host, "a", PassProgram.Compile("Passes", [Helper("from a")], teller));
        IPass second = Load(host, "b", PassProgram.Compile("Passes", [Helper("from b")], teller));

        Assert.Equal("from a", first.ToString());
        Assert.Equal("from b", second.ToString());
    }

    [Fact]
    public void Its_own_library_goes_before_one_of_that_name_in_the_process()
    {
        // The test process has this library too, as MSBuild has libraries of its own.
        CompiledProgram fake = CompiledProgram.Compile("Newtonsoft.Json", OptimizationLevel.Debug, [], "public static class OnlyHere { public static string Text => \"mine\"; }");
        Assert.NotEqual("", typeof(Newtonsoft.Json.JsonConvert).Assembly.Location);

        IPass pass = Load("load context", "prior", PassProgram.Compile("Passes", [fake], Pass("Teller", "public override string ToString() => OnlyHere.Text;")));

        Assert.Equal("mine", pass.ToString());
    }

    [Fact]
    public void A_load_context_goes_when_the_weave_is_over()
    {
        WeakReference assembly = LoadAndForget();
        for (int i = 0; i < 20 && assembly.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(assembly.IsAlive);
    }

    [Fact]
    public void Nothing_is_loaded_that_no_context_asks_for()
    {
        string text = Path.Combine(_folder.FullName, "NoAssembly.dll");
        File.WriteAllText(text, "not an assembly");
        using var library = new PassLibrary([text, Path.Combine(_folder.FullName, "Missing.dll")]);

        Assert.Empty(library.Assemblies);
        Assert.Equal([text, Path.Combine(_folder.FullName, "Missing.dll")], library.Unreadable.Keys);
    }

    /// <summary>A pass that says a text.</summary>
    internal static Source Pass(string name, string members) => new(
        $"/src/{name}.cs",
        $$"""
        using Cassette.Fody.Metadata;
        using Cassette.Fody.Passes;

        public class {{name}} : IPass
        {
            public PassResult Run(TypeSymbol context, Reflection reflection) => PassResult.Overdub(reflection.Body);
            {{members}}
        }
        """);

    private static PassProgram Saying(string text) =>
        PassProgram.Compile("Passes", [], Pass("Teller", $"public override string ToString() => \"{text}\";"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference LoadAndForget()
    {
        string path = Saying("gone").WriteTo(Path.Combine(_folder.FullName, "gone"));
        using var library = new PassLibrary([path]);
        IPass pass = new PassLoader(library, new DiagnosticBag()).Load(new PassRequest("Teller", null, null))!.Pass;
        Assert.Equal("gone", pass.ToString());
        return new WeakReference(pass.GetType().Assembly);
    }

    private IPass Load(string host, string folder, Source source) => Load(host, folder, PassProgram.Compile("Passes", [], source));

    private IPass Load(string host, string folder, PassProgram program)
    {
        string path = program.WriteTo(Path.Combine(_folder.FullName, folder));
        // Not disposed of, so that what was loaded before is still there.
        var library = new PassLibrary([path], (name, resolve) => host == "load context" ? new LoadContextHost(name, resolve) : new AppDomainHost(resolve));
        var diagnostics = new DiagnosticBag();
        LoadedPass? pass = new PassLoader(library, diagnostics).Load(new PassRequest("Teller", "Passes", null));
        Assert.Equal([], diagnostics.Select(found => found.ToString()));
        return pass!.Pass;
    }
}
