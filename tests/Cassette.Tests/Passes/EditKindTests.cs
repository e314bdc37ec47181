using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>
/// Each kind of edit of a method <c>M</c> gives what the author would have got by writing its <c>H</c> by hand: the same results, the same log of
/// what was evaluated when, the same exceptions.
/// </summary>
public sealed class EditKindTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>;

        public static class Log
        {
            [ThreadStatic] public static List<string> Lines;

            public static int Note(string text, int value) { Lines.Add(text + value); return value; }

            public static void Say(string text) => Lines.Add(text);
        }

        public sealed class Box { public int Value; public static int Shared; public Box(int value) => Value = value; }

        public static class M
        {
            public static int ReplaceCall(int a, int b) => Log.Note("x", a) + Log.Note("y", b);
            public static int WrapCall(int a, int b) => Log.Note("x", a) * 2 + Log.Note("y", b);
            public static int WrapOperand(int a, int b) => Math.Max(Log.Note("x", a), Log.Note("y", b));
            public static int SpillOne(int a, int b) => Log.Note("x", a) - Log.Note("y", b) * Log.Note("z", 3);
            public static int IsolateCall(int a, int b) => Log.Note("x", a) - Math.Max(Log.Note("y", b), Log.Note("z", 3));
            public static int Conditional(int a, int b) { int r = a; r += b; return r; }
            public static int Loop(int a, int b) { int r = a; return r; }
            public static int Ternary(int a, int b) => Log.Note("x", a) + (b > 2 ? Log.Note("y", b) : Log.Note("z", -b));
            public static int EarlyReturn(int a, int b) { Log.Note("x", a); return b; }
            public static int ReturnInTry(int a, int b) { try { Log.Note("x", a); return b / a; } finally { Log.Say("finally"); } }
            public static int Returns(int a, int b) { if (a > b) return a; if (a == b) return 0; return b; }
            public static int Finally(int a, int b) { Log.Note("x", a); return b / a; }
            public static int Fault(int a, int b) { Log.Note("x", a); return b / a; }
            public static int Catch(int a, int b) { Log.Note("x", a); return b / a; }
            public static int Removed(int a, int b) { Log.Say("gone"); Log.Note("x", a); return b; }
            public static int Fields(int a, int b) { var box = new Box(a); Box.Shared = b; return box.Value + Box.Shared; }
            public static int Arrays(int a, int b) => a + b;
            public static int Objects(int a, int b) => a + b;
            public static int PostIncrement(int a, int b) { int i = a; int r = i++ * Log.Note("y", b) + i++; return r + i; }
            public static int Duplicated(int a, int b) { var box = new Box(a) { Value = Log.Note("v", b) }; int c, d; c = d = box.Value + a; return c * d; }
            public static int Switch(int a, int b) { switch (a) { case 0: return 1; case 1: b += 2; goto case 2; case 2: return b; default: return -1; } }
            public static int RefArgument(int a, int b) { Increase(ref a); return a + b; }
            static void Increase(ref int x) => x++;
            public static int Statements(int a, int b) { Log.Note("1:", a); Log.Note("2:", a); Log.Note("3:", a); Log.Note("4:", a); Log.Note("5:", a); Log.Note("6:", a); return b; }
            public static int Matches(int a, int b) => Math.Abs(Math.Abs(a) - Math.Max(Math.Abs(b), a));
            public static int Arguments(int a, int b) { a += 5; return a; }
            public static int Delegates(int a, int b) => a + b;
            public static int Flipped(int a, int b) { double x = a == 0 ? double.NaN : a; if (x > b) Log.Say("greater"); if (x >= b) Log.Say("at least"); if (a != b) Log.Say("different"); return (uint)a < (uint)b ? 1 : 2; }
            public static int Foreign(int a, int b) => a + b;
            public static int NullConditional(int a, int b) { string s = a > 0 ? "x" : null; return (s?.Length ?? b) + Log.Note("t", a); }
        }

        public static class H
        {
            public static int ReplaceCall(int a, int b) => Log.Note("x", a) + Math.Abs(Log.Note("y", b));
            public static int WrapCall(int a, int b) => -Log.Note("x", a) * 2 + -Log.Note("y", b);
            public static int WrapOperand(int a, int b) => Math.Max(Log.Note("x", a) + 7, Log.Note("y", b));
            public static int SpillOne(int a, int b) { int x = Log.Note("x", a); int y = Log.Note("y", b); return x - (y + y) * Log.Note("z", 3); }
            public static int IsolateCall(int a, int b) { int x = Log.Note("x", a), y = Log.Note("y", b), z = Log.Note("z", 3); Log.Say("before"); int m = Math.Max(y, z); Log.Say("after"); return x - m; }
            public static int Conditional(int a, int b) { if (b > 3) Log.Say("big"); else { Log.Say("small"); if (b < 0) Log.Say("negative"); } int r = a; r += b; return r; }
            public static int Loop(int a, int b) { int n = 0; while (n < b) { Log.Note("n", n); n = n + 1; } int r = a; return r; }
            public static int Ternary(int a, int b) { int x = Log.Note("x", a); if (b > 2) { Log.Say("taken"); return x + Log.Note("y", b); } Log.Say("other"); return x + Log.Note("z", -b); }
            public static int EarlyReturn(int a, int b) { if (a > 3) return 99; Log.Note("x", a); return b; }
            public static int ReturnInTry(int a, int b) { try { if (a > 3) return 99; Log.Note("x", a); return b / a; } finally { Log.Say("finally"); } }
            public static int Returns(int a, int b) { if (a > b) { Log.Note("r", a); return a + 1; } if (a == b) { Log.Note("r", 0); return 0 + 1; } Log.Note("r", b); return b + 1; }
            public static int Finally(int a, int b) { try { Log.Note("x", a); return b / a; } finally { Log.Say("done"); } }
            public static int Fault(int a, int b) { try { Log.Note("x", a); return b / a; } catch { Log.Say("failed"); throw; } }
            public static int Catch(int a, int b) { try { Log.Note("x", a); return b / a; } catch (DivideByZeroException e) { Log.Say(e.GetType().Name); return -7; } }
            public static int Removed(int a, int b) { Log.Note("x", a); return b; }
            public static int Fields(int a, int b) { var box = new Box(a); Box.Shared = b; Box.Shared = Box.Shared * 10; box.Value = box.Value + 1; return box.Value + Box.Shared; }
            public static int Arrays(int a, int b) { var items = new int[2]; items[0] = a; items[1] = b * 3; return items[0] + items[1] + items.Length; }
            public static int Objects(int a, int b) { object boxed = a; Log.Say(boxed.ToString()); Log.Say(((long)b).ToString()); Log.Say(((double)a).ToString()); return (int)boxed + b; }
            public static int PostIncrement(int a, int b) { Log.Say("s"); int i = a; Log.Say("s"); int r = i++ * Log.Note("y", b) + i++; return r + i; }
            public static int Duplicated(int a, int b) { var box = new Box(a) { Value = Log.Note("v", b) }; int c, d; c = d = box.Value * a; return c + d; }
            public static int Switch(int a, int b) { switch (a) { case 0: Log.Say("0"); return 1; case 1: Log.Say("1"); b += 2; goto case 2; case 2: if (a == 2) Log.Say("2"); return b; default: Log.Say("default"); return -1; } }
            public static int RefArgument(int a, int b) { Increase(ref b); Increase(ref a); return a + b; }
            static void Increase(ref int x) => x++;
            public static int Statements(int a, int b) { Log.Note("1:", a); Log.Say("2a"); Log.Say("2b"); Log.Note("3:", a); Log.Note("4:", a); Log.Say("5a"); Log.Note("5:", a); Log.Say("5c"); Log.Note("6:", a); return b; }
            public static int Matches(int a, int b) => -(Math.Abs(a) - Math.Max(Math.Abs(b), a));
            public static int Arguments(int a, int b) { Log.Note("a", a); Log.Note("b", b); a += 5; b = a; return a + b; }
            public static int Delegates(int a, int b) { Func<int, int> f = Math.Abs; return f(a) + b; }
            public static int Flipped(int a, int b) { double x = a != 0 ? double.NaN : a; if (!(x > b)) Log.Say("greater"); if (!(x >= b)) Log.Say("at least"); if (a == b) Log.Say("different"); return (uint)a >= (uint)b ? 1 : 2; }
            public static int Foreign(int a, int b) { int c = b; System.Threading.Interlocked.Add(ref c, a); return c + System.Numerics.BitOperations.PopCount((uint)a); }
            public static int NullConditional(int a, int b) { string s = a > 0 ? "x" : null; return -(s?.Length ?? b) + Log.Note("t", a); }
        }

        public static class Program
        {
            public static string Under(Func<int, int, int> f, int a, int b)
            {
                Log.Lines = new List<string>();
                try { return new Ctx(Log.Lines).Overdub(f, a, b) + ":" + string.Join(",", Log.Lines); }
                catch (DivideByZeroException) { return "thrown:" + string.Join(",", Log.Lines); }
            }

            public static string Natively(Func<int, int, int> f, int a, int b)
            {
                Log.Lines = new List<string>();
                try { return f(a, b) + ":" + string.Join(",", Log.Lines); }
                catch (DivideByZeroException) { return "thrown:" + string.Join(",", Log.Lines); }
            }
        }
        """;

    private static readonly Dictionary<string, Action<EditableBody, ExpressionFactory>> Edits = new()
    {
        ["ReplaceCall"] = (body, make) => body.Replace(Call(body, "Note", 1), make.Call(typeof(Math), "Abs", Again(make, Call(body, "Note", 1)))),
        ["WrapCall"] = (body, make) =>
        {
            foreach (Expression call in body.FindCalls("Log", "Note"))
                body.Replace(call, make.Negate(call));
        },
        ["WrapOperand"] = (body, make) => body.Replace(Call(body, "Max").Operands[0], make.Add(Call(body, "Max").Operands[0], make.Constant(7))),
        ["SpillOne"] = (body, make) =>
        {
            Local y = body.Spill(Call(body, "Note", 1), "y");
            Expression load = body.Find(e => e.Code == Code.Ldloc && e.Operand == y).Single();
            body.Replace(load, make.Add(make.Load(y), make.Load(y)));
        },
        ["IsolateCall"] = (body, make) =>
        {
            Statement alone = body.Isolate(Call(body, "Max"), operandsFirst: true);
            body.InsertBefore(alone, make.Call("Log", "Say", make.Constant("before")));
            body.InsertAfter(alone, make.Call("Log", "Say", make.Constant("after")));
        },
        ["Conditional"] = (body, make) => body.InsertAtStart(NewStatement.If(
            make.Greater(make.Load(body.Parameters[1]), make.Constant(3)),
            [Say(make, "big")],
            [Say(make, "small"), NewStatement.If(make.Less(make.Load(body.Parameters[1]), make.Constant(0)), [Say(make, "negative")])])),
        ["Loop"] = (body, make) =>
        {
            Local n = body.NewLocal(typeof(int), "n");
            body.InsertAtStart(
                make.Store(n, make.Constant(0)),
                NewStatement.While(
                    make.Less(make.Load(n), make.Load(body.Parameters[1])),
                    make.Call("Log", "Note", make.Constant("n"), make.Load(n)),
                    make.Store(n, make.Add(make.Load(n), make.Constant(1)))));
        },
        ["Ternary"] = (body, make) =>
        {
            foreach (Edge edge in body.Edges.Where(edge => edge.IsChoice))
            {
                bool isBig = edge.Target.Statements.SelectMany(s => s.Expression.SelfAndDescendants()).Any(e => e.Operand is "y");
                body.InsertOn(edge, Say(make, isBig ? "taken" : "other"));
                if (isBig)
                    continue;
                body.InsertOn(edge, NewStatement.If(make.Constant(false), [Say(make, "never")]));
            }
        },
        ["EarlyReturn"] = (body, make) => body.InsertAtStart(NewStatement.If(
            make.Greater(make.Load(body.Parameters[0]), make.Constant(3)), [NewStatement.Return(make.Constant(99))])),
        ["ReturnInTry"] = (body, make) => body.InsertBefore(Call(body, "Note").Statement!, NewStatement.If(
            make.Greater(make.Load(body.Parameters[0]), make.Constant(3)), [NewStatement.Return(make.Constant(99))])),
        ["Returns"] = (body, make) =>
        {
            foreach (Statement @return in body.Returns)
            {
                Local value = body.Spill(@return.Expression.Operands[0]);
                // In a debug build all ways meet at one return.
                body.InsertBefore(@return, make.Call("Log", "Note", make.Constant("r"), make.Load(value)));
                body.Replace(@return.Expression.Operands[0], make.Add(@return.Expression.Operands[0], make.Constant(1)));
            }
        },
        ["Finally"] = (body, make) => body.TryFinally(Say(make, "done")),
        ["Fault"] = (body, make) => body.TryFault(Say(make, "failed")),
        ["Catch"] = (body, make) => body.TryCatch(body.Symbols.Type(typeof(DivideByZeroException)), exception =>
        [
            make.Call("Log", "Say", make.Call(body.Symbols.Method(() => "".GetType().Name), make.Call(body.Symbols.Method(() => new object().GetType()), make.Load(exception)))),
            NewStatement.Return(make.Constant(-7)),
        ]),
        ["Removed"] = (body, _) => body.Remove(Call(body, "Say").Statement!),
        ["Fields"] = (body, make) =>
        {
            FieldSymbol shared = body.Symbols.Field(body.Symbols.Type("Box"), "Shared");
            FieldSymbol value = body.Symbols.Field(body.Symbols.Type("Box"), "Value");
            Statement store = body.Statements.Single(s => s.Expression.Code == Code.Stsfld);
            Expression box = body.Find(e => e.Code == Code.Newobj).Single();
            Local spilled = body.Spill(box);
            body.InsertAfter(store, make.StoreField(shared, make.Multiply(make.Field(shared), make.Constant(10))),
                make.StoreField(value, make.Load(spilled), make.Add(make.Field(value, make.Load(spilled)), make.Constant(1))));
        },
        ["Arrays"] = (body, make) =>
        {
            Local items = body.NewLocal(typeof(int[]));
            body.InsertAtStart(
                make.Store(items, make.NewArray(body.Types.Int32, make.Constant(2))),
                make.StoreElement(make.Load(items), make.Constant(0), make.Load(body.Parameters[0])),
                make.StoreElement(make.Load(items), make.Constant(1), make.Multiply(make.Load(body.Parameters[1]), make.Constant(3))));
            body.Replace(Sum(body), make.Add(
                make.Add(make.Element(make.Load(items), make.Constant(0)), make.Element(make.Load(items), make.Constant(1))), make.Length(make.Load(items))));
        },
        ["Objects"] = (body, make) =>
        {
            Local boxed = body.NewLocal(typeof(object));
            Expression Text(Expression value) => make.Call("Log", "Say", make.Call(body.Symbols.Method(() => new object().ToString()), make.Box(value)));
            body.InsertAtStart(
                make.Store(boxed, make.Convert(make.Load(body.Parameters[0]), typeof(object))),
                Text(make.Load(boxed)),
                Text(make.Convert(make.Load(body.Parameters[1]), typeof(long))),
                Text(make.Convert(make.Load(body.Parameters[0]), typeof(double))));
            Expression sum = Sum(body);
            body.Replace(sum, make.Add(make.Convert(make.Load(boxed), typeof(int)), sum.Operands[1]));
        },
        ["PostIncrement"] = (body, make) =>
        {
            // Before the first two statements of the source: what the compiler makes of the second one lies behind.
            SourceSpan[] points = [.. body.Statements.Select(s => s.Source!).Where(s => !s.IsHidden).Distinct().OrderBy(s => s.StartColumn)];
            foreach (SourceSpan point in points.Where(p => p.EndColumn - p.StartColumn > 1).Take(2))
                body.InsertBefore(body.Statements.First(s => s.Source == point), Say(make, "s"));
        },
        ["Duplicated"] = (body, make) =>
        {
            Expression add = body.Find(e => e.Code == Code.Add).Single(), product = body.Find(e => e.Code == Code.Mul).Single();
            body.Replace(add, make.Multiply(add.Operands[0], add.Operands[1]));
            body.Replace(product, make.Add(product.Operands[0], product.Operands[1]));
        },
        ["Switch"] = (body, make) =>
        {
            foreach (Edge edge in body.Edges.Where(edge => edge.Kind is EdgeKind.Case or EdgeKind.Default))
                body.InsertOn(edge, Say(make, edge.Kind == EdgeKind.Default ? "default" : edge.Cases.Single().ToString()));
        },
        ["RefArgument"] = (body, make) => body.InsertAtStart(make.Call("M", "Increase", make.AddressOf(body.Parameters[1]))),
        ["Statements"] = (body, make) => body.InsertStatements(statement =>
        {
            string? number = statement.Expression.SelfAndDescendants().Select(e => e.Operand).OfType<string>().FirstOrDefault();
            return number switch
            {
                "2:" => [Say(make, "2a"), Say(make, "2b")],
                "5:" => [Say(make, "5a"), statement.Expression, Say(make, "5c")],
                _ => null,
            };
        }),
        ["Matches"] = (body, make) => Assert.Equal(1, body.ReplaceMatches(e => e.Calls(body.Symbols.Type(typeof(Math)), "Abs"), call => make.Negate(call.Operands[0]))),
        ["Arguments"] = (body, make) =>
        {
            Expression[] arguments = make.Arguments();
            body.InsertAtStart(make.Call("Log", "Note", make.Constant("a"), arguments[0]), make.Call("Log", "Note", make.Constant("b"), arguments[1]));
            Statement @return = body.Returns.Single();
            Local value = body.Spill(@return.Expression.Operands[0]);
            body.InsertBefore(@return, make.Store(body.Parameters[1], make.Load(value)));
            body.Replace(@return.Expression.Operands[0], make.Add(make.Load(value), make.Load(body.Parameters[1])));
        },
        ["Delegates"] = (body, make) =>
        {
            TypeSymbol function = body.Symbols.Type(typeof(Func<int, int>));
            Expression sum = Sum(body);
            body.Replace(sum, make.Add(
                make.Call(body.Symbols.Method(function, "Invoke"), make.Delegate(function, body.Symbols.Method(() => Math.Abs(0))), sum.Operands[0]), sum.Operands[1]));
        },
        ["Flipped"] = (body, make) =>
        {
            foreach (Statement branch in body.Edges.Where(edge => edge.Kind == EdgeKind.Taken).Select(edge => edge.Source!.Terminator!).ToList())
            {
                Expression condition = body.ConditionOf(branch);
                body.Replace(condition, make.Not(condition));
            }
        },
        ["Foreign"] = (body, make) =>
        {
            // Neither type is mentioned in the program, and one lies in an assembly that it does not refer to.
            Local c = body.NewLocal(typeof(int));
            body.InsertAtStart(
                make.Store(c, make.Load(body.Parameters[1])),
                make.Call(body.Symbols.Method(typeof(System.Threading.Interlocked), "Add", typeof(int).MakeByRefType(), typeof(int)), make.AddressOf(c), make.Load(body.Parameters[0])));
            body.Replace(Sum(body), make.Add(
                make.Load(c), make.Call(body.Symbols.Method(() => System.Numerics.BitOperations.PopCount(0u)), make.Convert(make.Load(body.Parameters[0]), typeof(uint)))));
        },
        ["NullConditional"] = (body, make) =>
        {
            // What crosses the blocks of ?. and ?? is one operand of the sum.
            Expression sum = body.Find(e => e.Code == Code.Add).Single();
            body.Replace(sum.Operands[0], make.Negate(sum.Operands[0]));
        },
    };

    public static TheoryData<string> Kinds => [.. Edits.Keys];

    private static Expression Call(EditableBody body, string name, int index = 0) => body.Find(e => e.Callee?.Name == name)[index];

    private static Expression Sum(EditableBody body) => body.Find(e => e.Code == Code.Add).Single();

    private static Expression Say(ExpressionFactory make, string text) => make.Call("Log", "Say", make.Constant(text));

    private static Expression Again(ExpressionFactory make, Expression call) => make.With(call, [.. call.Operands]);

    private static readonly Lazy<LoadedProgram[]> Programs = new(() => [Load(OptimizationLevel.Debug), Load(OptimizationLevel.Release)]);

    private static LoadedProgram Load(OptimizationLevel build)
    {
        var passes = TestPasses.Editing("Ctx", body =>
        {
            if (body.Body.Origin.DeclaringType.Name == "M" && Edits.TryGetValue(body.Body.Origin.Name, out var edit))
                edit(body, body.New);
        });
        return CompiledProgram.Compile(build, new Source("/src/Edits.cs", Source + Entries())).Weave(passes: passes).Verified().Load();
    }

    /// <summary>An entry for each method, so that each is reached by name.</summary>
    private static string Entries() => "\npublic static class Entry\n{\n" + string.Concat(Edits.Keys.Select(name =>
        $"    public static string {name}(bool native, int a, int b) => native ? Program.Natively(H.{name}, a, b) : Program.Under(M.{name}, a, b);\n")) + "}\n";

    [Theory, MemberData(nameof(Kinds))]
    public void An_edit_does_what_writing_it_by_hand_does(string kind)
    {
        foreach (LoadedProgram program in Programs.Value)
        {
            foreach (var (a, b) in new[] { (1, 5), (5, 1), (0, 3), (2, 2), (4, -6), (-3, 0), (7, 8) })
                Assert.Equal(program.Run<string>("Entry." + kind, true, a, b), program.Run<string>("Entry." + kind, false, a, b));
        }
    }
}
