using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>What a rule applies to: a member, one use of it, a pattern; and where rules may stand.</summary>
public sealed class TargetTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public sealed class Account
        {
            public Account(int start) => Balance = start;

            public int Balance { get; set; }

            public int this[int index] => index;

            [Obsolete]
            public int Old() => 1;

            public int GetNew(int x) => x;

            public string GetName(string x) => x;
        }

        public readonly record struct AccessCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Account), nameof(Account.Balance), Access.Get)]
            static void Read(AccessCtx ctx, Account account) => ctx.Metadata.Add("get");

            [Prehook(typeof(Account), nameof(Account.Balance), Access.Set)]
            static void Write(AccessCtx ctx, Account account, int value) => ctx.Metadata.Add("set " + value);

            [Overdub(typeof(Account), Access.New)]
            static Account Make(AccessCtx ctx, int start)
            {
                ctx.Metadata.Add("new " + start);
                return new Account(start + 100);
            }
        }

        public readonly record struct PointcutCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook("call(* Account.Get*(int))")]
            static void Getter(PointcutCtx ctx, JoinPoint f) => ctx.Metadata.Add("getter " + f.Name);

            [Prehook("call(* *(..)) && @attribute(Obsolete)")]
            static void Obsolete(PointcutCtx ctx, JoinPoint f) => ctx.Metadata.Add("obsolete " + f.Name);

            [Prehook("get(* Account.Balance) && within(Program)")]
            static void Reading(PointcutCtx ctx, JoinPoint f) => ctx.Metadata.Add("reading " + f.Name);

            [Overdub("get(* System.Environment.TickCount)")]
            static int Ticks(PointcutCtx ctx) => 42;
        }

        public readonly record struct ElsewhereCtx(List<string> Metadata) : IContext<List<string>>;

        [Rules(typeof(ElsewhereCtx))]
        public static class Elsewhere
        {
            [Overdub(typeof(Random), nameof(Random.Next))]
            static int Next(ElsewhereCtx ctx, Random random) => 4;

            [Overdub(typeof(Math), nameof(Math.Max))]
            [Overdub(typeof(Math), nameof(Math.Min))]
            static int Extreme(ElsewhereCtx ctx, JoinPoint f, int x, int y)
            {
                ctx.Metadata.Add(f.Name);
                return x;
            }
        }

        public static class Program
        {
            static int Accounts()
            {
                var account = new Account(1);
                account.Balance += 5;
                account.Balance = 7;
                return account.Balance + account[2];
            }

            #pragma warning disable CS0612
            static int Patterns()
            {
                var account = new Account(1);
                return account.Old() + account.GetNew(2) + account.GetName("x").Length + account.Balance;
            }

            static int Ticking() => Environment.TickCount;

            static int Randoms() => new Random(1).Next() * 100 + Math.Max(1, 2) * 10 + Math.Min(3, 2);

            public static int Uses(List<string> log) => new AccessCtx(log).Overdub(Accounts);

            public static int Patterned(List<string> log) => new PointcutCtx(log).Overdub(Patterns);

            public static int Frozen(List<string> log) => new PointcutCtx(log).Overdub(Ticking);

            public static int FromElsewhere(List<string> log) => new ElsewhereCtx(log).Overdub(Randoms);
        }
        """;

    [Theory, Builds]
    public void Reads_writes_and_constructions_are_told_apart(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(9, LoadedProgram.Woven(build, Source).Run<int>("Program.Uses", log));
        // The primitive's own body runs as written, and so does the constructor that it calls.
        Assert.Equal(["new 1", "get", "set 106", "set 7", "get"], log);
    }

    [Theory, Builds]
    public void Pointcuts_choose_the_calls(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        var log = new List<string>();
        Assert.Equal(1 + 2 + 1 + 1, program.Run<int>("Program.Patterned", log));
        Assert.Equal(["obsolete Old", "getter GetNew", "reading get_Balance"], log);
        Assert.Equal(42, program.Run<int>("Program.Frozen", log));
    }

    [Theory, Builds]
    public void Rules_may_stand_elsewhere_and_have_several_targets(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(413, LoadedProgram.Woven(build, Source).Run<int>("Program.FromElsewhere", log));
        Assert.Equal(["Max", "Min"], log);
    }

    [Theory, Builds]
    public void Xml_narrows_a_rule(OptimizationLevel build)
    {
        var log = new List<string>();
        var program = LoadedProgram.Woven(build, Source, """
            <Cassette>
              <Rule Method="PointcutCtx::Getter" Pointcut="within(Nowhere..*)" />
            </Cassette>
            """);
        Assert.Equal(5, program.Run<int>("Program.Patterned", log));
        Assert.Equal(["obsolete Old", "reading get_Balance"], log);
    }
}
