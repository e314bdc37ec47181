using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// Values of the evaluation stack that <see cref="BodyEditor.SpillStack"/> put aside, and how to get them back.
/// Each is stored once and may be loaded any number of times.
/// </summary>
public sealed class SpilledStack
{
    private readonly List<StackType> types = [];
    private readonly List<Local?> locals = [];
    private readonly MethodIR body;
    private readonly bool isThisFixed;

    internal SpilledStack(MethodIR body, IReadOnlyList<StackType> stack, int first, int count, bool isThisFixed)
    {
        this.body = body;
        this.isThisFixed = isThisFixed;
        for (var i = first; i < first + count; i++)
        {
            types.Add(stack[i]);
            locals.Add(IsReproducible(stack[i]) ? null : AddLocal(stack[i]));
        }
    }

    public int Count => types.Count;

    /// <summary>The spilled value's type, bottom first.</summary>
    public StackType TypeOf(int index) => types[index];

    /// <summary>The local that holds a value; null when the value is made again instead.</summary>
    public Local? LocalOf(int index) => locals[index];

    /// <summary>The instruction that puts a value back.</summary>
    public Instruction Load(int index)
    {
        if (locals[index] is { } local)
            return new Instruction(Code.Ldloc, local);
        var type = types[index];
        return type.IsNull ? new Instruction(Code.Ldnull)
            : type.Has(StackFlags.Function) ? new Instruction(Code.Ldftn, type.Function)
            : new Instruction(Code.Ldarg, body.Arguments[0]);
    }

    /// <summary>The instructions that put a run of values back, in their order.</summary>
    public List<Instruction> LoadRange(int first, int count)
    {
        var loads = new List<Instruction>(count);
        for (var i = 0; i < count; i++)
            loads.Add(Load(first + i));
        return loads;
    }

    /// <summary>Stores all the values, the top one first.</summary>
    internal List<Instruction> Stores()
    {
        var stores = new List<Instruction>(Count);
        for (var i = Count - 1; i >= 0; i--)
            stores.Add(locals[i] is { } local ? new Instruction(Code.Stloc, local) : new Instruction(Code.Pop));
        return stores;
    }

    /// <summary>
    /// The type of a local that holds a stack value. A boxed value has no type of its own in a signature: it is held as what every box of its
    /// kind is, so that type safety is lost where it goes on as an interface. The CLI runs that as it ran the original.
    /// </summary>
    internal static TypeSymbol LocationOf(TypeUniverse types, StackType value)
    {
        if (value.Type is null)
            return types.Object;
        if (value.Kind == StackKind.ByRef)
            return types.ByRef(value.Type);
        if (value.Kind != StackKind.Object || StackType.Of(value.Type).Kind == StackKind.Object)
            return value.Type;
        return value.Type.Shape == TypeShape.Enum ? types.Core("Enum") : value.Type.IsValueType ? types.ValueType : types.Object;
    }

    private Local AddLocal(StackType value)
    {
        var local = new Local(LocationOf(body.Types, value));
        body.Locals.Add(local);
        return local;
    }

    /// <summary>
    /// What can be made again at no cost. For <c>this</c> before the base constructor ran it is a must: no local may hold it (III.1.8.1.4).
    /// A function pointer must come straight from <c>ldftn</c> for a delegate's constructor to be verifiable and fast;
    /// one that was picked by the receiver's type or a constraint is kept instead.
    /// </summary>
    private bool IsReproducible(StackType value) =>
        value.IsNull
        || isThisFixed && value.Has(StackFlags.This) && body.Arguments.Count > 0 && body.Arguments[0].IsThis
        || value.Has(StackFlags.Uninitialized)
        || value.Has(StackFlags.Function) && value.Function is { IsVirtual: false };
}
