using System.Diagnostics;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>A call as rules see it: what is called, with which static types, from where. Make one with <see cref="OfCall"/> or <see cref="OfNew"/>.</summary>
[DebuggerDisplay("{Callee}")]
public sealed class CallShape
{
    private CallShape(JoinPointKind kind, MethodSymbol callee, MethodReference reference, TypeSymbol[] arguments, TypeSymbol result, MethodDefinition caller)
    {
        Kind = kind;
        Callee = callee;
        Reference = reference;
        Arguments = arguments;
        Result = result;
        Caller = caller;
    }

    public JoinPointKind Kind { get; }

    public MethodSymbol Callee { get; }

    /// <summary>The callee as the call names it, for pointcuts.</summary>
    public MethodReference Reference { get; }

    /// <summary>The static types of the arguments as they are on the stack, the receiver first.</summary>
    public TypeSymbol[] Arguments { get; }

    /// <summary>What the call leaves: the constructed type for <see cref="JoinPointKind.New"/>, <c>void</c> for nothing.</summary>
    public TypeSymbol Result { get; }

    public MethodDefinition Caller { get; }

    /// <summary>The instruction that is presented as this call; null for a call that the program makes.</summary>
    internal IntrinsicCall? Intrinsic { get; private init; }

    /// <summary>An object that the compiler makes for its own purposes: only rules for allocations see it, without the constructor's arguments.</summary>
    internal bool IsPlumbing { get; private init; }

    public bool HasReceiver => Kind == JoinPointKind.Call && Callee.HasThis;

    /// <summary>A call of a method.</summary>
    /// <param name="assignability">The weave's.</param>
    /// <param name="callee">What is called.</param>
    /// <param name="receiver">
    /// The receiver's type on the stack: a by-ref to the constraint type for a constrained call. Null where nothing better than the declaring type is known.
    /// </param>
    /// <param name="caller">The method that the call stands in.</param>
    /// <param name="reference">The callee as the instruction names it.</param>
    public static CallShape OfCall(Assignability assignability, MethodSymbol callee, TypeSymbol? receiver, MethodDefinition caller, MethodReference? reference = null)
    {
        var declared = callee.ThisType;
        if (declared is not null && receiver is not null && receiver != declared && IsBetter(assignability, receiver, declared))
            declared = receiver;
        return new CallShape(JoinPointKind.Call, callee, reference ?? callee.Reference, ArgumentsOf(callee, declared), callee.ReturnType, caller);
    }

    /// <summary>The creation of an object, or of a value, by a constructor: its arguments, and the new object as its result.</summary>
    public static CallShape OfNew(MethodSymbol constructor, MethodDefinition caller, MethodReference? reference = null) =>
        new(JoinPointKind.New, constructor, reference ?? constructor.Reference, ArgumentsOf(constructor, null), constructor.DeclaringType, caller);

    /// <summary>An instruction that is presented as a call.</summary>
    internal static CallShape OfInstruction(IntrinsicCall instruction, MethodDefinition caller)
    {
        var callee = instruction.Call.Method;
        return new(JoinPointKind.Call, callee, callee.Reference, callee.Parameters, callee.ReturnType, caller) { Intrinsic = instruction };
    }

    /// <summary>The allocation of an object that the compiler makes for its own purposes.</summary>
    internal static CallShape OfPlumbing(MethodSymbol constructor, MethodDefinition caller) =>
        new(JoinPointKind.New, constructor, constructor.Reference, [], constructor.DeclaringType, caller) { IsPlumbing = true };

    /// <summary>
    /// A call of <c>Unsafe</c> or <c>MemoryMarshal</c>, whose references may stand behind the end of what they were made of: reading one, which the
    /// program does not do, would take whatever is there for a value.
    /// </summary>
    public bool DealsInReferences => Intrinsic is null && Callee.DeclaringType.Named is
        { Name: "Unsafe", Namespace: "System.Runtime.CompilerServices" } or { Name: "MemoryMarshal", Namespace: "System.Runtime.InteropServices" };

    /// <summary>Whether an argument is an <c>out</c> one, without a value before the call.</summary>
    public bool IsOut(int argument)
    {
        var parameter = argument - (HasReceiver ? 1 : 0);
        return Intrinsic is null && parameter >= 0 && Callee.Definition is { } definition && parameter < definition.Parameters.Count
            && definition.Parameters[parameter] is { IsOut: true, IsIn: false, ParameterType.IsByReference: true };
    }

    /// <summary>
    /// Whether a struct that holds the call has to be a <c>ref struct</c>: an argument is by-ref-like, a pointer, or a reference to a variable. The
    /// receiver of a readonly struct's method is none of these, as the method cannot tell a copy from it; that of its <c>init</c> accessor is.
    /// </summary>
    public bool NeedsRefStruct
    {
        get
        {
            for (var i = 0; i < Arguments.Length; i++)
            {
                var type = Arguments[i];
                if (type.Shape == TypeShape.ByRef && i == 0 && HasReceiver && IsReadOnly(type.Element!) && !IsInitAccessor(Callee))
                    type = type.Element!;
                if (Boxing.IsUnboxable(type))
                    return true;
            }
            return false;
        }
    }

    /// <summary>A boxed receiver on the stack is no better than the by-ref that a struct's method takes; a by-ref to a constraint type is.</summary>
    private static bool IsBetter(Assignability assignability, TypeSymbol receiver, TypeSymbol declared) =>
        receiver.Shape == TypeShape.ByRef
            ? declared.Shape != TypeShape.ByRef && assignability.IsBoxedAssignable(receiver.Element!, declared)
            : assignability.IsAssignable(receiver, declared);

    private static TypeSymbol[] ArgumentsOf(MethodSymbol callee, TypeSymbol? receiver)
    {
        var first = receiver is null ? 0 : 1;
        if (first == 0 && callee.VarArgs.Length == 0)
            return callee.Parameters;
        var arguments = new TypeSymbol[first + callee.Parameters.Length + callee.VarArgs.Length];
        if (receiver is not null)
            arguments[0] = receiver;
        callee.Parameters.CopyTo(arguments, first);
        callee.VarArgs.CopyTo(arguments, first + callee.Parameters.Length);
        return arguments;
    }

    /// <summary>An <c>init</c> accessor writes to what it is called on, of a readonly struct too (<c>with</c>, initialisers).</summary>
    private static bool IsInitAccessor(MethodSymbol callee) =>
        callee.Definition?.ReturnType is RequiredModifierType { ModifierType: { Name: "IsExternalInit", Namespace: "System.Runtime.CompilerServices" } };

    private static bool IsReadOnly(TypeSymbol type)
    {
        if (type.Definition is not { HasCustomAttributes: true } definition)
            return false;
        foreach (var attribute in definition.CustomAttributes)
        {
            if (attribute.AttributeType is { Name: "IsReadOnlyAttribute", Namespace: "System.Runtime.CompilerServices" })
                return true;
        }
        return false;
    }

    public override string ToString() => Callee.DisplayName;
}
