using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.Reporting;

/// <summary>Programs whose reports are tested.</summary>
internal static class ReportPrograms
{
    public const string Directory = "/src/";

    /// <summary>
    /// A call that leaves for each reason. What has to be reported stands behind each line: the code, with <c>!</c> where the call leaves
    /// unintended. Lines without a comment have no call that leaves.
    /// </summary>
    public const string AllReasons = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;
        using Cassette;

        // No records: what the compiler writes for them has no lines.
        public readonly struct Ctx : IContext;
        public readonly struct Other : IContext;
        public delegate int Step(int x);

        public static class Program
        {
            public static void Main() => new Ctx().Overdub(Work.All, 1);
        }

        public static class Left { public static int Out(int x) => x; }

        public interface IZero { static abstract int Zero(); }
        public struct Zero : IZero { static int IZero.Zero() => 0; }

        public class Thing : IComparable<Thing>
        {
            public override string ToString() => "thing";
            public int CompareTo(Thing other) => 0;
        }

        public class Writer : StringWriter
        {
            public override void Flush() { }
        }

        public static class Work
        {
            [NoOverdub] public static int Marked(int x) => x;
            [DllImport("libc")] public static extern int getpid();
            public static int Plain(int x) => x + 1;
            public static async Task<int> Later() { await Task.Yield(); return 1; } // CAS519
            public static IEnumerable<int> Many() { yield return 1; }
            [System.Runtime.CompilerServices.IteratorStateMachine(typeof(List<int>))] public static IEnumerable<int> ByHand() => [1];
            public static int Variable(int x, __arglist) => x;
            public static unsafe int Pointed(delegate*<int, int> f, int x) => f(x); // CAS517
            public static int Broken(int x) => x;
            public static int Static<T>() where T : IZero => T.Zero(); // CAS507
            public static string Show(object o) => o.ToString(); // CAS507
            public static int Compare(IComparable<Thing> c) => c.CompareTo(null); // CAS507
            public static void FlushAny(StringWriter w) => w.Flush(); // CAS507
            public static void FlushStream(Stream s) => s.Flush(); // CAS507
            public static void Each(List<int> list, Action<int> action) => list.ForEach(action); // CAS519
            public static IntPtr Point(Delegate any) => Marshal.GetFunctionPointerForDelegate(any); // CAS512!
            public static void Keep(List<Action<int>> list, Action<int> action) => list.Add(action); // CAS519

            public static unsafe void All(int x)
            {
                Plain(x);
                Math.Abs(x); // CAS519
                MathNet.Numerics.SpecialFunctions.Gamma(x); // CAS511
                Marked(x); // CAS508
                Left.Out(x); // CAS509
                getpid(); // CAS501!
                Later();
                Many();
                ByHand(); // CAS506!
                Variable(x, __arglist(x)); // CAS502!
                Pointed(&Plain, x);
                Broken(x); // CAS504!
                Static<Zero>();
                Show(x);
                Compare(null);
                FlushAny(null);
                FlushStream(null);
                Each(null, null);
                Keep(null, null);
                Point(null);
                new Other().Overdub(Plain, x);
                new Ctx().Overdub(Plain, x);
                typeof(Work).GetMethod("Plain").Invoke(null, null); // CAS510! CAS519 CAS519
                Call(Plain);
            }

            public static int Call(Step step) => step(1);
            public static Step Refused() => [NoOverdub] (x) => x; // CAS508
        }
        """;

    public const string AllReasonsConfiguration = """<Cassette Report="true"><Exclude>Left</Exclude></Cassette>""";

    /// <summary>The program above with a body that cannot be typed, which C# has no words for.</summary>
    public static CompiledProgram CompileAllReasons() => Edit(
        CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Program.cs", AllReasons)),
        module =>
        {
            TypeDefinition work = module.GetType("Work");
            Replace(work, "Broken", il => { il.Emit(OpCodes.Pop); il.Emit(OpCodes.Ret); });
        });

    /// <summary>Line, code and intention of each call that the comments of a source announce, in the order of the lines.</summary>
    public static IEnumerable<(int Line, string Code, bool IsIntended)> Announced(string source) => source.Split('\n')
        .SelectMany((line, index) => Regex.Matches(line, "(?<=//.*)(CAS[0-9]{3})(!?)")
            .Select(match => (index + 1, match.Groups[1].Value, match.Groups[2].Length == 0)));

    private static CompiledProgram Edit(CompiledProgram program, Action<ModuleDefinition> edit)
    {
        using var resolver = new PlatformResolver(new Dictionary<string, byte[]>());
        using var module = ModuleDefinition.ReadModule(new MemoryStream(program.Image), new ReaderParameters
        {
            AssemblyResolver = resolver,
            ReadSymbols = true,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            SymbolStream = new MemoryStream(program.Symbols),
        });
        edit(module);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        module.Write(image, new WriterParameters { WriteSymbols = true, SymbolWriterProvider = new PortablePdbWriterProvider(), SymbolStream = symbols });
        return program with { Image = image.ToArray(), Symbols = symbols.ToArray() };
    }

    /// <summary>Gives a method another body, in the line of the old one.</summary>
    private static void Replace(TypeDefinition type, string name, Action<ILProcessor> write)
    {
        MethodDefinition method = type.Methods.Single(candidate => candidate.Name == name);
        SequencePoint point = method.DebugInformation.SequencePoints[0];
        method.Body.Instructions.Clear();
        method.DebugInformation.SequencePoints.Clear();
        write(method.Body.GetILProcessor());
        method.DebugInformation.SequencePoints.Add(new SequencePoint(method.Body.Instructions[0], point.Document)
        {
            StartLine = point.StartLine, StartColumn = point.StartColumn, EndLine = point.EndLine, EndColumn = point.EndColumn,
        });
    }
}
