using System;
using System.Collections.Generic;
using Mono.Cecil;

namespace Cassette.Fody.Emission;

/// <summary>
/// What generic parameters are written as. Either <c>!!n</c> of one method becomes <c>!!n</c> of another, or any parameters, of types and of
/// methods, become what a table says. A parameter that the map does not speak of is written as it is.
/// </summary>
/// <example><code>
/// emitter.Emit(body, target, new GenericMap(table));
/// </code></example>
public readonly struct GenericMap
{
    private readonly MethodDefinition? from;
    private readonly MethodDefinition? to;
    private readonly IReadOnlyDictionary<GenericParameter, GenericParameter>? table;

    public GenericMap(MethodDefinition? from, MethodDefinition? to)
    {
        this.from = from;
        this.to = to;
    }

    public GenericMap(IReadOnlyDictionary<GenericParameter, GenericParameter> table)
    {
        this.table = table;
    }

    /// <summary>Whether parameters of types may become something else, so that nothing open may be remembered.</summary>
    internal bool IsTable => table != null;

    /// <exception cref="InvalidOperationException">The target method has too few parameters.</exception>
    public GenericParameter Map(GenericParameter parameter)
    {
        if (table != null)
            return table.TryGetValue(parameter, out var mapped) ? mapped : parameter;
        if (to is null || parameter.Type != GenericParameterType.Method || parameter.Owner is MethodDefinition && from != null && !ReferenceEquals(parameter.Owner, from))
            return parameter;
        if (parameter.Position < to.GenericParameters.Count)
            return to.GenericParameters[parameter.Position];
        throw new InvalidOperationException($"{to.FullName} has no counterpart of the generic parameter {parameter.Name} of {from?.FullName}.");
    }
}
