using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Placement;

/// <summary>
/// Invokers for a delegate type on known type arguments, of which the module makes few delegates. In C#:
/// <code>
/// static R Direct@Ctx(D d, args, Ctx context)
/// {
///     if (DelegateTable.Code(d) == &amp;Target.Lambda) return DelegateTable.Receiver&lt;Target&gt;(d).Lambda@Ctx(args, context);
///     ...
///     return Invoke@Ctx(d, args, context);
/// }
/// </code>
/// What such a delegate runs is told by comparing its code with constants, as the JIT does where it guesses a delegate's target from a
/// profile, and the clone is called by its name, so that it can be inlined. Any other delegate is looked up.
/// </summary>
/// <remarks>
/// The comparison is only a guess: another address of the same method means a look-up, while an equal address means the method, since
/// it is no method that instantiations share, nor one whose code is entered differently by open and closed delegates.
/// </remarks>
internal sealed class DirectInvokers(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, WeavePlan plan, DelegateTables tables, Helpers helpers)
{
    /// <summary>More comparisons than these take as long as a look-up.</summary>
    private const int MaxTargets = 4;

    private readonly Dictionary<(TypeSymbol, ContextStack, MethodDefinition?), MethodSymbol?> byCaller = [];
    private readonly Dictionary<(TypeSymbol, ContextStack, string), MethodSymbol> invokers = [];
    private readonly Dictionary<MethodSymbol, MethodSymbol[]> guessesOf = [];
    private readonly Dictionary<MethodDefinition, HashSet<MethodDefinition>> calls = [];
    private ILookup<ContextStack, PlannedClone>? targets;
    private ILookup<MethodDefinition, MethodDefinition>? makers;

    /// <summary>The invoker for a delegate type; null where there is nothing to guess, or too much.</summary>
    /// <param name="delegateType">The delegate type.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">The method whose body calls the delegate or hands it on; null where it is not known.</param>
    public MethodSymbol? For(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller)
    {
        if (delegateType.IsOpen)
            return null;
        if (byCaller.TryGetValue((delegateType, stack, caller), out var invoker))
            return invoker;
        var guesses = Guess(delegateType, stack, caller);
        if (guesses.Length > 0)
        {
            var key = (delegateType, stack, string.Join(" ", guesses.Select(g => g.Definition!.MetadataToken.ToInt32())));
            if (!invokers.TryGetValue(key, out invoker))
            {
                invokers.Add(key, invoker = Write(delegateType, stack, guesses));
                guessesOf.Add(invoker, guesses);
            }
        }
        byCaller.Add((delegateType, stack, caller), invoker);
        return invoker;
    }

    /// <summary>The methods that an invoker compares a delegate's code with.</summary>
    public IReadOnlyList<MethodSymbol> GuessesOf(MethodSymbol invoker) => guessesOf[invoker];

    /// <summary>Branches where the delegate on the stack, which is not null, is not made of a method, and goes on where it is.</summary>
    public static void EmitTest(BlockWriter writer, RuntimeLibrary library, MethodSymbol guess, Block other)
    {
        writer.Emit(Code.Call, library.Method(library.DelegateTable, guess.HasThis ? "Code" : "OpenCode", 1));
        writer.Emit(Code.Ldftn, guess);
        writer.Emit(Code.Conv_I);
        writer.BranchOver(Code.Bne_Un, other, []);
    }

    /// <summary>Turns the delegate on the stack, which is made of an instance method, into what it is closed over.</summary>
    public static void EmitReceiver(BlockWriter writer, RuntimeLibrary library, MethodSymbol guess) =>
        writer.Emit(Code.Call, writer.Body.Types.Method(library.Method(library.DelegateTable, "Receiver", 1).Definition!, library.DelegateTable, [guess.DeclaringType]));

    /// <summary>
    /// What a delegate is most likely made of: of what is made where the caller is called, or else in the caller's type, or else anywhere, the
    /// first that is not too much.
    /// </summary>
    private MethodSymbol[] Guess(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller)
    {
        var invocation = Invocation.Of(types, delegateType);
        targets ??= plan.Clones.Where(IsGuessable).ToLookup(c => c.Stack);
        var all = targets[stack].Where(c => c.SelfIn(types) is var t && t.ReturnType == invocation.ReturnType && t.Parameters.SequenceEqual(invocation.Parameters)).ToArray();
        makers ??= FindMakers();
        var near = caller is null ? [] : all.Where(c => makers[c.Method].Any(m => m == caller || CallsOf(m).Contains(caller))).ToArray();
        if (near.Length == 0 && caller != null)
            near = [.. all.Where(c => makers[c.Method].Any(m => Outermost(m) == Outermost(caller)))];
        if (near.Length == 0)
            near = all;
        return near.Length > MaxTargets ? [] : [.. near.Select(c => c.SelfIn(types))];
    }

    /// <summary>From each method that a delegate may be made of to the methods of the author's that take its address.</summary>
    private ILookup<MethodDefinition, MethodDefinition> FindMakers() => types.Module.GetTypes()
        .SelectMany(t => t.Methods)
        .Where(m => m.HasBody)
        .SelectMany(m => m.Body.Instructions.Where(i => i.OpCode.Code == Code.Ldftn && i.Operand is MethodDefinition).Select(i => (Target: (MethodDefinition)i.Operand, Maker: m)))
        .ToLookup(p => p.Target, p => p.Maker);

    private static TypeDefinition Outermost(MethodDefinition method)
    {
        var type = method.DeclaringType;
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private HashSet<MethodDefinition> CallsOf(MethodDefinition maker)
    {
        if (!calls.TryGetValue(maker, out var called))
        {
            var operands = maker.HasBody ? maker.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>() : [];
            calls.Add(maker, called = [.. operands.Select(m => types.DefinitionOf(m.GetElementMethod())).OfType<MethodDefinition>()]);
        }
        return called;
    }

    /// <summary>A method with one code, which a delegate of it refers to itself and not by a stub that unboxes or dispatches.</summary>
    private bool IsGuessable(PlannedClone clone) => clone is { IsDelegateTarget: true, Refusal: LeaveReason.None, Instance: null, Machine: null }
        && clone.Method is { IsVirtual: false, HasGenericParameters: false, DeclaringType: { HasGenericParameters: false, IsInterface: false } type }
        && (clone.Method.IsStatic || !type.IsValueType) && shells.HasExact(clone.Method, clone.Stack) && !tables.IsReplaced(clone.Method, clone.Stack);

    private MethodSymbol Write(TypeSymbol delegateType, ContextStack stack, MethodSymbol[] guesses)
    {
        var invocation = Invocation.Of(types, delegateType);
        var method = holder.AddMethod("Direct@" + stack.Name, declared =>
        {
            declared.ReturnType = importer.Import(invocation.ReturnType);
            declared.Parameters.Add(new ParameterDefinition("d", ParameterAttributes.None, importer.Import(delegateType)));
            foreach (var parameter in invocation.Parameters.Concat(stack.Parameters))
                declared.Parameters.Add(new ParameterDefinition("arg" + declared.Parameters.Count, ParameterAttributes.None, importer.Import(parameter)));
            declared.ImplAttributes |= MethodImplAttributes.AggressiveInlining;
        });
        var body = MethodFrame.Of(types, method);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        foreach (var guess in guesses)
        {
            var next = writer.NewBlock([]);
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            EmitTest(writer, library, guess, next);
            if (guess.HasThis)
            {
                writer.Emit(Code.Ldarg, body.Arguments[0]);
                EmitReceiver(writer, library, guess);
            }
            EmitCall(shells.Exact(guess, stack));
            writer.Start(next);
        }
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        EmitCall(helpers.SearchingInvoker(delegateType, stack, recurses: false));
        writer.Finish();
        holder.AddBody(body, method);
        return types.Import(method, GenericScope.Empty);

        void EmitCall(MethodSymbol callee)
        {
            foreach (var argument in body.Arguments.Skip(1))
                writer.Emit(Code.Ldarg, argument);
            writer.Append(new Instruction(Code.Call, callee) { Prefixes = helpers.TailPrefix });
            writer.Emit(Code.Ret);
        }
    }
}
