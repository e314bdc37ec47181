using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil.Cil;
using Xunit;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Tests.Editing;

public class BodyEditorTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        public ref struct Window { public int Value; public Window(int value) { Value = value; } }
        public class Base { public readonly string Text; public Base(string text) { Text = text; } }
        public class Derived : Base { public Derived(string s) : base(Program.Fail(s)) { } }
        public class Program
        {
            public static List<string> Log = new List<string>();
            public static string Fail(string s) { Log.Add(s); if (s == "bad") throw new FormatException(s); return s + "!"; }
            public static int Sum(string s) => 1 + int.Parse(s) * 2;
            public static string Nested(string s) { try { return Fail(s); } catch (FormatException) { return "caught"; } finally { Log.Add("finally"); } }
            public static int Refs(int[] a, string s) { ref int x = ref a[1]; Add(ref x, int.Parse(s)); return a[1]; }
            public static void Add(ref int x, int y) => x += y;
            public static int Windows(string s) => Take(new Window(7), int.Parse(s));
            public static int Take(Window w, int y) => w.Value + y;
            public static object Make(string s) => new Derived(s);
            public static int Loop(string s) { int sum = 0; for (int i = 0; i < 5; i++) { if (i == 3) continue; sum += i * int.Parse(s); } return sum; }
            public static string Early(int i) { if (i < 0) return "negative"; if (i == 0) return "zero"; return "positive"; }
            public static bool Filter(string s) { try { Fail(s); return true; } catch (Exception e) when (e.Message.Length == 3) { return false; } }
            public static void Lines()
            {
                Log.Add("one");
                Log.Add("two");
            }
            public static int Scoped(int n)
            {
                int total = 0;
                for (int i = 0; i < n; i++) { int square = i * i; total += square; }
                return total;
            }
            public static void Hook() => Log.Add("hook");
        }
        """;

    [Theory]
    [InlineData("Sum", "int.Parse")]
    [InlineData("Windows", "int.Parse")]
    [InlineData("Loop", "int.Parse")]
    public void A_catch_puts_its_own_value_in_place_of_the_result(string method, string callee)
    {
        var edited = new Edited(Source);
        var (editor, block, index) = edited.At(method, callee);
        var code = editor.WrapInTry(block, index, RegionKind.Catch, edited.Types.Core("FormatException"));
        code.Handler.Instructions.AddRange([new(Code.Pop), new(Code.Ldc_I4, 10), new(Code.Stloc, code.Result), new(Code.Leave, code.After)]);
        edited.Accept(editor);
        var expected = method switch { "Sum" => (7, 21), "Windows" => (10, 17), _ => (21, 70) };
        Assert.Equal(expected.Item1, edited.Run(method, "3"));
        Assert.Equal(expected.Item2, edited.Run(method, "x"));
    }

    [Fact]
    public void A_by_ref_below_a_protected_call_still_refers_to_its_element()
    {
        var edited = new Edited(Source);
        var (editor, block, index) = edited.At("Refs", "int.Parse");
        editor.WrapInTry(block, index, RegionKind.Fault).Handler.Instructions.Add(new(Code.Endfinally));
        edited.Accept(editor);
        Assert.Equal(25, edited.Run("Refs", new[] { 1, 20, 3 }, "5"));
    }

    [Fact]
    public void This_is_loaded_again_when_the_base_constructor_call_is_protected()
    {
        var edited = new Edited(Source);
        var (editor, block, index) = edited.At(".ctor", "Fail", "Derived");
        Assert.NotEmpty(editor.StackAt(block, index).Stack);
        editor.WrapInTry(block, index, RegionKind.Fault).Handler.Instructions.AddRange([new(Code.Call, edited.Symbol("Hook")), new(Code.Endfinally)]);
        Assert.DoesNotContain(editor.Body.Locals, l => l.Type == edited.Type("Derived"));
        edited.Accept(editor);
        Assert.Equal("ok!", edited.Run("Make", "ok")!.GetType().GetField("Text")!.GetValue(edited.Run("Make", "ok")));
        Assert.Throws<FormatException>(() => edited.Run("Make", "bad"));
        Assert.Equal(["ok", "ok", "bad", "hook"], edited.Log);
    }

    [Fact]
    public void A_region_inside_of_regions_runs_in_its_turn()
    {
        var edited = new Edited(Source);
        var (editor, block, index) = edited.At("Nested", "Fail");
        editor.WrapInTry(block, index, RegionKind.Finally).Handler.Instructions.AddRange([new(Code.Call, edited.Symbol("Hook")), new(Code.Endfinally)]);
        edited.Accept(editor);
        Assert.Equal("caught", edited.Run("Nested", "bad"));
        Assert.Equal(["bad", "hook", "finally"], edited.Log);
    }

    [Fact]
    public void A_whole_body_is_protected_with_all_its_returns()
    {
        foreach (var (method, argument, expected) in new (string, object, object)[] { ("Early", -1, "negative"), ("Early", 0, "zero"), ("Early", 1, "positive"), ("Nested", "bad", "caught"), ("Loop", "2", 14), ("Filter", "bad", false) })
        {
            var edited = new Edited(Source);
            var editor = edited.Editor(method);
            var code = editor.WrapInTry(editor.Body.Blocks[0], editor.Body.Blocks[^1], RegionKind.Finally);
            code.Handler.Instructions.AddRange([new(Code.Call, edited.Symbol("Hook")), new(Code.Endfinally)]);
            edited.Accept(editor);
            Assert.Equal(expected, edited.Run(method, argument));
            Assert.Equal("hook", edited.Log[^1]);
            Assert.Single(edited.Log, "hook");
        }
    }

    [Fact]
    public void A_loop_body_alone_is_protected()
    {
        var edited = new Edited(Source);
        var (editor, block, _) = edited.At("Loop", "int.Parse");
        Assert.Empty(block.EntryStack);
        var code = editor.WrapInTry(block, block, RegionKind.Finally);
        code.Handler.Instructions.AddRange([new(Code.Call, edited.Symbol("Hook")), new(Code.Endfinally)]);
        edited.Accept(editor);
        Assert.Equal(14, edited.Run("Loop", "2"));
        Assert.Equal(4, edited.Log.Count);
    }

    [Fact]
    public void All_returns_go_through_one_point()
    {
        var edited = new Edited(Source);
        var editor = edited.Editor("Early");
        var exit = editor.ReplaceReturns()!;
        editor.Insert(exit.Block, 0, [new(Code.Call, edited.Symbol("Hook"))]);
        Assert.Single(editor.Body.Blocks.SelectMany(b => b.Instructions), i => i.Code == Code.Ret);
        edited.Accept(editor);
        Assert.Equal(["negative", "zero", "positive"], new[] { -1, 0, 1 }.Select(i => edited.Run("Early", i)));
        Assert.Equal(["hook", "hook", "hook"], edited.Log);
    }

    [Fact]
    public void A_filter_holds_no_protected_region()
    {
        var edited = new Edited(Source);
        var (editor, block, index) = edited.At("Filter", "get_Message");
        Assert.Equal(RegionKind.Filter, block.Region.Kind);
        Assert.Contains("filter", BodyEditor.WhyNotWrap(block, index), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => editor.WrapInTry(block, index, RegionKind.Fault));
        Assert.Throws<InvalidOperationException>(() => editor.WrapInTry(block, block, RegionKind.Fault));
    }

    [Fact]
    public void A_branch_and_code_behind_one_are_refused()
    {
        var edited = new Edited(Source);
        var editor = edited.Editor("Early");
        var block = editor.Body.Blocks[0];
        Assert.NotNull(BodyEditor.WhyNotWrap(block, block.Instructions.Count - 1));
        Assert.Throws<InvalidOperationException>(() => editor.Insert(block, block.Instructions.Count, [new(Code.Nop)]));
    }

    [Fact]
    public void Inserted_code_belongs_to_the_statement_it_precedes()
    {
        var edited = new Edited(Source);
        var editor = edited.Editor("Lines");
        var block = editor.Body.Blocks[0];
        var second = block.Instructions.Where(i => i.Source is not null).Skip(1).First();
        var point = second.Source!;
        var hook = new Instruction(Code.Call, edited.Symbol("Hook"));
        editor.Insert(block, block.Instructions.IndexOf(second), [hook]);
        Assert.Same(point, hook.Source);
        Assert.Null(second.Source);
    }

    [Fact]
    public void Hidden_code_gives_the_statement_back_its_source()
    {
        var edited = new Edited(Source);
        var editor = edited.Editor("Lines");
        var block = editor.Body.Blocks[0];
        var call = block.Instructions.Single(i => i.Operand is "one");
        Assert.Null(call.Source);
        var point = editor.PointAt(block, block.Instructions.IndexOf(call));
        var hook = new Instruction(Code.Call, edited.Symbol("Hook"));
        editor.Insert(block, block.Instructions.IndexOf(call), [hook], SourceInheritance.Hidden);
        Assert.True(hook.Source!.IsHidden);
        Assert.Same(point, call.Source);
    }

    [Fact]
    public void Every_statement_keeps_its_source_when_calls_are_protected()
    {
        var edited = new Edited(Source);
        var editor = edited.Editor("Lines");
        var before = Points(editor.Body);
        foreach (var call in editor.Body.Blocks[0].Instructions.Where(i => i.Code == Code.Callvirt).ToList())
        {
            var block = editor.Body.Blocks.Single(b => b.Instructions.Contains(call));
            editor.WrapInTry(block, block.Instructions.IndexOf(call), RegionKind.Fault).Handler.Instructions.Add(new(Code.Endfinally));
        }
        foreach (var (instruction, point) in Points(editor.Body).Where(p => before.ContainsKey(p.Key)))
            Assert.Same(before[instruction], point);
    }

    [Fact]
    public void Scopes_outlive_the_instructions_they_start_and_end_at()
    {
        var edited = new Edited(Source);
        var editor = edited.Editor("Scoped");
        var scope = Deepest(editor.Body.Scope!);
        var (start, end) = (scope.Start!, scope.End!);
        var block = editor.Body.Blocks.Single(b => b.Instructions.Contains(start));
        var replacement = new Instruction(Code.Nop);
        editor.Replace(block, block.Instructions.IndexOf(start), [replacement, start]);
        Assert.Same(replacement, scope.Start);
        block = editor.Body.Blocks.Single(b => b.Instructions.Contains(end));
        var nop = new Instruction(Code.Nop);
        editor.Insert(block, block.Instructions.IndexOf(end), [nop]);
        editor.Remove(block, block.Instructions.IndexOf(nop));
        Assert.Same(end, scope.End);
        edited.Accept(editor);
        Assert.Equal(5, edited.Run("Scoped", 3));
    }

    private static DebugScope Deepest(DebugScope scope)
    {
        while (scope.Children.Count > 0)
            scope = scope.Children[0];
        return scope;
    }

    private static Dictionary<Instruction, SourceSpan> Points(MethodIR body)
    {
        var points = new Dictionary<Instruction, SourceSpan>();
        SourceSpan? point = null;
        foreach (var instruction in body.Blocks.SelectMany(b => b.Instructions))
        {
            point = instruction.Source ?? point;
            points.Add(instruction, point!);
        }
        return points;
    }

    /// <summary>A compiled source, one method of which is edited, verified, emitted and run.</summary>
    private sealed class Edited(string source)
    {
        private readonly CompiledSource compiled = new(source);
        private Assembly? assembly;

        public TypeUniverse Types => compiled.Types;

        public List<string> Log => (List<string>)assembly!.GetType("Program")!.GetField("Log")!.GetValue(null)!;

        public TypeSymbol Type(string name) => compiled.Type(name);

        public MethodSymbol Symbol(string method) => Types.SelfOf(compiled.Method(method));

        public BodyEditor Editor(string method, string type = "Program") => new(new BodyImporter(Types).Import(compiled.Module.GetType(type).Methods.Single(m => m.Name == method)).Body!);

        public (BodyEditor, Block, int) At(string method, string callee, string type = "Program")
        {
            var editor = Editor(method, type);
            var block = editor.Body.Blocks.First(b => b.Instructions.Exists(IsCallee));
            return (editor, block, block.Instructions.FindIndex(IsCallee));

            bool IsCallee(Instruction i) => i.Operand is MethodSymbol m && m.DisplayName.Contains(callee + "(", StringComparison.Ordinal);
        }

        public void Accept(BodyEditor editor)
        {
            Assert.Empty(new BodyVerifier(new Assignability(Types), VerificationLevel.TypeSafe).Verify(editor.Body).Select(e => e.ToString()));
            new BodyEmitter(new SymbolImporter(compiled.Module)).Emit(editor.Body, editor.Body.Origin);
            using var image = new MemoryStream();
            compiled.Module.Write(image);
            image.Position = 0;
            assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        }

        public object? Run(string method, params object[] arguments) =>
            assembly!.GetType("Program")!.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}
