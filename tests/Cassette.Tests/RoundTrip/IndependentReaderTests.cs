using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text.RegularExpressions;
using Cassette.Tests.Verification;
using ICSharpCode.Decompiler;
using ICSharpCode.Decompiler.CSharp;
using ICSharpCode.Decompiler.IL;
using ICSharpCode.Decompiler.Metadata;
using ICSharpCode.Decompiler.TypeSystem;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.RoundTrip;

/// <summary>What another reader of IL, which shares no code with Cecil, makes of the emitted images.</summary>
[Collection(ReemissionCollection.Name)]
public partial class IndependentReaderTests(Reemissions reemissions, ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(Reemissions.All), MemberType = typeof(Reemissions))]
    public void Every_body_is_read_as_the_original_is(string assembly)
    {
        using var original = Open(assembly, File.ReadAllBytes(Corpus.PathOf(assembly)));
        using var copy = Open(assembly, reemissions.Of(assembly).Image);
        var (were, are) = (new Reader(original), new Reader(copy));
        var pairs = Bodies(original).Zip(Bodies(copy)).ToList();
        Assert.Equal(Bodies(original).Count(), Bodies(copy).Count());
        var (warnings, faults) = (0, new List<string>());
        foreach (var (was, @is) in pairs)
        {
            var read = are.Warnings(@is);
            if (read.Count == 0)
                continue;
            warnings++;
            // Unsafe code is strange in the original as well; only what is new counts.
            if (!read.SequenceEqual(were.Warnings(was)))
                faults.Add($"{were.NameOf(was)}: {read[0]}");
        }
        output.WriteLine($"{assembly}: {pairs.Count} bodies read, {warnings} with warnings, {faults.Count} with other warnings than the original");
        foreach (var fault in faults.Take(20))
            output.WriteLine(fault);
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(Corpus.Newtonsoft, 4)]
    [InlineData(Corpus.MathNet, 12)]
    [InlineData(Corpus.Roslyn, 60)]
    [InlineData(Corpus.CoreLib, 60)]
    public void A_sample_decompiles_to_the_same_source(string assembly, int step)
    {
        using var original = Open(assembly, File.ReadAllBytes(Corpus.PathOf(assembly)));
        using var copy = Open(assembly, reemissions.Of(assembly).Image);
        var were = Decompiler(original);
        var are = Decompiler(copy);
        var (types, characters) = (0, 0);
        foreach (var (was, @is) in TopTypes(original).Zip(TopTypes(copy)).Where((_, i) => i % step == 0))
        {
            var expected = were.DecompileTypesAsString([was]);
            // Labels are named after offsets, which a shorter encoding moves.
            Assert.Equal(Label().Replace(expected, "L"), Label().Replace(are.DecompileTypesAsString([@is]), "L"));
            types++;
            characters += expected.Length;
        }
        output.WriteLine($"{assembly}: {types} types, {characters} characters of C#");
        Assert.True(characters > 10_000);
    }

    [GeneratedRegex("IL_[0-9a-f]+")]
    private static partial Regex Label();

    private static PEFile Open(string assembly, byte[] image) => new(assembly + ".dll", new MemoryStream(image));

    private static DecompilerTypeSystem TypeSystem(PEFile file)
    {
        var resolver = new UniversalAssemblyResolver(null, false, file.DetectTargetFrameworkId());
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        return new DecompilerTypeSystem(file, resolver);
    }

    private static CSharpDecompiler Decompiler(PEFile file) => new(TypeSystem(file), new DecompilerSettings(LanguageVersion.Latest));

    private static IEnumerable<TypeDefinitionHandle> TopTypes(PEFile file) =>
        file.Metadata.TypeDefinitions.Where(t => file.Metadata.GetTypeDefinition(t).GetDeclaringType().IsNil);

    private static IEnumerable<MethodDefinitionHandle> Bodies(PEFile file) =>
        file.Metadata.MethodDefinitions.Where(m => file.Metadata.GetMethodDefinition(m).RelativeVirtualAddress > 0);

    private sealed class Reader(PEFile file)
    {
        private readonly ILReader reader = new(TypeSystem(file).MainModule) { UseDebugSymbols = false };

        public IReadOnlyList<string> Warnings(MethodDefinitionHandle method)
        {
            var definition = file.Metadata.GetMethodDefinition(method);
            var function = reader.ReadIL(method, file.GetMethodBody(definition.RelativeVirtualAddress));
            return [.. function.Warnings, .. function.Descendants.OfType<InvalidBranch>().Select(b => b.Message ?? "invalid branch"),
                .. function.Descendants.OfType<InvalidExpression>().Select(e => e.Message ?? "invalid expression")];
        }

        public string NameOf(MethodDefinitionHandle method)
        {
            var definition = file.Metadata.GetMethodDefinition(method);
            var type = file.Metadata.GetTypeDefinition(definition.GetDeclaringType());
            return $"{file.Metadata.GetString(type.Name)}.{file.Metadata.GetString(definition.Name)} {MetadataTokens.GetToken(method):x8}";
        }
    }
}
