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
/// Reaches protected members of types outside for code that stands apart from the class which may: by a method beside the author's. In C#, for
/// a call of <c>base.InsertItem(i, item)</c> in a method of the author's that is generic in <c>U</c>:
/// <code>
/// static void InsertItem@outside&lt;U&gt;(Collection&lt;T&gt; self, int i, T item) => base of self.InsertItem(i, item);
/// </code>
/// </summary>
internal sealed class ProtectedAccess(TypeUniverse types, SymbolImporter importer, Holder holder)
{
    private readonly Dictionary<(MethodDefinition, object, Code), MethodDefinition> accessors = [];

    /// <summary>Whether an instruction names a member that only its class, or one derived from it, may use.</summary>
    public bool IsNeeded(Instruction instruction) => instruction.Operand switch
    {
        MethodSymbol { Definition: { } method } => method.Module != types.Module && (method.IsFamily || method.IsFamilyOrAssembly),
        FieldSymbol { Definition: { } field } => field.Module != types.Module && (field.IsFamily || field.IsFamilyOrAssembly),
        _ => false,
    };

    /// <summary>The method that does what an instruction does, with the type parameters of the method that the instruction stands in.</summary>
    /// <param name="instruction">The instruction, as its caller has it.</param>
    /// <param name="caller">The method of the author's that it stands in.</param>
    /// <param name="arguments">What it takes, as its caller has it.</param>
    /// <param name="result">What it gives.</param>
    public MethodDefinition For(Instruction instruction, MethodDefinition caller, IReadOnlyList<TypeSymbol> arguments, TypeSymbol result)
    {
        var key = (caller, instruction.Operand!, instruction.Code);
        if (accessors.TryGetValue(key, out var accessor))
            return accessor;
        var name = instruction.Operand is MethodSymbol method ? method.Name : ((FieldSymbol)instruction.Operand!).Name;
        accessor = new MethodDefinition(MetadataNames.Fit(name + "@outside" + accessors.Count), MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, types.Module.TypeSystem.Void);
        accessors.Add(key, accessor);
        GenericParameters.Copy(types, importer, caller, caller.GenericParameters, accessor);
        var own = types.ParametersOf(accessor);
        accessor.ReturnType = importer.Import(Map(result));
        foreach (var argument in arguments)
            accessor.Parameters.Add(new ParameterDefinition("arg" + accessor.Parameters.Count, ParameterAttributes.None, importer.Import(Map(argument))));
        holder.Hide(accessor);
        caller.DeclaringType.Methods.Add(accessor);
        var body = MethodFrame.Of(types, accessor);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        foreach (var argument in body.Arguments)
            writer.Emit(Code.Ldarg, argument);
        writer.Append(new Instruction(instruction.Code, MapOperand()) { Prefixes = instruction.Prefixes & ~Prefixes.Tail, Alignment = instruction.Alignment });
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, accessor);
        return accessor;

        TypeSymbol Map(TypeSymbol type) => types.Substitute(type, null, [], caller, own);

        object MapOperand() => instruction.Operand is FieldSymbol field
            ? types.Field(field.Definition!, Map(field.DeclaringType))
            : types.Method(instruction.Method.Definition!, Map(instruction.Method.DeclaringType), [.. instruction.Method.MethodArguments.Select(Map)]);
    }
}
