using System;
using System.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>Whether a call is a use of a rule's target.</summary>
internal sealed class TargetMatcher(TypeUniverse types, Assignability assignability, PatternMatcher patterns, PatternUsage usage)
{
    /// <summary>Whether the target matches, and which type the receiver has to turn out to have for that.</summary>
    public bool Matches(RuleTarget target, CallShape call, out TypeSymbol? receiverTest)
    {
        receiverTest = null;
        if (call.Intrinsic is { } instruction)
            return MatchesInstruction(target, call, instruction, out receiverTest);
        if (IntrinsicLibrary.IsIntrinsics(target.DeclaringType?.Named) && call.Kind == JoinPointKind.New)
            return call.Result.IsReferenceType && target.MemberList.Any(m => m.Name == IntrinsicLibrary.NewObject) && MatchesPointcuts(target, call);
        if (call.IsPlumbing)
            return false;
        if (target.DeclaringType is not null && !MatchesMember(target, call, out receiverTest))
            return false;
        return MatchesPointcuts(target, call);
    }

    private bool MatchesPointcuts(RuleTarget target, CallShape call)
    {
        // All pointcuts are asked, so that each one's own use is known.
        var matches = true;
        foreach (var pointcut in target.Pointcuts)
        {
            if (call.Intrinsic != null ? InstructionPatterns.Match(patterns, pointcut, call) : patterns.Matches(pointcut, call.Reference, call.Callee.Definition, call.Caller, call.Kind))
                usage.MarkMatched(pointcut);
            else
                matches = false;
        }
        return matches;
    }

    private bool MatchesInstruction(RuleTarget target, CallShape call, IntrinsicCall instruction, out TypeSymbol? receiverTest)
    {
        receiverTest = null;
        if (!IntrinsicInterest.MeansInstructions(target))
            return false;
        if (IntrinsicLibrary.IsIntrinsics(target.DeclaringType?.Named))
        {
            if (!target.HasMember(call.Callee.Definition!))
                return false;
        }
        else if (target.DeclaringType != null && (instruction.Field is not { } field || !MatchesField(target, call, field, out receiverTest)))
        {
            return false;
        }
        return MatchesPointcuts(target, call);
    }

    private bool MatchesField(RuleTarget target, CallShape call, FieldSymbol field, out TypeSymbol? receiverTest)
    {
        receiverTest = null;
        if (field.Definition is not { } definition || !target.Fields.Contains(definition))
            return false;
        var verb = target.Access switch
        {
            TargetAccess.Get => "Load",
            TargetAccess.Set => "Store",
            _ => "",
        };
        if (!call.Callee.Name.StartsWith(verb, StringComparison.Ordinal))
            return false;
        var type = target.DeclaringType!;
        if (field.DeclaringType == type || target.IsAnyInstantiation && field.DeclaringType.Definition == type.Definition)
            return true;
        if (definition.IsStatic || call.Arguments[0].Shape is TypeShape.ByRef or TypeShape.Pointer)
            return field.DeclaringType.Definition != type.Definition;
        var receiver = call.Arguments[0];
        if (target.IsAnyInstantiation)
            return IsInstantiation(receiver, type.Definition!);
        if (assignability.IsBoxedAssignable(receiver, type))
            return true;
        if (!assignability.IsSubtypeOrPossible(receiver, type))
            return false;
        receiverTest = type;
        return true;
    }

    private bool MatchesMember(RuleTarget target, CallShape call, out TypeSymbol? receiverTest)
    {
        receiverTest = null;
        var callee = call.Callee;
        if (callee.Definition is not { } definition || definition.IsConstructor != (call.Kind == JoinPointKind.New))
            return false;
        var type = target.DeclaringType!;
        if (!target.HasMember(definition) && !OverridesMember(target, callee, definition) && !IsImplementedByMember(target, call, definition))
            return false;
        if (callee.DeclaringType == type || target.IsAnyInstantiation && callee.DeclaringType.Definition == type.Definition)
            return true;
        if (!call.HasReceiver)
            // A static member that the target inherits; of a generic type's instantiations only the one named.
            return callee.DeclaringType.Definition != type.Definition && call.Kind == JoinPointKind.Call;
        var receiver = call.Arguments[0];
        if (receiver.Shape == TypeShape.ByRef)
            receiver = receiver.Element!;
        if (target.IsAnyInstantiation)
            return IsInstantiation(receiver, type.Definition!);
        if (assignability.IsBoxedAssignable(receiver, type))
            return true;
        if (Boxing.IsUnboxable(receiver) || !assignability.IsSubtypeOrPossible(receiver, type))
            return false;
        receiverTest = type;
        return true;
    }

    /// <summary>A call that names an override is a call of what it overrides: base classes are searched for the target's member.</summary>
    private bool OverridesMember(RuleTarget target, MethodSymbol callee, MethodDefinition definition)
    {
        if (!definition.IsVirtual || definition.IsNewSlot || target.DeclaringType!.Shape == TypeShape.Interface)
            return false;
        for (var @base = callee.DeclaringType.BaseType; @base?.Definition is not null; @base = @base.BaseType)
        {
            foreach (var member in target.MemberList)
            {
                if (member.DeclaringType == @base.Definition && member.IsVirtual && member.Name == definition.Name
                    && HasSameParameters(types.Method(member, @base, TypeSymbol.None), callee, definition))
                    return true;
            }
        }
        return false;
    }

    /// <summary>A call through an interface is a call of the target's member if the receiver turns out to be of the target's type.</summary>
    private bool IsImplementedByMember(RuleTarget target, CallShape call, MethodDefinition definition)
    {
        var type = target.DeclaringType!;
        if (!definition.DeclaringType.IsInterface || !call.HasReceiver || type.Shape == TypeShape.Interface || target.IsAnyInstantiation
            || !assignability.IsBoxedAssignable(type, call.Callee.DeclaringType))
            return false;
        for (TypeSymbol? owner = type; owner?.Definition is not null; owner = owner.BaseType)
        {
            foreach (var member in target.MemberList)
            {
                if (member.DeclaringType == owner.Definition && member.IsVirtual && member.Name == definition.Name
                    && HasSameParameters(types.Method(member, owner, TypeSymbol.None), call.Callee, definition))
                    return true;
            }
        }
        return false;
    }

    private bool HasSameParameters(MethodSymbol member, MethodSymbol callee, MethodDefinition definition)
    {
        if (member.Parameters.Length != callee.Parameters.Length || member.Definition!.GenericParameters.Count != definition.GenericParameters.Count)
            return false;
        var open = definition.HasGenericParameters ? types.Method(definition, callee.DeclaringType, TypeSymbol.None) : callee;
        for (var i = 0; i < member.Parameters.Length; i++)
        {
            var parameter = types.Substitute(member.Parameters[i], null, TypeSymbol.None, member.Definition, types.ParametersOf(definition));
            if (parameter != open.Parameters[i])
                return false;
        }
        return true;
    }

    private static bool IsInstantiation(TypeSymbol type, TypeDefinition definition)
    {
        for (TypeSymbol? candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.Definition == definition)
                return true;
        }
        foreach (var @interface in type.Interfaces)
        {
            if (@interface.Definition == definition)
                return true;
        }
        return false;
    }
}
