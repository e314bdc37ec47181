using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Which classes the objects have that a method most likely returns: those of the module that it makes, or else those that the methods make whose
/// results it may hand on. This is a guess, for code that asks the object.
/// </summary>
internal sealed class ResultClasses(TypeUniverse types)
{
    /// <summary>More classes than these are no guess.</summary>
    private const int Most = 2;

    /// <summary>How many calls are followed.</summary>
    private const int Deepest = 3;

    private readonly Dictionary<MethodSymbol, IReadOnlyList<TypeSymbol>> known = [];

    /// <summary>The classes, and structs in boxes, on type arguments that are known.</summary>
    public IReadOnlyList<TypeSymbol> Of(MethodSymbol method)
    {
        if (!known.TryGetValue(method, out var classes))
            known.Add(method, classes = Find(method, 0) is { Count: <= Most } found ? [.. found] : []);
        return classes;
    }

    private HashSet<TypeSymbol> Find(MethodSymbol method, int depth)
    {
        if (method.Definition is not { HasBody: true } definition || definition.Module != types.Module)
            return [];
        var scope = new Metadata.GenericScope(types.ArgumentsOrParameters(method.DeclaringType), method.MethodArguments);
        var made = new HashSet<TypeSymbol>();
        var called = new List<MethodSymbol>();
        foreach (var instruction in definition.Body.Instructions)
        {
            var type = instruction.OpCode.Code switch
            {
                Code.Newobj => types.Import(((MethodReference)instruction.Operand).DeclaringType, scope),
                Code.Box => types.Import((TypeReference)instruction.Operand, scope),
                _ => null,
            };
            if (type is { IsOpen: false, IsByRefLike: false } && type.Definition?.Module == types.Module && IsA(type, method.ReturnType))
                made.Add(type);
            if (depth < Deepest && instruction.OpCode.Code is Code.Call or Code.Callvirt && types.Import((MethodReference)instruction.Operand, scope) is { } callee && IsA(callee.ReturnType, method.ReturnType))
                called.Add(callee);
        }
        if (made.Count == 0)
            made.UnionWith(called.SelectMany(callee => Find(callee, depth + 1)));
        return made;
    }

    /// <summary>Whether a class is, derives from or implements a type.</summary>
    public static bool IsA(TypeSymbol type, TypeSymbol wanted)
    {
        for (TypeSymbol? current = type; current != null; current = current.BaseType)
        {
            if (current == wanted)
                return true;
        }
        return type.Interfaces.Contains(wanted);
    }
}
