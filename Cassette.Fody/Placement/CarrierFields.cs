using System.Linq;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>The fields of a class that carries a delegate's target and contexts, and the constructor that sets them.</summary>
internal sealed class CarrierFields(TypeUniverse types, SymbolImporter importer, Holder holder)
{
    /// <param name="carrier">The class.</param>
    /// <param name="held">The fields' types.</param>
    /// <param name="throwOnNull">What is called when the first of them is null, to throw what making the delegate would have thrown.</param>
    public (MethodDefinition Constructor, FieldSymbol[] Fields) Write(TypeDefinition carrier, TypeSymbol[] held, MethodSymbol? throwOnNull = null)
    {
        var self = types.SelfOf(carrier);
        var constructor = new MethodDefinition(
            ".ctor", MethodAttributes.Assembly | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, types.Module.TypeSystem.Void)
        { HasThis = true };
        var fields = new FieldSymbol[held.Length];
        for (var i = 0; i < held.Length; i++)
        {
            var field = new FieldDefinition("held" + i, FieldAttributes.Assembly | FieldAttributes.InitOnly, importer.Import(held[i]));
            carrier.Fields.Add(field);
            fields[i] = types.Field(field, self);
            constructor.Parameters.Add(new ParameterDefinition("held" + i, ParameterAttributes.None, importer.Import(held[i])));
        }
        holder.Hide(constructor);
        carrier.Methods.Add(constructor);
        var body = MethodFrame.Of(types, constructor);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Call, types.Method(types.Object.Definition!.Methods.First(m => m.IsConstructor && !m.IsStatic), types.Object, []));
        if (throwOnNull != null)
        {
            var there = writer.NewBlock([]);
            writer.Emit(Code.Ldarg, body.Arguments[1]);
            writer.BranchOver(Code.Brtrue, there, []);
            writer.Emit(Code.Call, throwOnNull);
            writer.RunInto(there);
        }
        for (var i = 0; i < held.Length; i++)
        {
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            writer.Emit(Code.Ldarg, body.Arguments[i + 1]);
            writer.Emit(Code.Stfld, fields[i]);
        }
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, constructor);
        return (constructor, fields);
    }
}
