using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Placement;

/// <summary>
/// The clone of a state machine: the original's fields and methods, and a field for each context. What makes one puts the contexts in; what runs in one
/// finds them there, on whatever thread it is resumed.
/// </summary>
internal sealed class MachineShell
{
    /// <summary>The JIT inlines a method of so many bytes wherever it is called: a kickoff natively, and its clone, which hands the contexts on besides, when told to.</summary>
    private const int AlwaysInlined = 16;

    private readonly TypeUniverse types;
    private readonly PlannedMachine planned;
    private readonly TypeDefinition type;
    private readonly Dictionary<IMemberDefinition, IMemberDefinition> members;
    private readonly FieldDefinition?[] contexts;
    private readonly TypeReplacement replacement;
    private readonly GenericMap parameters;

    public MachineShell(TypeUniverse types, PlannedMachine planned, TypeDefinition type, Dictionary<IMemberDefinition, IMemberDefinition> members, FieldDefinition?[] contexts, GenericMap parameters)
    {
        this.types = types;
        this.planned = planned;
        this.type = type;
        this.members = members;
        this.contexts = contexts;
        this.parameters = parameters;
        replacement = new TypeReplacement(types, planned.Type, type, members);
    }

    public IReadOnlyList<PlannedClone> Members => planned.Members;

    /// <summary>The clone of the machine, on the type arguments that a machine has.</summary>
    public TypeSymbol On(TypeSymbol machine) => replacement.Map(machine);

    /// <summary>The context fields as a member's body names them; null for a constructor, which has arguments for them.</summary>
    public IReadOnlyList<ContextField>? FieldsFor(PlannedClone clone) => IsConstructor(clone) ? null : FieldsOn(replacement.Map(planned.Type));

    /// <summary>Whether a clone's contexts are its arguments: those of the kickoff and of constructors are.</summary>
    public static bool TakesContexts(PlannedClone clone) => clone.Machine is null || IsConstructor(clone);

    /// <summary>Leads a body, transformed already, from the original machine to this one.</summary>
    public void Adapt(PlannedClone clone, ContextSource source)
    {
        var body = clone.Body!;
        SymbolRewriter.Rewrite(body, replacement);
        var writer = new BlockWriter(body);
        var scopes = new ScopeKeeper(body);
        foreach (var block in body.Blocks.ToArray())
        {
            var old = block.Instructions.ToArray();
            var isEntry = block == body.Blocks[0];
            writer.Start(block);
            block.Instructions.Clear();
            if (isEntry)
            {
                EmitEntry(clone, writer, source);
                if (block.Instructions.Count > 0 && old.Length > 0)
                {
                    block.Instructions[0].Source = old[0].Source;
                    old[0].Source = null;
                    scopes.Move(old[0], block.Instructions[0]);
                }
            }
            foreach (var instruction in old)
                Write(instruction, writer, source);
        }
        writer.Finish();
    }

    /// <summary>Writes the members, and says on the kickoff's clones what they start: stack traces and debuggers ask for it.</summary>
    public void Emit(BodyEmitter emitter, IReadOnlyList<MethodDefinition> kickoffs)
    {
        var attribute = planned.Machine.Kickoff.CustomAttributes.First(Plumbing.IsStateMachineAttribute);
        foreach (var kickoff in kickoffs)
        {
            kickoff.CustomAttributes.Add(new CustomAttribute(attribute.Constructor)
            {
                ConstructorArguments = { new CustomAttributeArgument(attribute.ConstructorArguments[0].Type, type) },
            });
            if (planned.Machine.IsIterator && planned.Machine.Kickoff.Body.CodeSize <= AlwaysInlined && !kickoff.NoInlining)
                kickoff.AggressiveInlining = true;
        }
        foreach (var member in planned.Members)
        {
            var target = (MethodDefinition)members[member.Method];
            MachineDebugInformation.Copy(member.Method, target, kickoffs[0]);
            emitter.Emit(member.Body!, target, parameters);
            member.Body = null;
        }
    }

    /// <summary>Takes the clone out of the module again, when it cannot be used.</summary>
    public void Discard() => type.DeclaringType.NestedTypes.Remove(type);

    private static bool IsConstructor(PlannedClone clone) => clone.Method.IsConstructor;

    private List<ContextField> FieldsOn(TypeSymbol machine) =>
        [.. contexts.Select((field, i) => new ContextField(planned.Kickoff.Stack.Levels[i], field is null ? null : types.Field(field, machine)))];

    /// <summary>A constructor keeps the contexts; a machine that is a struct has them from the start of the method whose local it is.</summary>
    private void EmitEntry(PlannedClone clone, BlockWriter writer, ContextSource source)
    {
        if (clone.Machine != null && IsConstructor(clone))
            EmitStores(writer, source, FieldsOn(replacement.Map(planned.Type)), () => writer.Emit(Code.Ldarg, writer.Body.Arguments[0]));
        foreach (var local in writer.Body.Locals.Where(l => l.Type.Definition == type && type.IsValueType))
            EmitStores(writer, source, FieldsOn(local.Type), () => writer.Emit(Code.Ldloca, local));
    }

    private void Write(Instruction instruction, BlockWriter writer, ContextSource source)
    {
        switch (instruction.Code)
        {
            case Code.Newobj when instruction.Method.DeclaringType.Definition == type:
                for (var depth = contexts.Length; depth > 0; depth--)
                    source.Emit(writer, depth);
                writer.Append(instruction);
                break;
            // The contexts of a struct that is cleared go with it.
            case Code.Initobj when instruction.Type.Definition == type:
                foreach (var _ in contexts.Where(c => c != null))
                    writer.Emit(Code.Dup);
                writer.Append(instruction);
                EmitStores(writer, source, FieldsOn(instruction.Type), () => { });
                break;
            default:
                writer.Append(instruction);
                break;
        }
    }

    private static void EmitStores(BlockWriter writer, ContextSource source, List<ContextField> fields, System.Action emitOwner)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Field is not { } field)
                continue;
            emitOwner();
            source.Emit(writer, fields.Count - i);
            writer.Emit(Code.Stfld, field);
        }
    }
}
