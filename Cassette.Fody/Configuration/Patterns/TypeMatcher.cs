using System;
using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// Matches type patterns. Names are compared in place, without building full names; only <c>+</c> needs
/// definitions, and what it finds is kept for each pattern and definition.
/// </summary>
internal sealed class TypeMatcher(DefinitionCache definitions)
{
    private readonly Dictionary<TypePattern, Dictionary<TypeDefinition, bool>> _subtypes =
        new(ReferenceComparer<TypePattern>.Instance);

    public bool Matches(TypePattern pattern, TypeReference type) => Matches(pattern, type, default);

    public bool Matches(TypePattern pattern, TypeReference type, GenericScope scope)
    {
        if (pattern is AnyTypePattern)
            return true;
        type = GenericScope.Normalize(type, ref scope);
        return pattern switch
        {
            KeywordTypePattern keyword => IsKeyword(keyword.Keyword, type),
            NamedTypePattern named => IsNamed(named, type, scope, trimAttributeSuffix: false),
            SubtypesPattern subtypes => IsSubtype(subtypes.Element, type, scope),
            NullablePattern nullable => IsNullable(nullable.Element, type, scope),
            ArrayPattern array =>
                type is ArrayType actual && actual.Rank == array.Rank
                && Matches(array.Element, actual.ElementType, scope),
            PointerPattern pointer =>
                type is PointerType actual && Matches(pointer.Element, actual.ElementType, scope),
            ByRefPattern byRef =>
                type is ByReferenceType actual && Matches(byRef.Element, actual.ElementType, scope),
            _ => throw new InvalidOperationException("No type is matched by " + pattern.GetType().Name + "."),
        };
    }

    /// <summary>Whether an attribute's type matches, its suffix left out or not.</summary>
    public bool MatchesAttribute(TypePattern pattern, TypeReference type) =>
        Matches(pattern, type)
        || (pattern is NamedTypePattern named
            && type is not TypeSpecification
            && type.Name.Length > "Attribute".Length
            && type.Name.EndsWith("Attribute", StringComparison.Ordinal)
            && IsNamed(named, type, default, trimAttributeSuffix: true));

    private static bool IsKeyword(string keyword, TypeReference type) =>
        type is not TypeSpecification and not GenericParameter
        && type.DeclaringType is null
        && type.Name == TypeKeywords.NameOf(keyword)
        && type.Namespace == "System";

    private bool IsNamed(NamedTypePattern pattern, TypeReference type, GenericScope scope, bool trimAttributeSuffix)
    {
        if (type is GenericParameter or (TypeSpecification and not GenericInstanceType))
            return false;
        var cursor = new TypeNameCursor(type, trimAttributeSuffix);
        return MatchSegments(pattern, pattern.Segments.Count - 1, cursor, scope);
    }

    private bool MatchSegments(
        NamedTypePattern pattern, int index, TypeNameCursor cursor, GenericScope scope)
    {
        for (; index >= 0; index--)
        {
            NameSegment segment = pattern.Segments[index];
            if (segment.IsAnyDepth)
            {
                while (!MatchSegments(pattern, index - 1, cursor, scope))
                {
                    if (cursor.IsAtRoot)
                        return false;
                    cursor.MoveOut();
                }

                return true;
            }

            if (cursor.IsAtRoot || !cursor.Matches(segment.Glob) || (segment.IsNested && !cursor.IsNested)
                || !MatchArguments(segment.TypeArguments, cursor, scope))
            {
                return false;
            }

            cursor.MoveOut();
        }

        return !pattern.IsRooted || cursor.IsAtRoot;
    }

    private bool MatchArguments(PatternList<TypePattern>? patterns, TypeNameCursor cursor, GenericScope scope)
    {
        if (patterns is null)
            return true;
        if (patterns.Count != cursor.Arity)
            return false;
        for (int index = 0; index < patterns.Count; index++)
        {
            bool matches = cursor.ArgumentAt(index) is { } argument
                ? Matches(patterns[index], argument, scope)
                : patterns[index] is AnyTypePattern;
            if (!matches)
                return false;
        }

        return true;
    }

    private bool IsNullable(TypePattern element, TypeReference type, GenericScope scope)
    {
        if (type is GenericInstanceType { ElementType: { Name: "Nullable`1", Namespace: "System" } } instance)
            return Matches(element, instance.GenericArguments[0], scope);
        return !type.IsValueType && type is not (ByReferenceType or PointerType or FunctionPointerType)
            && Matches(element, type, scope);
    }

    private bool IsSubtype(TypePattern element, TypeReference type, GenericScope scope)
    {
        if (Matches(element, type, scope))
            return true;
        if (type is ArrayType)
            return Matches(element, type.Module.TypeSystem.Object);
        if (type is GenericParameter or (TypeSpecification and not GenericInstanceType)
            || definitions.Resolve(type) is not { } definition)
        {
            return false;
        }

        // What a generic base is, is decided by its arguments here. Patterns that ask for type arguments are
        // rare, so only they pay for building the instances.
        return type is GenericInstanceType instance && AsksForArguments(element)
            ? HasMatchingBase(element, definition, instance)
            : IsSubtype(element, definition);
    }

    private bool IsSubtype(TypePattern element, TypeDefinition definition)
    {
        if (!_subtypes.TryGetValue(element, out Dictionary<TypeDefinition, bool>? known))
            _subtypes.Add(element, known = []);
        if (!known.TryGetValue(definition, out bool matches))
        {
            // Ill-formed metadata may name a type as its own base: the entry made first ends the round.
            known.Add(definition, false);
            known[definition] = matches = HasMatchingBase(element, definition, null);
        }

        return matches;
    }

    private bool HasMatchingBase(TypePattern element, TypeDefinition definition, GenericInstanceType? instance)
    {
        if (definition.BaseType is not null && IsSubtype(element, Instantiate(definition.BaseType, instance), default))
            return true;
        foreach (InterfaceImplementation implementation in definition.Interfaces)
        {
            if (IsSubtype(element, Instantiate(implementation.InterfaceType, instance), default))
                return true;
        }

        return false;
    }

    private static TypeReference Instantiate(TypeReference type, GenericInstanceType? arguments)
    {
        if (arguments is null)
            return type;
        switch (type)
        {
            case GenericParameter { Type: GenericParameterType.Type } parameter
                when parameter.Position < arguments.GenericArguments.Count:
                return arguments.GenericArguments[parameter.Position];
            case GenericInstanceType instance:
                var result = new GenericInstanceType(instance.ElementType);
                foreach (TypeReference argument in instance.GenericArguments)
                    result.GenericArguments.Add(Instantiate(argument, arguments));
                return result;
            case ArrayType array:
                return new ArrayType(Instantiate(array.ElementType, arguments), array.Rank);
            default:
                return type;
        }
    }

    private static bool AsksForArguments(TypePattern pattern)
    {
        if (pattern is not NamedTypePattern named)
            return false;
        for (int index = 0; index < named.Segments.Count; index++)
        {
            if (named.Segments[index].TypeArguments is not null)
                return true;
        }

        return false;
    }
}
