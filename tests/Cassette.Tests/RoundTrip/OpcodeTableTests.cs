using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.RoundTrip;

public class OpcodeTableTests
{
    [Fact]
    public void Every_opcode_has_an_entry_of_its_own()
    {
        // ECMA-335 III.1.2.1 with the six prefixes; Cecil counts 219.
        Assert.Equal(219, OpcodeTable.All.Count());
        Assert.All(OpcodeTable.All, code => Assert.Equal(code, OpcodeTable.OpCodeOf(code).Code));
        Assert.Equal([Code.Unaligned, Code.Volatile, Code.Tail, Code.Constrained, Code.No, Code.Readonly], OpcodeTable.All.Where(OpcodeTable.IsPrefix));
    }

    [Fact]
    public void Normal_forms_are_their_own_and_have_general_operands()
    {
        Assert.All(OpcodeTable.All, code => Assert.Equal(OpcodeTable.NormalForm(code), OpcodeTable.NormalForm(OpcodeTable.NormalForm(code))));
        // 4 ldarg.n, 4 ldloc.n, 4 stloc.n, 6 forms with a byte index, ldc.i4.m1 to .8 and .s, 13 short branches and leave.s.
        Assert.Equal(4 + 4 + 4 + 6 + 11 + 14, OpcodeTable.All.Count(code => OpcodeTable.NormalForm(code) != code));
        Assert.All(OpcodeTable.All.Where(c => OpcodeTable.ShortBranch(c) is not null), code => Assert.Equal(code, OpcodeTable.NormalForm(OpcodeTable.ShortBranch(code)!.Value)));
        Assert.Equal(14, OpcodeTable.All.Count(code => OpcodeTable.ShortBranch(code) is not null));
    }

    [Theory]
    [InlineData(Code.Br, Code.Br_S)]
    [InlineData(Code.Blt_Un, Code.Blt_Un_S)]
    [InlineData(Code.Bne_Un, Code.Bne_Un_S)]
    [InlineData(Code.Leave, Code.Leave_S)]
    [InlineData(Code.Ldarga, Code.Ldarga_S)]
    [InlineData(Code.Stloc, Code.Stloc_3)]
    [InlineData(Code.Ldc_I4, Code.Ldc_I4_M1)]
    public void Short_forms_are_known(Code normal, Code shortForm) => Assert.Equal(normal, OpcodeTable.NormalForm(shortForm));

    [Fact]
    public void Control_never_runs_on_after_these() => Assert.Equal(
        [Code.Jmp, Code.Ret, Code.Br, Code.Throw, Code.Endfinally, Code.Leave, Code.Endfilter, Code.Rethrow],
        OpcodeTable.All.Where(code => code == OpcodeTable.NormalForm(code) && !OpcodeTable.FallsThrough(code)));

    /// <summary>The table counts, the machine types: over real code they must agree on what happens to the height of the stack.</summary>
    [Fact]
    public void The_table_and_the_machine_agree()
    {
        using var module = Corpus.Load(Corpus.CoreLib);
        var importer = new BodyImporter(new TypeUniverse(module));
        var seen = new HashSet<Code>();
        var disagreements = new List<string>();
        foreach (var method in Corpus.Bodies(module).Where((_, i) => i % 4 == 0))
        {
            if (importer.Import(method).Body is not { } body)
                continue;
            var machine = new StackMachine(body);
            foreach (var block in body.Blocks.Where(b => b.IsReachable))
            {
                machine.Enter(block);
                foreach (var instruction in block.Instructions)
                {
                    var height = machine.Stack.Count;
                    machine.Apply(instruction);
                    seen.Add(instruction.Code);
                    var expected = height - OpcodeTable.Pops(instruction, body) + OpcodeTable.Pushes(instruction);
                    if (instruction.Code is Code.Throw or Code.Leave or Code.Rethrow or Code.Endfinally)
                        expected = 0;
                    if (machine.Stack.Count != expected)
                        disagreements.Add($"{instruction.Code} in {method.FullName}");
                }
            }
        }
        Assert.Empty(disagreements);
        Assert.True(seen.Count > 120, $"only {seen.Count} opcodes were met");
    }
}
