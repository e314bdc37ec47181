using Mono.Cecil;

namespace Cassette.Fody.Metadata;

/// <summary>What <c>!n</c> and <c>!!n</c> stand for while a signature or a body is read.</summary>
public readonly struct GenericScope(TypeSymbol[] typeArguments, TypeSymbol[] methodArguments)
{
    public TypeSymbol[] TypeArguments { get; } = typeArguments;

    public TypeSymbol[] MethodArguments { get; } = methodArguments;

    public static GenericScope Empty => new(TypeSymbol.None, TypeSymbol.None);

    /// <summary>The scope of a method's own body: every parameter stands for itself.</summary>
    public static GenericScope Of(TypeUniverse types, MethodDefinition method) =>
        new(types.ParametersOf(method.DeclaringType), types.ParametersOf(method));

    /// <summary>The scope inside a type: every parameter stands for itself.</summary>
    public static GenericScope Of(TypeUniverse types, TypeDefinition type) => new(types.ParametersOf(type), TypeSymbol.None);
}
