using System;
using System.IO;
using System.Linq;
using Cassette.Fody;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Harness;

/// <summary>The checks that other tests rest on do find what they are there to find.</summary>
public sealed class HarnessTests
{
    private const string Text = """
        using System;
        using System.IO;

        public static class Program
        {
            public static int Length(string text) => text.Length;

            public static T Twice<T>(T value) where T : struct, IComparable<T> => value;

            public static void Fails(TextWriter output)
            {
                output.WriteLine("first");
                throw new InvalidOperationException("second");
            }

            public static void Allocates(TextWriter output) => GC.KeepAlive(new byte[100]);
        }
        """;

    [Theory, Builds]
    public void What_the_compiler_emits_passes_every_check(OptimizationLevel build)
    {
        CompiledProgram compiled = CompiledProgram.Compile(build, Text);
        Assert.Empty(JitCheck.Problems(compiled.Load()));
        Assert.Empty(DecompilerCheck.Problems(Unwoven(compiled, compiled.Image)));
    }

    [Theory, Builds]
    public void A_body_that_underflows_the_stack_is_found(OptimizationLevel build)
    {
        CompiledProgram compiled = CompiledProgram.Compile(build, Text);
        byte[] broken = Break(compiled.Image, (method, body) =>
        {
            if (method.Name == "Length")
                body.Remove(method.Body.Instructions.First(instruction => instruction.OpCode.Code == Code.Ldarg_0));
        });
        WovenProgram program = Unwoven(compiled, broken);
        Assert.Contains(JitCheck.Problems(program.Load()), problem => problem.Contains("Length", StringComparison.Ordinal));
        Assert.Contains(DecompilerCheck.Problems(program), problem => problem.Contains("Length", StringComparison.Ordinal));
    }

    [Theory, Builds]
    public void A_generic_body_that_does_not_compile_is_found(OptimizationLevel build)
    {
        CompiledProgram compiled = CompiledProgram.Compile(build, Text);
        byte[] broken = Break(compiled.Image, (method, body) =>
        {
            if (method.Name == "Twice")
                body.InsertBefore(method.Body.Instructions[0], body.Create(OpCodes.Pop));
        });
        Assert.Contains(
            JitCheck.Problems(Unwoven(compiled, broken).Load()), problem => problem.Contains("Twice", StringComparison.Ordinal));
    }

    [Theory, Builds]
    public void Output_exception_and_frames_are_kept(OptimizationLevel build)
    {
        ProgramRun run = CompiledProgram.Compile(build, Text).Load().Record("Program.Fails");
        Assert.Equal("first\n", run.Output);
        Assert.Equal("System.InvalidOperationException: second at /src/Program.cs:13", run.Thrown!.ToString());
    }

    [Theory, Builds]
    public void Allocations_are_seen(OptimizationLevel build) =>
        Assert.InRange(CompiledProgram.Compile(build, Text).Load().Allocated("Program.Allocates"), 100, 200);

    private static WovenProgram Unwoven(CompiledProgram compiled, byte[] image) =>
        new(compiled, image, compiled.Symbols, [], [], WeaveResult.Nothing);

    private static byte[] Break(byte[] image, Action<MethodDefinition, ILProcessor> change)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        foreach (MethodDefinition method in module.Types.SelectMany(type => type.Methods))
        {
            if (method.HasBody)
                change(method, method.Body.GetILProcessor());
        }

        using var written = new MemoryStream();
        module.Write(written);
        return written.ToArray();
    }
}
