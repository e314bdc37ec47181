using System;
using System.Collections.Generic;
using Cassette.Fody.Metadata;
using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// Matches pointcuts and method patterns against Cecil's references. One instance serves a whole weave and
/// keeps what it resolved; it is not safe for several threads.
/// </summary>
/// <remarks>
/// Matching runs for each call site of big assemblies: names are compared in place, and only <c>+</c>,
/// <c>@attribute</c> and modifiers other than <c>static</c> need definitions, which are kept.
/// </remarks>
public sealed class PatternMatcher
{
    private readonly DefinitionCache _definitions = new();
    private readonly TypeMatcher _types;
    private readonly Dictionary<TypePattern, Dictionary<MethodDefinition, bool>> _attributes =
        new(ReferenceComparer<TypePattern>.Instance);

    /// <summary>A matcher that knows nothing yet.</summary>
    public PatternMatcher() => _types = new TypeMatcher(_definitions);

    /// <summary>Whether a rule with <paramref name="pointcut"/> applies to a call site.</summary>
    /// <param name="pointcut">The rule's pointcut.</param>
    /// <param name="callee">The method as the call names it.</param>
    /// <param name="resolvedCallee">Its definition where the caller has it, or null: it is looked up if needed.</param>
    /// <param name="caller">The method that the call stands in.</param>
    /// <param name="kind">What the call does.</param>
    public bool Matches(
        Pointcut pointcut, MethodReference callee, MethodDefinition? resolvedCallee, MethodDefinition caller,
        JoinPointKind kind)
    {
        switch (pointcut)
        {
            case OrPointcut or:
                for (int index = 0; index < or.Operands.Count; index++)
                {
                    if (Matches(or.Operands[index], callee, resolvedCallee, caller, kind))
                        return true;
                }

                return false;
            case AndPointcut and:
                for (int index = 0; index < and.Operands.Count; index++)
                {
                    if (!Matches(and.Operands[index], callee, resolvedCallee, caller, kind))
                        return false;
                }

                return true;
            case NotPointcut not:
                return !Matches(not.Operand, callee, resolvedCallee, caller, kind);
            case CallPointcut call:
                return kind == JoinPointKind.Call && !IsConstructor(callee)
                    && MatchesMethod(call.Member, callee, resolvedCallee);
            case GetPointcut get:
                return kind == JoinPointKind.Call && MatchesAccessor(get.Member, callee, resolvedCallee, "get_");
            case SetPointcut set:
                return kind == JoinPointKind.Call && MatchesAccessor(set.Member, callee, resolvedCallee, "set_");
            case NewPointcut creation:
                return kind == JoinPointKind.New
                    && _types.Matches(creation.Type, callee.DeclaringType)
                    && MatchesParameters(creation.Parameters, callee);
            case WithinPointcut within:
                return MatchesTypeAround(within.Type, caller.DeclaringType);
            case AttributePointcut attribute:
                return HasAttribute(attribute.Type, resolvedCallee ?? _definitions.Resolve(callee));
            default:
                throw new InvalidOperationException("No call is matched by " + pointcut.GetType().Name + ".");
        }
    }

    /// <summary>Whether a method pattern of the XML selects a method.</summary>
    public bool Matches(MethodPattern pattern, MethodReference method, MethodDefinition? resolved = null) =>
        pattern.Type is { } type
            ? MatchesTypeAround(type, method.DeclaringType)
            : MatchesMethod(pattern.Member!, method, resolved);

    /// <summary>Whether a type pattern matches a type.</summary>
    public bool Matches(TypePattern pattern, TypeReference type) => _types.Matches(pattern, type);

    /// <summary>Whether a member pattern matches a method by its own name, constructors included.</summary>
    public bool Matches(MemberPattern pattern, MethodReference method, MethodDefinition? resolved = null) =>
        MatchesMethod(pattern, method, resolved);

    /// <summary>Whether a member pattern matches a field.</summary>
    /// <param name="pattern">The pattern; one with parameters matches no field.</param>
    /// <param name="field">The field as the instruction names it.</param>
    /// <param name="definition">Its definition.</param>
    public bool MatchesField(MemberPattern pattern, FieldReference field, FieldDefinition definition) =>
        pattern.Parameters is null && pattern.TypeArguments is null
        && Glob.Matches(pattern.Name, field.Name, 0, field.Name.Length)
        && (pattern.DeclaringType is null || _types.Matches(pattern.DeclaringType, field.DeclaringType))
        && (pattern.ReturnType is null || _types.Matches(pattern.ReturnType, field.FieldType))
        && pattern.Modifiers.All(modifier => HasModifier(definition, modifier.Modifier) != modifier.IsNegated);

    /// <summary>Whether a field, or a type around it, carries an attribute that a pattern matches.</summary>
    public bool HasAttribute(TypePattern pattern, FieldDefinition field)
    {
        if (Carries(pattern, field))
            return true;
        for (TypeDefinition? type = field.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (Carries(pattern, type))
                return true;
        }

        return false;
    }

    private static bool HasModifier(FieldDefinition field, MemberModifier modifier) => modifier switch
    {
        MemberModifier.Public => field.IsPublic,
        MemberModifier.Protected => field.IsFamily || field.IsFamilyOrAssembly || field.IsFamilyAndAssembly,
        MemberModifier.Internal => field.IsAssembly || field.IsFamilyOrAssembly,
        MemberModifier.Private => field.IsPrivate || field.IsCompilerControlled,
        MemberModifier.Static => field.IsStatic,
        _ => false,
    };

    private static bool IsConstructor(MethodReference method) =>
        method.Name is ".ctor" or ".cctor";

    private bool MatchesTypeAround(TypePattern pattern, TypeReference? type)
    {
        for (; type is not null; type = type.DeclaringType)
        {
            if (_types.Matches(pattern, type))
                return true;
        }

        return false;
    }

    private bool MatchesMethod(MemberPattern pattern, MethodReference method, MethodDefinition? resolved) =>
        MatchesName(pattern.Name, method.Name)
        && (pattern.DeclaringType is null || _types.Matches(pattern.DeclaringType, method.DeclaringType))
        && MatchesTypeArguments(pattern.TypeArguments, method)
        && MatchesParameters(pattern.Parameters, method)
        && (pattern.ReturnType is null
            || _types.Matches(pattern.ReturnType, method.ReturnType, GenericScope.Of(method)))
        && MatchesModifiers(pattern.Modifiers, method, resolved);

    private bool MatchesAccessor(
        MemberPattern pattern, MethodReference method, MethodDefinition? resolved, string prefix)
    {
        string name = method.Name;
        int start = SimpleNameStart(name);
        if (string.CompareOrdinal(name, start, prefix, 0, prefix.Length) != 0
            || !Glob.Matches(pattern.Name, name, start + prefix.Length, name.Length)
            || (resolved is not null && !resolved.IsGetter && !resolved.IsSetter)
            || (pattern.DeclaringType is not null && !_types.Matches(pattern.DeclaringType, method.DeclaringType)))
        {
            return false;
        }

        if (pattern.ReturnType is not null)
        {
            TypeReference type = prefix == "get_" || !method.HasParameters
                ? method.ReturnType
                : method.Parameters[method.Parameters.Count - 1].ParameterType;
            if (!_types.Matches(pattern.ReturnType, type, GenericScope.Of(method)))
                return false;
        }

        return MatchesModifiers(pattern.Modifiers, method, resolved);
    }

    /// <summary>An explicit implementation has its interface's name before a dot, and matches without it too.</summary>
    private static bool MatchesName(string glob, string name)
    {
        if (Glob.Matches(glob, name, 0, name.Length))
            return true;
        int start = SimpleNameStart(name);
        return start > 0 && Glob.Matches(glob, name, start, name.Length);
    }

    private static int SimpleNameStart(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot > 0 ? dot + 1 : 0;
    }

    private bool MatchesTypeArguments(PatternList<TypePattern>? patterns, MethodReference method)
    {
        if (patterns is null)
            return true;
        if (method is not GenericInstanceMethod instance)
        {
            // An open method: nothing is known of its arguments but how many there are.
            if (method.GenericParameters.Count != patterns.Count)
                return false;
            for (int index = 0; index < patterns.Count; index++)
            {
                if (patterns[index] is not AnyTypePattern)
                    return false;
            }

            return true;
        }

        if (instance.GenericArguments.Count != patterns.Count)
            return false;
        for (int index = 0; index < patterns.Count; index++)
        {
            if (!_types.Matches(patterns[index], instance.GenericArguments[index]))
                return false;
        }

        return true;
    }

    private bool MatchesParameters(PatternList<TypePattern>? patterns, MethodReference method)
    {
        if (patterns is null)
            return true;
        int count = method.HasParameters ? method.Parameters.Count : 0;
        return MatchesParameters(patterns, 0, method, 0, count, GenericScope.Of(method));
    }

    private bool MatchesParameters(
        PatternList<TypePattern> patterns, int pattern, MethodReference method, int parameter, int count,
        GenericScope scope)
    {
        for (; pattern < patterns.Count; pattern++, parameter++)
        {
            if (patterns[pattern] is AnyParameters)
            {
                if (pattern == patterns.Count - 1)
                    return true;
                for (int rest = parameter; rest <= count; rest++)
                {
                    if (MatchesParameters(patterns, pattern + 1, method, rest, count, scope))
                        return true;
                }

                return false;
            }

            if (parameter >= count
                || !_types.Matches(patterns[pattern], method.Parameters[parameter].ParameterType, scope))
            {
                return false;
            }
        }

        return parameter == count;
    }

    private bool MatchesModifiers(
        PatternList<ModifierPattern> modifiers, MethodReference method, MethodDefinition? resolved)
    {
        for (int index = 0; index < modifiers.Count; index++)
        {
            ModifierPattern pattern = modifiers[index];
            if (pattern.Modifier == MemberModifier.Static)
            {
                if (!method.HasThis == pattern.IsNegated)
                    return false;
                continue;
            }

            // Of a method without a definition nothing is known, so that neither the modifier nor its
            // negation can be said to hold.
            resolved ??= _definitions.Resolve(method);
            if (resolved is null || HasModifier(resolved, pattern.Modifier) == pattern.IsNegated)
                return false;
        }

        return true;
    }

    private static bool HasModifier(MethodDefinition method, MemberModifier modifier) => modifier switch
    {
        MemberModifier.Public => method.IsPublic,
        MemberModifier.Protected => method.IsFamily || method.IsFamilyOrAssembly || method.IsFamilyAndAssembly,
        MemberModifier.Internal => method.IsAssembly || method.IsFamilyOrAssembly,
        MemberModifier.Private => method.IsPrivate || method.IsCompilerControlled,
        MemberModifier.Virtual => method.IsVirtual && !(method.IsFinal && method.IsNewSlot),
        MemberModifier.Abstract => method.IsAbstract,
        MemberModifier.Async => IsAsync(method),
        _ => !method.HasThis,
    };

    private static bool IsAsync(MethodDefinition method)
    {
        foreach (CustomAttribute attribute in method.CustomAttributes)
        {
            if (attribute.AttributeType is
                {
                    Namespace: "System.Runtime.CompilerServices",
                    Name: "AsyncStateMachineAttribute" or "AsyncIteratorStateMachineAttribute",
                })
            {
                return true;
            }
        }

        return false;
    }

    private bool HasAttribute(TypePattern pattern, MethodDefinition? method)
    {
        if (method is null)
            return false;
        if (!_attributes.TryGetValue(pattern, out Dictionary<MethodDefinition, bool>? known))
            _attributes.Add(pattern, known = []);
        if (!known.TryGetValue(method, out bool matches))
            known.Add(method, matches = FindAttribute(pattern, method));
        return matches;
    }

    private bool FindAttribute(TypePattern pattern, MethodDefinition method)
    {
        if (Carries(pattern, method))
            return true;
        TypeDefinition declaringType = method.DeclaringType;
        if (method.IsGetter || method.IsSetter)
        {
            foreach (PropertyDefinition property in declaringType.Properties)
            {
                if ((property.GetMethod == method || property.SetMethod == method) && Carries(pattern, property))
                    return true;
            }
        }

        if (method.IsAddOn || method.IsRemoveOn)
        {
            foreach (EventDefinition @event in declaringType.Events)
            {
                if ((@event.AddMethod == method || @event.RemoveMethod == method) && Carries(pattern, @event))
                    return true;
            }
        }

        for (TypeDefinition? type = declaringType; type is not null; type = type.DeclaringType)
        {
            if (Carries(pattern, type))
                return true;
        }

        return false;
    }

    private bool Carries(TypePattern pattern, ICustomAttributeProvider provider)
    {
        if (!provider.HasCustomAttributes)
            return false;
        foreach (CustomAttribute attribute in provider.CustomAttributes)
        {
            if (_types.MatchesAttribute(pattern, attribute.AttributeType))
                return true;
        }

        return false;
    }
}
