using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Passes;

/// <summary>
/// A state machine as passes see it: the method that the author wrote, and where the machine keeps what that method was given. Both are on the
/// type parameters that the machine's bodies are on, not on those of the kickoff.
/// </summary>
internal sealed class MachineView
{
    public MachineView(TypeUniverse types, PlannedMachine planned)
    {
        var definition = planned.Machine.Kickoff;
        Method = planned.Kickoff.Instance ?? On(types, definition, types.ArgumentsOrParameters(planned.Type));
        var stored = new Dictionary<int, FieldDefinition>();
        foreach (var (value, field) in StoresIn(planned.Kickoff.Body!, planned.Machine.Type))
        {
            if (value is { Code: Code.Ldarg, Operand: Argument argument } && !stored.ContainsKey(argument.Index))
                stored.Add(argument.Index, field);
        }
        var copies = Copies(planned);
        var count = definition.Parameters.Count + (definition.HasThis ? 1 : 0);
        Fields = [.. Enumerable.Range(0, count).Select(i => !stored.TryGetValue(i, out var field) ? null
            : types.Field(copies.TryGetValue(field, out var used) ? used : field, planned.Type))];
    }

    /// <summary>The author's method.</summary>
    public MethodSymbol Method { get; }

    /// <summary>The fields that hold the receiver and the parameters while the author's code runs; null for one that the compiler has no use for.</summary>
    public IReadOnlyList<FieldSymbol?> Fields { get; }

    /// <summary>What a parameter is called in messages.</summary>
    public string NameOf(int index) =>
        !Method.HasThis ? Method.Definition!.Parameters[index].Name : index == 0 ? "this" : Method.Definition!.Parameters[index - 1].Name;

    /// <summary>A machine has the type parameters of the types around it, then those of its method.</summary>
    private static MethodSymbol On(TypeUniverse types, MethodDefinition kickoff, TypeSymbol[] arguments)
    {
        var ofType = kickoff.DeclaringType.GenericParameters.Count;
        var declaring = types.Import(kickoff.DeclaringType, GenericScope.Empty);
        if (ofType > 0)
            declaring = types.Instantiate(declaring, [.. arguments.Take(ofType)]);
        return types.Method(kickoff, declaring, [.. arguments.Skip(ofType)]);
    }

    /// <summary>An enumerable keeps its arguments as they were given, and copies them for each enumerator: the author's code uses the copies.</summary>
    private static Dictionary<FieldDefinition, FieldDefinition> Copies(PlannedMachine planned)
    {
        var copies = new Dictionary<FieldDefinition, FieldDefinition>(ReferenceComparer<FieldDefinition>.Instance);
        foreach (var member in planned.Members.Where(m => !StateMachine.HoldsAuthorsCode(m.Method)))
        {
            foreach (var (value, field) in StoresIn(member.Body!, planned.Machine.Type))
            {
                if (value is { Code: Code.Ldfld } && value.Field.Definition is { } from && from.DeclaringType == planned.Machine.Type && from != field)
                    copies[from] = field;
            }
        }
        return copies;
    }

    private static IEnumerable<(IL.Instruction Value, FieldDefinition Field)> StoresIn(MethodIR body, TypeDefinition machine)
    {
        foreach (var block in body.Blocks)
        {
            for (var i = 1; i < block.Instructions.Count; i++)
            {
                if (block.Instructions[i] is not { Code: Code.Stfld } store || store.Field.Definition is not { } field || field.DeclaringType != machine)
                    continue;
                // A struct's method hands on what its receiver points to.
                var isCopied = block.Instructions[i - 1].Code == Code.Ldobj && i > 1;
                yield return (block.Instructions[isCopied ? i - 2 : i - 1], field);
            }
        }
    }
}
