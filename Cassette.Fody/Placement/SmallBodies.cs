using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>The bodies of shells that only call on: forwarders to originals, stubs of interface slots, declared entries; and the guard of a slot.</summary>
internal sealed class SmallBodies(TypeUniverse types, Shells shells, RuntimeLibrary library, Holder holder, Emission.SymbolImporter importer, ReturnedDelegates returned, int maxNesting)
{
    /// <summary>A clone that is not one: calls the original natively, virtually where it is virtual, so that the receiver's own override runs.</summary>
    public MethodIR Forwarder(Shell shell)
    {
        var body = MethodFrame.Of(types, shell.Method);
        var writer = Begin(body);
        EmitArguments(writer, body, body.Arguments.Count - shell.Clone.ContextParameters.Length);
        var original = shell.Clone.Instance ?? types.Method(shell.Clone.Method, types.SelfOf(shell.Clone.Method.DeclaringType), types.ParametersOf(shell.Method));
        var isVirtual = shell.Clone.Method.IsVirtual && !shell.Clone.Method.DeclaringType.IsValueType;
        writer.Emit(isVirtual ? Code.Callvirt : Code.Call, original);
        writer.Emit(Code.Ret);
        writer.Finish();
        return body;
    }

    /// <summary>Leads an interface's slot to an inherited or default implementation's clone, or to the native implementation.</summary>
    public MethodIR Stub(Shell shell)
    {
        var stub = shell.SlotStub!;
        var body = MethodFrame.Of(types, shell.Method);
        var writer = Begin(body);
        if (shell.Method.IsStatic)
            return StaticStub(stub, body, writer, shell.Method);
        var self = body.Arguments[0];
        var implementation = stub.Implementation;
        var methodArguments = types.ParametersOf(shell.Method);
        var onInterface = implementation is null || implementation.DeclaringType.Shape == TypeShape.Interface;
        writer.Emit(Code.Ldarg, self);
        var native = body.Arguments.Count - stub.Stack.Parameters.Length;
        var refused = implementation is null || onInterface && !shells.HasExact(implementation.Definition!, stub.Stack);
        foreach (var argument in body.Arguments.Skip(1).Take(refused ? native - 1 : body.Arguments.Count - 1))
            writer.Emit(Code.Ldarg, argument);
        if (refused)
        {
            var method = types.Method(stub.InterfaceMethod.Definition!, stub.InterfaceMethod.DeclaringType, methodArguments);
            writer.Emit(Code.Callvirt, method);
        }
        else
        {
            var callee = types.Method(implementation!.Definition!, implementation.DeclaringType, methodArguments);
            writer.Emit(onInterface || stub.Type.IsValueType ? Code.Call : Code.Callvirt, onInterface ? shells.Exact(callee, stub.Stack) : shells.Slot(callee, stub.Stack));
        }
        writer.Emit(Code.Ret);
        writer.Finish();
        if (shell.IsGuarded && !refused)
            GuardBy(body, types.SelfOf(stub.Type), ForeignImplementations(stub), types.Method(stub.InterfaceMethod.Definition!, stub.InterfaceMethod.DeclaringType, methodArguments), stub.Stack);
        return body;
    }

    private MethodIR StaticStub(SlotStub stub, MethodIR body, BlockWriter writer, MethodDefinition method)
    {
        EmitArguments(writer, body, body.Arguments.Count);
        writer.Emit(Code.Call, shells.Exact(types.Method(stub.Implementation!.Definition!, stub.Implementation.DeclaringType, types.ParametersOf(method)), stub.Stack));
        writer.Emit(Code.Ret);
        writer.Finish();
        return body;
    }

    /// <summary>
    /// Puts a look in front of a slot's body: when the receiver's class comes from an assembly that was not woven and overrides the original,
    /// that override runs, natively. The exact type is compared first, which costs one load and one compare.
    /// </summary>
    public void Guard(MethodIR body, Shell shell)
    {
        var original = shell.Clone.Method;
        GuardBy(body, types.SelfOf(original.DeclaringType), ForeignOverrides(original), types.SelfOf(original), shell.Stack);
    }

    private void GuardBy(MethodIR body, TypeSymbol type, FieldSymbol overrides, MethodSymbol native, ContextStack stack)
    {
        var entry = body.Blocks[0];
        var writer = new BlockWriter(body);
        var self = body.Arguments[0];
        var rest = body.Blocks.ToArray();
        writer.Start(new Block(body.Body));
        writer.Emit(Code.Ldarg, self);
        writer.Emit(Code.Callvirt, library.Method(types.Object, "GetType", 0));
        writer.Emit(Code.Ldtoken, type);
        writer.Emit(Code.Call, library.Method(types.Core("Type"), "GetTypeFromHandle", 1));
        writer.BranchOver(Code.Beq, entry, []);
        writer.Emit(Code.Ldsfld, overrides);
        writer.Emit(Code.Ldarg, self);
        writer.Emit(Code.Callvirt, library.Method(library.ForeignOverrides, "Wins", 1));
        writer.BranchOver(Code.Brfalse, entry, []);
        for (var i = 0; i < body.Arguments.Count - stack.Parameters.Length; i++)
            writer.Emit(Code.Ldarg, body.Arguments[i]);
        writer.Emit(Code.Callvirt, native);
        writer.Emit(Code.Ret);
        foreach (var block in rest)
            writer.Start(block);
        writer.Finish();
    }

    /// <summary>Replaces the body of a method that is an entry by declaration: it runs its clone in a new context.</summary>
    public MethodIR DeclaredEntry(DeclaredEntry entry) =>
        Enter(entry.Method, entry.Context, types.SelfOf(entry.Method), entry.Planned.Stack, outerContexts: 0);

    /// <summary>
    /// The clone of a declared entry under other contexts: it enters its own one level deeper, or throws where that is too deep. The call
    /// throws, of async methods and iterators too: it is the call that enters.
    /// </summary>
    public MethodIR Enter(Shell shell)
    {
        if (shell.Clone.IsTooDeep)
            return TooDeep(shell.Method);
        var inner = shell.Clone.Enters!;
        return Enter(shell.Method, inner.Stack.Innermost, types.SelfOf(shell.Clone.Method), inner.Stack, shell.Stack.Parameters.Length);
    }

    private MethodIR TooDeep(MethodDefinition method)
    {
        var body = MethodFrame.Of(types, method);
        var writer = Begin(body);
        Helpers.EmitTooDeep(writer, library, maxNesting);
        writer.Finish();
        return body;
    }

    private MethodIR Enter(MethodDefinition method, TypeSymbol contextType, MethodSymbol original, ContextStack stack, int outerContexts)
    {
        var body = MethodFrame.Of(types, method);
        var writer = Begin(body);
        var binds = EntryCall.IsDelegate(original.ReturnType);
        var entered = binds && stack.Carries(stack.Depth) ? writer.Temporary(contextType) : null;
        EmitArguments(writer, body, body.Arguments.Count - outerContexts);
        if (contextType.Definition!.Methods.FirstOrDefault(m => m.IsConstructor && !m.IsStatic && m.Parameters.Count == 0) is { } constructor)
        {
            writer.Emit(Code.Newobj, types.Method(constructor, contextType, []));
            if (!stack.Carries(stack.Depth))
                writer.Emit(Code.Pop);
        }
        else if (stack.Carries(stack.Depth))
        {
            var context = writer.Temporary(contextType);
            writer.Emit(Code.Ldloca, context);
            writer.Emit(Code.Initobj, contextType);
            writer.Emit(Code.Ldloc, context);
        }
        if (entered != null)
        {
            writer.Emit(Code.Dup);
            writer.Emit(Code.Stloc, entered);
        }
        for (var i = body.Arguments.Count - outerContexts; i < body.Arguments.Count; i++)
            writer.Emit(Code.Ldarg, body.Arguments[i]);
        writer.Emit(Code.Call, shells.Exact(original, stack));
        if (binds)
        {
            var given = body.Arguments.Take(body.Arguments.Count - outerContexts).Where(a => ReturnedDelegates.Takes(a.Type, original.ReturnType));
            returned.EmitBind(writer, original.ReturnType, given, stack, () =>
            {
                if (entered != null)
                    writer.Emit(Code.Ldloc, entered);
                for (var i = body.Arguments.Count - outerContexts; i < body.Arguments.Count; i++)
                    writer.Emit(Code.Ldarg, body.Arguments[i]);
            });
        }
        else
        {
            writer.Emit(Code.Ret);
        }
        writer.Finish();
        return body;
    }

    private FieldSymbol ForeignOverrides(MethodDefinition original) => Foreign(original, original.DeclaringType);

    /// <summary>The module's type only tells its assembly, so that one answers for all that implement the interface.</summary>
    private FieldSymbol ForeignImplementations(SlotStub stub) => Foreign(stub.InterfaceMethod.Definition!, stub.Type);

    private FieldSymbol Foreign(MethodDefinition original, TypeDefinition woven)
    {
        if (foreign.TryGetValue(original, out var known))
            return known;
        var (field, initializer) = holder.AddLazyField("Overrides" + foreign.Count, importer.Import(library.ForeignOverrides));
        var symbol = types.Import(field, GenericScope.Empty);
        foreign.Add(original, symbol);
        var body = MethodFrame.Of(types, initializer);
        var writer = Begin(body);
        var openType = types.Import(original.DeclaringType, GenericScope.Empty);
        writer.Emit(Code.Ldtoken, types.Method(original, openType, []));
        writer.Emit(Code.Ldtoken, openType);
        writer.Emit(Code.Ldtoken, types.Import(woven, GenericScope.Empty));
        writer.Emit(Code.Newobj, library.Method(library.ForeignOverrides, ".ctor", 3));
        writer.Emit(Code.Stsfld, symbol);
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, initializer);
        return symbol;
    }

    private readonly System.Collections.Generic.Dictionary<MethodDefinition, FieldSymbol> foreign = [];

    private static BlockWriter Begin(MethodIR body)
    {
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        return writer;
    }

    private static void EmitArguments(BlockWriter writer, MethodIR body, int count)
    {
        for (var i = 0; i < count; i++)
            writer.Emit(Code.Ldarg, body.Arguments[i]);
    }
}
