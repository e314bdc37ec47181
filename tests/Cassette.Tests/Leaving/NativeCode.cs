using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.Leaving;

/// <summary>
/// What native code of a program leaves behind for others to run: the targets of its delegates and the methods of its objects. Made of names
/// and references alone; it shares nothing with the weaver.
/// </summary>
internal sealed class NativeCode
{
    private readonly ModuleDefinition module;
    private readonly List<TypeDefinition> types;
    private readonly Dictionary<TypeDefinition, HashSet<string>> ancestors = [];

    public NativeCode(ModuleDefinition module)
    {
        this.module = module;
        types = [.. module.GetTypes().Where(type => !type.IsInterface)];
        foreach (TypeDefinition type in types)
        {
            var all = new HashSet<string>();
            Ancestors(type, all);
            ancestors.Add(type, all);
        }
    }

    /// <summary>The methods that delegates and function pointers can lead to.</summary>
    public IEnumerable<MethodDefinition> AddressTaken => module.GetTypes().SelectMany(type => type.Methods).SelectMany(AddressesIn);

    /// <summary>What others can run of what the given methods make when they run natively: delegates, objects, state machines.</summary>
    public IEnumerable<MethodDefinition> LeftBehind(MethodDefinition method)
    {
        IEnumerable<TypeDefinition> made = Operands<MethodReference>(method, Code.Newobj).Select(constructor => constructor.DeclaringType.GetElementType()).OfType<TypeDefinition>();
        if (method.HasBody)
            made = made.Concat(method.Body.Variables.Select(variable => variable.VariableType.GetElementType()).OfType<TypeDefinition>().Where(type => type.IsValueType));
        return AddressesIn(method).Concat(made.SelectMany(Bases).SelectMany(type => type.Methods).Where(member => member.IsVirtual));
    }

    /// <summary>A method and what overrides or implements it.</summary>
    public IEnumerable<MethodDefinition> Family(MethodDefinition method) => !method.IsVirtual ? [method] :
    [
        method,
        .. types
            .Where(type => ancestors[type].Contains(method.DeclaringType.FullName))
            .SelectMany(type => type.Methods)
            .Where(other => other.Parameters.Count == method.Parameters.Count && other.IsVirtual
                && (other.Name == method.Name || other.Overrides.Any(overridden => overridden.Name == method.Name))),
    ];

    private IEnumerable<MethodDefinition> AddressesIn(MethodDefinition method) =>
        Operands<MethodReference>(method, Code.Ldftn, Code.Ldvirtftn)
            .Where(target => target.DeclaringType.GetElementType() is TypeDefinition)
            .Select(target => target.Resolve())
            .SelectMany(Family);

    private static IEnumerable<T> Operands<T>(MethodDefinition method, params Code[] codes) =>
        method.HasBody ? method.Body.Instructions.Where(instruction => codes.Contains(instruction.OpCode.Code)).Select(instruction => instruction.Operand).OfType<T>() : [];

    private static IEnumerable<TypeDefinition> Bases(TypeDefinition? type)
    {
        for (; type is not null; type = type.BaseType?.GetElementType() as TypeDefinition)
            yield return type;
    }

    private static void Ancestors(TypeReference? type, HashSet<string> all)
    {
        if (type is null || !all.Add(type.GetElementType().FullName) || type.Resolve() is not { } definition)
            return;
        Ancestors(definition.BaseType, all);
        foreach (InterfaceImplementation implemented in definition.Interfaces)
            Ancestors(implemented.InterfaceType, all);
    }
}
