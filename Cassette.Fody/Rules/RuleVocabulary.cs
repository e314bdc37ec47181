using System;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>The runtime library's types that rules are written with.</summary>
internal sealed class RuleVocabulary(TypeUniverse types, ModuleDefinition library)
{
    public TypeSymbol Context { get; } = Find(types, library, "Cassette.IContext");

    public TypeSymbol WithoutHooks { get; } = Find(types, library, "Cassette.WithoutHooks`1");

    public TypeSymbol JoinPoint { get; } = Find(types, library, "Cassette.JoinPoint");

    public TypeSymbol Unboxable { get; } = Find(types, library, "Cassette.Unboxable");

    /// <summary>What stands for <c>void</c> where a type argument is needed.</summary>
    public TypeSymbol Nothing { get; } = Find(types, library, "Cassette.Nothing");

    public TypeSymbol Call { get; } = Find(types, library, "Cassette.ICall`1");

    public TypeSymbol CallWithArguments { get; } = Find(types, library, "Cassette.ICall`2");

    public TypeSymbol Tuple { get; } = types.Core("System.Runtime.CompilerServices", "ITuple");

    public bool IsWithoutHooks(TypeSymbol type) => type.Definition is { } definition && definition == WithoutHooks.Definition && type.Arguments.Length == 1;

    private static TypeSymbol Find(TypeUniverse types, ModuleDefinition library, string name) =>
        library.GetType(name) is { } definition
            ? types.Import(definition, GenericScope.Empty)
            : throw new InvalidOperationException($"The runtime library {library.Name} has no type {name}.");
}
