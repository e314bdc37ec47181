using System.Collections.Generic;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using CecilInstruction = Mono.Cecil.Cil.Instruction;

namespace Cassette.Fody.Emission;

/// <summary>
/// What the instructions were emitted as at which scopes start or end. Every instruction is shown to it, few are of interest: a handful is
/// searched faster than it is hashed.
/// </summary>
internal sealed class ScopeBounds
{
    private const int Handful = 8;

    private readonly List<Instruction> wanted = [];
    private readonly Dictionary<Instruction, CecilInstruction?> emitted = new(ReferenceComparer<Instruction>.Instance);

    public void Add(DebugScope scope)
    {
        Add(scope.Start);
        Add(scope.End);
        scope.Children.ForEach(Add);
    }

    public void Note(Instruction instruction, CecilInstruction at)
    {
        if (IsWanted(instruction))
            emitted[instruction] = at;
    }

    public CecilInstruction? Find(Instruction? instruction) => instruction != null && emitted.TryGetValue(instruction, out var at) ? at : null;

    private void Add(Instruction? instruction)
    {
        if (instruction is null || emitted.ContainsKey(instruction))
            return;
        emitted.Add(instruction, null);
        wanted.Add(instruction);
    }

    private bool IsWanted(Instruction instruction)
    {
        if (wanted.Count > Handful)
            return emitted.ContainsKey(instruction);
        foreach (var one in wanted)
        {
            if (ReferenceEquals(one, instruction))
                return true;
        }
        return false;
    }
}
