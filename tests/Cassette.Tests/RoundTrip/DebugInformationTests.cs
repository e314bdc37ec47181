using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Tests.Verification;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.RoundTrip;

/// <summary>What debuggers are told: sequence points, scopes, names of locals, constants, imports.</summary>
public class DebugInformationTests(ITestOutputHelper output)
{
    public static TheoryData<string> Own => [typeof(BodyImporter).Assembly.Location, typeof(DebugInformationTests).Assembly.Location];

    [Theory]
    [MemberData(nameof(Own))]
    public void It_is_the_same_afterwards(string path)
    {
        using var original = Load(path);
        using var copy = new Reemission(Load(path), path).Read();
        var (points, scopes) = (0, 0);
        foreach (var (was, @is) in CorpusRoundTripTests.Pairs(original, copy))
        {
            Assert.Equal(was.Body.CodeSize, @is.Body.CodeSize);
            var expected = was.DebugInformation.SequencePoints.Select(Text).ToList();
            Assert.Equal(expected, @is.DebugInformation.SequencePoints.Select(Text));
            points += expected.Count;
            var expectedScopes = Scopes(was.DebugInformation.Scope, was.Body.CodeSize, 0).ToList();
            Assert.Equal(expectedScopes, Scopes(@is.DebugInformation.Scope, @is.Body.CodeSize, 0));
            scopes += expectedScopes.Count;
            Assert.Equal(Custom(was), Custom(@is));
        }
        output.WriteLine($"{System.IO.Path.GetFileName(path)}: {points} sequence points, {scopes} lines about scopes");
        Assert.True(points > 4_000, $"only {points} sequence points");
        Assert.True(scopes > 1_000, $"only {scopes} lines about scopes");
    }

    [Fact]
    public void Places_where_an_async_method_suspends_move_with_its_code()
    {
        const string source = "using System.Threading.Tasks; public class C { public static async Task<int> M(int x) { await Task.Yield(); try { await Task.Delay(x); } finally { x++; } return x; } }";
        var original = new CompiledSource(source).Module;
        var sample = new CompiledSource(source);
        var method = sample.Method("MoveNext");
        var expected = Async(original.GetTypes().SelectMany(t => t.Methods).Single(m => m.Name == "MoveNext"));
        var body = sample.Import("MoveNext");
        // Three bytes at the very start push everything down.
        var editor = new BodyEditor(body);
        editor.Insert(body.Blocks[0], 0, [new(Code.Nop), new(Code.Nop), new(Code.Nop)]);
        new Cassette.Fody.Emission.BodyEmitter(new Cassette.Fody.Emission.SymbolImporter(sample.Module)).Emit(body, method);
        var actual = Async(method);
        Assert.Equal(2, expected.Yields.Count);
        Assert.Equal(expected.Yields.Select(y => y.Offset + 3), actual.Yields.Select(y => y.Offset));
        Assert.Equal(expected.Resumes.Select(r => r.Offset + 3), actual.Resumes.Select(r => r.Offset));
    }

    private static AsyncMethodBodyDebugInformation Async(MethodDefinition method) => method.Body is null ? null! : method.CustomDebugInformations.OfType<AsyncMethodBodyDebugInformation>().Single();

    private static ModuleDefinition Load(string path) => ModuleDefinition.ReadModule(path, new ReaderParameters
    {
        AssemblyResolver = Corpus.Resolver(),
        InMemory = true,
        ReadSymbols = true,
        SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: true),
    });

    private static string Text(SequencePoint point) =>
        string.Create(CultureInfo.InvariantCulture, $"{point.Offset} {point.Document.Url} {point.StartLine},{point.StartColumn}-{point.EndLine},{point.EndColumn}");

    private static IEnumerable<string> Scopes(ScopeDebugInformation? scope, int end, int depth)
    {
        if (scope is null)
            yield break;
        yield return $"{depth}: {scope.Start.Offset}-{(scope.End.IsEndOfMethod ? end : scope.End.Offset)} {Import(scope.Import)}";
        foreach (var variable in scope.Variables)
            yield return $"{depth}: {variable.Index} {variable.Name} {variable.Attributes}";
        foreach (var constant in scope.Constants)
            yield return $"{depth}: {constant.ConstantType.FullName} {constant.Name} = {constant.Value}";
        foreach (var child in scope.Scopes)
        {
            foreach (var line in Scopes(child, end, depth + 1))
                yield return line;
        }
    }

    private static string Import(ImportDebugInformation? import) =>
        import is null ? "" : string.Join(",", import.Targets.Select(t => $"{t.Kind} {t.Namespace} {t.Alias} {t.Type?.FullName}")) + "<" + Import(import.Parent);

    /// <summary>Where the parts of a state machine are (async and iterators).</summary>
    private static IEnumerable<string> Custom(MethodDefinition method)
    {
        foreach (var information in method.CustomDebugInformations)
        {
            yield return information switch
            {
                StateMachineScopeDebugInformation scopes => "scopes " + string.Join(",", scopes.Scopes.Select(s => $"{s.Start.Offset}-{(s.End.IsEndOfMethod ? method.Body.CodeSize : s.End.Offset)}")),
                AsyncMethodBodyDebugInformation async => $"async {async.CatchHandler.Offset} {string.Join(",", async.Yields.Select(y => y.Offset))} {string.Join(",", async.Resumes.Select(r => r.Offset))} {string.Join(",", async.ResumeMethods.Select(m => m.FullName))}",
                _ => information.Kind.ToString(),
            };
        }
    }
}
