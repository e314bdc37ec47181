using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Static methods that a delegate table leads to where a primitive stands in for a delegate's target: a call of the target, as any overdubbed
/// code makes it, under the delegate's parameters.
/// </summary>
internal sealed class PrimitiveThunks(TypeUniverse types, SymbolImporter importer, Holder holder, OverdubPass overdub)
{
    public IReadOnlyDictionary<DelegatePrimitive, MethodDefinition> Write(WeavePlan plan)
    {
        var thunks = new Dictionary<DelegatePrimitive, MethodDefinition>(ReferenceComparer<DelegatePrimitive>.Instance);
        foreach (var primitive in plan.DelegatePrimitives)
            thunks.Add(primitive, Write(primitive));
        return thunks;
    }

    private MethodDefinition Write(DelegatePrimitive primitive)
    {
        var target = primitive.Target;
        var method = holder.AddMethod(target.Name + "@" + primitive.Stack.Name, declared =>
        {
            declared.ReturnType = importer.Import(target.ReturnType);
            foreach (var type in (target.HasThis ? [target.ThisType!] : System.Array.Empty<TypeSymbol>()).Concat(target.Parameters).Concat(primitive.Stack.Parameters))
                declared.Parameters.Add(new ParameterDefinition("arg" + declared.Parameters.Count, ParameterAttributes.None, importer.Import(type)));
        });
        var body = MethodFrame.Of(types, method);
        var block = new Block(body.Body);
        body.Blocks.Add(block);
        foreach (var argument in body.Arguments.Take(body.Arguments.Count - primitive.Stack.Parameters.Length))
            block.Instructions.Add(new IL.Instruction(Code.Ldarg, argument));
        var call = new IL.Instruction(target.IsVirtual && !target.DeclaringType.IsValueType ? Code.Callvirt : Code.Call, target);
        block.Instructions.Add(call);
        block.Instructions.Add(new IL.Instruction(Code.Ret));
        var clone = new PlannedClone(method, primitive.Stack, new CloneReason(CloneReasonKind.Delegate, null), LeaveReason.None) { Body = body };
        clone.Sites.Add(call, primitive.Site);
        overdub.Transform(clone);
        holder.AddBody(body, method);
        return method;
    }
}
