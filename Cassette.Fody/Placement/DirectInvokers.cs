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
internal sealed class DirectInvokers(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, DelegateCandidates candidates, Helpers helpers)
{
    /// <summary>More comparisons than these are not made where the call is.</summary>
    private const int MaxTargets = 4;

    private readonly Dictionary<(TypeSymbol, ContextStack, string), MethodSymbol> invokers = [];
    private readonly Dictionary<MethodSymbol, IReadOnlyList<MethodSymbol>> guessesOf = [];

    /// <summary>The invoker for a delegate type; null where there is nothing to guess, or too much.</summary>
    /// <param name="delegateType">The delegate type.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">The method whose body calls the delegate or hands it on; null where it is not known.</param>
    public MethodSymbol? For(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller)
    {
        var guesses = candidates.For(delegateType, stack, caller);
        if (guesses.Count is 0 or > MaxTargets)
            return null;
        var key = (delegateType, stack, DelegateCandidates.KeyOf(guesses));
        if (!invokers.TryGetValue(key, out var invoker))
        {
            invokers.Add(key, invoker = types.Import(Write(delegateType, stack, guesses), GenericScope.Empty));
            guessesOf.Add(invoker, guesses);
        }
        return invoker;
    }

    /// <summary>The same for more methods than are compared with where the call is: the comparisons stand in a method that is not inlined.</summary>
    public MethodSymbol ForMany(TypeSymbol delegateType, ContextStack stack, IReadOnlyList<MethodSymbol> guesses)
    {
        var method = Write(delegateType, stack, guesses);
        method.ImplAttributes = MethodImplAttributes.NoInlining;
        return types.Import(method, GenericScope.Empty);
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

    /// <summary>A method with a delegate's parameters, the delegate before them and the contexts behind, that is inlined where it is called.</summary>
    public MethodDefinition Declare(string name, TypeSymbol delegateType, ContextStack stack)
    {
        var invocation = Invocation.Of(types, delegateType);
        return holder.AddMethod(name + "@" + stack.Name, declared =>
        {
            declared.ReturnType = importer.Import(invocation.ReturnType);
            declared.Parameters.Add(new ParameterDefinition("d", ParameterAttributes.None, importer.Import(delegateType)));
            foreach (var parameter in invocation.Parameters.Concat(stack.Parameters))
                declared.Parameters.Add(new ParameterDefinition("arg" + declared.Parameters.Count, ParameterAttributes.None, importer.Import(parameter)));
            declared.ImplAttributes |= MethodImplAttributes.AggressiveInlining;
        });
    }

    /// <summary>Returns what the clone of a method does, which the delegate is made of.</summary>
    public void EmitCall(BlockWriter writer, MethodSymbol guess, ContextStack stack)
    {
        if (guess.HasThis)
        {
            writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
            EmitReceiver(writer, library, guess);
        }
        EmitReturn(writer, shells.Exact(guess, stack));
    }

    /// <summary>Returns what another method with the same parameters does.</summary>
    public void EmitPassOn(BlockWriter writer, MethodSymbol other)
    {
        writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
        EmitReturn(writer, other);
    }

    private MethodDefinition Write(TypeSymbol delegateType, ContextStack stack, IReadOnlyList<MethodSymbol> guesses)
    {
        var method = Declare("Direct", delegateType, stack);
        var body = MethodFrame.Of(types, method);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        foreach (var guess in guesses)
        {
            var next = writer.NewBlock([]);
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            EmitTest(writer, library, guess, next);
            EmitCall(writer, guess, stack);
            writer.Start(next);
        }
        EmitPassOn(writer, helpers.SearchingInvoker(delegateType, stack, recurses: false));
        writer.Finish();
        holder.AddBody(body, method);
        return method;
    }

    private void EmitReturn(BlockWriter writer, MethodSymbol callee)
    {
        foreach (var argument in writer.Body.Arguments.Skip(1))
            writer.Emit(Code.Ldarg, argument);
        writer.Append(new Instruction(Code.Call, callee) { Prefixes = helpers.TailPrefix });
        writer.Emit(Code.Ret);
    }
}
