using System;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.Intrinsics;

/// <summary>A program that has every instruction that is presented as a call, and says what each gave.</summary>
internal static class EveryIntrinsic
{
    private const string Numbers = """
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Common_T(StringBuilder o, T a, T b)
        {
            o.Append(' ').Append(unchecked((T)(a + b))).Append(' ').Append(unchecked((T)(a - b))).Append(' ').Append(unchecked((T)(a * b)));
            o.Append(' ').Append((T)(a / b)).Append(' ').Append((T)(a % b));
            bool equal = a == b, less = a < b, greater = a > b, notLess = a >= b, notGreater = a <= b, different = a != b;
            o.Append(' ').Append(equal).Append(less).Append(greater).Append(notLess).Append(notGreater).Append(different);
            int steps = 0;
            if (a == b) steps += 1;
            if (a < b) steps += 2;
            if (a > b) steps += 4;
            if (a >= b) steps += 8;
            if (a <= b) steps += 16;
            if (a != b) steps += 32;
            if (!(a < b)) steps += 64;
            if (!(a >= b)) steps += 128;
            o.Append(' ').Append(steps).AppendLine();
        }

        """;

    private const string Integers = """
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Integer_T(StringBuilder o, T a, T b, int n)
        {
            o.Append(' ').Append((T)(a & b)).Append(' ').Append((T)(a | b)).Append(' ').Append((T)(a ^ b)).Append(' ').Append((T)~a);
            o.Append(' ').Append((T)(a << n)).Append(' ').Append((T)(a >> n));
            o.Append(' ').Append(checked((T)(a + b))).Append(' ').Append(checked((T)(a - b))).Append(' ').Append(checked((T)(a * b)));
            try { o.Append(checked((T)(T.MaxValue - b + a + a))); } catch (OverflowException) { o.Append(" overflow"); }
            unchecked { o.Append(' ').Append((sbyte)a).Append((byte)a).Append((short)a).Append((ushort)a).Append((int)a).Append((uint)a).Append((long)a).Append((ulong)a).Append((nint)a).Append((nuint)a).Append((float)a).Append((double)a); }
            checked { o.Append(' ').Append((sbyte)a).Append((byte)a).Append((short)a).Append((ushort)a).Append((int)a).Append((uint)a).Append((long)a).Append((ulong)a).Append((nint)a).Append((nuint)a); }
            try { o.Append(checked((byte)(a << 8))); } catch (OverflowException) { o.Append(" overflow"); }
            o.AppendLine();
        }

        """;

    private const string Signed = """
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Signed_T(StringBuilder o, T a) => o.Append(-a).AppendLine();

        """;

    private const string Floats = """
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Float_T(StringBuilder o, T a)
        {
            unchecked { o.Append((sbyte)a).Append((byte)a).Append((short)a).Append((ushort)a).Append((int)a).Append((uint)a).Append((long)a).Append((ulong)a).Append((nint)a).Append((float)a).Append((double)a); }
            checked { o.Append((sbyte)a).Append((byte)a).Append((short)a).Append((ushort)a).Append((int)a).Append((uint)a).Append((long)a).Append((ulong)a).Append((nint)a); }
            try { o.Append(CheckFinite(a)).Append(CheckFinite(a / 0)); } catch (ArithmeticException e) { o.Append(e.GetType().Name); }
            o.AppendLine();
        }

        static T CheckFinite(T value) => throw new NotSupportedException();

        """;

    private const string Others = """
        struct Pair { public int First; public double Second; public int Sum() => First + 1; }

        public class Node { public int Value; public Node? Next; public static int Shared; public static string Name = "name"; }

        sealed class Leaf : Node { public Leaf(int value) { Value = value; } }

        static Pair MakePair(int first) => new Pair { First = first, Second = 2.5 };

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Logic(StringBuilder o, bool a, bool b) => o.Append(a & b).Append(a | b).Append(a ^ b).AppendLine();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Objects(StringBuilder o, object a, object? b, int n)
        {
            bool same = a == b, something = b != null;
            o.Append(same).Append(something).Append(a is Node).Append(a is int).Append(((Node)a).Value).Append((a as Leaf)!.Value);
            object box = n;
            o.Append((int)box).Append(UnboxSum(MakePair(n))).Append(a.GetType().Name);
            try { o.Append(((Node)box).Value); } catch (InvalidCastException) { o.Append("cast"); }
            o.AppendLine();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Fields(StringBuilder o, Node node, ref Pair place, int n)
        {
            node.Value = n;
            Node.Shared = node.Value + 1;
            Node.Name += Node.Shared;
            place.First = Node.Shared;
            ref int field = ref node.Value;
            field++;
            ref double second = ref place.Second;
            second *= 2;
            ref int shared = ref Node.Shared;
            shared += 3;
            var pair = place;
            o.Append(node.Value).Append(place.First).Append(place.Second).Append(Node.Shared).Append(Node.Name).Append(MakePair(n).Second).Append(pair.First);
            place = default;
            o.Append(place.Second).AppendLine();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Arrays(StringBuilder o, int n, long m)
        {
            var a = new int[n];
            var b = new string[m];
            a[1] = n;
            a[m - 1] = 5;
            b[0] = "zero";
            ref int one = ref a[1];
            ref int two = ref a[m - 2];
            one++;
            two += 10;
            o.Append(a.Length).Append(a[1]).Append(a[m - 1]).Append(a[m - 2]).Append(b[0]).Append(b[m - 1]);
            var c = new double[n, n];
            c[1, 2] = 2.5;
            ref double c12 = ref c[1, 2];
            c12 *= 2;
            var d = new byte[n, n, n];
            d[1, 2, 0] = 7;
            ref byte d120 = ref d[1, 2, 0];
            d120++;
            var e = new string[n, n, n, n];
            e[0, 1, 2, 0] = "deep";
            ref string e0120 = ref e[0, 1, 2, 0];
            e0120 += "er";
            o.Append(c[1, 2]).Append(d[1, 2, 0]).Append(e[0, 1, 2, 0]);
            try { a[n] = 1; } catch (IndexOutOfRangeException) { o.Append("range"); }
            try { ((object[])b)[1] = o; } catch (ArrayTypeMismatchException) { o.Append("mismatch"); }
            o.AppendLine();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Indirect(StringBuilder o, ref int number, ref string text, ref DayOfWeek day)
        {
            number += 2;
            text = text + number;
            day = day == DayOfWeek.Friday ? DayOfWeek.Monday : day + 1;
            o.Append(number).Append(text).Append(day).AppendLine();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static unsafe void Pointers(StringBuilder o, int n)
        {
            int* numbers = stackalloc int[n + 4];
            for (int i = 0; i < n + 4; i++)
                numbers[i] = i * i;
            int* second = n + numbers;
            second = second - 1;
            uint u = (uint)n;
            int* third = checked(numbers + u);
            int* fourth = checked(third - u);
            bool equal = second == third, less = second < third, greater = second > third;
            o.Append(*second).Append(*third).Append(*fourth).Append(third - second).Append(equal).Append(less).Append(greater).Append((nint)third - (nint)second);
            *second = 100;
            Pair pair = MakePair(n);
            Pair* place = &pair;
            place->First = 9;
            int* first = &place->First;
            (*first)++;
            o.Append(place->First).Append(numbers[n - 1]);
            *place = default;
            o.Append(pair.Second).AppendLine();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static unsafe void Assembled(StringBuilder o, int n)
        {
            byte[] a = [1, 2, 3, 4, 5, 6, 7, 8], b = new byte[8];
            CopyBytes(ref b[0], ref a[4], 4);
            FillBytes(ref b[4], 9, 2);
            ref byte later = ref Later(ref a[0], n);
            ref byte laterToo = ref LaterToo(n, ref a[0]);
            ref byte earlier = ref Earlier(ref a[7], n);
            o.Append(string.Join(",", b)).Append(later).Append(laterToo).Append(earlier).Append(Distance(ref a[5], ref a[2]));
            o.Append(IsSame(ref a[1], ref a[1])).Append(IsBefore(ref a[1], ref a[2])).Append(IsBehind(ref a[1], ref a[2]));
            byte* p = stackalloc byte[8], q = stackalloc byte[8];
            FillBytesAt(p, 7, 8);
            CopyBytesAt(q, p, 3);
            o.Append(q[0]).Append(q[2]).Append(p[7]);
            Pair x = MakePair(n), y = default, z = default;
            CopyPair(ref y, ref x);
            CopyPairAt(&z, &x);
            o.Append(y.First).Append(z.Second).AppendLine();
        }

        static void CopyBytes(ref byte destination, ref byte source, uint count) => throw new NotSupportedException();
        static void FillBytes(ref byte destination, byte value, uint count) => throw new NotSupportedException();
        static unsafe void CopyBytesAt(byte* destination, byte* source, uint count) => throw new NotSupportedException();
        static unsafe void FillBytesAt(byte* destination, byte value, uint count) => throw new NotSupportedException();
        static void CopyPair(ref Pair destination, ref Pair source) => throw new NotSupportedException();
        static unsafe void CopyPairAt(Pair* destination, Pair* source) => throw new NotSupportedException();
        static ref byte Later(ref byte address, nint bytes) => throw new NotSupportedException();
        static ref byte LaterToo(nint bytes, ref byte address) => throw new NotSupportedException();
        static ref byte Earlier(ref byte address, nint bytes) => throw new NotSupportedException();
        static nint Distance(ref byte left, ref byte right) => throw new NotSupportedException();
        static bool IsSame(ref byte left, ref byte right) => throw new NotSupportedException();
        static bool IsBefore(ref byte left, ref byte right) => throw new NotSupportedException();
        static bool IsBehind(ref byte left, ref byte right) => throw new NotSupportedException();
        static int UnboxSum(object box) => throw new NotSupportedException();

        """;

    private static readonly string[] SignedTypes = ["int", "long", "nint"], UnsignedTypes = ["uint", "ulong", "nuint"], FloatTypes = ["float", "double"];

    /// <summary>The program as C#, with a context that <paramref name="context"/> declares as <c>Ctx</c>.</summary>
    public static CompiledProgram Compile(OptimizationLevel build, string context) => Assemble(CompiledProgram.Compile(build, new Source("Program.cs", Program()), new Source("Context.cs", context)));

    private static string Program()
    {
        string members = "", calls = "";
        foreach (string type in (string[])[.. SignedTypes, .. UnsignedTypes, .. FloatTypes])
        {
            members += Numbers.Replace("_T", "_" + type).Replace("(T)", $"({type})").Replace("T a, T b", $"{type} a, {type} b");
            calls += $"Common_{type}(o, 42, 5); Common_{type}(o, 5, 5); Common_{type}(o, ({type})(n + 1), 100);\n";
            if (FloatTypes.Contains(type))
                calls += $"Common_{type}(o, {type}.NaN, 5); Float_{type}(o, 42.75f);\n";
            else
                calls += $"Integer_{type}(o, 42, 5, n);\n";
            if (!UnsignedTypes.Contains(type))
                calls += $"Signed_{type}(o, 42);\n";
        }

        foreach (string type in (string[])[.. SignedTypes, .. UnsignedTypes])
            members += Integers.Replace("_T", "_" + type).Replace("(T)", $"({type})").Replace("T a, T b", $"{type} a, {type} b").Replace("T.", type + ".");
        foreach (string type in (string[])[.. SignedTypes, .. FloatTypes])
            members += Signed.Replace("_T", "_" + type).Replace("T a", type + " a");
        foreach (string type in FloatTypes)
            members += Floats.Replace("_T", "_" + type).Replace("T a", type + " a").Replace("T CheckFinite(T value)", $"{type} CheckFinite({type} value)");
        return $$"""
            using System;
            using System.Collections.Generic;
            using System.Runtime.CompilerServices;
            using System.Text;
            using Cassette;

            public static class Program
            {
            {{members}}
            {{Others}}
                public static string Run(int n)
                {
                    var o = new StringBuilder();
                    Node.Shared = 0;
                    Node.Name = "name";
                    {{calls}}
                    Logic(o, n == 3, n < 3);
                    Objects(o, new Leaf(n), o, n);
                    var pair = MakePair(n);
                    Fields(o, new Node(), ref pair, n);
                    Arrays(o, n, n);
                    string text = "text";
                    var day = DayOfWeek.Thursday;
                    Indirect(o, ref n, ref text, ref day);
                    Indirect(o, ref n, ref text, ref day);
                    Pointers(o, n);
                    Assembled(o, 3);
                    return o.ToString();
                }

                public static string Native() => Run(3);

                public static string Woven(List<string> log) => new Ctx(log).Overdub(() => Run(3));
            }
            """;
    }

    /// <summary>Gives bodies to the methods that C# has no words for.</summary>
    private static CompiledProgram Assemble(CompiledProgram program)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(program.Image), new ReaderParameters { ReadSymbols = true, SymbolStream = new MemoryStream(program.Symbols), SymbolReaderProvider = new PortablePdbReaderProvider() });
        var type = module.GetType("Program");
        var pair = type.NestedTypes.Single(nested => nested.Name == "Pair");
        foreach (var method in type.Methods.Where(method => method.HasBody))
        {
            OpCode[]? codes = method.Name switch
            {
                "CheckFinite" => [OpCodes.Ckfinite],
                "CopyBytes" or "CopyBytesAt" => [OpCodes.Cpblk],
                "FillBytes" or "FillBytesAt" => [OpCodes.Initblk],
                "CopyPair" or "CopyPairAt" => [OpCodes.Cpobj],
                "Later" or "LaterToo" => [OpCodes.Add],
                "Earlier" or "Distance" => [OpCodes.Sub],
                "IsSame" => [OpCodes.Ceq],
                "IsBefore" => [OpCodes.Clt_Un],
                "IsBehind" => [OpCodes.Cgt_Un],
                "UnboxSum" => [OpCodes.Unbox, OpCodes.Call],
                _ => null,
            };
            if (codes is null)
                continue;
            method.Body = new MethodBody(method);
            method.DebugInformation.SequencePoints.Clear();
            method.DebugInformation.Scope = null;
            ILProcessor il = method.Body.GetILProcessor();
            foreach (ParameterDefinition parameter in method.Parameters)
                il.Emit(OpCodes.Ldarg, parameter);
            foreach (OpCode code in codes)
            {
                if (code == OpCodes.Cpobj || code == OpCodes.Unbox)
                    il.Emit(code, pair);
                else if (code == OpCodes.Call)
                    il.Emit(code, pair.Methods.Single(m => m.Name == "Sum"));
                else
                    il.Emit(code);
            }

            il.Emit(OpCodes.Ret);
        }

        using MemoryStream image = new(), symbols = new();
        module.Write(image, new WriterParameters { WriteSymbols = true, SymbolStream = symbols, SymbolWriterProvider = new PortablePdbWriterProvider() });
        return program with { Image = image.ToArray(), Symbols = symbols.ToArray() };
    }
}
