using System.Collections.Generic;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>One run-time table a context stack, from the methods that delegates are made of to their clones.</summary>
internal sealed class DelegateTables(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells)
{
    private readonly Dictionary<ContextStack, (FieldSymbol Field, MethodDefinition Initializer)> tables = [];
    private readonly List<ContextStack> inOrder = [];

    /// <summary>The field that holds a stack's table.</summary>
    public FieldSymbol Of(ContextStack stack)
    {
        if (!tables.TryGetValue(stack, out var table))
        {
            var (field, initializer) = holder.AddLazyField("Delegates@" + stack.Name, importer.Import(library.DelegateTable));
            tables.Add(stack, table = (types.Import(field, GenericScope.Empty), initializer));
            inOrder.Add(stack);
        }
        return table.Field;
    }

    /// <summary>Writes what fills the tables.</summary>
    public void Finish(WeavePlan plan)
    {
        foreach (var stack in inOrder)
        {
            var (field, initializer) = tables[stack];
            var body = MethodFrame.Of(types, initializer);
            var writer = new BlockWriter(body);
            writer.Start(new Block(body.Body));
            writer.Emit(Code.Newobj, library.Method(library.DelegateTable, ".ctor", 0));
            foreach (var clone in plan.Clones)
            {
                if (clone.Stack == stack && clone.IsDelegateTarget && clone.Refusal == LeaveReason.None)
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

    private MethodSymbol Open(MethodDefinition method) => types.Method(method, types.Import(method.DeclaringType, GenericScope.Empty), []);
}
