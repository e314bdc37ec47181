using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Rules;

/// <summary>The accesses of a field as rules would see them, to hold rules against before any is met.</summary>
internal sealed class FieldShapes(TypeUniverse types, IntrinsicLibrary library)
{
    /// <summary>The accesses that a rule's target means.</summary>
    public IEnumerable<CallShape> Of(FieldDefinition field, RuleModel rule)
    {
        var target = rule.Target;
        var declaring = target.DeclaringType!.Definition == field.DeclaringType && !target.IsAnyInstantiation ? target.DeclaringType : types.SelfOf(field.DeclaringType);
        var symbol = types.Field(field, declaring);
        var isInherited = !target.IsAnyInstantiation && target.DeclaringType.Definition != field.DeclaringType;
        var receiver = isInherited ? target.DeclaringType : declaring;
        foreach (var (verb, code) in Accesses(target.Access, field.IsStatic))
        {
            var intrinsic = field.IsStatic
                ? library.Find(verb, code == Code.Stsfld ? ["TField"] : [], symbol.Type)
                : library.Find(verb, code == Code.Stfld ? [Shape(receiver), "TField"] : [Shape(receiver)], receiver, symbol.Type);
            yield return CallShape.OfInstruction(new IntrinsicCall(new Instruction(code, symbol), new Instruction(Code.Call, intrinsic)) { Field = symbol }, rule.Definition);
        }
    }

    private static string Shape(TypeSymbol receiver) => receiver.IsValueType ? "TObject&" : "TObject";

    private static IEnumerable<(string Name, Code Code)> Accesses(TargetAccess access, bool isStatic)
    {
        if (access != TargetAccess.Set)
            yield return isStatic ? ("LoadStatic", Code.Ldsfld) : ("LoadField", Code.Ldfld);
        if (access != TargetAccess.Get)
            yield return isStatic ? ("StoreStatic", Code.Stsfld) : ("StoreField", Code.Stfld);
        if (access == TargetAccess.Any)
            yield return isStatic ? ("StaticAddress", Code.Ldsflda) : ("FieldAddress", Code.Ldflda);
    }
}
