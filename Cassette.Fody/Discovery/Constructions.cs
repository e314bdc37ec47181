using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Leads <c>new T()</c> to the clones of the constructors that it may run: those of the closed types which the module puts in for type parameters
/// with the constraint <c>new()</c>. The compiler writes a call of <c>Activator.CreateInstance&lt;T&gt;</c> for it, which knows of no clones.
/// </summary>
internal sealed class Constructions(TypeUniverse types, ModuleIndex index, ClonePolicy policy)
{
    private readonly Assignability assignability = new(types);
    private readonly List<TypeSymbol> made = [];
    private readonly HashSet<TypeSymbol> seen = [];
    private readonly HashSet<TypeDefinition> madeOpen = new(ReferenceComparer<TypeDefinition>.Instance);
    private bool isRead;

    /// <summary>Where a call goes that makes an object of a type argument; the site as it is where none of the module's constructors is known to run.</summary>
    public CallSite Refine(CallSite site, Instruction call)
    {
        if (call.Code != Code.Call || !IsConstruction(call.Method))
            return site;
        var type = call.Method.MethodArguments[0];
        var constructors = type.IsGenericParameter ? CandidatesFor(type) : ConstructorOf(type) is { } own ? [own] : [];
        MethodSymbol[] cloned = [.. constructors.Where(c => policy.Refusal(c.Definition!, site.Goes) == LeaveReason.None)];
        if (cloned.Length == 0)
            return site;
        var isComplete = cloned.Length == constructors.Count && (!type.IsGenericParameter || type.Parameter!.HasDefaultConstructorConstraint && !madeOpen.Any(open => MayStandFor(type, open)));
        return site with { Route = CallRoute.Construction, Constructors = cloned, Reason = isComplete ? LeaveReason.NotSelected : site.Reason };
    }

    private static bool IsConstruction(MethodSymbol callee) =>
        callee is { Name: "CreateInstance", Parameters.Length: 0, MethodArguments.Length: 1, DeclaringType.Named: { Namespace: "System", Name: "Activator" } };

    private IReadOnlyList<MethodSymbol> CandidatesFor(TypeSymbol parameter)
    {
        Read();
        return [.. made.Where(type => types.ConstraintsOf(parameter).All(c => c.IsOpen || c == types.ValueType && type.IsValueType || assignability.IsBoxedAssignable(type, c))).Select(type => ConstructorOf(type)!)];
    }

    /// <summary>Whether a type parameter may stand for a generic type on arguments that are known at run time only.</summary>
    private bool MayStandFor(TypeSymbol parameter, TypeDefinition open) =>
        types.ConstraintsOf(parameter).All(c => c == types.ValueType ? open.IsValueType : MayBe(types.SelfOf(open), c));

    private bool MayBe(TypeSymbol type, TypeSymbol constraint)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (assignability.MayConvert(current, constraint))
                return true;
        }
        return type.Interfaces.Any(i => assignability.MayConvert(i, constraint));
    }

    /// <summary>The constructor of a type of the module that <c>new T()</c> runs; null for a struct without one, and for a type that is not known entirely.</summary>
    private MethodSymbol? ConstructorOf(TypeSymbol type) =>
        !type.IsOpen && type.Definition is { IsAbstract: false } definition && definition.Module == types.Module
        && definition.Methods.FirstOrDefault(m => m is { IsConstructor: true, IsStatic: false, IsPublic: true, HasParameters: false }) is { } constructor
            ? types.Method(constructor, type, []) : null;

    private void Read()
    {
        if (isRead)
            return;
        isRead = true;
        foreach (var method in index.Methods.Where(m => m.HasBody))
        {
            foreach (var instruction in method.Body.Instructions)
            {
                if (instruction.Operand is MemberReference member)
                    Read(member);
            }
        }
    }

    private void Read(MemberReference member)
    {
        switch (member)
        {
            case GenericInstanceMethod method:
                Read(types.DefinitionOf(method.ElementMethod), method.GenericArguments);
                Read(method.DeclaringType);
                break;
            case GenericInstanceType type:
                Read(types.Import(type.ElementType, GenericScope.Empty).Definition, type.GenericArguments);
                break;
            case TypeSpecification type:
                Read(type.ElementType);
                break;
            case MethodReference or FieldReference:
                Read(member.DeclaringType);
                break;
        }
    }

    private void Read(IGenericParameterProvider? definition, IList<TypeReference> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (definition is not null && definition.GenericParameters[i].HasDefaultConstructorConstraint)
                Add(arguments[i]);
            Read(arguments[i]);
        }
    }

    private void Add(TypeReference argument)
    {
        if (argument.ContainsGenericParameter)
        {
            if (argument is GenericInstanceType && types.Import(argument.GetElementType(), GenericScope.Empty).Definition is { } open && open.Module == types.Module)
                madeOpen.Add(open);
        }
        else if (types.Import(argument, GenericScope.Empty) is var type && seen.Add(type) && ConstructorOf(type) is not null)
            made.Add(type);
    }
}
