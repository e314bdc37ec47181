namespace Cassette.Tests.Machines;

/// <summary>A program with iterators, sequences of its own that are none, and places where one may stand for the other.</summary>
internal static class KnownMachinesProgram
{
    public const string Source = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct LogCtx(List<int> Metadata) : IContext<List<int>>
        {
            [Prehook(typeof(Program), nameof(Program.Note))]
            static void Before(LogCtx ctx, int x) => ctx.Metadata.Add(x);
        }

        public readonly record struct OuterCtx(List<int> Metadata) : IContext<List<int>>
        {
            [Prehook(typeof(Program), nameof(Program.Note))]
            static void Before(OuterCtx ctx, int x) => ctx.Metadata.Add(-x);
        }

        public readonly record struct ReplacingCtx(List<int> Metadata) : IContext<List<int>>
        {
            [Prehook(typeof(Program), nameof(Program.Note))]
            static void Before(ReplacingCtx ctx, int x) => ctx.Metadata.Add(x);

            [Overdub(typeof(Program), nameof(Program.Items))]
            static IEnumerable<int> Items(ReplacingCtx ctx, int count) => new Counted(count);
        }

        public readonly record struct OutputCtx(List<int> Metadata) : IContext<List<int>>
        {
            [Prehook(typeof(Program), nameof(Program.Note))]
            static void Before(OutputCtx ctx, int x) => ctx.Metadata.Add(x);

            [Posthook(typeof(IEnumerable<int>), "GetEnumerator")]
            static IEnumerator<int> After(OutputCtx ctx, IEnumerator<int> output) => new Counted(2).GetEnumerator();
        }

        /// <summary>A sequence that is no iterator, which no other assembly can derive from.</summary>
        public sealed class Counted(int count) : IEnumerable<int>
        {
            public IEnumerator<int> GetEnumerator() => new Walker(Program.Note(count));

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            private sealed class Walker(int count) : IEnumerator<int>
            {
                private int at = -1;

                public int Current => Program.Note(at);

                object IEnumerator.Current => Current;

                public bool MoveNext() => Program.Note(++at) < count;

                public void Reset() => at = -1;

                public void Dispose() => Program.Note(1000);
            }
        }

        /// <summary>One whose <c>Dispose</c> classes of other assemblies may inherit, an enumerator of anything among them.</summary>
        public class Disposable : IDisposable
        {
            public virtual void Dispose() => Program.Note(2000);
        }

        public sealed class Words(params string[] words) : IEnumerable<string>
        {
            public IEnumerator<string> GetEnumerator()
            {
                Program.Note(words.Length);
                return ((IEnumerable<string>)words).GetEnumerator();
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }

        internal class Base : IEnumerator
        {
            private int left = 2;

            public object Current => left;

            public bool MoveNext() => Program.Note(left--) > 0;

            public void Reset() => left = 2;
        }

        internal sealed class Longs : Base, IEnumerator<long>
        {
            long IEnumerator<long>.Current => 5;

            public void Dispose()
            {
            }
        }

        public class Maker
        {
            public virtual IEnumerable<int> Make(int count)
            {
                for (int i = 0; i < count; i++)
                    yield return Program.Note(i);
            }
        }

        public sealed class OtherMaker : Maker
        {
            public override IEnumerable<int> Make(int count) => new Counted(count);
        }

        public static class Program
        {
            public static int Note(int x) => x;

            public static string Enter(string method, List<int> log) => new LogCtx(log).Overdub(Choose, method);

            public static string EnterNested(string method, List<int> log, List<int> outer) =>
                new OuterCtx(outer).Overdub(() => new LogCtx(log).Overdub(Choose, method));

            public static string EnterReplacing(List<int> log) => new ReplacingCtx(log).Overdub(Direct);

            public static string EnterOutput(List<int> log) => new OutputCtx(log).Overdub(Direct);

            public static string Choose(string method) => method switch
            {
                nameof(Direct) => Direct(), nameof(InLocal) => InLocal(), nameof(ByDoubles) => ByDoubles(), nameof(Generic) => Generic(), nameof(Stopped) => Stopped(),
                nameof(Twice) => Twice(), nameof(Sequence) => Sequence(), nameof(Shared) => Shared(), nameof(ByRef) => ByRef(), nameof(Either) => Either(true) + Either(false),
                nameof(Covariant) => Covariant(), nameof(Inherited) => Inherited(), nameof(Overridden) => Overridden(), nameof(OfParameter) => OfParameter(),
                nameof(Async) => Async().Result, nameof(Nested) => Nested(), _ => throw new ArgumentException(method),
            };

            public static IEnumerable<int> Items(int count)
            {
                try
                {
                    for (int i = 0; i < count; i++)
                        yield return Note(i + 10);
                }
                finally
                {
                    Note(99);
                }
            }

            static IEnumerable<double> Doubles()
            {
                yield return Note(7);
                yield return Note(8);
            }

            static IEnumerable<T> Repeat<T>(T item, int count)
            {
                for (int i = 0; i < count; i++)
                {
                    Note(i);
                    yield return item;
                }
            }

            static string Direct()
            {
                string text = "";
                foreach (int x in Items(3))
                    text += x + " ";
                return text;
            }

            static string InLocal()
            {
                IEnumerable<int> items = Items(2);
                string text = "";
                foreach (int x in items)
                    text += x + " ";
                foreach (int x in items)
                    text += x + ";";
                return text;
            }

            static string ByDoubles()
            {
                return Text(Doubles());

                static string Text(IEnumerable<double> items)
                {
                    string text = "";
                    foreach (double x in items)
                        text += x + " ";
                    return text;
                }
            }

            static string Generic()
            {
                string text = "";
                foreach (string x in Repeat("x", 2))
                    text += x;
                foreach (int x in Repeat(4, 2))
                    text += x;
                return text;
            }

            static string Stopped()
            {
                foreach (int x in Items(3))
                {
                    if (x == 11)
                        return "found";
                }
                return "none";
            }

            static string Twice()
            {
                string text = "";
                foreach (int x in Items(1))
                    text += x;
                foreach (int x in Items(2))
                    text += x;
                return text;
            }

            static string Nested()
            {
                string text = "";
                foreach (int x in Items(2))
                    foreach (int y in Items(x - 9))
                        text += x * y + " ";
                return text;
            }

            static string Sequence()
            {
                string text = "";
                IEnumerable<int> items = new Counted(2);
                foreach (int x in items)
                    text += x;
                return text;
            }

            static string Shared()
            {
                string text = "";
                foreach (int x in Items(1))
                    text += x;
                IEnumerable<int> items = new Counted(2);
                foreach (int x in items)
                    text += x;
                return text;
            }

            static void Set(ref IEnumerable<int> items) => items = new Counted(1);

            static string ByRef()
            {
                IEnumerable<int> items = Items(2);
                Set(ref items);
                string text = "";
                foreach (int x in items)
                    text += x;
                return text;
            }

            static string Either(bool first)
            {
                IEnumerable<int> items = Items(1);
                if (!first)
                    items = new Counted(1);
                string text = "";
                foreach (int x in items)
                    text += x;
                return text;
            }

            static string Covariant()
            {
                IEnumerable<object> items = new Words("a", "b");
                string text = "";
                foreach (object x in items)
                    text += x;
                return text;
            }

            static string Inherited()
            {
                IEnumerator<long> items = new Longs();
                string text = "";
                while (items.MoveNext())
                    text += items.Current;
                return text;
            }

            static string Overridden()
            {
                string text = "";
                foreach (Maker maker in new[] { new Maker(), new OtherMaker() })
                    foreach (int x in maker.Make(2))
                        text += x;
                return text;
            }

            static string OfParameter()
            {
                return Text(new Counted(2)) + Text(Items(1)) + Text(Repeat("z", 1));

                static string Text<T>(IEnumerable<T> items)
                {
                    string text = "";
                    foreach (T x in items)
                        text += x;
                    return text;
                }
            }

            static async Task<string> Async()
            {
                string text = "";
                foreach (int x in Items(2))
                {
                    await Task.Yield();
                    text += x;
                }
                foreach (int x in new Counted(1))
                    text += x;
                return text;
            }
        }
        """;
}
