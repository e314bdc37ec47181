using System.Diagnostics;
using Mono.Cecil;

namespace Cassette.Fody.Metadata;

/// <summary>A method as an instruction names it: declaring type, arguments and signature with the type arguments put in. Interned.</summary>
[DebuggerDisplay("{DisplayName}")]
public sealed class MethodSymbol
{
    internal MethodSymbol(
        MethodReference reference, MethodDefinition? definition, TypeSymbol declaringType, TypeSymbol[] methodArguments,
        TypeSymbol returnType, TypeSymbol[] parameters, TypeSymbol[] varArgs)
    {
        Reference = reference;
        Definition = definition;
        DeclaringType = declaringType;
        MethodArguments = methodArguments;
        ReturnType = returnType;
        Parameters = parameters;
        VarArgs = varArgs;
    }

    /// <summary>The method without type arguments, as first met: its signature keeps custom modifiers, for emission.</summary>
    public MethodReference Reference { get; }

    /// <summary>Null for methods of arrays (<c>Get</c>, <c>Set</c>, <c>Address</c>, constructors) and for unresolved ones.</summary>
    public MethodDefinition? Definition { get; }

    public TypeSymbol DeclaringType { get; }

    public TypeSymbol[] MethodArguments { get; }

    public TypeSymbol ReturnType { get; }

    /// <summary>Declared parameters, without <c>this</c>.</summary>
    public TypeSymbol[] Parameters { get; }

    /// <summary>The extra arguments of a vararg call site.</summary>
    public TypeSymbol[] VarArgs { get; }

    public string Name => Reference.Name;

    public bool HasThis => Reference.HasThis;

    public bool IsVarArg => Reference.CallingConvention == MethodCallingConvention.VarArg;

    public bool IsConstructor => HasThis && Name == ".ctor";

    public bool IsVirtual => Definition is { IsVirtual: true };

    /// <summary>The stack type of <c>this</c> as the callee sees it: the declaring class, or a by-ref to the declaring struct.</summary>
    public TypeSymbol? ThisType => !HasThis ? null : DeclaringType.IsValueType ? DeclaringType.Universe.ByRef(DeclaringType) : DeclaringType;

    public bool MentionsMethodParameter { get; internal set; }

    /// <summary><c>Namespace.Type.Method&lt;T&gt;(int, string)</c>.</summary>
    public string DisplayName => TypeDisplay.Of(this);

    public override string ToString() => DisplayName;
}
