using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Passes;

/// <summary>
/// What passes have made of methods: a pass is run once for a method under its context, whatever contexts lie around that. A body is copied when it
/// is asked for again, which few are, or when something is about to change it.
/// </summary>
internal sealed class PassMemory
{
    private readonly Dictionary<(object Method, int Index), List<(List<PassStep> Steps, TypeSymbol[] Contexts, MethodIR Body)>> known = [];

    /// <summary>The bodies that are kept as they are, with the step that they come from.</summary>
    private readonly Dictionary<MethodIR, int> shared = new(ReferenceComparer<MethodIR>.Instance);

    /// <summary>The body after the step at an index, with the contexts of the clone's stack as its last arguments.</summary>
    public MethodIR? Find(PlannedClone clone, List<PassStep> steps, int index)
    {
        if (!known.TryGetValue((MethodOf(clone), index), out var bodies))
            return null;
        foreach (var (path, contexts, body) in bodies)
        {
            if (path.SequenceEqual(steps.Take(index + 1)) && contexts.SequenceEqual(ContextsOf(clone, steps[index])))
                return BodyCopy.Of(body, OwnArguments(clone), clone.Stack);
        }
        return null;
    }

    /// <param name="clone">The clone that it was made for.</param>
    /// <param name="steps">The passes of its stack.</param>
    /// <param name="index">The last one that has run.</param>
    /// <param name="body">What it gave.</param>
    /// <param name="isEditedNext">Whether a pass of an outer context goes on with the same body.</param>
    public void Keep(PlannedClone clone, List<PassStep> steps, int index, MethodIR body, bool isEditedNext)
    {
        var key = (MethodOf(clone), index);
        if (!known.TryGetValue(key, out var bodies))
            known.Add(key, bodies = []);
        bodies.Add(([.. steps.Take(index + 1)], [.. ContextsOf(clone, steps[index])], isEditedNext ? BodyCopy.Of(body, OwnArguments(clone), clone.Stack) : body));
        if (!isEditedNext)
            shared.Add(body, index);
    }

    /// <summary>Puts a copy in the place of a clone's body.</summary>
    public void Detach(PlannedClone clone)
    {
        if (clone.Body is not { } body || !shared.TryGetValue(body, out var index))
            return;
        shared.Remove(body);
        var bodies = known[(MethodOf(clone), index)];
        var at = bodies.FindIndex(b => b.Body == body);
        bodies[at] = (bodies[at].Steps, bodies[at].Contexts, BodyCopy.Of(body, OwnArguments(clone), clone.Stack));
    }

    public void Clear()
    {
        known.Clear();
        shared.Clear();
    }

    /// <summary>The contexts that a pass's edits may load: its own and those inside it.</summary>
    private static IEnumerable<TypeSymbol> ContextsOf(PlannedClone clone, PassStep step) => clone.Stack.Levels.Take(step.Level + 1);

    private static object MethodOf(PlannedClone clone) => ((object?)clone.Instance ?? clone.Method, clone.Place);

    private static int OwnArguments(PlannedClone clone) => clone.Method.Parameters.Count + (clone.Method.HasThis && !clone.Method.ExplicitThis ? 1 : 0) + (clone.Place?.Inner.Length ?? 0);
}
