using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>Tells of clones, once all are planned, whether they return an object of one class and no other, whatever rules and passes have made of them.</summary>
internal sealed class CertainResults(TypeUniverse types, PlannedClones clones)
{
    /// <summary>How many calls are followed.</summary>
    private const int Deepest = 3;

    /// <summary>Whether the clone of a method makes each object that it returns, and makes it of a class, or boxes a struct.</summary>
    public bool AreAll(TypeSymbol result, MethodSymbol method, ContextStack stack) => AreAll(result, method, stack, 0);

    private bool AreAll(TypeSymbol result, MethodSymbol method, ContextStack stack, int depth)
    {
        var clone = clones.Specialised(method, stack) ?? clones.Shared(method.Definition!, stack);
        // Where the verifier refuses what a pass made of it later, the method runs as it was.
        if (clone is not { Refusal: LeaveReason.None, Enters: null, IsTooDeep: false, HasContexts: false, Body: { } body })
            return false;
        var origins = new ValueOrigins(body);
        var blocks = body.Blocks.Where(b => b.IsReachable).ToArray();
        return blocks.SelectMany(b => origins.Taken(b, i => i.Code == Code.Ret)).All(ret => ret.Origin is { } origin && IsOne(origin));

        bool IsOne(Instruction origin)
        {
            clone.Sites.TryGetValue(origin, out var site);
            if (site is { HasRulesAnywhere: true })
                return false;
            return origin.Code switch
            {
                Code.Newobj => On(origin.Method.DeclaringType) == result,
                Code.Box => On(origin.Type) == result,
                Code.Call or Code.Callvirt => depth < Deepest && site is { Route: CallRoute.Exact, Place: null } && site.Goes == stack && Called(origin, site) is { } callee && AreAll(result, callee, stack, depth + 1),
                _ => false,
            };
        }

        MethodSymbol? Called(Instruction call, CallSite site)
        {
            var callee = site.Callee ?? call.Method;
            return callee.MethodArguments.Length > 0 || call.Constrained != null ? null : types.Method(callee.Definition!, On(callee.DeclaringType), []);
        }

        TypeSymbol On(TypeSymbol type) => clone.Instance is null ? types.Substitute(type, method.DeclaringType.Definition, method.DeclaringType.Arguments, null, []) : type;
    }
}
