using System;
using System.Collections.Generic;
using Xunit;

namespace Cassette.Tests.RoundTrip;

/// <summary>Newer and rarer parts of C#, run before and after.</summary>
public class CompiledCasesTests
{
    [Fact]
    public void It_runs_as_before()
    {
        var before = CompiledDriver.Compile(Program);
        var refusals = new Dictionary<string, string>();
        var after = HandModule.Reemit(before, refusals);
        Assert.Empty(refusals);
        var expected = Run(before);
        Assert.Equal("async filter:ab3|finally|inner:2|ref struct:7|ref field:9|unmanaged:5|pinned:6|static abstract:4|iterator:1,2,3,end|inline array:12|pattern:big,small,text,null|stack:10|default:3|unsigned:4294967295|index:5", expected);
        Assert.Equal(expected, Run(after));
    }

    private static string Run(byte[] image)
    {
        using var load = new IsolatedLoad();
        return (string)load.Add(image).GetType("Cases")!.GetMethod("Run")!.Invoke(null, null)!;
    }

    private const string Program = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Numerics;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;

        public interface ISized { int Size { get; } static abstract int Origin { get; } }
        public ref struct Window : ISized { public ref int Target; public Span<int> Rest; public int Size => Rest.Length; public static int Origin => 4; }
        public struct Four : ISized { public int Size => 4; public static int Origin => 4; }
        [InlineArray(4)] public struct Buffer { private int first; }
        public static unsafe class Cases
        {
            public static string Run()
            {
                var log = new List<string>();
                log.Add("async filter:" + Filtered().GetAwaiter().GetResult());
                try { try { throw new Exception("2"); } catch (Exception e) when (e.Message == "1") { log.Add("wrong"); } finally { log.Add("finally"); } } catch (Exception e) { log.Add("inner:" + e.Message); }
                int[] data = { 7, 8, 9 };
                log.Add("ref struct:" + Measure(new Window { Target = ref data[0], Rest = data.AsSpan(1) }, data));
                var w = new Window { Target = ref data[1] }; w.Target++; log.Add("ref field:" + data[1]);
                delegate*<int, int, int> add = &Add; delegate* unmanaged[Cdecl]<int, int> native = &Native; log.Add("unmanaged:" + (add(1, 2) + native(1)));
                fixed (int* p = data) { log.Add("pinned:" + (p[0] - 1)); }
                log.Add("static abstract:" + Origin<Four>());
                log.Add("iterator:" + string.Join(",", Count()));
                Buffer buffer = default; for (var i = 0; i < 4; i++) buffer[i] = i * 2; var sum = 0; foreach (var x in buffer) sum += x; log.Add("inline array:" + sum);
                log.Add("pattern:" + string.Join(",", new object[] { 500, 2, "s", null }.Select(o => o switch { int and > 100 => "big", int => "small", string { Length: > 0 } => "text", null => "null", _ => "?" })));
                Span<int> stack = stackalloc int[] { 1, 2, 3, 4 }; var total = 0; foreach (ref readonly var s in stack) total += s; log.Add("stack:" + total);
                log.Add("default:" + Generic<int?>(3)); log.Add("unsigned:" + unchecked((uint)(int)-1.0)); log.Add("index:" + new[] { 3, 4, 5 }[^1]);
                return string.Join("|", log);
            }
            static async Task<string> Filtered()
            {
                var text = "";
                for (var i = 0; i < 4; i++)
                {
                    try { await Task.Yield(); if (i == 3) return text + i; throw new InvalidOperationException(((char)('a' + i)).ToString()); }
                    catch (InvalidOperationException e) when (i < 2 && Length(e, 1)) { await Task.Yield(); text += e.Message; }
                    catch (Exception) { await Task.Yield(); }
                }
                return text;
            }
            static bool Length(Exception e, int n) => e.Message.Length == n;
            static int Measure<T>(T value, int[] data) where T : ISized, allows ref struct => value.Size + data[0] - 2;
            static int Origin<T>() where T : ISized => T.Origin;
            static int Add(int a, int b) => a + b;
            [UnmanagedCallersOnly(CallConvs = new[] { typeof(CallConvCdecl) })] static int Native(int x) => x + 1;
            static IEnumerable<string> Count() { try { for (var i = 1; i < 4; i++) yield return i.ToString(); } finally { GC.KeepAlive(null); } yield return "end"; }
            static T Generic<T>(T value) { ref T r = ref value; T[] a = { r }; ref readonly T q = ref a[0]; return EqualityComparer<T>.Default.Equals(q, value) ? q : default; }
        }
        """;
}
