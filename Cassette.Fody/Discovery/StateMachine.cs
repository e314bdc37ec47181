using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// What the compiler made of an async method, an iterator or an async iterator: a type whose <c>MoveNext</c> holds the author's code, and the
/// kickoff method, which only makes and starts one. Told by the attribute on the kickoff and by the interfaces of the type, never by names of
/// fields or by the shape of code.
/// </summary>
internal sealed class StateMachine
{
    private const string CompilerServices = "System.Runtime.CompilerServices";

    private readonly Lazy<TypeReference?> builder;
    private readonly bool isAsync;

    public StateMachine(MethodDefinition kickoff, TypeDefinition type)
    {
        Kickoff = kickoff;
        Type = type;
        isAsync = type.Interfaces.Any(i => i.InterfaceType is { Name: "IAsyncStateMachine", Namespace: CompilerServices });
        builder = new(() => BuilderOf(kickoff) ?? (kickoff.ReturnType.GetElementType().Resolve() is { } result ? BuilderOf(result) : null));
    }

    public MethodDefinition Kickoff { get; }

    public TypeDefinition Type { get; }

    /// <summary>Whether the kickoff returns the machine itself: that of an iterator or an async iterator.</summary>
    public bool IsIterator => Kickoff.CustomAttributes.First(Plumbing.IsStateMachineAttribute).AttributeType.Name is "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute";

    /// <summary>Why no clone of the type can stand in for it; null where one can.</summary>
    public string? Obstacle =>
        Type.Fields.Any(f => f.IsStatic) ? "its state machine has static fields"
        : Type.HasNestedTypes ? "its state machine has nested types"
        : Type.Methods.Any(m => m.IsStatic || !m.HasBody) ? "its state machine has methods that are not its own"
        : Type.BaseType is not { Namespace: "System", Name: "Object" or "ValueType" } ? "its state machine has a base class"
        : Type.IsValueType && Type.Methods.Any(m => m.IsConstructor) ? "its state machine is a struct with a constructor"
        : null;

    /// <summary>Whether all of a body is the compiler's: the kickoff's, and that of a member that only serves the machine.</summary>
    public bool IsServing(MethodDefinition method) => method == Kickoff || !HoldsAuthorsCode(method);

    /// <summary>Whether a member's body holds the author's code: <c>MoveNext</c>, and the methods that only it can call (an iterator's finally blocks).</summary>
    public static bool HoldsAuthorsCode(MethodDefinition member) => !member.IsConstructor && (!member.IsVirtual || IsMoveNext(member));

    /// <summary>
    /// Whether a call in the kickoff or in a member is the compiler's: all in the kickoff and in what only serves the machine; of the others those
    /// of the builder, and what an <c>await</c> makes of an awaitable and its awaiter. An author who calls <c>GetAwaiter</c> in an async method
    /// cannot be told from an <c>await</c>.
    /// </summary>
    public bool IsCompilersCall(MethodSymbol callee, MethodDefinition caller)
    {
        if (IsServing(caller))
            return true;
        if (!isAsync)
            return false;
        var type = callee.DeclaringType;
        if (type.Definition is { } definition && (definition.Namespace == CompilerServices && definition.Name.Contains("MethodBuilder") || IsBuilder(definition)))
            return true;
        if (callee.Name == "GetAwaiter" && IsAwaiter(callee.ReturnType))
            return true;
        if (EndsAwait(callee) || callee.Name == "get_IsCompleted" && IsAwaiter(type))
            return true;
        // Of an async iterator's [EnumeratorCancellation] token and GetAsyncEnumerator's the compiler makes one, in a field of its own.
        if (callee.Name == "Dispose" && IsTokenSource(type.Named))
            return Type.Fields.Any(f => f.Name.StartsWith("<>", StringComparison.Ordinal) && IsTokenSource(f.FieldType));
        return type.Named is { } named && (named.Namespace, named.Name) is ("System.Runtime.ExceptionServices", "ExceptionDispatchInfo") or ("System.Threading.Tasks.Sources", "ManualResetValueTaskSourceCore`1");
    }

    /// <summary>Whether a call takes the result of an <c>await</c>, behind which the author's expression goes on.</summary>
    public bool EndsAwait(MethodSymbol callee) => isAsync && callee.Name == "GetResult" && callee.Parameters.Length == 0 && IsAwaiter(callee.DeclaringType);

    /// <summary>
    /// Whether a call needs no context: one of the machine's own members, which has it, or of a builder or awaiter of the framework, which does
    /// nothing but come back to the machine. The framework calls an awaiter of the module natively, so a call that hands one over does need to be told of.
    /// </summary>
    public bool StaysWithin(Instruction call, MethodDefinition caller)
    {
        var callee = call.Method;
        var definition = callee.Definition!;
        return definition.DeclaringType == Type
            || definition.Module != Type.Module && IsCompilersCall(callee, caller) && callee.MethodArguments.All(a => a.Definition is not { } argument || argument == Type || argument.Module != Type.Module);
    }

    private static bool IsTokenSource(TypeReference? type) => type is { Name: "CancellationTokenSource", Namespace: "System.Threading" };

    private static bool IsMoveNext(MethodDefinition member) =>
        member.Parameters.Count == 0 && (member.Name == "MoveNext" || member.Overrides.Any(o => o.Name == "MoveNext"));

    private static bool IsAwaiter(TypeSymbol type) => Implements(type, "INotifyCompletion");

    private static bool Implements(TypeSymbol type, string name) =>
        IsNamed(type, name) || type.Interfaces.Any(i => IsNamed(i, name));

    private static bool IsNamed(TypeSymbol type, string name) => type.Named is { } named && named.Name == name && named.Namespace == CompilerServices;

    private bool IsBuilder(TypeDefinition type) => builder.Value is { } named && named.GetElementType().Name == type.Name && named.Resolve() == type;

    private static TypeReference? BuilderOf(ICustomAttributeProvider provider) => !provider.HasCustomAttributes ? null
        : provider.CustomAttributes.FirstOrDefault(a => a.AttributeType is { Name: "AsyncMethodBuilderAttribute", Namespace: CompilerServices })
            ?.ConstructorArguments.Select(a => a.Value as TypeReference).FirstOrDefault();
}

/// <summary>The state machines of the woven module.</summary>
internal sealed class StateMachines
{
    private readonly Dictionary<MethodDefinition, StateMachine> kickoffs = new(ReferenceComparer<MethodDefinition>.Instance);
    private readonly Dictionary<TypeDefinition, StateMachine> machines = new(ReferenceComparer<TypeDefinition>.Instance);

    public StateMachines(IEnumerable<MethodDefinition> methods)
    {
        foreach (var method in methods)
        {
            if (TypeOf(method) is not { } type || machines.ContainsKey(type))
                continue;
            var machine = new StateMachine(method, type);
            kickoffs.Add(method, machine);
            machines.Add(type, machine);
        }
    }

    /// <summary>The machine that a method starts; null where it is no kickoff.</summary>
    public StateMachine? StartedBy(MethodDefinition kickoff) => kickoffs.TryGetValue(kickoff, out var machine) ? machine : null;

    /// <summary>Whether a type is a machine.</summary>
    public bool IsMachine(TypeDefinition type) => machines.ContainsKey(type);

    /// <summary>The machine that a method starts or is a member of.</summary>
    public StateMachine? Around(MethodDefinition method) =>
        kickoffs.TryGetValue(method, out var machine) || machines.TryGetValue(method.DeclaringType, out machine) ? machine : null;

    private static TypeDefinition? TypeOf(MethodDefinition method)
    {
        if (!Plumbing.IsStateMachineKickoff(method))
            return null;
        var attribute = method.CustomAttributes.First(Plumbing.IsStateMachineAttribute);
        return attribute.ConstructorArguments.Count == 1 && attribute.ConstructorArguments[0].Value is TypeReference named
            && named.GetElementType().Resolve() is { } type && type.Module == method.Module && Makes(method, type) ? type : null;
    }

    /// <summary>The attribute alone does not make a method a kickoff: an earlier weaver may have moved the body away and left the attribute.</summary>
    private static bool Makes(MethodDefinition method, TypeDefinition type) => method.HasBody
        && (method.Body.Variables.Any(v => v.VariableType.GetElementType() == type)
            || method.Body.Instructions.Any(i => i.OpCode.Code == Code.Newobj && ((MethodReference)i.Operand).DeclaringType.GetElementType() == type));
}
