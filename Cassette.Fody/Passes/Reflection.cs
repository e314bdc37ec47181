using System;
using System.Collections.Generic;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Passes;

/// <summary>What a pass is given: a bundle of information about one method that runs under a context. The seeds' <c>Reflection</c>.</summary>
public sealed class Reflection
{
    private readonly IEditGuard guard;
    private readonly Assignability types;
    private readonly Func<int, int> allocate;
    private readonly int contexts;
    private readonly int level;
    private readonly MachineView? machine;
    private EditableBody? edited;

    internal Reflection(MethodSymbol method, MethodIR body, MachineView? machine, TypeSymbol? context, int contexts, int level, bool isEntry, Assignability types, IEditGuard guard, Func<int, int> allocate)
    {
        Method = machine?.Method ?? method;
        Member = machine is null ? null : method;
        this.machine = machine;
        Body = body;
        Context = context;
        IsEntry = isEntry;
        this.contexts = contexts;
        this.level = level;
        this.types = types;
        this.guard = guard;
        this.allocate = allocate;
    }

    /// <summary>What is called, with the type arguments that are known: the seeds' <c>method</c>. Of an async method or an iterator it is the method that its author wrote.</summary>
    public MethodSymbol Method { get; }

    /// <summary>
    /// The member of the state machine whose body this is, where <see cref="Method"/> is an async method, an iterator or an async iterator:
    /// <c>MoveNext</c>, or one of an iterator's finally blocks; null for any other method. The method that only makes and starts the machine, and the
    /// members that only serve it, are the compiler's alone and are not given to passes.
    /// </summary>
    /// <remarks>
    /// A body of a machine is entered anew each time it is resumed, and so is what stands at its start; a local that a pass makes lasts until the
    /// machine is suspended. What the method was given is in the machine's fields: <see cref="ExpressionFactory.Arguments"/> loads it from there.
    /// </remarks>
    public MethodSymbol? Member { get; }

    /// <summary>The type arguments of the method's type, then its own: closed where the clone is specialised, else the parameters themselves. The seeds' <c>static_params</c>.</summary>
    public IReadOnlyList<TypeSymbol> GenericArguments => [.. Body.Types.ArgumentsOrParameters(Method.DeclaringType), .. Method.MethodArguments];

    /// <summary>The types of what the method is given, the receiver first: the seeds' <c>signature</c>.</summary>
    public IReadOnlyList<TypeSymbol> Signature => Method.ThisType is { } receiver ? [receiver, .. Method.Parameters] : Method.Parameters;

    /// <summary>The context type that the pass is run for; null where a body is looked at outside of a weave.</summary>
    public TypeSymbol? Context { get; }

    /// <summary>Whether the method is itself an entry: what a declared entry runs.</summary>
    public bool IsEntry { get; }

    /// <summary>The body as stack code: the seeds' <c>code_info</c>. The contexts are its last arguments.</summary>
    public MethodIR Body { get; }

    /// <summary>Everything that types are found in.</summary>
    public TypeUniverse Types => Body.Types;

    /// <summary>The body as statements and expressions, to be edited: the same each time it is asked for. Return it by <see cref="PassResult.Overdub(EditableBody)"/>.</summary>
    public EditableBody Edit() => edited ??= new EditableBody(Body, types, ContextArgumentOf(Body), contexts, guard) { Machine = machine };

    /// <summary>The method with an empty body, to be written anew. Return it by <see cref="PassResult.Emit(EditableBody)"/> or <see cref="PassResult.Overdub(EditableBody)"/>.</summary>
    /// <exception cref="EditRefusedException">The body is a state machine's, which has to go through its states.</exception>
    public EditableBody Rewrite()
    {
        if (machine is not null)
            throw new EditRefusedException($"{Method.Name} runs as a state machine, whose {Member!.Name} cannot be written anew. Edit it.");
        var body = EmptyBody.Of(Body);
        return new EditableBody(body, types, ContextArgumentOf(body), contexts, guard);
    }

    /// <summary>
    /// Takes a run of numbers that no other method gets from this pass and context: edges, statements or call sites numbered from 0 through the
    /// whole assembly, so that they index an array. Asked again for the same method, it gives the same numbers in the same order of questions.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <returns>The first one.</returns>
    /// <example><code>
    /// var edges = body.Edges;
    /// var first = reflection.Allocate(edges.Count);
    /// </code></example>
    public int Allocate(int count) => count >= 0 ? allocate(count) : throw new ArgumentOutOfRangeException(nameof(count));

    /// <summary>The argument that holds the context of the pass's level.</summary>
    public Argument? ContextArgument => ContextArgumentOf(Body);

    private Argument? ContextArgumentOf(MethodIR body) => Context is null ? null : body.Arguments[body.Arguments.Count - contexts + level];
}
