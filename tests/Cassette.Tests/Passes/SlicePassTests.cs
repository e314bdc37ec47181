using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>
/// The seeds' slicing by a pass: what prints is deferred into a callback that is threaded through every call and every return. A method keeps its
/// callback in a local; each call of the program that may print hands its own back through the context, and it is chained behind.
/// </summary>
public sealed class SlicePassTests
{
    private const string Source = """
        using System;
        using System.IO;
        using Cassette;

        /// <summary>What a call leaves for later, between its return and the caller.</summary>
        public sealed class Slot
        {
            public Action Callback = () => { };

            public TextWriter Output = TextWriter.Null;

            public static void Print(Slot slot, string text, ref Action callback)
            {
                Action before = callback;
                callback = () => { before(); slot.Output.Write(text); };
            }

            public static Action Take(Slot slot) => slot.Callback;

            public static void Give(Slot slot, Action callback) => slot.Callback = callback;

            public static Action Chain(Action first, Action second) => () => { first(); second(); };

            public static Action Nothing() => () => { };
        }

        public readonly record struct SliceCtx(Slot Metadata) : IContext<Slot>;

        public static class Model
        {
            public static int Add(int a, int b)
            {
                Printer.Print("enter ");
                int sum = Inner(a) + Inner(b);
                if (sum > 4)
                    Printer.Print("big ");
                Printer.Print("leave ");
                return sum;
            }

            static int Inner(int x)
            {
                Printer.Print("inner" + x + " ");
                return x + 1;
            }
        }

        public static class Printer
        {
            public static TextWriter Output = TextWriter.Null;

            public static void Print(string text) => Output.Write(text);
        }

        public static class Program
        {
            public static string Run()
            {
                var output = new StringWriter();
                Printer.Output = output;
                var slot = new Slot { Output = output };
                int sum = new SliceCtx(slot).Overdub(Model.Add, 1, 2);
                string before = output.ToString();
                slot.Callback();
                return sum + "|" + before + "|" + output;
            }
        }
        """;

    [Theory, Builds]
    public void Prints_are_deferred_and_run_in_their_order(OptimizationLevel build)
    {
        var passes = TestPasses.Editing("SliceCtx", Slice);
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Slice.cs", Source)).Weave(passes: passes).Verified().Load();

        Assert.Equal("5||enter inner1 inner2 big leave ", program.Run<string>("Program.Run"));
    }

    private static void Slice(EditableBody body)
    {
        ExpressionFactory make = body.New;
        Local callback = body.NewLocal(typeof(Action), "callback");
        foreach (Expression call in body.Find(e => e.IsCall && e.Callee!.DeclaringType.DisplayName is "Model" or "Printer"))
        {
            if (call.Callee!.Name == "Print")
            {
                // A print is not made: it becomes a part of the callback.
                body.Replace(call, make.CallNative("Slot", "Print", make.Metadata(), call.Operands[0], make.AddressOf(callback)));
                continue;
            }

            // Any other call gives its own callback back.
            Statement alone = body.Isolate(call);
            body.InsertAfter(alone, make.Store(callback, make.CallNative(
                "Slot", "Chain", make.Load(callback), make.CallNative("Slot", "Take", make.Metadata()))));
        }

        foreach (Statement @return in body.Returns)
        {
            if (@return.Expression.Operands.Count > 0)
                body.Spill(@return.Expression.Operands[0]);
            body.InsertBefore(@return, make.CallNative("Slot", "Give", make.Metadata(), make.Load(callback)));
        }

        body.InsertAtStart(make.Store(callback, make.CallNative("Slot", "Nothing")));
    }
}
