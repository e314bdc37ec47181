using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Cassette.Benchmarks.Weaving;

/// <summary>
/// An assembly of a given number of methods, all of them reachable from one entry: classes of ten methods each, with loops, locals, calls
/// within and between the classes, virtual and interface calls, generics, structs, handlers and closures.
/// </summary>
internal sealed class GeneratedAssembly
{
    /// <summary>The methods that a class of <see cref="WriteClass"/> has, constructor, lambda and display class included.</summary>
    private const int MethodsPerClass = 14;

    /// <param name="methods">How many methods it has, about.</param>
    /// <param name="isNested">
    /// Whether the methods run under stacks of one, two and three contexts: the entries are inside lambdas that show their delegates.
    /// </param>
    public GeneratedAssembly(int methods, bool isNested = false)
    {
        var source = new StringBuilder();
        int classes = Math.Max(1, methods / MethodsPerClass);
        WriteFrame(source, classes, isNested ? Nested : "new Ctx(new long[1]).Overdub(All)");
        for (int i = 0; i < classes; i++)
            WriteClass(source, i, classes);
        (Image, Symbols) = Compile(source.ToString());
    }

    public byte[] Image { get; }

    public byte[] Symbols { get; }

    public static string[] References { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "Cassette.Attributes.dll" or "Cassette.dll")];

    private const string Nested = """
        new Ctx(new long[1]).Overdub(() => All())
                    + new MiddleCtx(new long[1]).Overdub(() => new Ctx(new long[1]).Overdub(() => All()))
                    + new OuterCtx(new long[1]).Overdub(() => new MiddleCtx(new long[1]).Overdub(() => new Ctx(new long[1]).Overdub(() => All())))
        """;

    private static void WriteFrame(StringBuilder source, int classes, string entry)
    {
        source.AppendLine("""
            using System;
            using System.Collections.Generic;
            using Cassette;

            namespace Generated;

            public readonly record struct Ctx(long[] Metadata) : IContext<long[]>;

            public readonly record struct MiddleCtx(long[] Metadata) : IContext<long[]>;

            public readonly record struct OuterCtx(long[] Metadata) : IContext<long[]>;

            public interface IUnit { int Step(int x); }

            public abstract class Unit : IUnit
            {
                protected int state;
                public abstract int Step(int x);
                public virtual int Fold(int x) => x + state;
            }

            public struct Pair
            {
                public int A, B;
                public Pair(int a, int b) { A = a; B = b; }
            }

            public static class Start
            {
            """);
        source.AppendLine($"    public static int Enter() => {entry};");
        source.AppendLine("""

                private static int All()
                {
                    int sum = 0;
            """);
        // Each part is a method of its own, as no author's method grows with the assembly.
        int parts = (classes + 99) / 100;
        for (int p = 0; p < parts; p++)
            source.AppendLine($"        sum += Part{p}();");
        source.AppendLine("        return sum;\n    }");
        for (int p = 0; p < parts; p++)
        {
            source.AppendLine($"    private static int Part{p}()\n    {{\n        int sum = 0;");
            for (int i = p * 100; i < Math.Min(classes, p * 100 + 100); i++)
                source.AppendLine($"        sum += new Class{i}({i}).Run(sum);");
            source.AppendLine("        return sum;\n    }");
        }

        source.AppendLine("}");
    }

    private static void WriteClass(StringBuilder source, int i, int classes)
    {
        string near = $"Class{(i + 1) % classes}", far = $"Class{(i * 31 + 7) % classes}";
        source.AppendLine($$"""
            public class Class{{i}} : Unit
            {
                private readonly int[] items;
                private string name = "";

                public Class{{i}}(int seed)
                {
                    items = new int[8];
                    for (int k = 0; k < items.Length; k++)
                        items[k] = seed * k;
                }

                public int Count => items.Length;

                public string Name { get => name; set => name = value; }

                public override int Step(int x) => x * {{i}} + Helper(x, 3);

                public override int Fold(int x) => base.Fold(x) ^ Count;

                public int Run(int x)
                {
                    int total = 0;
                    for (int k = 0; k < Count; k++)
                    {
                        if (k % 2 == 0)
                            total += Step(items[k]);
                        else
                            total -= {{near}}.Helper(total, k);
                    }
                    IUnit unit = this;
                    total += unit.Step(total) + Transform(total) + Guarded(Name) + Pick(items, x);
                    return Fold(total) + (int){{far}}.Mean(new Pair(total, x));
                }

                public static int Helper(int a, int b)
                {
                    int result = a;
                    while (b > 0)
                    {
                        result = result * 31 + b;
                        b--;
                    }
                    return result;
                }

                public static double Mean(Pair pair)
                {
                    double sum = pair.A + (double)pair.B;
                    return Math.Sqrt(Math.Abs(sum) / 2.0) + {{near}}.Helper(pair.A, pair.B & 7);
                }

                private int Transform(int x)
                {
                    int local = x + {{i}};
                    Func<int, int> add = y => y + local + state;
                    int sum = 0;
                    foreach (int item in items)
                        sum += add(item);
                    return sum;
                }

                private int Guarded(string text)
                {
                    try
                    {
                        Name = text + "{{i}}";
                        return Name.Length > 5 ? Helper(Name.Length, 2) : throw new InvalidOperationException(text);
                    }
                    catch (InvalidOperationException e) when (e.Message.Length >= 0)
                    {
                        return e.Message.Length;
                    }
                    finally
                    {
                        state++;
                    }
                }

                private static T Pick<T>(T[] from, int index)
                {
                    var list = new List<T>(from);
                    list.Reverse();
                    return list[(index & 0x7fffffff) % list.Count];
                }
            }
            """);
    }

    private static (byte[] Image, byte[] Symbols) Compile(string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), path: "/generated/Generated.cs");
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true);
        IEnumerable<MetadataReference> references = References.Select(r => MetadataReference.CreateFromFile(r));
        using MemoryStream image = new(), symbols = new();
        EmitResult result = CSharpCompilation.Create("Generated", [tree], references, options)
            .Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        return result.Success
            ? (image.ToArray(), symbols.ToArray())
            : throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics.Take(10)));
    }
}
