using System;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil.Cil;
using Xunit;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Tests.Printing;

/// <summary>Listings of small methods. The first line of each source is line 1, so that positions can be counted here.</summary>
public class IRPrinterTests
{
    [Fact]
    public void A_straight_method_reads_like_lowered_code() => Check("""
        class Sample
        {
            static double Quotient(double x, double y)
            {
                return System.Math.Sin(x) / y;
            }
        }
        """, "Quotient", """
        double Sample.Quotient(double x, double y)
        5 1 ─ %1 = Math.Sin(x)  │ Sample.cs(5,9)
          │   %2 = %1 / y       │
          └──      return %2    │
        """);

    [Fact]
    public void Only_used_values_have_numbers_and_dead_ones_are_dropped() => Check("""
        class Sample
        {
            static void Run(string s)
            {
                s.Trim();
                System.Console.WriteLine(s.Length);
            }
        }
        """, "Run", """
        void Sample.Run(string s)
        5 1 ─      s.Trim()               │ Sample.cs(5,9)
        6 │   %2 = s.get_Length()         │ Sample.cs(6,9)
          │        Console.WriteLine(%2)  │
        7 └──      return                 │ Sample.cs(7,5)
        """);

    [Fact]
    public void A_conditional_value_is_a_join() => Check("""
        class Sample
        {
            static void Pick(bool b, int x)
            {
                Pick(true, b ? x : 7);
            }
        }
        """, "Pick", """
        void Sample.Pick(bool b, int x)
        5 1 ─      if (b) goto #3            │ Sample.cs(5,9)
          2 ─      goto #4                   │
          3 ─      nothing                   │
          4 ─ %3 = φ (#2 => 1, #3 => 1)      │
          │   %4 = φ (#2 => 7, #3 => x)      │
          │        Sample.Pick(%3, %4)       │
        6 └──      return                    │ Sample.cs(6,5)
        """);

    [Fact]
    public void Regions_are_nested_visibly() => Check("""
        using System;
        class Sample
        {
            static int Parse(string s)
            {
                try
                {
                    return int.Parse(s);
                }
                catch (FormatException)
                {
                    Console.WriteLine("bad");
                    return -1;
                }
                finally
                {
                    Console.WriteLine("done");
                }
            }
        }
        """, "Parse", """
        int Sample.Parse(string s)
               try                          │
               │ try                        │
         8 1 ─ │ │ local0 = int.Parse(s)    │ Sample.cs(8,13)
           └── │ │ leave #4                 │
               │ catch (FormatException)    │
        10 2 ─ │ │ pop exception            │ Sample.cs(10,9)
        12 │   │ │ Console.WriteLine("bad") │ Sample.cs(12,13)
        13 │   │ │ local0 = -1              │ Sample.cs(13,13)
           └── │ │ leave #4                 │
               │ end                        │
               finally                      │
        17 3 ─ │ Console.WriteLine("done")  │ Sample.cs(17,13)
        18 └── │ end handler                │ Sample.cs(18,9)
               end                          │
        19 4 ─ return local0                │ Sample.cs(19,5)
        """);

    [Fact]
    public void A_fault_and_values_that_a_leave_drops_are_shown()
    {
        var body = BodyBuilder.Try(RegionKind.Fault, t => t.Inside([BodyBuilder.C(1), BodyBuilder.I(Code.Call, BodyBuilder.M(t.Body, "IntMethod")), BodyBuilder.I(Code.Leave, t.After)]));
        Assert.Equal(Normal("""
            void Program.VoidMethod()
             1 ─ nothing                  │
                 try                      │
             2 ─ │ nothing                │
             3 ─ │ Program.IntMethod()    │
             └── │ leave #5               │
                 fault                    │
             4 ─ │ end handler            │
                 end                      │
             5 ─ return                   │
            """), Normal(IRPrinter.Print(body)));
    }

    [Fact]
    public void A_broken_body_is_shown_as_far_as_it_goes()
    {
        var body = BodyBuilder.Straight("VoidMethod", BodyBuilder.I(Code.Add), BodyBuilder.I(Code.Stloc, new Local(BodyBuilder.Sample.Value.Types.Int32)), BodyBuilder.I(Code.Call), BodyBuilder.I(Code.Ret));
        Assert.Contains("?temp = ? + ?", IRPrinter.Print(body), StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_stands_between_its_try_and_its_handler()
    {
        var text = Print("""
            using System;
            class Sample
            {
                static void Run(int code)
                {
                    try { Console.WriteLine(); }
                    catch (InvalidOperationException e) when (e.HResult == code) { Console.WriteLine(e); }
                }
            }
            """, "Run");
        var order = new[] { " try", "Console.WriteLine()", " filter", "exception as InvalidOperationException", "end filter", " catch (when the filter says so)", "Console.WriteLine(", " end" };
        Assert.Equal(order.Length, order.Aggregate((Found: 0, At: 0), (state, part) => text.IndexOf(part, state.At, StringComparison.Ordinal) is var i and >= 0 ? (state.Found + 1, i + 1) : state).Found);
    }

    [Fact]
    public void A_store_keeps_what_was_loaded_before_it() => Check("""
        class Sample
        {
            static int Next(int x)
            {
                return x++ + x;
            }
        }
        """, "Next", """
        int Sample.Next(int x)
        5 1 ─ %1 = x + 1      │ Sample.cs(5,9)
          │   %2 = x          │
          │        x = %1     │
          │   %4 = %2 + x     │
          └──      return %4  │
        """);

    [Theory]
    [InlineData("static void M(int[] a, int i) => a[i] = i;", "a[i] = i")]
    [InlineData("static int M(int[] a) => a.Length;", "a.Length")]
    [InlineData("int f; void M(Sample o) => o.f = f;", "o.f = %1")]
    [InlineData("static bool f; static void M() => f = true;", "Sample.f = true")]
    [InlineData("static object M(int i) => i;", "box(i)")]
    [InlineData("static string M(object o) => (string)o;", "(string)o")]
    [InlineData("static object M(object o) => o as string;", "o as string")]
    [InlineData("static System.Collections.Generic.List<int> M() => new System.Collections.Generic.List<int>(3);", "new List<int>(3)")]
    [InlineData("static void M(ref int x) => x = 3;", "*x = 3")]
    [InlineData("static int M(ref int x) => x;", "%1 = *x")]
    [InlineData("static bool M(string s) => s != null;", "s != null")]
    [InlineData("static bool M(uint a, uint b) => a > b;", "unsigned(a > b)")]
    [InlineData("static bool M(object o) => o is string && o.GetHashCode() != 0;", "!= 0")]
    [InlineData("static uint M(uint a, uint b) => a / b;", "unsigned(a / b)")]
    [InlineData("static int M(int a, int b) => checked(a * b);", "checked(a * b)")]
    [InlineData("static byte M(int a) => checked((byte)a);", "checked((byte)a)")]
    [InlineData("static void M(int i) { switch (i) { case 0: System.Console.Read(); break; case 1: System.Console.Write(1); break; case 2: System.Console.Write(2); break; } }", "switch (i) { 0: goto #3, 1: goto #4, 2: goto #5 }")]
    [InlineData("static void M(System.Exception e) => throw e;", "throw e")]
    [InlineData("static System.Func<int> M() => new System.Func<int>(System.Console.Read);", "new Func<int>(null, &Console.Read)")]
    [InlineData("static void M<T>(T x) => M<T[]>(new T[2]);", "Sample.M<T[]>(%1)")]
    [InlineData("public override string ToString() => base.ToString(); void M() { }", "base.ToString()", "ToString")]
    [InlineData("static string M() => \"a\\\"b\\n\";", "return \"a\\\"b\\n\"")]
    [InlineData("static double M() => 2;", "return 2.0")]
    [InlineData("static long M() => 5000000000;", "return 5000000000L")]
    public void Each_instruction_reads_as_its_author_wrote_it(string member, string expected, string method = "M") =>
        Assert.Contains(expected, Print("class Sample { " + member + " }", method), StringComparison.Ordinal);

    [Fact]
    public void Side_by_side_statements_of_one_line_share_a_height()
    {
        var source = new CompiledSource("""
            class Sample
            {
                static void Run()
                {
                    System.Console.Write(1);
                    System.Console.Write(2);
                }
                static void Hook(string text) { }
            }
            """);
        var (before, after) = (source.Import("Run"), source.Import("Run"));
        new BodyEditor(after).Insert(after.Blocks[0], 0, [new Instruction(Code.Ldstr, "hook"), new Instruction(Code.Call, source.Types.SelfOf(source.Method("Hook")))]);
        var text = IRPrinter.PrintSideBySide(before, after);
        Assert.Equal(Normal("""
              void Sample.Run()         ║ void Sample.Run()
            5 1 ─ Console.Write(1)      ║ 1 ─ Sample.Hook("hook")
                                        ║ │   Console.Write(1)
            6 │   Console.Write(2)      ║ │   Console.Write(2)
            7 └── return                ║ └── return
            """), Normal(text));
    }

    [Fact]
    public void Every_body_of_a_library_prints_the_same_twice()
    {
        using var module = Corpus.Load(Corpus.Newtonsoft);
        var importer = new BodyImporter(new TypeUniverse(module));
        var printed = 0;
        foreach (var method in Corpus.Bodies(module))
        {
            if (importer.Import(method).Body is not { } body)
                continue;
            var text = IRPrinter.Print(body);
            Assert.Equal(text, IRPrinter.Print(importer.Import(method).Body!));
            Assert.DoesNotContain("%0", text, StringComparison.Ordinal);
            printed++;
        }
        Assert.True(printed > 3000, $"only {printed} bodies");
    }

    /// <summary>Unsafe code, function pointers, typed references and the rest of what no package uses.</summary>
    [Fact]
    public void Any_body_of_the_core_library_prints()
    {
        using var module = Corpus.Load(Corpus.CoreLib);
        var importer = new BodyImporter(new TypeUniverse(module));
        var printed = 0;
        foreach (var method in Corpus.Bodies(module).Where((_, i) => i % 5 == 0))
        {
            if (importer.Import(method).Body is not { } body)
                continue;
            var text = IRPrinter.Print(body);
            Assert.True(text.Contains("return", StringComparison.Ordinal) || text.Contains("throw", StringComparison.Ordinal) || text.Contains("goto", StringComparison.Ordinal)
                || text.Contains("leave", StringComparison.Ordinal) || text.Contains("jump", StringComparison.Ordinal), text);
            // Only a value or name that the printer does not know is shown as a question mark.
            Assert.DoesNotContain("?", System.Text.RegularExpressions.Regex.Replace(text, "\"(\\\\.|[^\"\\\\])*\"", ""), StringComparison.Ordinal);
            printed++;
        }
        Assert.True(printed > 7000, $"only {printed} bodies");
    }

    private static string Print(string source, string method) => IRPrinter.Print(new CompiledSource(source).Import(method));

    private static void Check(string source, string method, string expected) => Assert.Equal(Normal(expected), Normal(Print(source, method)));

    /// <summary>Without the padding of the last column but one.</summary>
    private static string Normal(string text) =>
        string.Join("\n", text.Replace("\r", "").TrimEnd('\n').Split('\n').Select(l => System.Text.RegularExpressions.Regex.Replace(l, " +(│ [A-Zh]|│$|║)", " $1").TrimEnd('│', ' ')));
}
