// A table: as long as the faults are many.
using System.Collections.Generic;

namespace Cassette.Tests.BadInput;

/// <summary>The faults that are tested through the whole pipeline.</summary>
internal static class BadCases
{
    public static IReadOnlyList<BadCase> All { get; } =
    [
        // ---- configuration
        new("unknown attribute", "CAS103", "Did you mean 'Strict'?", Good, "<Cassette\n  ¦Stirct='true' />"),
        new("unknown element", "CAS104", "Did you mean 'Context'?", Good, "<Cassette>\n  <¦Contxt Type='Ctx' />\n</Cassette>"),
        new("not a boolean", "CAS105", "Write true or false", Good, "<Cassette Strict='¦maybe' />"),
        new("nesting out of range", "CAS107", "from 1 to", Good, "<Cassette MaxNesting='¦0' />"),
        new("no time for passes", "CAS124", "from 1 to", Good, "<Cassette PassTimeout='¦0' />"),
        new("entry without member", "CAS112", "Program.Run", Good, "<Cassette><Context Type='Ctx'><Entry>¦Program.Run</Entry></Context></Cassette>"),
        new("entry with wildcard", "CAS113", "exact type and method name", Good, "<Cassette><Context Type='Ctx'><Entry>¦Program::R*</Entry></Context></Cassette>"),
        new("text in the root", "CAS111", "'Ctx'", Good, "<Cassette>¦Ctx</Cassette>"),
        new("pattern does not parse", "CAS205", "missing ')'", Good, "<Cassette><Exclude>Model::F¦(double</Exclude></Cassette>"),

        // ---- contexts
        new("context that does not exist", "CAS301", "Did you mean 'Ctx'?", Good, "<Cassette>\n <Context Type='¦Ctxt' />\n</Cassette>"),
        new("context in a namespace that does not exist", "CAS301", "'Tools.Ctx'", Good, "<Cassette><Context Type='¦Tools.Ctx' /></Cassette>"),
        new("context that is none", "CAS302", "'Model' is not a context", Good, "<Cassette><Context Type='¦Model' /></Cassette>"),
        new("abstract context", "CAS303", "abstract", Good + "public abstract class AbstractCtx : IContext;", "<Cassette><Context Type='¦AbstractCtx' /></Cassette>"),
        new("interface as context", "CAS303", "an interface", Good + "public interface ISubCtx : IContext;", "<Cassette><Context Type='¦ISubCtx' /></Cassette>"),
        new("declared entry into no context", "CAS302", "'Model'", Good + "public static class More { [OverdubWith(typeof(Model))] public static int Entered(int x) => ¦x + 1; }"),

        // ---- passes: without pass assemblies; the others have tests of their own
        new("pass of no context", "CAS350", "'Lost'", Good + "[Pass(\"P\")] public sealed class Lost { public int One() => ¦1; }"),
        new("pass that is not a name", "CAS351", "'P<int>'", Good + "[Pass(\"P<int>\")] public readonly record struct PassCtx(¦int Metadata) : IContext<int>;"),
        new("pass without pass assemblies", "CAS353", "OutputItemType", Good, "<Cassette><Context Type='Ctx'><Pass Type='¦P' /></Context></Cassette>"),
        new("pass of an assembly that is not listed", "CAS352", "'MyPasses'", Good, "<Cassette><Context Type='Ctx'><Pass Assembly='MyPasses' Type='¦P' /></Context></Cassette>"),
        new("pass with a wildcard", "CAS117", "not the name of one type", Good, "<Cassette><Context Type='Ctx'><Pass Type='¦My*' /></Context></Cassette>"),

        // ---- rules: their own shape
        new("rule that is not static", "CAS304", "Make it static", Ctx("[Prehook] void Before(JoinPoint f) => ¦Console.WriteLine(f);")),
        new("rule without a parameter", "CAS305", "'Ctx'", Ctx("[Prehook] static void Before() => ¦Console.WriteLine();")),
        new("rule without the context", "CAS305", "Let it take", Ctx("[Prehook] static void Before(JoinPoint f) => ¦Console.WriteLine(f);")),
        new("rule with another context", "CAS305", "Ctx", Ctx("[Prehook] static void Before(OtherCtx ctx, JoinPoint f) => ¦Console.WriteLine(f);") + "public readonly record struct OtherCtx : IContext;"),
        new("rule with the context second", "CAS305", "Ctx", Ctx("[Prehook] static void Before(JoinPoint f, Ctx ctx) => ¦Console.WriteLine(f);")),
        new("prehook that returns a number", "CAS307", "'int'", Ctx("[Prehook] static int Before(Ctx ctx, JoinPoint f) => ¦f.Line;")),
        new("posthook that returns without an output", "CAS308", "takes no output", Ctx("[Posthook] static double After(Ctx ctx, JoinPoint f) => ¦f.Line;")),
        new("posthook of two types", "CAS309", "output parameter", Ctx("[Posthook] static int After(Ctx ctx, double output) => ¦(int)output;")),
        new("throwhook without the exception", "CAS310", "not an exception", Ctx("[Throwhook] static void Thrown(Ctx ctx, JoinPoint f) => ¦Console.WriteLine(f);")),
        new("throwhook with a string for the exception", "CAS310", "not an exception", Ctx("[Throwhook] static void Thrown(Ctx ctx, string message) => ¦Console.WriteLine(message);")),
        new("throwhook that returns", "CAS311", "Return void", Ctx("[Throwhook] static bool Thrown(Ctx ctx, Exception exception) => ¦exception is null;")),
        new("primitive of another return type", "CAS312", "Math.Sin", Ctx("[Overdub(typeof(Math), nameof(Math.Sin))] static int Sin(Ctx ctx, double x) => ¦(int)x;")),
        new("parameters of no overload", "CAS313", "Math.Sin", Ctx("[Overdub(typeof(Math), nameof(Math.Sin))] static double Sin(Ctx ctx, string x) => ¦x.Length;")),
        new("too many parameters", "CAS313", "Math.Sin", Ctx("[Overdub(typeof(Math), nameof(Math.Sin))] static double Sin(Ctx ctx, double x, double y) => ¦x + y;")),
        new("receiver forgotten", "CAS313", "EnsureCapacity", Ctx("[Overdub(typeof(System.Text.StringBuilder), \"EnsureCapacity\")] static int Ensure(Ctx ctx, int capacity) => ¦capacity;")),
        new("target without such a member", "CAS314", "Did you mean 'Sin'?", Ctx("[Overdub(typeof(Math), \"Sine\")] static double Sin(Ctx ctx, double x) => ¦x;")),
        new("intrinsic that does not exist", "CAS314", "Did you mean 'Multiply'?", Ctx("[Prehook(typeof(Intrinsic), \"Mulitply\")] static void Before(Ctx ctx) => ¦Console.WriteLine();")),
        new("operands that no instruction has", "CAS313", "Intrinsic.Add", Ctx("[Prehook(typeof(Intrinsic), nameof(Intrinsic.Add))] static void Before(Ctx ctx, string a, string b) => ¦Console.WriteLine(a);")),
        new("one operand too few", "CAS313", "Intrinsic.Divide", Ctx("[Overdub(typeof(Intrinsic), nameof(Intrinsic.Divide))] static int Divide(Ctx ctx, int a) => ¦a;")),
        new("comparison that returns a number", "CAS312", "Intrinsic.LessThan", Ctx("[Overdub(typeof(Intrinsic), nameof(Intrinsic.LessThan))] static int Less(Ctx ctx, int a, int b) => ¦a;")),
        new("element of no array", "CAS313", "Intrinsic.LoadElement", Ctx("[Prehook(typeof(Intrinsic), nameof(Intrinsic.LoadElement))] static void Before(Ctx ctx, string a, int index) => ¦Console.WriteLine(a);")),
        new("field of another type", "CAS313", "Holder.Number", Ctx("[Prehook(typeof(Holder), nameof(Holder.Number), Access.Set)] static void Before(Ctx ctx, Holder holder, string value) => ¦Console.WriteLine(value);") + Holder),
        new("field read with a value", "CAS313", "Holder.Number", Ctx("[Prehook(typeof(Holder), nameof(Holder.Number), Access.Get)] static void Before(Ctx ctx, Holder holder, int value) => ¦Console.WriteLine(value);") + Holder),
        new("field replaced by another type", "CAS312", "Holder", Ctx("[Overdub(typeof(Holder), nameof(Holder.Number), Access.Get)] static string Read(Ctx ctx, Holder holder) => ¦\"\";") + Holder),
        new("field that does not exist", "CAS314", "Did you mean 'Number'?", Ctx("[Prehook(typeof(Holder), \"Nunber\", Access.Set)] static void Before(Ctx ctx) => ¦Console.WriteLine();") + Holder),
        new("read of a method", "CAS314", "Holder", Ctx("[Prehook(typeof(Holder), nameof(Holder.Method), Access.Get)] static void Before(Ctx ctx) => ¦Console.WriteLine();") + Holder),
        new("constant, which nothing reads", "CAS314", "Holder", Ctx("[Prehook(typeof(Holder), nameof(Holder.Constant))] static void Before(Ctx ctx) => ¦Console.WriteLine();") + Holder),
        new("pattern for a field that matches nothing", "CAS214", "Did you mean 'Number'?", Ctx("[Prehook(\"set(* Holder.Nunber)\")] static void Before(Ctx ctx) => ¦Console.WriteLine();") + Holder, IsError: false),
        new("generic parameter that nothing tells", "CAS317", "'T'", Ctx("[Prehook] static void Before<T>(Ctx ctx, JoinPoint f) => ¦Console.WriteLine(f);")),
        new("rule that is two things", "CAS320", "Keep one attribute", Ctx("[Prehook, Posthook] static void Both(Ctx ctx, JoinPoint f) => ¦Console.WriteLine(f);")),
        new("catch-all that is no struct", "CAS322", "struct", Ctx("[Overdub] static TResult Any<TCall, TResult>(Ctx ctx, TCall call) where TCall : ICall<TResult> => ¦call.Fallback();")),
        new("catch-all by interface", "CAS322", "Any", Ctx("[Overdub] static TResult Any<TResult>(Ctx ctx, ICall<TResult> call) => ¦call.Fallback();")),
        new("params of numbers", "CAS323", "'args'", Ctx("[Prehook] static void Before(Ctx ctx, params int[] args) => ¦Console.WriteLine(args);")),
        new("something behind the tuple", "CAS323", "'args'", Ctx("[Prehook] static void Before<TArgs>(Ctx ctx, TArgs args, int x) where TArgs : struct, ITuple => ¦Console.WriteLine(x);")),

        // ---- rules: where they stand, and against each other
        new("rules in a class that is not static", "CAS318", "Make it a static class", Good + "[Rules(typeof(Ctx))] public class Loose { [Prehook] static void Before(Ctx ctx, JoinPoint f) => Console.WriteLine(f); }"),
        new("rules for no context", "CAS319", "'Model'", Good + "[Rules(typeof(Model))] public static class Lost { static void Nothing() => Console.WriteLine(); }"),
        new("stray rule", "CAS321", "neither a context nor marked [Rules]", Good + "public static class Stray { [Prehook] static void Before(Ctx ctx, JoinPoint f) => ¦Console.WriteLine(f); }"),
        new("tie", "CAS315", "neither is more specific", Ctx("[Prehook] static void First(Ctx ctx, string x, object y) => Console.WriteLine(x); [Prehook] static void Second(Ctx ctx, object x, string y) => Console.WriteLine(y);")),
        new("tie of equal rules", "CAS315", "First", Ctx("[Prehook(typeof(Model), \"F\")] static void First(Ctx ctx, double x) => Console.WriteLine(x); [Prehook(typeof(Model), \"F\")] static void Second(Ctx ctx, double x) => Console.WriteLine(x);")),
        new("narrowed rule that does not exist", "CAS325", "'Ctx::Missing'", Good, "<Cassette><Rule Method='¦Ctx::Missing' Pointcut='call(* *(..))' /></Cassette>"),

        // ---- patterns in attributes
        new("empty pattern", "CAS201", "empty", Ctx("[Prehook(\"\")] static void Before(Ctx ctx, JoinPoint f) => ¦Console.WriteLine(f);")),
        new("unknown pointcut", "CAS204", "'cal'", Ctx("[Prehook(\"cal(* *(..))\")] static void Before(Ctx ctx, JoinPoint f) => ¦Console.WriteLine(f);")),
        new("single ampersand", "CAS207", "column 15", Ctx("[Prehook(\"call(* *(..)) & within(Model)\")] static void Before(Ctx ctx, JoinPoint f) => ¦Console.WriteLine(f);")),
        new("text behind the pattern", "CAS206", "complete before", Ctx("[Prehook(\"call(* *(..)) within(Model)\")] static void Before(Ctx ctx, JoinPoint f) => ¦Console.WriteLine(f);")),
        new("pattern that matches nothing", "CAS214", "Did you mean", Ctx("[Prehook(\"call(* Modle.F(..))\")] static void Before(Ctx ctx, JoinPoint f) => ¦Console.WriteLine(f);"), IsError: false),

        // ---- entries
        new("entry that does not exist", "CAS401", "Did you mean", Good, "<Cassette><Context Type='Ctx'><Entry>¦Program::Rnu</Entry></Context></Cassette>"),
        new("entry in a type that does not exist", "CAS401", "Programme", Good, "<Cassette><Context Type='Ctx'><Entry>\n ¦Programme::Run</Entry></Context></Cassette>"),
        new("entry with overloads", "CAS402", "2 methods", Good + "public static class Two { public static void M() => Console.WriteLine(); public static void M(int x) => Console.WriteLine(x); }", "<Cassette><Context Type='Ctx'><Entry>¦Two::M</Entry></Context></Cassette>"),
        new("abstract entry", "CAS403", "abstract", Good + "public abstract class Shape { public abstract int Area(); }", "<Cassette><Context Type='Ctx'><Entry>¦Shape::Area</Entry></Context></Cassette>"),
        new("generic entry", "CAS404", "generic", Good + "public static class Generic { [OverdubWith(typeof(Ctx))] public static T Entered<T>(T x) => ¦x; }"),
        new("context that cannot be made", "CAS405", "parameterless", Good + "public sealed class ClassCtx(int x) : IContext { public int X => x; } public static class More { [OverdubWith(typeof(ClassCtx))] public static int Entered(int x) => ¦x + 1; }"),
        new("context as a type parameter", "CAS406", "'TContext'", Good + "public static class More { public static double Enter<TContext>(TContext ctx) where TContext : IContext => ¦ctx.Overdub(Model.F, 1.0); }"),
        new("context known as the interface", "CAS407", "IContext", Good + "public static class More { public static double Enter(IContext ctx) => ¦ctx.Overdub(Model.F, 1.0); }"),
        new("entry that is kept out", "CAS410", "[NoOverdub]", Good + "public static class More { [NoOverdub, OverdubWith(typeof(Ctx))] public static int Entered(int x) => ¦x + 1; }"),
        new("entry declared twice", "CAS408", "[OverdubWith]", Good + "public static class More { [OverdubWith(typeof(Ctx))] public static int Entered(int x) => x + 1; }", "<Cassette><Context Type='Ctx'><Entry>¦More::Entered</Entry></Context></Cassette>", IsError: false),
        new("context that nothing enters", "CAS409", "Nothing enters", Good + "public readonly record struct LonelyCtx : IContext;", "<Cassette><Context Type='¦LonelyCtx' /></Cassette>", IsError: false),

        // ---- methods that cannot be cloned: errors where the configuration is strict
        new("extern method", "CAS501", "extern", Calls("Native.getpid()", "public static class Native { [System.Runtime.InteropServices.DllImport(\"libc\")] public static extern int getpid(); }"), Strict),
        new("async method by hand", "CAS506", "an async method", Calls("Later.Get().Result", "public static class Later { [System.Runtime.CompilerServices.AsyncStateMachine(typeof(string))] public static Task<int> Get() => Task.FromResult(1); }"), Strict),
        new("iterator by hand", "CAS506", "an iterator", Calls("System.Linq.Enumerable.Count(Many.Get())", "public static class Many { [System.Runtime.CompilerServices.IteratorStateMachine(typeof(string))] public static IEnumerable<int> Get() => [1]; }"), Strict),
        new("reflection", "CAS510", "reflection", Calls("(int)typeof(Model).GetMethod(\"One\")!.Invoke(null, null)!", ""), Strict),
        new("late binding", "CAS513", "bound at run time", Calls("(int)Late.Get((dynamic)1)", "public static class Late { public static int Get(int x) => x; }"), Strict),
        new("strict over an extern method", "CAS520", "Strict", Calls("Native.getpid()", "public static class Native { [System.Runtime.InteropServices.DllImport(\"libc\")] public static extern int getpid(); }"), "<Cassette Strict='true' />"),
    ];

    private const string Holder = "public class Holder { public int Number; public const int Constant = 5; public void Method() { } }";

    private const string Strict = "<Cassette Strict='true' />";

    private const string Model = """
        public class Model
        {
            public static double F(double x) => G("a", "b") + Math.Sin(x);
            public static int G(string x, string y) => x.Length + y.Length;
            public static int One() => 1;
        }
        public static class Program { public static double Run() => new Ctx().Overdub(() => Model.F(1.0)); }

        """;

    private const string Good = Model + "public readonly record struct Ctx : IContext;\n";

    private static string Ctx(string rules) =>
        Model + "public readonly record struct Ctx : IContext { " + rules + " }\n";

    private static string Calls(string expression, string more) =>
        Good + more + "\npublic static class Caller { public static int Run() => new Ctx().Overdub(Entered); static int Entered() => " + expression + "; }\n";
}
