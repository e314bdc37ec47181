using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Intrinsics;

/// <summary>Tools made of rules for instructions: an allocation recorder, a watch on a field, a log of array bounds, a detector of overflow.</summary>
public sealed class ToolTests
{
    private const string Allocations = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using Cassette;

        public sealed class Record
        {
            public readonly List<string> Types = new(1000);
            public long Bytes;

            public void Add(object made)
            {
                Types.Add(made.GetType().Name);
                Bytes += SizeOf(made);
            }

            /// <summary>What the runtime takes for an object, from its method table: the base size, and for arrays and strings the elements.</summary>
            static unsafe long SizeOf(object made)
            {
                int* table = (int*)made.GetType().TypeHandle.Value;
                long size = table[1];
                if (made is Array array)
                    size += (long)(ushort)table[0] * array.Length;
                else if (made is string text)
                    size += 2L * text.Length;
                return (size + 7) & ~7L;
            }
        }

        public readonly record struct HeapCtx(Record Metadata) : IContext<Record>
        {
            [Posthook(typeof(Intrinsic), nameof(Intrinsic.NewObject))]
            [Posthook(typeof(Intrinsic), nameof(Intrinsic.NewArray))]
            [Posthook(typeof(Intrinsic), nameof(Intrinsic.Box))]
            static void Made<T>(HeapCtx ctx, T made) where T : class => ctx.Metadata.Add(made);
        }

        public static class Kernel
        {
            sealed class Node(int value, Node? next)
            {
                public int Value = value;
                public Node? Next = next;
                public object Tag = value;
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            static int Apply(Func<int, int> f, int x) => f(x);

            [MethodImpl(MethodImplOptions.NoInlining)]
            static int Hash(object o) => o is int i ? i : 0;

            public static int Run(int n)
            {
                Node? list = null;
                for (int i = 0; i < n; i++)
                    list = new Node(i, list);
                var numbers = new double[n];
                var grid = new int[n, 3];
                var jagged = new string[n][];
                jagged[0] = new string[2];
                int sum = 0;
                int offset = n;
                sum += Apply(x => x + offset, 5);
                sum += Hash(n);
                var text = new string('x', n);
                for (; list != null; list = list.Next)
                    sum += list.Value;
                return sum + text.Length + numbers.Length + grid.Length + jagged.Length;
            }
        }

        public static class Program
        {
            public static int Native(int n) => Kernel.Run(n);

            public static string[] Recorded(int n, long[] bytes)
            {
                var record = new Record();
                var ctx = new HeapCtx(record);
                ctx.Overdub(Kernel.Run, n);
                Func<int, int> kernel = Kernel.Run;
                long least = long.MaxValue;
                for (int round = 0; round < 5; round++)
                {
                    record.Types.Clear();
                    record.Bytes = 0;
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    ctx.Overdub(kernel, n);
                    least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                }
                bytes[0] = record.Bytes;
                bytes[1] = least;
                for (int round = 0; round < 5; round++)
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    kernel(n);
                    bytes[2] = GC.GetAllocatedBytesForCurrentThread() - before;
                }
                return record.Types.ToArray();
            }
        }
        """;

    [Theory, Builds]
    public void Every_object_and_array_is_recorded(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, new Source("Kernel.cs", Allocations));
        var bytes = new long[3];
        string[] types = program.Run<string[]>("Program.Recorded", 4, bytes);

        string[] counted = [.. types.Select(type => type.StartsWith('<') ? type[..(type.IndexOf('>') + 3)] : type).GroupBy(type => type).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal)];
        Assert.Equal(["<>c_ 1", "Double[] 1", "Func`2 1", "Int32 5", "Int32[,] 1", "Node 4", "String 1", "String[] 1", "String[][] 1"], counted);
        Assert.Equal(bytes[1], bytes[0]);
        Assert.Equal(bytes[2], bytes[0]);
    }

    private const string Bank = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public class Account
        {
            public int Balance = 10;
            public int Limit;
            public static int Opened;
        }

        public class Savings : Account
        {
            public void Add(int amount)
            {
                Balance += amount;
                Limit = Balance;
            }
        }

        public struct Purse { public int Balance; }

        public static class Story
        {
            public static int Tell(int n)
            {
                var account = new Savings();
                account.Add(n);
                account.Balance -= 3;
                Account.Opened++;
                var purse = new Purse();
                purse.Balance = n;
                ref int balance = ref account.Balance;
                balance++;
                return account.Balance + account.Limit + purse.Balance;
            }
        }

        """;

    [Theory, Builds]
    public void Writes_of_one_field_are_watched(OptimizationLevel build)
    {
        const string Tool = """
            public readonly record struct WatchCtx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook(typeof(Account), nameof(Account.Balance), Access.Set)]
                static void Changing(WatchCtx ctx, JoinPoint f, Account account, int value) =>
                    ctx.Metadata.Add($"{f.Signature} | {f.Intrinsic}: {account.Balance} -> {value} at {f.File}:{f.Line}");
            }

            public static class Program
            {
                public static int Native(int n) => Story.Tell(n);

                public static int Watched(List<string> log, int n) => new WatchCtx(log).Overdub(Story.Tell, n);
            }
            """;
        LoadedProgram program = LoadedProgram.Woven(build, new Source("/src/Bank.cs", Bank + Tool));
        var log = new List<string>();
        Assert.Equal(program.Run<int>("Program.Native", 5), program.Run<int>("Program.Watched", log, 5));
        // The initialiser runs before the base constructor; what goes through a reference is no write of the field.
        Assert.Equal(
            [
                "Account.Balance = Int32 | StoreField: 0 -> 10 at /src/Bank.cs:7",
                "Account.Balance = Int32 | StoreField: 10 -> 15 at /src/Bank.cs:16",
                "Account.Balance = Int32 | StoreField: 15 -> 12 at /src/Bank.cs:29",
            ],
            log);
    }

    [Theory, Builds]
    public void Fields_are_replaced_by_name_and_by_pattern(OptimizationLevel build)
    {
        const string Tool = """
            public readonly record struct BonusCtx(List<string> Metadata) : IContext<List<string>>
            {
                [Overdub(typeof(Account), nameof(Account.Balance), Access.Get)]
                static int Balance(BonusCtx ctx, Account account) => account.Balance + 1000;

                [Overdub(typeof(Account), nameof(Account.Limit), Access.Set)]
                static void Limit(BonusCtx ctx, Account account, int value) => account.Limit = value + 7;

                [Prehook("get(int Account.*) || set(static * Account.*)")]
                static void Seen(BonusCtx ctx, JoinPoint f) => ctx.Metadata.Add(f.Signature);
            }

            public static class Program
            {
                public static int Bonus(List<string> log, int n) => new BonusCtx(log).Overdub(Story.Tell, n);
            }
            """;
        LoadedProgram program = LoadedProgram.Woven(build, new Source("/src/Bank.cs", Bank + Tool));
        var log = new List<string>();
        // Add: 1010 + 5 is written, 2015 is read for Limit, which becomes 2022; 2015 - 3 is written, and one more through the reference; 3013 is read.
        Assert.Equal(3013 + 2022 + 5, program.Run<int>("Program.Bonus", log, 5));
        Assert.Equal(
            ["Account.Balance", "Account.Balance", "Account.Balance", "Account.Opened", "Account.Opened = Int32", "Account.Balance", "Account.Limit"],
            log);
    }

    [Theory, Builds]
    public void Array_bounds_are_logged(OptimizationLevel build)
    {
        const string Source = """
            using System;
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct BoundsCtx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook(typeof(Intrinsic), nameof(Intrinsic.LoadElement))]
                [Prehook(typeof(Intrinsic), nameof(Intrinsic.ElementAddress))]
                static void Reading<T>(BoundsCtx ctx, JoinPoint f, T[] array, int index)
                {
                    if ((uint)index >= (uint)array.Length)
                        ctx.Metadata.Add($"{index} of {array.Length} at line {f.Line}");
                }

                [Prehook(typeof(Intrinsic), nameof(Intrinsic.StoreElement))]
                static void Writing<T>(BoundsCtx ctx, JoinPoint f, T[] array, int index, T value)
                {
                    if ((uint)index >= (uint)array.Length)
                        ctx.Metadata.Add($"{value} to {index} of {array.Length} at line {f.Line}");
                }
            }

            public static class Program
            {
                static int Sum(int[] numbers, int n)
                {
                    int sum = 0;
                    for (int i = 0; i <= n; i++)
                        sum += numbers[i];
                    return sum;
                }

                static int Run(int n)
                {
                    var numbers = new int[n];
                    try
                    {
                        numbers[n - 1] = 5;
                        numbers[n] = 7;
                    }
                    catch (IndexOutOfRangeException)
                    {
                    }
                    try
                    {
                        return Sum(numbers, n);
                    }
                    catch (IndexOutOfRangeException)
                    {
                        return -1;
                    }
                }

                public static int Native(int n) => Run(n);

                public static int Logged(List<string> log, int n) => new BoundsCtx(log).Overdub(Run, n);
            }
            """;
        LoadedProgram program = LoadedProgram.Woven(build, new Source("Program.cs", Source));
        var log = new List<string>();
        Assert.Equal(-1, program.Run<int>("Program.Native", 3));
        Assert.Equal(-1, program.Run<int>("Program.Logged", log, 3));
        Assert.Equal(["7 to 3 of 3 at line 39", "3 of 3 at line 29"], log);
    }

    [Theory, Builds]
    public void Overflow_is_found_in_unchecked_code(OptimizationLevel build)
    {
        const string Source = """
            using System;
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct OverflowCtx(List<string> Metadata) : IContext<List<string>>
            {
                [Overdub(typeof(Intrinsic), nameof(Intrinsic.Add))]
                static int Add(OverflowCtx ctx, JoinPoint f, int a, int b)
                {
                    long exact = (long)a + b;
                    if (exact != (int)exact)
                        ctx.Metadata.Add($"{a} + {b} at line {f.Line}");
                    return (int)exact;
                }

                [Overdub(typeof(Intrinsic), nameof(Intrinsic.Multiply))]
                static int Multiply(OverflowCtx ctx, JoinPoint f, int a, int b)
                {
                    long exact = (long)a * b;
                    if (exact != (int)exact)
                        ctx.Metadata.Add($"{a} * {b} at line {f.Line}");
                    return (int)exact;
                }

                [Overdub(typeof(Intrinsic), nameof(Intrinsic.Multiply))]
                static uint Multiply(OverflowCtx ctx, JoinPoint f, uint a, uint b)
                {
                    ctx.Metadata.Add($"{a}u * {b}u at line {f.Line}");
                    return a * b;
                }
            }

            public static class Program
            {
                static int Run(int n)
                {
                    int product = 1;
                    for (int i = 1; i <= n; i++)
                        product *= i;
                    uint hash = 2166136261;
                    byte small = (byte)n;
                    hash = (hash ^ small) * 16777619;
                    return product + int.MaxValue / 2 + (int)(hash & 1);
                }

                public static int Native(int n) => Run(n);

                public static int Checked(List<string> log, int n) => new OverflowCtx(log).Overdub(Run, n);
            }
            """;
        LoadedProgram program = LoadedProgram.Woven(build, new Source("Program.cs", Source));
        var log = new List<string>();
        Assert.Equal(program.Run<int>("Program.Native", 13), program.Run<int>("Program.Checked", log, 13));
        // 12! is the last factorial that fits; half of the largest int added to 13! modulo 2^32, 1,932,053,504, does not fit either.
        Assert.Equal(["479001600 * 13 at line 39", $"{2166136261u ^ 13}u * 16777619u at line 42", "1932053504 + 1073741823 at line 43"], log);
    }
}
