using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>One run-time table a context stack, from the methods that delegates are made of to their clones.</summary>
/// <remarks>
/// Where a primitive stands in for a delegate's target there are two tables: one that leads to the primitive, and one for recursing, which
/// leads past it.
/// </remarks>
internal sealed class DelegateTables(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, WeavePlan plan)
{
    private readonly Dictionary<(ContextStack, bool), (FieldSymbol Field, MethodDefinition Initializer)> tables = [];
    private readonly List<(ContextStack Stack, bool Recurses)> inOrder = [];

    /// <summary>Whether recursing has a table of its own.</summary>
    public bool TellsRecursionApart(ContextStack stack) => plan.DelegatePrimitives.Any(p => p.Stack == stack);

    /// <summary>Whether a primitive stands in for a method where a delegate of it is called.</summary>
    public bool IsReplaced(MethodDefinition target, ContextStack stack) => plan.DelegatePrimitives.Any(p => p.Stack == stack && p.Target.Definition == target);

    /// <summary>The field that holds a stack's table.</summary>
    public FieldSymbol Of(ContextStack stack, bool recurses)
    {
        var key = (stack, recurses && TellsRecursionApart(stack));
        if (!tables.TryGetValue(key, out var table))
        {
            var (field, initializer) = holder.AddLazyField((key.Item2 ? "Recursing@" : "Delegates@") + stack.Name, importer.Import(library.DelegateTable));
            tables.Add(key, table = (types.Import(field, GenericScope.Empty), initializer));
            inOrder.Add(key);
        }
        return table.Field;
    }

    /// <summary>Writes what fills the tables.</summary>
    /// <param name="primitives">The methods that stand in for delegates' targets.</param>
    public void Finish(IReadOnlyDictionary<DelegatePrimitive, MethodDefinition> primitives)
    {
        foreach (var (stack, recurses) in inOrder)
        {
            var (field, initializer) = tables[(stack, recurses)];
            var taken = new HashSet<MethodDefinition>();
            var body = MethodFrame.Of(types, initializer);
            var writer = new BlockWriter(body);
            writer.Start(new Block(body.Body));
            writer.Emit(Code.Newobj, library.Method(library.DelegateTable, ".ctor", 0));
            foreach (var primitive in plan.DelegatePrimitives)
            {
                if (primitive.Stack == stack && !recurses && taken.Add(primitive.Target.Definition!))
                    Register(writer, primitive.Target, primitives[primitive]);
            }
            foreach (var clone in plan.Clones)
            {
                if (clone.Stack == stack && clone.IsDelegateTarget && clone.Refusal == LeaveReason.None && !taken.Contains(clone.Method))
                    Register(writer, clone);
            }
            writer.Emit(Code.Stsfld, field);
            writer.Emit(Code.Ret);
            writer.Finish();
            holder.AddBody(body, initializer);
        }
    }

    private void Register(BlockWriter writer, PlannedClone clone)
    {
        var original = Open(clone.Method);
        var copy = Open(shells.Exact(clone.Method, clone.Stack));
        writer.Emit(Code.Dup);
        writer.Emit(Code.Ldtoken, original);
        if (clone.Method.HasGenericParameters || clone.Method.DeclaringType.HasGenericParameters)
        {
            writer.Emit(Code.Ldtoken, copy);
            writer.Emit(Code.Ldtoken, copy.DeclaringType);
            writer.Emit(Code.Callvirt, library.Method(library.DelegateTable, "Add", "RuntimeMethodHandle", "RuntimeMethodHandle", "RuntimeTypeHandle"));
        }
        else
        {
            writer.Emit(Code.Ldftn, copy);
            writer.Emit(Code.Ldc_I4, clone.Method.IsStatic ? 1 : 0);
            writer.Emit(Code.Callvirt, library.Method(library.DelegateTable, "Add", "RuntimeMethodHandle", "IntPtr", "Boolean"));
        }
    }

    private void Register(BlockWriter writer, MethodSymbol target, MethodDefinition primitive)
    {
        writer.Emit(Code.Dup);
        writer.Emit(Code.Ldtoken, target);
        writer.Emit(Code.Ldftn, Open(primitive));
        writer.Emit(Code.Ldc_I4, 1);
        writer.Emit(Code.Callvirt, library.Method(library.DelegateTable, "Add", "RuntimeMethodHandle", "IntPtr", "Boolean"));
    }

    private MethodSymbol Open(MethodDefinition method) => types.Method(method, types.Import(method.DeclaringType, GenericScope.Empty), []);
}
