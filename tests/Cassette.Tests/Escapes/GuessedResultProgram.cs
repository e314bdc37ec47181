namespace Cassette.Tests.Escapes;

/// <summary>The program of <see cref="GuessedResultTests"/>: sequences of several classes, read in several ways.</summary>
internal static class GuessedResultProgram
{
    public const string Source = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Linq;
        using Cassette;

        public readonly record struct Log(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Mark))]
            static void Before(Log ctx, string x) => ctx.Metadata.Add(x);
        }

        public readonly record struct Outer(List<string> Metadata, int Number) : IContext<List<string>>;

        public readonly struct Plain : IContext;

        public readonly record struct Moves(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(IEnumerator), nameof(IEnumerator.MoveNext))]
            static void Before(Moves ctx, IEnumerator self) => ctx.Metadata.Add("move " + self?.GetType().Name.Split('@')[0]);
        }

        public readonly record struct Enumerations(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(Enumerations ctx, JoinPoint point, IEnumerable self) => ctx.Metadata.Add(point.Name + " of " + self?.GetType().Name);
        }

        public readonly record struct Replacing(List<string> Metadata) : IContext<List<string>>
        {
            [Overdub(typeof(Walker), ".ctor")]
            static Walker New(Replacing ctx, int count) => new Other(count);
        }

        public class Walker(int count) : IEnumerator<int>
        {
            protected int At;

            public int Current => int.Parse(Program.Mark("" + At));

            object IEnumerator.Current => Current;

            public virtual bool MoveNext() => int.Parse(Program.Mark("" + ++At)) <= count;

            public void Reset() => At = 0;

            public void Dispose() => Program.Mark("end");
        }

        public sealed class Other(int count) : Walker(count)
        {
            public override bool MoveNext()
            {
                At++;
                return base.MoveNext();
            }
        }

        public class Numbers(int count) : IEnumerable<int>
        {
            public virtual IEnumerator<int> GetEnumerator() => new Walker(count);

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }

        public sealed class Odd(int count) : Numbers(count)
        {
            private readonly int count = count;

            public override IEnumerator<int> GetEnumerator() => new Other(count);
        }

        public sealed class Yielded(int count) : IEnumerable<int>
        {
            public IEnumerator<int> GetEnumerator()
            {
                for (int i = 0; i < count; i++)
                    yield return int.Parse(Program.Mark("1" + i));
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }

        public sealed class Absent : IEnumerable<long>
        {
            public IEnumerator<long>? Enumerator;

            public IEnumerator<long> GetEnumerator() => Enumerator is { } found ? found : Enumerator is null && Program.Marked.Count < 0 ? new Longs(1) : null!;

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }

        public struct Longs(int count) : IEnumerator<long>
        {
            public long Current => count;

            object IEnumerator.Current => Current;

            public bool MoveNext() => int.Parse(Program.Mark("" + count--)) > 0;

            public void Reset() => throw new NotSupportedException();

            public void Dispose() => Program.Mark("longs");
        }

        public readonly struct Counting(int count) : IEnumerable<long>
        {
            IEnumerator<long> IEnumerable<long>.GetEnumerator() => new Longs(count);

            IEnumerator IEnumerable.GetEnumerator() => new Longs(count);
        }

        public class Bag<T>(params T[] items) : IEnumerable<T>
        {
            public IEnumerator<T> GetEnumerator() => new Taker(items);

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            sealed class Taker(T[] items) : IEnumerator<T>
            {
                int at = -1;

                public T Current => items[at];

                object? IEnumerator.Current => Current;

                public bool MoveNext() => int.Parse(Program.Mark("" + ++at)) < items.Length;

                public void Reset() => at = -1;

                public void Dispose() => Program.Mark("bag");
            }
        }

        public sealed class Throwing(int at) : IEnumerable<byte>
        {
            public IEnumerator<byte> GetEnumerator() => at == 0 ? throw new NotSupportedException("enumerated") : new Steps(at);

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            sealed class Steps(int count) : IEnumerator<byte>
            {
                int left = count;
                readonly int first = count;

                public byte Current => left == 1 ? throw new DivideByZeroException("current") : (byte)left;

                object IEnumerator.Current => Current;

                public bool MoveNext() => --left == 2 ? throw new ArgumentException("moved") : left > 0;

                public void Reset() => left = first;

                public void Dispose()
                {
                    if (Program.Mark("" + first) == "7")
                        throw new InvalidCastException("disposed");
                }
            }
        }

        public sealed class Channel : IObservable<string>
        {
            public IDisposable Subscribe(IObserver<string> observer)
            {
                observer.OnNext(Program.Mark("subscribed"));
                return new Subscription();
            }

            sealed class Subscription : IDisposable
            {
                public void Dispose() => Program.Mark("unsubscribed");
            }
        }

        public sealed class Sink(List<string> seen) : IObserver<string>
        {
            public void OnCompleted()
            {
            }

            public void OnError(Exception error)
            {
            }

            public void OnNext(string value) => seen.Add(Program.Mark(value));
        }

        public static class Program
        {
            public static readonly List<string> Marked = [];

            public static string Mark(string x)
            {
                Marked.Add(x);
                return x;
            }

            static int Add(int a, int b) => int.Parse(Mark("" + (a * 3 + b)));

            static int Foreach(IEnumerable<int> values)
            {
                int sum = 0;
                foreach (int x in values)
                    sum += x;
                return sum;
            }

            static int Calling(IEnumerable<int> values)
            {
                int sum = 0;
                foreach (int x in values)
                    sum = Add(sum, x);
                return sum;
            }

            static int Nested(IEnumerable<int> rows, IEnumerable<int> columns)
            {
                int sum = 0;
                foreach (int row in rows)
                {
                    foreach (int column in columns)
                    {
                        if (column > row)
                            break;
                        sum += row * column;
                    }
                }
                return sum;
            }

            static int Returning(IEnumerable<int> values, int until)
            {
                foreach (int x in values)
                {
                    if (x < until)
                        continue;
                    if (x > until)
                        break;
                    return x * 100;
                }
                return -1;
            }

            static int ByHand(IEnumerable<int> values)
            {
                var e = values.GetEnumerator();
                int sum = 0;
                while (e.MoveNext())
                    sum += e.Current;
                return e.MoveNext() ? -1 : sum;
            }

            static string Untyped(IEnumerable values)
            {
                string text = "";
                foreach (object x in values)
                    text += x;
                return text;
            }

            static long Longer(IEnumerable<long> values)
            {
                long sum = 0;
                foreach (long x in values)
                    sum = sum * 10 + x;
                return sum;
            }

            static string Words(IEnumerable<string> values)
            {
                string text = "";
                foreach (string x in values)
                    text += x;
                return text;
            }

            static string Open<T>(IEnumerable<T> values)
            {
                string text = "";
                foreach (T x in values)
                    text += x;
                return text;
            }

            static string Protected(IEnumerable<byte> values)
            {
                string text = "";
                try
                {
                    foreach (byte x in values)
                    {
                        try
                        {
                            text += 12 / (x - 3) + " ";
                        }
                        catch (DivideByZeroException)
                        {
                            foreach (byte y in values)
                                text += "[" + y;
                        }
                        finally
                        {
                            text += "f";
                        }
                    }
                }
                catch (Exception exception) when (exception.Message != "moved")
                {
                    text += exception.Message;
                }
                catch (ArgumentException)
                {
                    text += "caught";
                }
                return text;
            }

            static void Subscribed(IObservable<string> channel, List<string> seen)
            {
                using (channel.Subscribe(new Sink(seen)))
                {
                    for (int i = 0; i < 2; i++)
                        seen.Add("" + i + seen.Count);
                    seen.RemoveAt(0);
                }
            }

            static int Assigned(IEnumerable<int> values)
            {
                int sum = 0;
                var e = values.GetEnumerator();
                for (int i = 0; i < 2; i++)
                {
                    while (e.MoveNext())
                        sum += e.Current;
                    e = values.GetEnumerator();
                }
                return sum;
            }

            static int Referred(IEnumerable<int> values)
            {
                var e = values.GetEnumerator();
                int sum = 0;
                while (e.MoveNext())
                {
                    sum += e.Current;
                    if (sum == 3)
                        Swap(ref e, new Numbers(1));
                }
                return sum;
            }

            static void Swap(ref IEnumerator<int> e, IEnumerable<int> other) => e = other.GetEnumerator();

            static int Captured(IEnumerable<int> values)
            {
                int sum = 0;
                foreach (int x in values)
                    sum += new[] { 1, 2 }.Sum(y => y * x);
                return sum;
            }

            static int Marking(IEnumerable<int> values)
            {
                int sum = 0;
                foreach (int x in values)
                    sum += Mark("m").Length + x;
                return sum;
            }

            static IEnumerable<int> Yielding(IEnumerable<int> values)
            {
                foreach (int x in values)
                    yield return x + 1;
            }

            public static string All()
            {
                var text = new List<object>();
                IEnumerable<int>[] sequences = [new Numbers(3), new Odd(4), new Yielded(2), new Bag<int>(7, 8), new List<int> { 4, 5 }, new[] { 6 }, null!];
                foreach (IEnumerable<int> s in sequences)
                {
                    text.Add("#" + s?.GetType().Name);
                    text.Add(Try(() => Foreach(s!)));
                    text.Add(Try(() => Calling(s!)));
                    text.Add(Try(() => Nested(s!, new Numbers(2))));
                    text.Add(Try(() => Nested(new Yielded(3), s!)));
                    text.Add(Try(() => Returning(s!, 2)));
                    text.Add(Try(() => Returning(s!, 10)));
                    text.Add(Try(() => ByHand(s!)));
                    text.Add(Try(() => Untyped(s!)));
                    text.Add(Try(() => Open(s!)));
                    text.Add(Try(() => Assigned(s!)));
                    text.Add(Try(() => Referred(s!)));
                    text.Add(Try(() => Captured(s!)));
                    text.Add(Try(() => Marking(s!)));
                    text.Add(Try(() => Foreach(Yielding(s!))));
                }
                text.Add(Try(() => Longer(new Absent())));
                text.Add(Try(() => Longer(new Absent { Enumerator = new Longs(2) })));
                text.Add(Try(() => Longer(new Counting(3))));
                text.Add(Try(() => Longer([1L])));
                text.Add(Try(() => Words(new Bag<string>("p", "q"))));
                text.Add(Try(() => Words(["r"])));
                text.Add(Try(() => Open(new Bag<string>("s")) + Open(new Counting(2)) + Untyped(new Counting(1)) + Untyped("t")));
                foreach (int at in new[] { 0, 1, 2, 3, 5, 7 })
                    text.Add(Try(() => Protected(new Throwing(at))) + Try(() => Open(new Throwing(at))));
                text.Add(Try(() => Protected([3, 4])));
                var seen = new List<string>();
                text.Add(Try(() => { Subscribed(new Channel(), seen); return 0; }));
                text.Add(Try(() => { Subscribed(null!, seen); return 0; }));
                text.AddRange(seen);
                return string.Join(" ", text);
            }

            static string Try<T>(Func<T> f)
            {
                try
                {
                    return "" + f();
                }
                catch (Exception exception)
                {
                    string frame = exception.StackTrace!.Split('\n').First(l => l.Contains(".cs:"));
                    return exception.GetType().Name + frame[frame.LastIndexOf(':')..];
                }
            }

            public static string Native() => All();

            public static string InLog(List<string> log) => new Log(log).Overdub(All);

            public static string InPlain() => new Plain().Overdub(All);

            public static string InOuter(List<string> log) => new Outer([], 1).Overdub(static l => new Log(l).Overdub(All), log);

            public static string InMoves(List<string> log) => new Moves(log).Overdub(All);

            public static string InEnumerations(List<string> log) => new Enumerations(log).Overdub(All);

            public static int InReplacing(int count) => new Replacing([]).Overdub(n => Foreach(new Numbers(n)) + ByHand(new Numbers(n)), count);
        }
        """;
}
