using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.RoundTrip;

/// <summary>
/// References as text that says everything a signature says: assembly, custom modifiers, calling convention, generic parameters by
/// position. Two references of two modules mean the same exactly when their texts are equal.
/// </summary>
internal sealed class OperandText
{
    private readonly Dictionary<object, string> known = new(ReferenceEqualityComparer.Instance);

    public string Of(object? operand) => operand switch
    {
        null => "",
        Instruction target => "IL_" + target.Offset.ToString("x4", CultureInfo.InvariantCulture),
        Instruction[] targets => string.Join(",", targets.Select(t => Of(t))),
        VariableDefinition variable => "V" + variable.Index,
        ParameterDefinition parameter => "A" + parameter.Index,
        TypeReference type => Cached(type, Type),
        MethodReference method => Cached(method, Method),
        FieldReference field => Cached(field, Field),
        CallSite site => Signature(site, "calli"),
        string text => "\"" + text + "\"",
        float value => BitConverter.SingleToInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture),
        double value => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture),
        _ => Convert.ToString(operand, CultureInfo.InvariantCulture)!,
    };

    private string Cached<T>(T reference, Func<T, string> write)
        where T : class
    {
        if (!known.TryGetValue(reference, out var text))
            known.Add(reference, text = write(reference));
        return text;
    }

    private string Field(FieldReference field) => $"{Of(field.FieldType)} {Of(field.DeclaringType)}::{field.Name}";

    private string Method(MethodReference method) => method is GenericInstanceMethod instance
        ? $"{Of(instance.ElementMethod)}<{string.Join(",", instance.GenericArguments.Select(Of))}>"
        : Signature(method, $"{Of(method.DeclaringType)}::{method.Name}`{method.GenericParameters.Count}");

    private string Signature(IMethodSignature signature, string name) =>
        $"{signature.CallingConvention} {signature.HasThis} {signature.ExplicitThis} {Of(signature.ReturnType)} {name}({string.Join(",", signature.Parameters.Select(p => Of(p.ParameterType)))})";

    private string Type(TypeReference type)
    {
        switch (type)
        {
            case GenericParameter parameter:
                return (parameter.Type == GenericParameterType.Type ? "!" : "!!") + parameter.Position;
            case GenericInstanceType instance:
                return $"{Of(instance.ElementType)}<{string.Join(",", instance.GenericArguments.Select(Of))}>";
            case FunctionPointerType pointer:
                return Signature(pointer, "*");
            case RequiredModifierType modified:
                return $"{Of(modified.ElementType)} modreq({Of(modified.ModifierType)})";
            case OptionalModifierType modified:
                return $"{Of(modified.ElementType)} modopt({Of(modified.ModifierType)})";
            case ArrayType array:
                return Of(array.ElementType) + (array.IsVector ? "[]" : "[" + string.Join(",", array.Dimensions.Select(d => d.ToString() + ":")) + "]");
            case ByReferenceType byRef:
                return Of(byRef.ElementType) + "&";
            case PointerType pointer:
                return Of(pointer.ElementType) + "*";
            case PinnedType pinned:
                return "pinned " + Of(pinned.ElementType);
            case SentinelType sentinel:
                return "... " + Of(sentinel.ElementType);
        }
        if (type.DeclaringType is { } outer)
            return Of(outer) + "/" + type.Name;
        var scope = type.Scope is ModuleDefinition module ? module.Assembly.Name.Name : type.Scope.Name;
        return $"[{scope}]{type.Namespace}.{type.Name}";
    }
}
