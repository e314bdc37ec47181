using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>Which methods of the module may be cloned, by what they are and what the configuration says; the body itself is judged by the importer.</summary>
internal sealed class ClonePolicy(ModuleDefinition module, StateMachines machines, Func<ContextStack, MethodDefinition, bool> isExcluded)
{
    private const string NoOverdub = "Cassette.NoOverdubAttribute";

    private readonly Dictionary<MethodDefinition, LeaveReason> known = new(ReferenceComparer<MethodDefinition>.Instance);
    private readonly bool wholeAssembly = module.Assembly.CustomAttributes.Any(a => a.AttributeType.FullName == NoOverdub);

    /// <summary>Why a method has no clone under a context; <see cref="LeaveReason.None"/> when it can have one.</summary>
    public LeaveReason Refusal(MethodDefinition method, ContextStack stack)
    {
        if (!known.TryGetValue(method, out var reason))
            known.Add(method, reason = Judge(method));
        return reason == LeaveReason.None && isExcluded(stack, method) ? LeaveReason.Excluded : reason;
    }

    private LeaveReason Judge(MethodDefinition method)
    {
        if (method.Module != module)
            return LeaveReason.NotSelected;
        if (wholeAssembly || IsMarked(method))
            return LeaveReason.NoOverdub;
        if (!method.HasBody || method.IsPInvokeImpl || method.IsInternalCall || method.IsRuntime || method.IsNative || method.IsUnmanaged)
            return LeaveReason.NoBody;
        if (method.CallingConvention == MethodCallingConvention.VarArg)
            return LeaveReason.VarArgs;
        if (Plumbing.IsStateMachineKickoff(method) && machines.StartedBy(method) is not { Obstacle: null })
            return LeaveReason.StateMachine;
        return method.IsConstructor && method.IsStatic ? LeaveReason.NoBody : LeaveReason.None;
    }

    private static bool IsMarked(MethodDefinition method)
    {
        if (Has(method))
            return true;
        if ((method.IsGetter || method.IsSetter) && method.DeclaringType.Properties.Any(p => (p.GetMethod == method || p.SetMethod == method) && Has(p)))
            return true;
        for (var type = method.DeclaringType; type != null; type = type.DeclaringType)
        {
            if (Has(type))
                return true;
        }
        return false;
    }

    private static bool Has(ICustomAttributeProvider member) =>
        member.HasCustomAttributes && member.CustomAttributes.Any(a => a.AttributeType.FullName == NoOverdub);
}
