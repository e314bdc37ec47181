using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Tests.Verification;

/// <summary>Bodies made by hand, for methods of a small program.</summary>
internal static class BodyBuilder
{
    public static readonly Lazy<CompiledSource> Sample = new(() => new CompiledSource("""
        using System;
        public struct Pair { public int First; }
        public interface IStatic { static abstract void StaticAbstract(); }
        public abstract class Base { public abstract void Abstract(); }
        public class Program
        {
            public int instanceField; public static readonly int readonlyField;
            public Program() { }
            public static void VoidMethod() { }
            public static int IntMethod() => 0;
            public static string StringMethod() => "";
            public static object ObjectMethod() => "";
            public static void TakesInt(int x) { }
            public static void TakesRef(ref int x) { }
            public static void TakesObject(object x) { }
            public static void TakesException(Exception x) { }
            public void Instance() { }
            public void InstanceInt(int x) { }
            public static void Generic<T>() { }
        }
        """));

    public static Instruction I(Code code, object? operand = null) => new(code, operand);

    public static Instruction C(int value) => new(Code.Ldc_I4, value);

    public static Instruction S(string value) => new(Code.Ldstr, value);

    public static Instruction P(Instruction instruction, Prefixes prefixes)
    {
        instruction.Prefixes = prefixes;
        return instruction;
    }

    public static StackType Int(MethodIR body) => StackType.Of(body.Types.Int32);

    public static TypeSymbol Struct(MethodIR body) => Sample.Value.Type("Pair");

    public static TypeSymbol SpanOf(MethodIR body) => body.Types.Instantiate(body.Types.Core("Span`1"), [body.Types.Int32]);

    public static MethodSymbol M(MethodIR body, string name) => body.Types.SelfOf(Sample.Value.Method(name));

    public static MethodSymbol ToStringOf(MethodIR body) => body.Types.SelfOf(body.Types.Object.Definition!.Methods.Single(m => m.Name == "ToString"));

    public static MethodSymbol ObjectConstructor(MethodIR body) => body.Types.SelfOf(body.Types.Object.Definition!.Methods.Single(m => m.Name == ".ctor"));

    public static MethodSymbol ActionConstructor(MethodIR body, TypeSymbol argument)
    {
        var action = body.Types.Instantiate(body.Types.Core("Action`1"), [argument]);
        return body.Types.Method(action.Definition!.Methods.Single(m => m.Name == ".ctor"), action, []);
    }

    public static FieldSymbol F(MethodIR body, string name)
    {
        var field = Sample.Value.Module.GetTypes().SelectMany(t => t.Fields).Single(f => f.Name == name);
        return body.Types.Field(field, body.Types.SelfOf(field.DeclaringType));
    }

    public static Local Local(MethodIR body, TypeSymbol type)
    {
        var local = new Local(type);
        body.Locals.Add(local);
        return local;
    }

    public static MethodIR Body(string method)
    {
        var program = Sample.Value.Module.GetType("Program");
        var origin = program.Methods.Single(m => m.Name == method);
        var types = Sample.Value.Types;
        var body = new MethodIR(types, origin, types.Import(origin.ReturnType, GenericScope.Of(types, origin))) { InitLocals = true };
        if (origin.HasThis)
            body.Arguments.Add(new Argument("this", types.SelfOf(program), 0, true));
        foreach (var parameter in origin.Parameters)
            body.Arguments.Add(new Argument(parameter.Name, types.Import(parameter.ParameterType, GenericScope.Of(types, origin)), body.Arguments.Count, false));
        return body;
    }

    public static MethodIR Straight(string method, params Instruction[] code) => Build(method, _ => code);

    public static MethodIR Build(string method, Func<MethodIR, IEnumerable<Instruction>> code)
    {
        var body = Body(method);
        var block = new Block(body.Body);
        body.Blocks.Add(block);
        block.Instructions.AddRange(code(body));
        return body;
    }

    public static MethodIR Edit(MethodIR body, Action<MethodIR> edit)
    {
        edit(body);
        return body;
    }

    /// <summary>A further block that returns.</summary>
    public static Block Ret(MethodIR body)
    {
        var block = new Block(body.Body);
        block.Instructions.Add(I(Code.Ret));
        body.Blocks.Add(block);
        return block;
    }

    /// <summary>Lets the first block, which ends in a conditional branch, go on to the second.</summary>
    public static IEnumerable<Instruction> Fork(MethodIR body, params Instruction[] code)
    {
        body.Blocks[0].Next = body.Blocks[1];
        return code;
    }

    /// <summary>Two ways to one block that pops a value and returns: its entry is what the first way brings.</summary>
    public static MethodIR Join(Instruction[] left, Instruction[] right)
    {
        var body = Body("VoidMethod");
        var (fork, a, b, join) = (new Block(body.Body), new Block(body.Body), new Block(body.Body), new Block(body.Body));
        body.Blocks.AddRange([fork, a, b, join]);
        fork.Instructions.AddRange([C(1), I(Code.Brtrue, b)]);
        fork.Next = a;
        a.Instructions.AddRange([.. left, I(Code.Br, join)]);
        b.Instructions.AddRange(right);
        b.Next = join;
        join.EntryStack = [left[0].Code == Code.Ldstr ? StackType.Of(body.Types.String) : Int(body)];
        join.Instructions.AddRange([I(Code.Pop), I(Code.Ret)]);
        return body;
    }

    /// <summary><c>before; try { first; second; leave after } handler { } after: ret</c>.</summary>
    public static MethodIR Try(RegionKind kind, Action<TryBody> edit)
    {
        var made = new TryBody(Body("VoidMethod"), kind);
        edit(made);
        return made.Body;
    }

    internal sealed class TryBody
    {
        private readonly Block before;
        private readonly Block? filter;

        public TryBody(MethodIR body, RegionKind kind)
        {
            Body = body;
            var @try = new Region(RegionKind.Try, body.Body);
            var asked = kind == RegionKind.FilteredCatch ? new Region(RegionKind.Filter, body.Body) { Try = @try } : null;
            var handler = new Region(kind, body.Body) { Try = @try, Filter = asked, CatchType = kind == RegionKind.Catch ? body.Types.Exception : null };
            @try.Handlers.Add(handler);
            before = new Block(body.Body);
            First = new Block(@try);
            Second = new Block(@try);
            Handler = new Block(handler);
            After = new Block(body.Body);
            before.Next = First;
            First.Next = Second;
            @try.Entry = First;
            handler.Entry = Handler;
            body.Blocks.AddRange([before, First, Second]);
            if (asked is not null)
            {
                filter = new Block(asked) { EntryStack = [StackType.Of(body.Types.Object)] };
                asked.Entry = filter;
                body.Blocks.Add(filter);
                Ask([I(Code.Pop), C(1), I(Code.Endfilter)]);
            }
            body.Blocks.AddRange([Handler, After]);
            Inside([I(Code.Leave, After)]);
            var catches = kind is RegionKind.Catch or RegionKind.FilteredCatch;
            if (catches)
                Handler.EntryStack = [kind == RegionKind.Catch ? StackType.Of(body.Types.Exception) : StackType.Of(body.Types.Object)];
            Handle(catches ? [I(Code.Pop), I(Code.Leave, After)] : [I(Code.Endfinally)]);
            After.Instructions.Add(I(Code.Ret));
        }

        public MethodIR Body { get; }

        public Block First { get; }

        public Block Second { get; }

        public Block Handler { get; }

        public Block After { get; }

        public void Before(IEnumerable<Instruction> code)
        {
            Set(before, code);
            before.Next = null;
        }

        public void Inside(IEnumerable<Instruction> code) => Set(Second, code);

        public void InsideFalls(IEnumerable<Instruction> code)
        {
            Set(Second, code);
            Second.Next = After;
        }

        public void Handle(IEnumerable<Instruction> code) => Set(Handler, code);

        public void Ask(IEnumerable<Instruction> code) => Set(filter!, code);

        public void AddCatch()
        {
            var @try = First.Region;
            var region = new Region(RegionKind.Catch, Body.Body) { Try = @try, CatchType = Body.Types.Exception };
            var block = new Block(region) { EntryStack = [StackType.Of(Body.Types.Exception)] };
            block.Instructions.AddRange([I(Code.Pop), I(Code.Leave, After)]);
            region.Entry = block;
            @try.Handlers.Add(region);
            Body.Blocks.Add(block);
        }

        private static void Set(Block block, IEnumerable<Instruction> code)
        {
            block.Instructions.Clear();
            block.Instructions.AddRange(code);
        }
    }
}
