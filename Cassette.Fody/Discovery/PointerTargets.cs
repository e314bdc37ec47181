using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>What function pointers of a signature may point to: the static methods of the module whose address it takes.</summary>
internal sealed class PointerTargets(TypeUniverse types, ModuleIndex index, ClonePolicy policy)
{
    /// <summary>The methods that can be called through a signature and have a clone; none where the signature is not of managed, closed code.</summary>
    public IReadOnlyList<MethodSymbol> Of(CallSignature signature, ContextStack stack)
    {
        if (signature.Convention != MethodCallingConvention.Default || signature.HasThis || signature.ReturnType.IsOpen || signature.Parameters.Any(p => p.IsOpen))
            return [];
        return [.. index.PointerTargets.Select(t => types.Import(t, GenericScope.Empty)).Where(m => Fits(m, signature) && policy.Refusal(m.Definition!, stack) == LeaveReason.None)];
    }

    private static bool Fits(MethodSymbol method, CallSignature signature) =>
        method.Definition is { IsStatic: true, IsVirtual: false } definition && !IsUnmanaged(definition) && method.Parameters.Length == signature.Parameters.Length
        && Fits(method.ReturnType, signature.ReturnType)
        && method.Parameters.Zip(signature.Parameters, Fits).All(fits => fits);

    private static bool IsUnmanaged(MethodDefinition method) =>
        method.HasCustomAttributes && method.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute");

    /// <summary>The same type, or two that a reference conversion may lie between.</summary>
    private static bool Fits(TypeSymbol own, TypeSymbol called) => own == called || own.IsReferenceType && called.IsReferenceType;
}
