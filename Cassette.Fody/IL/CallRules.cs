using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>What calls, constructions, function pointers and returns ask of the stack (ECMA-335 III.3.19, III.4.2, III.4.21 and others).</summary>
internal sealed class CallRules(StackAssignability assignability, VerificationLevel level)
{
    private readonly DelegateRules delegates = new(assignability.Types);
    private MethodIR body = null!;
    private ConstructorState? state;
    private List<StackType> stack = null!;

    private bool IsStrict => level == VerificationLevel.TypeSafe;

    public void Start(MethodIR body, ConstructorState? state)
    {
        this.body = body;
        this.state = state;
    }

    public string? Check(Instruction instruction, List<StackType> current)
    {
        stack = current;
        switch (instruction.Code)
        {
            case Code.Ret:
                return Return();
            case Code.Calli:
                return Indirect((CallSignature)instruction.Operand!);
            case Code.Jmp:
                return stack.Count > 0 ? "jmp with a stack that is not empty" : null;
        }
        var method = instruction.Method;
        if (GenericArity(method) is { } arity)
            return arity;
        switch (instruction.Code)
        {
            case Code.Newobj:
                return Construction(method);
            case Code.Ldftn:
                return StaticVirtual(instruction, method);
            case Code.Ldvirtftn:
                return stack.Count < 1 ? Underflow : !method.HasThis ? $"{method} is static" : IsReference(Peek(0)) ? null : $"{Peek(0)} is no object reference";
            case Code.Callvirt when !method.HasThis:
                return $"{method} is static";
            case Code.Call when !method.HasThis && StaticVirtual(instruction, method) is { } reason:
                return reason;
            case Code.Call when method.HasThis && instruction.Constrained is null && IsStrict
                && method.Definition is { IsAbstract: true }:
                return $"{method} is abstract";
            default:
                return Call(instruction, method);
        }
    }

    /// <summary>III.2.4: a tail call is followed by <c>ret</c> and leaves no protected region.</summary>
    public static string? Tail(Block block, int index)
    {
        if (block.Region.Kind != RegionKind.Body)
            return $"tail. inside a {FlowRules.Name(block.Region)} region";
        var following = index + 1 < block.Instructions.Count ? block.Instructions[index + 1]
            : block.Next is { Instructions.Count: > 0 } next ? next.Instructions[0] : null;
        return following is { Code: Code.Ret } ? null : "tail. before a call that is not followed by ret";
    }

    private string? Return()
    {
        var returns = body.ReturnType.Shape != TypeShape.Void;
        if (stack.Count != (returns ? 1 : 0))
            return returns ? $"ret with {stack.Count} values on the stack instead of the return value" : "ret with values on the stack";
        return returns ? Argument(0, body.ReturnType, "the return value") : null;
    }

    private string? Indirect(CallSignature signature)
    {
        if (stack.Count < 1)
            return Underflow;
        if (!StackAssignability.IsNative(Peek(0)) && Peek(0).Kind != StackKind.Int32)
            return $"{Peek(0)} is no function pointer";
        var hidden = signature.HasThis && !signature.ExplicitThis ? 1 : 0;
        return stack.Count < 1 + signature.Parameters.Length + hidden ? Underflow : Arguments(signature.Parameters, 1);
    }

    private string? GenericArity(MethodSymbol method)
    {
        if (method.Definition is not { } definition)
            return null;
        var expected = definition.HasGenericParameters ? definition.GenericParameters.Count : 0;
        if (method.MethodArguments.Length != expected)
            return $"{method} has {method.MethodArguments.Length} generic arguments instead of {expected}";
        var type = definition.DeclaringType.HasGenericParameters ? definition.DeclaringType.GenericParameters.Count : 0;
        return method.DeclaringType.Definition == definition.DeclaringType && method.DeclaringType.Arguments.Length != type
            ? $"{method.DeclaringType} has {method.DeclaringType.Arguments.Length} generic arguments instead of {type}" : null;
    }

    private string? Construction(MethodSymbol method)
    {
        if (!method.IsConstructor)
            return $"newobj of {method}, which is no constructor";
        if (IsStrict && method.DeclaringType.Definition is { IsAbstract: true })
            return $"{method.DeclaringType} is abstract";
        if (stack.Count < method.Parameters.Length + method.VarArgs.Length)
            return Underflow;
        return Arguments(method.VarArgs, 0) ?? Arguments(method.Parameters, method.VarArgs.Length)
            ?? (IsStrict && method.Parameters.Length == 2 && Peek(0).Has(StackFlags.Function) ? delegates.Check(method, Peek(1), Peek(0)) : null);
    }

    /// <summary>III.2.1: <c>constrained.</c> before <c>call</c> and <c>ldftn</c> picks the implementation of a static virtual method.</summary>
    private static string? StaticVirtual(Instruction instruction, MethodSymbol method)
    {
        var isStaticVirtual = method.Definition is { IsStatic: true, IsVirtual: true };
        if (instruction.Constrained is not null)
            return isStaticVirtual || method.Definition is null || instruction.Code == Code.Call && method.HasThis
                ? null : $"constrained. before {method}, which is no static virtual method";
        return isStaticVirtual && method.Definition!.IsAbstract ? $"{method} is a static abstract method and needs constrained." : null;
    }

    private string? Call(Instruction instruction, MethodSymbol method)
    {
        var count = method.Parameters.Length + method.VarArgs.Length;
        if (stack.Count < count + (method.HasThis ? 1 : 0))
            return Underflow;
        if (Arguments(method.VarArgs, 0) is { } extra)
            return extra;
        if (Arguments(method.Parameters, method.VarArgs.Length) is { } argument)
            return argument + $" ({method})";
        return method.HasThis ? Receiver(instruction, method, Peek(count)) : null;
    }

    private string? Receiver(Instruction instruction, MethodSymbol method, StackType receiver)
    {
        if (instruction.Constrained is { } constrained)
        {
            if (receiver.Kind is not (StackKind.ByRef or StackKind.NativeInt or StackKind.Pointer))
                return $"{receiver} where the address of a {constrained} is needed";
            return IsStrict && receiver.Kind == StackKind.ByRef && receiver.Type != constrained ? $"{receiver} is no address of a {constrained}" : null;
        }
        var type = method.DeclaringType;
        if (type.IsValueType)
            return receiver.Kind is StackKind.ByRef or StackKind.NativeInt or StackKind.Pointer
                ? IsStrict && receiver.Kind == StackKind.ByRef && !Assignability.IsPointerCompatible(receiver.Type!, type) ? $"{receiver} is no address of a {type}" : null
                : $"{receiver} where the address of a {type} is needed";
        if (!IsReference(receiver))
            return $"{receiver} where a {type} is needed";
        if (!IsStrict || receiver.IsNull)
            return null;
        if (IsUninitialized(receiver))
            return method.IsConstructor ? ConstructorChain(method) : "this is used before the base constructor ran";
        return assignability.Types.IsBoxedAssignable(receiver.Type!, type) ? null : $"{receiver} where a {type} is needed";
    }

    private string? ConstructorChain(MethodSymbol method)
    {
        var own = body.Origin.DeclaringType;
        return method.DeclaringType.Definition == own || own.BaseType?.Resolve() == method.DeclaringType.Definition
            ? null : $"a constructor of {method.DeclaringType}, which is no direct base";
    }

    private string? Arguments(TypeSymbol[] parameters, int above)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (Argument(above + parameters.Length - 1 - i, parameters[i], "argument " + (i + 1)) is { } reason)
                return reason;
        }
        return null;
    }

    private string? Argument(int depth, TypeSymbol type, string what)
    {
        var value = Peek(depth);
        if (IsStrict && IsUninitialized(value))
            return "this is passed before the base constructor ran";
        // What a readonly by-ref may be passed to cannot be told from the signature's types.
        if (value.Kind == StackKind.ByRef && value.Has(StackFlags.ReadOnly))
            value = new StackType(StackKind.ByRef, value.Type);
        return assignability.Accepts(value, type, level) ? null : $"{value} where {what} is a {type}";
    }

    private bool IsUninitialized(StackType value) =>
        value.Kind == StackKind.Object && value.Has(StackFlags.This) && state is { IsInitialized: false } || value.Has(StackFlags.Uninitialized);

    private const string Underflow = "the stack is too short";

    private StackType Peek(int depth) => stack[stack.Count - 1 - depth];

    private bool IsReference(StackType type) =>
        type.Kind == StackKind.Object || type.Kind == StackKind.Value && assignability.Types.IsKnownReference(type.Type!);
}
