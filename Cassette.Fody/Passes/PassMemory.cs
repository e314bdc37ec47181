using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Mono.Cecil;

namespace Cassette.Fody.Passes;

/// <summary>
/// What passes have made of methods: a pass is run once for a method under its context, whatever contexts lie around that. Bodies are kept as
/// copies, for the transformation changes them.
/// </summary>
internal sealed class PassMemory
{
    private readonly Dictionary<(object Method, int Index), List<(List<PassStep> Steps, MethodIR Body)>> known = [];

    /// <summary>The body after the step at an index, with the contexts of the clone's stack as its last arguments.</summary>
    public MethodIR? Find(PlannedClone clone, List<PassStep> steps, int index)
    {
        if (!known.TryGetValue((MethodOf(clone), index), out var bodies))
            return null;
        foreach (var (path, body) in bodies)
        {
            if (path.SequenceEqual(steps.Take(index + 1)))
                return BodyCopy.Of(body, OwnArguments(clone), clone.Stack);
        }
        return null;
    }

    public void Keep(PlannedClone clone, List<PassStep> steps, int index, MethodIR body)
    {
        var key = (MethodOf(clone), index);
        if (!known.TryGetValue(key, out var bodies))
            known.Add(key, bodies = []);
        bodies.Add(([.. steps.Take(index + 1)], BodyCopy.Of(body, OwnArguments(clone), clone.Stack)));
    }

    private static object MethodOf(PlannedClone clone) => (object?)clone.Instance ?? clone.Method;

    private static int OwnArguments(PlannedClone clone) => clone.Method.Parameters.Count + (clone.Method.HasThis && !clone.Method.ExplicitThis ? 1 : 0);
}
