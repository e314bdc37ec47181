using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using Cassette.Fody.Placement;
using Cassette.Runtime;
using Xunit;

namespace Cassette.Tests.Runtime;

public class JoinPointTests
{
    private static readonly JoinPointMethodData Sin = new()
    {
        DeclaringType = "System.Math",
        Name = "Sin",
        IsStatic = true,
        ReturnType = "System.Double",
        Parameters = [("System.Double", "a")],
    };

    private static readonly JoinPointMethodData Predict = new()
    {
        DeclaringType = "Shop.Outer+Model",
        Name = "Predict",
        ReturnType = "System.Double",
        Parameters = [("System.Double", "x")],
    };

    [Fact]
    public void Everything_written_is_read_back()
    {
        JoinPoint point = WriteAndRead(new JoinPointData(Sin, Predict, "/_/src/Model.cs", 300));

        Assert.False(point.IsDefault);
        Assert.Equal("System.Math", point.DeclaringType);
        Assert.Equal("Sin", point.Name);
        Assert.True(point.IsStatic);
        Assert.Equal("System.Double", point.ReturnType);
        Assert.Equal([new JoinPointParameter("System.Double", "a")], point.Parameters);
        Assert.Empty(point.GenericArguments);
        Assert.Equal("System.Math.Sin(Double a)", point.Signature);
        Assert.Equal("Shop.Outer.Model.Predict(Double x)", point.Caller);
        Assert.Equal("/_/src/Model.cs", point.File);
        Assert.Equal(300, point.Line);
        Assert.Equal("System.Math.Sin(Double a) in Model.cs:line 300", point.ToString());
    }

    [Theory]
    [InlineData(@"C:\src\Model.cs", 1, "System.Math.Sin(Double a) in Model.cs:line 1")]
    [InlineData("Model.cs", 16383, "System.Math.Sin(Double a) in Model.cs:line 16383")]
    [InlineData("Größe.cs", 16384, "System.Math.Sin(Double a) in Größe.cs:line 16384")]
    [InlineData("Model.cs", 0, "System.Math.Sin(Double a)")]
    [InlineData(null, 12, "System.Math.Sin(Double a)")]
    public void The_position_is_shown_where_there_is_one(string? file, int line, string expected)
    {
        Assert.Equal(expected, WriteAndRead(new JoinPointData(Sin, Predict, file, line)).ToString());
    }

    [Theory]
    [InlineData("System.Double", "Double")]
    [InlineData("T", "T")]
    [InlineData("Ns.Outer+Inner", "Inner")]
    [InlineData("System.Int32&", "Int32&")]
    [InlineData("System.Char*", "Char*")]
    [InlineData("System.String[]", "String[]")]
    [InlineData("System.String[,]&", "String[,]&")]
    [InlineData("System.Collections.Generic.List`1[System.Double]", "List`1")]
    [InlineData("System.Collections.Generic.Dictionary`2[System.String,System.Collections.Generic.List`1[A.B]][]", "Dictionary`2[]")]
    public void Types_of_parameters_are_shown_by_their_simple_names(string fullName, string expected)
    {
        var method = new JoinPointMethodData
        {
            DeclaringType = "C",
            Name = "M",
            ReturnType = "System.Void",
            Parameters = [(fullName, "x"), (fullName, "")],
        };

        Assert.Equal($"C.M({expected} x, {expected})", WriteAndRead(new JoinPointData(method, Predict, null, 0)).Signature);
    }

    [Fact]
    public void It_reads_as_the_runtimes_own_stack_frames()
    {
        StackFrame frame = Nested<int>.Thrower<string, double>([1], "", new double[1, 1]);
        MethodBase method = frame.GetMethod()!;
        string expected = new StackTrace(frame).ToString().Trim()["at ".Length..];
        var data = new JoinPointMethodData
        {
            DeclaringType = method.DeclaringType!.FullName!,
            Name = method.Name,
            ReturnType = "System.Diagnostics.StackFrame",
            GenericArguments = [.. method.GetGenericArguments().Select(t => t.Name)],
            Parameters = [.. method.GetParameters().Select(p => (p.ParameterType.ToString(), p.Name!))],
        };

        Assert.Equal(expected, WriteAndRead(new JoinPointData(data, Predict, null, 0)).ToString());
    }

    [Fact]
    public void Equal_sites_share_an_entry_and_different_ones_do_not()
    {
        var writer = new JoinPointTableWriter();

        int first = writer.Add(new JoinPointData(Sin, Predict, "Model.cs", 1));
        int second = writer.Add(new JoinPointData(Sin, Predict, "Model.cs", 2));
        int third = writer.Add(new JoinPointData(Sin, Sin, "Model.cs", 1));
        int again = writer.Add(new JoinPointData(Sin, Predict, "Model.cs", 1));

        Assert.Equal([0, 1, 2, 0], [first, second, third, again]);
        Assert.Equal(3, writer.Count);
        var table = new JoinPointTable(writer.ToArray());
        Assert.Equal(3, table.Count);
        Assert.Equal(new JoinPoint(table, first), new JoinPoint(table, again));
        Assert.NotEqual(new JoinPoint(table, first), new JoinPoint(table, second));
        Assert.True(new JoinPoint(table, 1) != new JoinPoint(table, 2));
    }

    [Fact]
    public void Strings_are_written_once_and_the_bytes_are_those_of_the_format()
    {
        var writer = new JoinPointTableWriter();
        var method = new JoinPointMethodData { DeclaringType = "A", Name = "A", ReturnType = "A" };
        writer.Add(new JoinPointData(method, method, null, 200));

        byte[] expected =
        [
            (byte)'C', (byte)'J', (byte)'P', 1,
            1, 0, 0, 0, 24, 0, 0, 0, 29, 0, 0, 0, 35, 0, 0, 0, // one site; heaps at 24, 29 and 35
            0, 0, 0, 0,                                        // the site's offset
            0, 0, 0, 0xC8, 0x01,                               // callee, caller, no file, line 200
            0, 1, 1, 1, 0, 0,                                  // instance, "A" three times, nothing generic, no parameter
            0, 1, (byte)'A',                                   // "" at 0, "A" at 1
        ];
        Assert.Equal(expected, writer.ToArray());
    }

    [Fact]
    public void Many_entries_survive_the_round_trip()
    {
        var writer = new JoinPointTableWriter();
        const int count = 5_000;
        for (int i = 0; i < count; i++)
            Assert.Equal(i, writer.Add(Numbered(i)));
        var table = new JoinPointTable(writer.ToArray());

        for (int i = count - 1; i >= 0; i--)
            Assert.Equal($"N.T{i % 70}.M{i}(P{i % 300} p) in F{i % 11}.cs:line {i + 1}", new JoinPoint(table, i).ToString());

        static JoinPointData Numbered(int i) => new(
            new JoinPointMethodData
            {
                DeclaringType = $"N.T{i % 70}",
                Name = $"M{i}",
                ReturnType = "System.Void",
                Parameters = [($"N.P{i % 300}", "p")],
            },
            Predict,
            $"F{i % 11}.cs",
            i + 1);
    }

    [Fact]
    public void Making_and_reading_one_again_allocates_nothing()
    {
        var writer = new JoinPointTableWriter();
        writer.Add(new JoinPointData(Sin, Predict, "Model.cs", 1));
        var table = new JoinPointTable(writer.ToArray());
        string text = new JoinPoint(table, 0).ToString();
        _ = new JoinPoint(table, 0).Caller;

        long before = GC.GetAllocatedBytesForCurrentThread();
        var point = new JoinPoint(table, 0);
        string again = point.ToString();
        _ = point.Caller.Length + point.Name.Length + point.Parameters.Count + point.File!.Length;
        long after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Same(text, again);
        Assert.Equal(0, after - before);
        Assert.Equal(2 * IntPtr.Size, System.Runtime.CompilerServices.Unsafe.SizeOf<JoinPoint>());
    }

    [Fact]
    public void A_default_value_stands_for_no_place()
    {
        JoinPoint none = default;

        Assert.True(none.IsDefault);
        Assert.Equal("", none.ToString() + none.DeclaringType + none.Name + none.Signature + none.ReturnType + none.Caller);
        Assert.Empty(none.Parameters);
        Assert.Empty(none.GenericArguments);
        Assert.Null(none.File);
        Assert.Equal(0, none.Line);
        Assert.False(none.IsStatic);
        Assert.Equal(default, none);
        Assert.Equal(none.GetHashCode(), default(JoinPoint).GetHashCode());
        Assert.NotEqual(none, WriteAndRead(new JoinPointData(Sin, Predict, null, 0)));
    }

    [Fact]
    public void What_is_no_table_is_refused()
    {
        byte[] table = new JoinPointTableWriter().ToArray();
        byte[] later = [.. table];
        later[3] = 2;
        byte[] damaged = [.. table];
        damaged[8] = 0;

        Assert.Equal(0, new JoinPointTable(table).Count);
        Assert.Throws<ArgumentException>(() => new JoinPointTable([]));
        Assert.Throws<ArgumentException>(() => new JoinPointTable(new byte[100]));
        Assert.Throws<ArgumentException>(() => new JoinPointTable(damaged));
        Assert.Contains("version 2", Assert.Throws<ArgumentException>(() => new JoinPointTable(later)).Message);
    }

    private static JoinPoint WriteAndRead(in JoinPointData site)
    {
        var writer = new JoinPointTableWriter();
        int index = writer.Add(site);
        return new JoinPoint(new JoinPointTable(writer.ToArray()), index);
    }

    private static class Nested<T>
    {
        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        public static StackFrame Thrower<U, V>(System.Collections.Generic.List<T> list, U text, V[,] matrix) => new(0, false);
    }
}
