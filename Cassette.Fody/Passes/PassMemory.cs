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
    private readonly Dictionary<string, List<(object Method, List<PassStep> Steps, MethodIR Body)>> known = [];

    /// <summary>The body after the step at an index, with the contexts of the clone's stack as its last arguments.</summary>
    public MethodIR? Find(PlannedClone clone, List<PassStep> steps, int index)
    {
        if (!known.TryGetValue(KeyOf(steps, index), out var bodies))
            return null;
        foreach (var (method, path, body) in bodies)
        {
            if (method == MethodOf(clone) && Same(path, steps, index))
                return BodyCopy.Of(body, OwnArguments(clone), clone.Stack);
        }
        return null;
    }

    public void Keep(PlannedClone clone, List<PassStep> steps, int index, MethodIR body)
    {
        var key = KeyOf(steps, index);
        if (!known.TryGetValue(key, out var bodies))
            known.Add(key, bodies = []);
        bodies.Add((MethodOf(clone), [.. steps.Take(index + 1)], BodyCopy.Of(body, OwnArguments(clone), clone.Stack)));
    }

    private static object MethodOf(PlannedClone clone) => (object?)clone.Instance ?? clone.Method;

    private static int OwnArguments(PlannedClone clone) => clone.Method.Parameters.Count + (clone.Method.HasThis && !clone.Method.ExplicitThis ? 1 : 0);

    private static string KeyOf(List<PassStep> steps, int index) => steps[index].Pass.Name + "|" + index;

    private static bool Same(List<PassStep> path, List<PassStep> steps, int index)
    {
        if (path.Count != index + 1)
            return false;
        for (var i = 0; i <= index; i++)
        {
            if (path[i] != steps[i])
                return false;
        }
        return true;
    }
}
