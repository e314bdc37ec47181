using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Escapes;

/// <summary>
/// Delegates and objects that overdubbed code puts into the fields and properties of an assembly that is not woven: the delegates carry
/// their context, and are the program's own where it reads them back; what cannot be followed is reported.
/// </summary>
public sealed class KeptDelegateTests
{
    private const string Library = """
        using System;
        using System.Collections.Generic;
        namespace Lib;
        public delegate string Named(string x);
        public class Holder
        {
            public Func<string, string>? Callback;
            public static Named? Shared;
            public volatile Action<string>? Watch;
            public readonly Func<string, string>?[] Slots = new Func<string, string>?[2];
            public Func<string, string>?[]? Replaced;
            public Func<string, string>?[] Made() => Slots;
            public Delegate? Any;
            public IComparer<string>? Order;
            public object?[] Things = new object?[2];
            public Func<string, string>? Property { get; set; }
            public virtual Func<string, string>? Overridable { get; set; }
            public Func<string, string>? this[int i] { get => Slots[i]; set => Slots[i] = value; }
            public string Call(string x) => Callback!(x);
            public static string CallShared(string x) => Shared!(x);
            public string CallProperty(string x) => Property!(x);
            public string CallOverridable(string x) => Overridable!(x);
            public string CallReplaced(string x) => Replaced![1]!(x);
            public string CallSlot(int i, string x) => Slots[i]!(x);
            public string CallAny(string x) => (string)Any!.DynamicInvoke(x)!;
            public int Compare(string x, string y) => Order!.Compare(x, y);
            public string Text(int i) => Things[i]!.ToString()!;
            public void AddOwn() => Callback += static x => x + " own";
        }
        public class Box<T> { public T Value = default!; }
        public struct Options { public Func<string, string>? Map; public string Go(string x) => Map!(x); }
        public interface IPluggable { Func<string, string>? Plug { get; set; } string Go(string x); }
        public class Pluggable : IPluggable { public Func<string, string>? Plug { get; set; } public string Go(string x) => Plug!(x); }
        """;

    private const string Contexts = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Cassette;
        using Lib;

        public readonly struct Plain : IContext;

        public readonly record struct Log(List<string> Metadata, int Number) : IContext<List<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Log ctx, string what) => ctx.Metadata.Add(ctx.Number + " " + what);
        }

        public readonly record struct Fields(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook("set(* Lib.Holder.*)")]
            static void Before(Fields ctx, JoinPoint f) => ctx.Metadata.Add("set " + f.Name);

            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Fields ctx, string what) => ctx.Metadata.Add(what);
        }

        public static class Marks
        {
            public static string Mark(string what) => what;
        }

        """;

    [Theory, Builds]
    public void A_delegate_in_a_field_or_property_outside_carries_its_context(OptimizationLevel build)
    {
        List<string> log = Run(build, """
            public static class Program
            {
                static string Group(string x) => Marks.Mark("group " + x);

                static void Set(Holder holder, Func<string, string> f) => holder.Callback = f;

                static string Inside(string a)
                {
                    var holder = new Holder { Callback = x => Marks.Mark("field " + x + a) };
                    string result = holder.Call("1");
                    Set(holder, Group);
                    result += holder.Call("2");
                    Holder.Shared = x => Marks.Mark("static " + x);
                    result += Holder.CallShared("3");
                    holder.Property = x => Marks.Mark("property " + x + a);
                    result += holder.CallProperty("4");
                    holder.Overridable = Group;
                    result += holder.CallOverridable("5");
                    holder.Replaced = [Group, x => Marks.Mark("array " + x)];
                    result += holder.CallReplaced("6");
                    var options = new Options { Map = x => Marks.Mark("struct " + x) };
                    result += options.Go("7");
                    IPluggable plug = new Pluggable();
                    plug.Plug = x => Marks.Mark("interface " + x);
                    return result + plug.Go("8");
                }

                public static void Run(List<string> log)
                {
                    string native = Inside("a");
                    log.Add((native == new Plain().Overdub(Inside, "a")).ToString());
                    log.Add((native == new Log(log, 1).Overdub(Inside, "a")).ToString());
                }
            }
            """);
        Assert.Equal(
            ["True", "1 field 1a", "1 group 2", "1 static 3", "1 property 4a", "1 group 5", "1 array 6", "1 struct 7", "1 interface 8", "True"], log);
    }

    [Theory, Builds]
    public void What_is_read_back_is_the_programs_own(OptimizationLevel build)
    {
        LoadedProgram program = Program(build, """
            public static class Program
            {
                static string A(string x) => Marks.Mark("a" + x);
                static string B(string x) => Marks.Mark("b" + x);

                public static string Inside(string x)
                {
                    var said = new List<string>();
                    var holder = new Holder();
                    Func<string, string> a = A, b = y => Marks.Mark(x + y);
                    holder.Callback = a;
                    said.Add("same " + ReferenceEquals(holder.Callback, a) + (holder.Callback == A) + (holder.Callback == b));
                    holder.Callback += b;
                    holder.Callback += B;
                    said.Add(holder.Callback.GetInvocationList().Length + holder.Call("1"));
                    holder.Callback -= b;
                    said.Add(holder.Callback!.GetInvocationList().Length + holder.Call("2"));
                    holder.Callback -= B;
                    said.Add(holder.Call("3"));
                    // The code outside adds something of its own.
                    holder.AddOwn();
                    said.Add(holder.Call("4"));
                    holder.Callback -= A;
                    said.Add(holder.Callback!.GetInvocationList().Length + holder.Call("5"));
                    holder.Property = A;
                    holder.Property += b;
                    holder.Property -= A;
                    said.Add(ReferenceEquals(holder.Property, b) + holder.CallProperty("6"));
                    holder.Property -= b;
                    said.Add((holder.Property is null).ToString());
                    holder[1] = b;
                    said.Add(ReferenceEquals(holder[1], b).ToString());
                    var array = new Func<string, string>?[] { a, b };
                    holder.Replaced = array;
                    said.Add(ReferenceEquals(holder.Replaced, array).ToString());
                    IPluggable plug = new Pluggable();
                    plug.Plug = a;
                    plug.Plug -= A;
                    said.Add((plug.Plug is null).ToString());
                    holder.Watch += y => said.Add(Marks.Mark(y));
                    holder.Watch("7");
                    holder.Callback = null;
                    said.Add((holder.Callback is null) + " " + holder.Callback?.Invoke("8"));
                    return string.Join("\n", said);
                }

                public static string InPlain(string x) => new Plain().Overdub(Inside, x);

                public static string InLog(List<string> log, string x) => new Log(log, 1).Overdub(Inside, x);
            }
            """);
        string native = program.Run<string>("Program.Inside", "q");
        Assert.Equal(native, program.Run<string>("Program.InPlain", "q"));
        var log = new List<string>();
        Assert.Equal(native, program.Run<string>("Program.InLog", log, "q"));
        Assert.Equal(["1 a1", "1 q1", "1 b1", "1 a2", "1 b2", "1 a3", "1 a4", "1 q6", "1 7"], log);
    }

    [Theory, Builds]
    public void Rules_for_the_field_see_the_assignment_and_the_delegate_is_bound_nevertheless(OptimizationLevel build)
    {
        List<string> log = Run(build, """
            public static class Program
            {
                static string Inside(string a)
                {
                    var holder = new Holder();
                    holder.Callback = x => Marks.Mark(x + a);
                    return holder.Call("1");
                }

                public static void Run(List<string> log) => log.Add(new Fields(log).Overdub(Inside, "a"));
            }
            """);
        Assert.Equal(["set Callback", "1a", "1a"], log);
    }

    [Theory, Builds]
    public void What_cannot_be_followed_is_reported(OptimizationLevel build)
    {
        const string Source = """
            public static class Program
            {
                static void Replace(ref Func<string, string>? f, Func<string, string> with) => f = with;

                static string Inside(string a)
                {
                    var holder = new Holder();
                    Replace(ref holder.Callback, x => Marks.Mark(x)); // address
                    holder.Any = new Func<string, string>(x => Marks.Mark(x)); // any
                    holder.Order = new Mine(); // object
                    holder.Things[0] = new Told(); // array
                    holder.Slots[0] = x => Marks.Mark(x + a); // element
                    var slots = holder.Made();
                    slots[a.Length] = a == "" ? null : x => Marks.Mark(x); // local
                    var mine = new Func<string, string>[] { x => Marks.Mark(x) };
                    mine[0] = Marks.Mark;
                    holder[1] = x => Marks.Mark("slot " + x);
                    mine.ToArray()[0] = mine[0];
                    var box = new Box<Func<string, string>>();
                    box.Value = x => Marks.Mark("box");
                    return holder.Call(a) + holder.CallAny(a) + holder.Compare(a, a) + holder.Text(0) + box.Value(a) + holder.CallSlot(0, "") + holder.CallSlot(1, "");
                }

                public static void Run(List<string> log) => log.Add(new Log(log, 1).Overdub(Inside, "a"));
            }

            public sealed class Mine : IComparer<string> { public int Compare(string? x, string? y) => Marks.Mark("").Length; }

            public sealed class Told { public override string ToString() => Marks.Mark("told"); }
            """;
        CompiledProgram compiled = Compile(build, Source);
        WovenProgram woven = compiled.Weave("<Cassette Report='true' />");
        var log = new List<string>();
        woven.Verified().Load().Run("Program.Run", log);
        Assert.Equal(["1 box", "1 slot ", "aa0toldboxaslot "], log);

        string[] lines = (Contexts + Source).Split('\n');
        ContextReport report = woven.Result.Report!.Contexts.Single();
        ReportedLeave[] fields = [.. report.Leaving.Where(call => call.Code == "CAS521")];
        Assert.Equal(["Lib.Holder.Callback", "Lib.Holder.Any", "Lib.Holder.Slots", "Lib.Holder.Made()"], fields.Select(call => call.Callee));
        Assert.Equal(["// address", "// any", "// element", "// local"], fields.Select(call => Comment(lines, call.Position)));
        Assert.All(fields, call => Assert.False(call.IsIntended));
        Assert.Contains("// object", SitesOf("Mine", "Mine.Compare"));
        Assert.Contains("// array", SitesOf("object", "Told.ToString"));

        IEnumerable<string> SitesOf(string type, string method) => report.HandedOver
            .Where(handOver => handOver.Type == type && handOver.Methods.Any(found => found.Contains(method)))
            .SelectMany(handOver => handOver.Sites).Where(site => site.Callee?.StartsWith("Lib.Holder.") == true).Select(site => Comment(lines, site.Position));
    }

    private static string Comment(string[] lines, SourcePosition? position)
    {
        string line = lines[position!.Value.Line - 1];
        return line[line.IndexOf("//")..];
    }

    private static List<string> Run(OptimizationLevel build, string program)
    {
        var log = new List<string>();
        Program(build, program).Run("Program.Run", log);
        return log;
    }

    private static LoadedProgram Program(OptimizationLevel build, string program) => Compile(build, program).Weave().Verified().Load();

    private static CompiledProgram Compile(OptimizationLevel build, string program)
    {
        CompiledProgram library = CompiledProgram.Compile("Lib", build, [], new Source("/src/Lib.cs", Library));
        return CompiledProgram.Compile("Subject", build, [library], new Source("/src/Program.cs", Contexts + program));
    }
}
