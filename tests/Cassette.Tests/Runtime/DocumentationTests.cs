using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Cassette.Tests.Runtime;

/// <summary>The examples of the documentation compile.</summary>
public class DocumentationTests
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using Cassette;

        """;

    // What the examples take for granted.
    private static readonly (string Name, string Source)[] Surroundings =
    [
        ("Tree", "class Tree { public static int Count(Tree tree) => 1; }"),
        ("Log", "static class Log { public static void Write(string text) { } }"),
        ("Ctx", "readonly record struct Ctx : IContext;"),
        ("CountCtx", "readonly record struct CountCtx(int[] Metadata) : IContext<int[]>;"),
        ("NumericCtx", "readonly record struct NumericCtx : IContext;"),
        ("DumpCtx", "readonly record struct DumpCtx : IContext;"),
        ("CosineCtx", "readonly record struct CosineCtx : IContext;"),
        ("WideCtx", "readonly record struct WideCtx(int[] Metadata) : IContext<int[]>;"),
        ("TraceCtx", "readonly record struct TraceCtx(List<string> Metadata) : IContext<List<string>>;"),
    ];

    public static TheoryData<string, string> Examples()
    {
        var data = new TheoryData<string, string>();
        XDocument documentation = XDocument.Load(Path.ChangeExtension(typeof(IContext).Assembly.Location, ".xml"));
        foreach (XElement member in documentation.Descendants("member"))
        {
            int number = 0;
            string source = "";
            foreach (XElement code in member.Elements("example").Elements("code"))
            {
                // The later blocks of one example go on where the first left off.
                source += code.Value + "\n";
                if (!code.Value.TrimStart().StartsWith('<'))
                    data.Add($"{member.Attribute("name")!.Value} #{++number}", source);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Examples_compile(string member, string source)
    {
        string surroundings = string.Join("\n", Surroundings
            .Where(s => source.Contains(s.Name, StringComparison.Ordinal)
                && !source.Contains($"struct {s.Name}", StringComparison.Ordinal))
            .Select(s => s.Source));
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            Usings + surroundings + "\n" + source,
            new CSharpParseOptions(LanguageVersion.Preview, kind: SourceCodeKind.Script));
        var compilation = CSharpCompilation.CreateScriptCompilation(
            "Example", tree, References(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        IEnumerable<string> errors = compilation.GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => d.ToString());

        Assert.True(!errors.Any(), $"{member}\n{string.Join("\n", errors)}\n{tree}");
    }

    [Fact]
    public void Every_word_of_the_public_face_has_an_example()
    {
        string[] withoutOne = ["ContextEntry", "ContextHooks", "Access", "RuleAttribute", "JoinPointParameter", "NotWovenException", "WithoutHooks`1"];
        XDocument documentation = XDocument.Load(Path.ChangeExtension(typeof(IContext).Assembly.Location, ".xml"));
        HashSet<string> documented = [.. documentation.Descendants("member")
            .Where(m => m.Element("example") is not null)
            .Select(m => m.Attribute("name")!.Value)];

        foreach (Type type in typeof(IContext).Assembly.GetExportedTypes().Where(t => t.Namespace == "Cassette"))
            Assert.True(documented.Contains($"T:{type.FullName}") != withoutOne.Contains(type.Name), type.Name);
        foreach (string entry in (string[])["Overdub", "Recurse", "Fallback", "CanRecurse"])
            Assert.Contains(documented, name => name.StartsWith($"M:Cassette.ContextEntry.{entry}``", StringComparison.Ordinal));
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(IContext).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
}
