namespace Cassette.Tests.Differential;

/// <summary>More types that all generated programs have in common: the constructs that are rarer. Holes are as in <see cref="ProgramParts"/>.</summary>
internal static class ProgramTools
{
    public const string Types = """
        public abstract class Visitor
        {
            public abstract int Visit<T>(T value, int x) where T : notnull;
            public virtual int Both<T>(T value, int x) where T : notnull { #probe# return Visit(value, x) + Visit(x, x); }
        }

        public class NameVisitor(int extra) : Visitor
        {
            public override int Visit<T>(T value, int x) { #probe# return typeof(T).Name.Length + #x extra#; }
        }

        public sealed class LoudVisitor(int extra) : NameVisitor(extra)
        {
            public override int Visit<T>(T value, int x) { #probe# return base.Visit(value, x) + 1; }
        }

        public interface ISource<out T> { T Get(int x); }

        public interface ISink<in T> { int Put(T value, int x); }

        public sealed class Words(string word) : ISource<string>, ISink<object>
        {
            public string Get(int x) { #probe!# return word + (x & 63); }
            public int Put(object value, int x) { #probe# return value is string ? #x# : x; }
        }

        public class Deer(int size)
        {
            public int Size = size;
            public virtual Deer Grow(int x) { #probe!# return new Deer(Size + x); }
        }

        public sealed class Stag(int size) : Deer(size)
        {
            public override Stag Grow(int x) { #probe!# return new Stag(Size - x); }
        }

        public ref struct Cursor
        {
            private ref int at;
            public Cursor(ref int at) { #probe!# this.at = ref at; }
            public int Add(int x) { #probe# at += x; return at; }
            public ref int Slot { get { #probe!# return ref at; } }
        }

        [InlineArray(4)]
        public struct Four { private int first; }

        [InterpolatedStringHandler]
        public ref struct Counted
        {
            public int Sum;
            public Counted(int literals, int holes) { #probe!# Sum = literals + holes; }
            public void AppendLiteral(string text) { #probe!# Sum += text.Length; }
            public void AppendFormatted<T>(T value) { #probe!# Sum += typeof(T).Name.Length; }
        }

        public sealed class Tank(int level)
        {
            public int Level = level;
            public void operator +=(int x) { #probe!# Level += x; }
            public static Tank operator -(Tank tank, int x) { #probe!# return new Tank(tank.Level - x); }
            public static Tank operator checked -(Tank tank, int x) { #probe!# return new Tank(checked(tank.Level - (x & 7))); }
            public static explicit operator int(Tank tank) { #probe!# return tank.Level; }
            public static bool operator true(Tank tank) { #probe!# return tank.Level > 3; }
            public static bool operator false(Tank tank) { #probe!# return tank.Level <= 3; }
        }

        public sealed class Window(int start)
        {
            public int Length { get { #probe!# return 5; } }
            public int this[int index] { get { #probe# return start + index; } }
            public Window Slice(int from, int length) { #probe!# return new Window(start + from - length); }
        }

        public sealed class Options
        {
            public required int A { get; init; }
            public int B { get; set { #probe!# field = value ^ 1; } }
            public List<int> Items { get; } = [];
        }

        public readonly struct Later(int by)
        {
            private readonly int by = by;
            public async Task<int> Get(int x) { #probe!# await Task.Yield(); return x + by; }
        }

        public sealed class Closing : IAsyncDisposable
        {
            public async ValueTask DisposeAsync() { #probe!# await Task.Yield(); Out.Line("closed", 1); }
        }

        public readonly ref struct Walk(int length)
        {
            private readonly int length = length;
            public Walker GetEnumerator() { #probe!# return new Walker(length & 3); }
            public ref struct Walker(int left)
            {
                private int left = left;
                public int Current { get { #probe# return left; } }
                public bool MoveNext() { #probe!# return left-- > 0; }
            }
        }

        public sealed class Backwards : IComparer<int>
        {
            public int Compare(int x, int y) { Probe.Here(192); return y.CompareTo(x); }
        }

        public static class Rare
        {
            public static readonly Dictionary<int, Func<int, int>> Kept = [];
            public static int Apply(Func<int, int> f, int x) { #probe# return f(f(x)); }
            public static T Made<T>(Func<T> make) { #probe!# return make(); }
            public static Func<int, int> Curry(int x) { #probe!# return y => { if (!Fuel.Burn()) return 1; return #x y#; }; }
            public static Func<int, int> Twice(Func<int, int> f) { #probe!# return y => f(y) + f(y + 1); }
            public static int Recall(int i, int x) { #probe# return Kept.TryGetValue(i & 3, out var f) ? f(x) : x; }
            public static int Logged(int x, Counted handler) { #probe# return handler.Sum + x; }
            public static int Note(string what, int x) { #probe!# Out.Line(what, x); return x; }
            public static int Spread(int x, int y) { #probe# int[] values = [y, 2]; return Tools.Sum([x, .. values, .. values[1..]]); }
            public static int Inline(int x, int y)
            {
                #probe#
                var four = new Four();
                four[1] = x;
                four[^1] = y;
                Span<int> part = four[1..3];
                part[0]++;
                var sum = part.Length;
                foreach (var value in four)
                    sum += value;
                return sum;
            }

            public static unsafe int Pointers(int x)
            {
                #probe#
                int* p = stackalloc int[3];
                int[] values = [x, 2];
                p[1] = x;
                fixed (int* q = values)
                    p[2] = *q + q[1];
                delegate*<int, int> f = &Fold;
                return p[1] + p[2] + f(x);
            }

            private static int Fold(int x) { #probe# return x ^ 9; }
            public static ref readonly int Larger(in int x, in int y) { #probe!# return ref x > y ? ref x : ref y; }

            public static IEnumerable<T> Repeat<T>(T value, int count)
            {
                #probe!#
                try
                {
                    for (var i = 0; i < (count & 3); i++)
                        yield return value;
                }
                finally
                {
                    Out.Line("repeated", count & 3);
                }
            }

            public static async IAsyncEnumerable<int> Stream(int x, int count)
            {
                #probe!#
                try
                {
                    for (var i = 0; i < (count & 3); i++)
                    {
                        if ((i & 1) == 0)
                            await Task.Yield();
                        yield return x + i;
                    }
                }
                finally
                {
                    Out.Line("streamed", count & 3);
                }
            }
        }


        """;
}
