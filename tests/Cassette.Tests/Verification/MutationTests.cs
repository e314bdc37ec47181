using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Editing;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;
using Xunit.Abstractions;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Tests.Verification;

/// <summary>
/// One random change to each body of a library. The verifier must not fall over any of them, and what it accepts the JIT must
/// compile: a rejected mutant is discarded, the accepted ones are emitted together and compiled.
/// </summary>
public class MutationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_accepted_compiles(int seed)
    {
        var random = new Random(seed);
        using var module = Corpus.Load(Corpus.Newtonsoft);
        using var emitted = new EmittedModule(module);
        var importer = new BodyImporter(emitted.Types);
        var verifier = new BodyVerifier(emitted.Assignability);
        var emitter = new Fody.Emission.BodyEmitter(new Fody.Emission.SymbolImporter(module));
        var (rejected, accepted) = (0, new Dictionary<int, string>());
        var reasons = new HashSet<string>();
        foreach (var method in Corpus.Bodies(module).ToList())
        {
            if (importer.Import(method).Body is not { } body || Mutate(body, random) is not { } mutation)
                continue;
            var errors = verifier.Verify(body);
            if (errors.Count > 0)
            {
                rejected++;
                reasons.Add(errors[0].Reason);
                Assert.NotEmpty(IRPrinter.Print(body));
                continue;
            }
            emitter.Emit(body, method);
            accepted.Add(method.MetadataToken.ToInt32(), mutation);
        }
        var assembly = emitted.Load();
        var failures = Compile(assembly, accepted, method => method.MetadataToken);
        output.WriteLine($"{rejected} rejected for {reasons.Count} reasons, {accepted.Count} accepted and compiled");
        foreach (var failure in failures)
            output.WriteLine(failure);
        Assert.Empty(failures);
        Assert.True(rejected > 500, $"only {rejected} rejected");
    }

    private static string? Mutate(MethodIR body, Random random)
    {
        var block = body.Blocks[random.Next(body.Blocks.Count)];
        if (!block.IsReachable || block.Instructions.Count == 0)
            return null;
        var index = random.Next(block.Instructions.Count);
        var instruction = block.Instructions[index];
        switch (random.Next(5))
        {
            case 0:
                block.Instructions.RemoveAt(index);
                return $"dropped {instruction.Code}";
            case 1 when index > 0:
                (block.Instructions[index - 1], block.Instructions[index]) = (instruction, block.Instructions[index - 1]);
                return $"swapped {instruction.Code} and {block.Instructions[index].Code}";
            case 2 when instruction.Operand is Block:
                instruction.Operand = body.Blocks[random.Next(body.Blocks.Count)];
                return $"retargeted {instruction.Code}";
            case 3 when instruction.Operand is Local && body.Locals.Count > 1:
                instruction.Operand = body.Locals[random.Next(body.Locals.Count)];
                return $"another local for {instruction.Code}";
            case 4:
                block.Instructions.Insert(index, new Instruction(Code.Dup));
                return $"dup before {instruction.Code}";
            default:
                return null;
        }
    }

    private static List<string> Compile(Assembly assembly, Dictionary<int, string> mutants, Func<MethodBase, int> token)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var failures = new List<string>();
        foreach (var type in assembly.GetTypes().Where(t => !t.ContainsGenericParameters))
        {
            foreach (var method in type.GetMembers(all).OfType<MethodBase>())
            {
                if (method.IsAbstract || method.ContainsGenericParameters || method.GetMethodBody() is null)
                    continue;
                try
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                }
                catch (InvalidProgramException exception)
                {
                    failures.Add($"{type}.{method}: {mutants.GetValueOrDefault(token(method), "not mutated")}: {exception.Message}");
                }
            }
        }
        return failures;
    }
}
