using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>The IR of one method before and after the overdub pass reads like the seeds' own example, <c>1/2</c>.</summary>
public sealed class ReflectTests
{
    private const string Source = """
        using System;
        using Cassette;

        public readonly record struct Ctx : IContext
        {
            [Prehook]
            static void Before<T>(Ctx ctx, T x) => Console.WriteLine(x);

            [Posthook]
            static void After<TOutput, T>(Ctx ctx, TOutput output, T x) => Console.WriteLine(output);
        }

        public static class Model
        {
            public static double Divide(int x, int y) => Float(x) / Float(y);

            static double Float(int x) => x;
        }

        public static class Program
        {
            public static double Run() => new Ctx().Overdub(() => Model.Divide(1, 2));
        }
        """;

    private static readonly Regex Statement = new(
        @"(?<call>(Ctx|Model)\.[\w@]+(<[\w, ]+>)?)\((?<args>[^)]*)\)|(?<other>return)|= \S+ (?<other>/) ", RegexOptions.CultureInvariant);

    [Theory, Builds]
    public void Each_call_stands_between_its_hooks(OptimizationLevel build)
    {
        WovenProgram woven = CompiledProgram.Compile(build, new Source("/src/Model.cs", Source)).Weave().Verified();
        string before = Print(woven.Original.Image, woven.Original.Symbols, "Divide");
        string after = Print(woven.Image, woven.Symbols, "Divide@Ctx");

        Assert.Equal(["Model.Float(x)", "Model.Float(y)", "/", "return"], Operations(before));
        // The temporaries are the weaver's business, and so is the context, which has no fields; which calls stand in which order is not.
        string[] around = ["Ctx.Before<int>()", "Model.Float@Ctx()", "Ctx.After<double, int>()"];
        Assert.Equal([.. around, .. around, "/", "return"], Operations(after));
        Assert.All(after.Split('\n').Skip(1), line => Assert.DoesNotContain("Console", line, StringComparison.Ordinal));
        // Both are the author's line.
        Assert.Contains("15 1 ─", before, StringComparison.Ordinal);
        Assert.Contains("15 1 ─", after, StringComparison.Ordinal);
        Assert.Contains("Model.cs(15,", after, StringComparison.Ordinal);
    }

    /// <summary>What each line does, without the names of temporaries: calls keep those arguments that the author or the pass named.</summary>
    private static string[] Operations(string listing) =>
    [
        .. listing.Split('\n')
            .Skip(1)
            .Where(line => line.Length > 0)
            .Select(line => Statement.Match(line[..line.LastIndexOf('│')]))
            .Where(match => match.Success)
            .Select(match => match.Groups["call"] is { Success: true } call
                ? $"{call.Value}({string.Join(", ", match.Groups["args"].Value.Split(", ").Where(argument => argument is "x" or "y"))})"
                : match.Groups["other"].Value),
    ];

    private static string Print(byte[] image, byte[] symbols, string method)
    {
        using var resolver = new PlatformResolver(new System.Collections.Generic.Dictionary<string, byte[]>());
        using var module = ModuleDefinition.ReadModule(
            new MemoryStream(image),
            new ReaderParameters
            {
                AssemblyResolver = resolver,
                ReadSymbols = true,
                SymbolReaderProvider = new PortablePdbReaderProvider(),
                SymbolStream = new MemoryStream(symbols),
            });
        MethodDefinition found = module.GetType("Model").Methods.Single(candidate => candidate.Name == method);
        return IRPrinter.Print(new BodyImporter(new TypeUniverse(module)).Import(found).Body!);
    }
}
