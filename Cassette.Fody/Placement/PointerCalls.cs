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

/// <summary>
/// The static methods between a function pointer and the clone of what it points to, one a signature and stack, and the tables that they ask.
/// </summary>
internal sealed class PointerCalls(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, WeavePlan plan)
{
    private readonly Dictionary<(TypeSymbol, ContextStack), MethodDefinition> calls = [];
    private readonly Dictionary<ContextStack, FieldSymbol> tables = [];

    /// <summary>What an indirect call is replaced by: the arguments, the pointer, the contexts.</summary>
    public MethodSymbol For(CallSignature signature, ContextStack stack)
    {
        var key = (types.FunctionPointer(signature), stack);
        if (!calls.TryGetValue(key, out var method))
            calls.Add(key, method = Write(signature, stack));
        return types.SelfOf(method);
    }

    private MethodDefinition Write(CallSignature signature, ContextStack stack)
    {
        var method = holder.AddMethod("Call@" + stack.Name, declared =>
        {
            declared.ReturnType = importer.Import(signature.ReturnType);
            foreach (var type in signature.Parameters.Concat([types.FunctionPointer(signature)]).Concat(stack.Parameters))
                declared.Parameters.Add(new ParameterDefinition("arg" + declared.Parameters.Count, ParameterAttributes.None, importer.Import(type)));
        });
        var body = MethodFrame.Of(types, method);
        var writer = Begin(body);
        var count = signature.Parameters.Length;
        var clone = writer.Temporary(types.IntPtr);
        var native = writer.NewBlock([]);
        writer.Emit(Code.Ldsfld, TableOf(stack));
        writer.Emit(Code.Ldarg, body.Arguments[count]);
        writer.Emit(Code.Conv_I);
        writer.Emit(Code.Callvirt, library.Method(library.PointerTable, "Find", 1));
        writer.Emit(Code.Stloc, clone);
        writer.Emit(Code.Ldloc, clone);
        writer.BranchOver(Code.Brfalse, native, []);
        foreach (var argument in body.Arguments.Take(count).Concat(body.Arguments.Skip(count + 1)))
            writer.Emit(Code.Ldarg, argument);
        writer.Emit(Code.Ldloc, clone);
        var site = new Mono.Cecil.CallSite(importer.Import(signature.ReturnType));
        TypeSymbol[] parameters = [.. signature.Parameters, .. stack.Parameters];
        foreach (var parameter in parameters)
            site.Parameters.Add(new ParameterDefinition(importer.Import(parameter)));
        writer.Emit(Code.Calli, new CallSignature(site, MethodCallingConvention.Default, false, false, signature.ReturnType, parameters));
        writer.Emit(Code.Ret);
        writer.Start(native);
        foreach (var argument in body.Arguments.Take(count + 1))
            writer.Emit(Code.Ldarg, argument);
        writer.Emit(Code.Calli, signature);
        End(writer, body, method);
        return method;
    }

    private FieldSymbol TableOf(ContextStack stack)
    {
        if (tables.TryGetValue(stack, out var table))
            return table;
        var (field, initializer) = holder.AddLazyField("Pointers@" + stack.Name, importer.Import(library.PointerTable));
        tables.Add(stack, table = types.Import(field, GenericScope.Empty));
        var body = MethodFrame.Of(types, initializer);
        var writer = Begin(body);
        writer.Emit(Code.Newobj, library.Method(library.PointerTable, ".ctor", 0));
        foreach (var (target, _) in plan.PointerTargets.Where(t => t.Stack == stack))
        {
            writer.Emit(Code.Dup);
            writer.Emit(Code.Ldftn, target);
            writer.Emit(Code.Ldftn, shells.Exact(target, stack));
            writer.Emit(Code.Callvirt, library.Method(library.PointerTable, "Add", 2));
        }
        writer.Emit(Code.Stsfld, table);
        End(writer, body, initializer);
        return table;
    }

    private static BlockWriter Begin(MethodIR body)
    {
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        return writer;
    }

    private void End(BlockWriter writer, MethodIR body, MethodDefinition method)
    {
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method);
    }
}
