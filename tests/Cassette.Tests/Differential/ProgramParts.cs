namespace Cassette.Tests.Differential;

/// <summary>What all generated programs have in common. <c>#probe#</c> and <c>#names#</c> are holes, for a probe and for an expression over names.</summary>
internal static class ProgramParts
{
    public const string Usings = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Collections.ObjectModel;
        using System.IO;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    /// <summary>Output, fuel and probes. A context's primitive takes the probe's place: what it does not see has escaped.</summary>
    public const string Runtime = """
        public static class Out
        {
            public static TextWriter Writer = TextWriter.Null;
            public static void Line(string what, int value) => Writer.WriteLine(what + " " + value.ToString());
            public static void Fault(Exception fault) => Writer.WriteLine(fault.GetType().Name + " " + fault.Message);
        }

        public static class Fuel
        {
            public static int Left;
            public static bool Burn() => Left-- > 0;
        }

        public static class Probe
        {
            public static int[] Native = new int[200];
            public static void Here(int id) => Native[id]++;
        }


        """;

    public const string Types = """
        public abstract class Shape
        {
            public int Size;
            protected Shape(int size) { #probe!# Size = size; }
            public virtual int Area(int x) { #probe# return #x Size#; }
            public abstract int Edge(int x);
            public int Count { get { #probe# return Size & 7; } set { #probe!# Size = value; } }
            public int this[int i] { get { #probe# return #i Size#; } set { #probe!# Size = i ^ value; } }
            public override string ToString() { Probe.Here(199); return "S" + Size; }
            public static Shape Of(int n) { #probe!# return (n & 1) == 0 ? new Circle(n) : new Ring(n, 2); }
        }

        public class Circle : Shape
        {
            public Circle(int size) : base(size) { #probe!# }
            public override int Area(int x) { #probe# return base.Area(x) + #x Size#; }
            public override int Edge(int x) { #probe# return #x Size#; }
            public override bool Equals(object? other) { return other is Circle circle && circle.Size == Size; }
            public override int GetHashCode() => Size & 3;
        }

        public sealed class Ring : Circle
        {
            private readonly int inner = 5;
            public Ring(int size, int inner) : base(size + 1) { #probe!# this.inner = inner; }
            public sealed override int Area(int x) { #probe# return base.Area(x) - inner; }
            public override int Edge(int x) { #probe# return #x inner#; }
        }

        public interface IOp
        {
            int Apply(int x);
            int Twice(int x) { #probe# return Apply(Apply(x)); }
            static int Start(int x) { #probe# return #x#; }
        }

        public sealed class Adder(int by) : IOp
        {
            int IOp.Apply(int x) { #probe# return x + by; }
        }

        public struct Scaler(int by) : IOp
        {
            public int By = by;
            public int Calls;
            public int Apply(int x) { #probe# Calls++; return x * By + Calls; }
            public readonly int Peek(int x) { #probe# return x - By; }
        }

        public readonly record struct Point(int X, int Y)
        {
            public int Sum() { #probe# var (x, y) = (X, Y); return #x y#; }
            public static Point operator +(Point left, Point right) { Probe.Here(198); return new Point(left.X + right.X, left.Y ^ right.Y); }
            public static implicit operator Point(int x) => new(x, x + 1);
        }

        public record Named(string Name, int Value)
        {
            public int Total { get; init; } = Value + 1;
            public virtual int Mix(int x) { #probe# return #x Value Total#; }
        }

        public sealed record Titled(string Name, int Value, int Title) : Named(Name, Value)
        {
            public override int Mix(int x) { #probe# return base.Mix(x) + #x Title#; }
        }

        public sealed class Box<T>(T value)
        {
            public T Value { get; } = value;
            public Box<TOther> Map<TOther>(Func<T, TOther> map) { #probe!# return new Box<TOther>(map(Value)); }
            public int Count(Func<T, bool> test) { #probe# return test(Value) ? 1 : 0; }
            public static int Made(int x) { #probe# return x + typeof(T).Name.Length; }
        }

        public interface INum<T> where T : INum<T>
        {
            static abstract T Of(int x);
            static abstract T operator +(T left, T right);
            static virtual T Twice(T x) { Probe.Here(197); return x + x; }
            int Value { get; }
        }

        public readonly struct Num(int value) : INum<Num>
        {
            public int Value { get; } = value;
            public static Num Of(int x) { Probe.Here(196); return new Num(x & 0xFFFF); }
            public static Num operator +(Num left, Num right) { Probe.Here(195); return new Num(left.Value + right.Value); }
        }

        public sealed class Sequence(int length) : IEnumerable<int>
        {
            public IEnumerator<int> GetEnumerator()
            {
                Probe.Here(194);
                for (var i = 0; i < length; i++)
                    yield return i * 3;
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }

        public sealed class Resource(string name) : IDisposable
        {
            public int Use(int x) { #probe# return #x#; }
            public void Dispose() { Probe.Here(193); Out.Line(name, 0); }
        }

        public sealed class Key(int rank) : IComparable<Key>, IEquatable<Key>
        {
            public int Rank => rank;
            public int CompareTo(Key? other) => rank.CompareTo(other!.Rank);
            public bool Equals(Key? other) => other is not null && other.Rank == rank;
            public override bool Equals(object? other) => Equals(other as Key);
            public override int GetHashCode() => rank & 3;
        }

        public sealed class Bus
        {
            public event Action<int>? Rung;
            public void Ring(int x) { #probe!# Rung?.Invoke(x); }
        }

        public sealed class Fault(int code) : Exception("fault " + code)
        {
            public int Code => code;
        }

        public static class Tools
        {
            public static int Sum(params ReadOnlySpan<int> values)
            {
                #probe#
                var sum = 0;
                foreach (var value in values)
                    sum += value;
                return sum;
            }

            public static int Optional(int x, int y = 7, params int[] rest) { #probe# return #x y# + rest.Length; }
            public static ref int Slot(int[] values, int i) { #probe!# return ref values[i & 7]; }
            public static bool Try(int x, out int y) { #probe!# y = 0; if (!Fuel.Burn()) return false; y = #x#; return (x & 1) == 0; }
            public static T Add<T>(T left, T right) where T : INum<T> { #probe!# return T.Twice(left) + right; }
            public static int Through<T>(T op, int x) where T : IOp { #probe# return op.Apply(x) + op.Twice(x); }
            public static int Fail(int x) { #probe# if ((x & 3) == 0) throw new Fault(x); return #x#; }
            extension(int self) { public int Folded() { #probe# return self ^ 21; } public int Half => self >> 1; }
        }


        """;
}
