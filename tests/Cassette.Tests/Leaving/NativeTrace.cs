using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.Leaving;

/// <summary>
/// What of a program ran natively while it was in a context. Found without the weaver: each method body that the compiler wrote is given a
/// counter at its start after the weave, so that clones, which the compiler did not write, count nothing. The counter looks up the stack for
/// the program's next frame: a method that none of the compiler's called is where the program got out.
/// </summary>
/// <param name="Run">What the program wrote and threw.</param>
/// <param name="Seen">The compiler's methods that were entered, by their full names.</param>
/// <param name="Exits">Those of them that a clone, or code outside of the program on its own, entered.</param>
internal sealed record NativeTrace(ProgramRun Run, ImmutableSortedSet<string> Seen, ImmutableSortedSet<string> Exits)
{
    /// <summary>The counter, and the ways into a program by which everything that runs meanwhile runs below one entry.</summary>
    public static readonly Source Entries = new("/src/Traced.cs", """
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.Linq;
        using Cassette;

        public static class Trace
        {
            private static readonly ConcurrentDictionary<int, int> Seen = new();
            private static readonly ConcurrentDictionary<int, int> Exits = new();
            private static HashSet<int> Written = new();
            public static volatile bool IsOn;

            public static void Enter(int method)
            {
                if (!IsOn || Exits.ContainsKey(method))
                    return;
                Seen.TryAdd(method, 0);
                var stack = new StackTrace(2, false);
                for (int i = 0; i < stack.FrameCount; i++)
                {
                    var caller = stack.GetFrame(i).GetMethod();
                    if (caller is null || caller.Module != typeof(Trace).Module)
                        continue;
                    if (!Written.Contains(caller.MetadataToken))
                        Exits.TryAdd(method, 0);
                    return;
                }

                Exits.TryAdd(method, 0);
            }

            public static void SetWritten(int[] tokens) => Written = new HashSet<int>(tokens);

            public static int[] MethodsSeen() => Seen.Keys.ToArray();

            public static int[] MethodsOfExits() => Exits.Keys.ToArray();
        }

        public readonly record struct EmptyCtx : IContext;
        public readonly record struct FullCtx(int[] Metadata) : IContext<int[]>;

        public static class Traced
        {
            public static void Empty(TextWriter output)
            {
                Trace.IsOn = true;
                try { new EmptyCtx().Overdub(Program.Run, output); }
                finally { Trace.IsOn = false; }
            }

            public static void Full(TextWriter output)
            {
                Trace.IsOn = true;
                try { new FullCtx(new int[1]).Overdub(Program.Run, output); }
                finally { Trace.IsOn = false; }
            }
        }
        """);

    private static readonly ImmutableHashSet<string> Own = ["Trace", "Traced", "EmptyCtx", "FullCtx"];

    /// <summary>Runs one of the ways into a woven program with the counters in it.</summary>
    public static NativeTrace Of(WovenProgram woven, string entry)
    {
        using var resolver = new PlatformResolver(woven.Original.Libraries.ToDictionary(library => library.Name, library => library.Image));
        using var original = ModuleDefinition.ReadModule(new MemoryStream(woven.Original.Image), new ReaderParameters { AssemblyResolver = resolver });
        using var module = ModuleDefinition.ReadModule(new MemoryStream(woven.Image), new ReaderParameters { AssemblyResolver = resolver });
        HashSet<string> written = [.. Methods(original).Select(method => method.FullName)];
        MethodDefinition enter = module.GetType("Trace").Methods.Single(method => method.Name == "Enter");
        var traced = new List<MethodDefinition>();
        foreach (MethodDefinition method in Methods(module))
        {
            // Every call has its frame then.
            method.NoInlining = true;
            method.NoOptimization = true;
            method.AggressiveInlining = false;
            if (!written.Contains(method.FullName))
                continue;
            ILProcessor il = method.Body.GetILProcessor();
            Instruction first = method.Body.Instructions[0];
            il.InsertBefore(first, il.Create(OpCodes.Ldc_I4, traced.Count));
            il.InsertBefore(first, il.Create(OpCodes.Call, enter));
            traced.Add(method);
        }

        if (traced.Count == 0)
            throw new InvalidOperationException("No method of the compiler's is left.");
        using var image = new MemoryStream();
        module.Write(image);
        LoadedProgram program = LoadedProgram.Load(image.ToArray(), woven.Symbols, woven.Original.Libraries);
        program.Run("Trace.SetWritten", traced.Select(method => method.MetadataToken.ToInt32()).ToArray());
        ProgramRun run = program.Record(entry);
        return new NativeTrace(run, Named("Trace.MethodsSeen"), Named("Trace.MethodsOfExits"));

        ImmutableSortedSet<string> Named(string list) => [.. program.Run<int[]>(list).Select(id => traced[id].FullName)];
    }

    /// <summary>The program's methods with a body, the counter's own left out.</summary>
    public static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) =>
        module.GetTypes().Where(type => !Own.Contains(type.Name)).SelectMany(type => type.Methods).Where(method => method.HasBody && method.Body.Instructions.Count > 0);
}
