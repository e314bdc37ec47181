using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Placement;

/// <summary>
/// Writes the body of an invoker. In C#:
/// <code>
/// if (!DelegateTable.IsSingle(d)) { foreach (var single in Delegate.EnumerateInvocationList(d)) result = Invoke(single, args, context); return result; }
/// var clone = table.Find(d);
/// return clone.Shape switch { closed: clone(target, args, context), open: clone(args, context), wrapper: Invoke(target, args, context), _: d(args) };
/// </code>
/// and that of the method in front of it, which is small and does for most delegates:
/// <code>
/// var clone = table.Closed(d);
/// return clone != 0 ? clone(target, args, context) : InvokeAny(d, args, context);
/// </code>
/// </summary>
internal sealed class InvokerBody
{
    // The values of Cassette.Runtime.DelegateShape.
    private const int Open = 1, OpenInstance = 2, Closed = 3, ClosedInstance = 4, ClosedBox = 5, ClosedBoxInstance = 6, Wrapper = 7;

    private readonly TypeUniverse types;
    private readonly SymbolImporter importer;
    private readonly RuntimeLibrary library;
    private readonly MethodDefinition method;
    private readonly TypeSymbol delegateType;
    private readonly MethodIR body;
    private readonly BlockWriter writer;
    private readonly Argument[] arguments;
    private readonly Argument[] contexts;
    private readonly Argument self;
    private readonly bool returns;
    private readonly Prefixes tail;
    private MethodSymbol? front;

    public InvokerBody(TypeUniverse types, SymbolImporter importer, RuntimeLibrary library, MethodDefinition method, TypeSymbol delegateType, ContextStack stack, Prefixes tail)
    {
        this.tail = tail;
        this.types = types;
        this.importer = importer;
        this.library = library;
        this.method = method;
        this.delegateType = delegateType;
        body = MethodFrame.Of(types, method);
        writer = new BlockWriter(body);
        self = body.Arguments[0];
        var count = stack.Parameters.Length;
        arguments = [.. body.Arguments.Skip(1).Take(body.Arguments.Count - 1 - count)];
        contexts = [.. body.Arguments.Skip(body.Arguments.Count - count)];
        returns = body.ReturnType.Shape != TypeShape.Void;
    }

    /// <param name="table">The table.</param>
    /// <param name="holder">Takes the body.</param>
    /// <param name="any">The method that does for all delegates.</param>
    public void WriteFront(FieldSymbol table, Holder holder, MethodSymbol any)
    {
        var closed = library.Method(library.DelegateTable, "Closed", 1);
        var found = writer.Temporary(closed.ReturnType);
        var other = NewBlock();
        writer.Start(NewBlock());
        writer.Emit(Code.Ldsfld, table);
        writer.Emit(Code.Ldarg, self);
        writer.Emit(Code.Callvirt, closed);
        writer.Emit(Code.Stloc, found);
        writer.Emit(Code.Ldloc, found);
        writer.BranchOver(Code.Brfalse, other, []);
        EmitTarget();
        EmitCalli(() => writer.Emit(Code.Ldloc, found), types.Object, arguments, hasThis: true);
        writer.Start(other);
        EmitAll([self, .. arguments, .. contexts]);
        writer.Append(new Instruction(Code.Call, any) { Prefixes = tail });
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method);
    }

    /// <param name="table">The table.</param>
    /// <param name="holder">Takes the body.</param>
    /// <param name="front">The method in front, which is called for each of several targets.</param>
    public void WriteAny(FieldSymbol table, Holder holder, MethodSymbol front)
    {
        this.front = front;
        var found = writer.Temporary(library.DelegateClone);
        writer.Start(NewBlock());
        var many = NewBlock();
        writer.Emit(Code.Ldarg, self);
        writer.Emit(Code.Call, library.Method(library.DelegateTable, "IsSingle", 1));
        writer.BranchOver(Code.Brfalse, many, []);
        writer.Emit(Code.Ldsfld, table);
        writer.Emit(Code.Ldarg, self);
        writer.Emit(Code.Callvirt, library.Method(library.DelegateTable, "Find", 1));
        writer.Emit(Code.Stloc, found);
        // Lambdas first: the compiler makes instance methods of them all.
        var others = NewBlock();
        EmitShape(found);
        writer.Emit(Code.Ldc_I4, ClosedInstance);
        writer.BranchOver(Code.Bne_Un, others, []);
        EmitTarget();
        EmitCalli(found, types.Object, arguments, hasThis: true);

        writer.Start(others);
        var labels = Enumerable.Range(0, Wrapper + 1).Select(_ => NewBlock()).ToArray();
        labels[ClosedInstance] = labels[0];
        if (arguments.Length == 0 || arguments[0].Type is { IsByRefLike: true } or { IsGenericParameter: false, IsValueType: true })
            labels[OpenInstance] = labels[0];
        EmitShape(found);
        writer.Emit(Code.Switch, labels);
        writer.RunInto(labels[0]);
        EmitNative();
        WriteOpen(labels, found);
        WriteClosed(labels, found);
        WriteWrapper(labels[Wrapper]);
        WriteMany(many);
        writer.Finish();
        holder.AddBody(body, method);
    }

    private void WriteOpen(Block[] labels, Local found)
    {
        writer.Start(labels[Open]);
        EmitCalli(found, null, arguments, hasThis: false);
        if (labels[OpenInstance] == labels[0])
            return;
        writer.Start(labels[OpenInstance]);
        if (arguments[0].Type.IsGenericParameter)
        {
            // Only where it stands for a reference type does this run, but the JIT compiles it for structs too, and crashes on one as `this`.
            writer.Emit(Code.Ldarga, arguments[0]);
            writer.Emit(Code.Ldind_Ref);
        }
        else
        {
            writer.Emit(Code.Ldarg, arguments[0]);
        }
        EmitCalli(found, arguments[0].Type, [.. arguments.Skip(1)], hasThis: true);
    }

    private void WriteClosed(Block[] labels, Local found)
    {
        writer.Start(labels[Closed]);
        EmitTarget();
        EmitCalli(found, types.Object, arguments, hasThis: false);
        writer.Start(labels[ClosedBox]);
        EmitContent();
        EmitCalli(found, types.ByRef(types.Byte), arguments, hasThis: false);
        writer.Start(labels[ClosedBoxInstance]);
        EmitContent();
        EmitCalli(found, types.ByRef(types.Byte), arguments, hasThis: true);
    }

    private void WriteWrapper(Block label)
    {
        var native = NewBlock();
        var inner = writer.Temporary(delegateType);
        writer.Start(label);
        EmitTarget();
        writer.Emit(Code.Isinst, delegateType);
        writer.Emit(Code.Stloc, inner);
        writer.Emit(Code.Ldloc, inner);
        writer.BranchOver(Code.Brfalse, native, []);
        writer.Emit(Code.Ldloc, inner);
        EmitSelfCall();
        writer.Emit(Code.Ret);
        writer.Start(native);
        EmitNative();
    }

    private void WriteMany(Block many)
    {
        var @delegate = types.Core("Delegate");
        var enumerate = @delegate.Definition!.Methods.First(m => m.Name == "EnumerateInvocationList");
        var enumerator = types.Method(enumerate, @delegate, [delegateType]).ReturnType;
        var position = writer.Temporary(enumerator);
        var result = returns ? writer.Temporary(body.ReturnType) : null;
        writer.Start(many);
        writer.Emit(Code.Ldarg, self);
        writer.Emit(Code.Call, types.Method(enumerate, @delegate, [delegateType]));
        writer.Emit(Code.Stloc, position);
        Block loop = NewBlock(), next = NewBlock(), end = NewBlock();
        writer.RunInto(next);
        writer.Emit(Code.Ldloca, position);
        writer.Emit(Code.Call, library.Method(enumerator, "MoveNext", 0));
        writer.BranchOver(Code.Brfalse, end, []);
        writer.RunInto(loop);
        writer.Emit(Code.Ldloca, position);
        writer.Emit(Code.Call, library.Method(enumerator, "get_Current", 0));
        EmitSelfCall();
        if (result != null)
            writer.Emit(Code.Stloc, result);
        writer.Jump(next);
        writer.Start(end);
        if (result != null)
            writer.Emit(Code.Ldloc, result);
        writer.Emit(Code.Ret);
    }

    private void EmitNative()
    {
        writer.Emit(Code.Ldarg, self);
        EmitAll(arguments);
        writer.Append(new Instruction(Code.Callvirt, Invocation.Of(types, delegateType)) { Prefixes = tail });
        writer.Emit(Code.Ret);
    }

    /// <summary>Calls the method in front of this one, on a delegate that is on the stack.</summary>
    private void EmitSelfCall()
    {
        EmitAll(arguments);
        EmitAll(contexts);
        writer.Emit(Code.Call, front);
    }

    private void EmitCalli(Local found, TypeSymbol? first, Argument[] rest, bool hasThis) => EmitCalli(
        () =>
        {
            writer.Emit(Code.Ldloca, found);
            writer.Emit(Code.Call, library.Method(library.DelegateClone, "get_Pointer", 0));
        },
        first, rest, hasThis);

    private void EmitCalli(System.Action emitPointer, TypeSymbol? first, Argument[] rest, bool hasThis)
    {
        EmitAll(rest);
        EmitAll(contexts);
        emitPointer();
        TypeSymbol[] parameters = [.. (hasThis || first is null ? [] : new[] { first }), .. rest.Select(a => a.Type), .. contexts.Select(a => a.Type)];
        var site = new Mono.Cecil.CallSite(importer.Import(body.ReturnType)) { HasThis = hasThis };
        foreach (var parameter in parameters)
            site.Parameters.Add(new ParameterDefinition(importer.Import(parameter)));
        writer.Append(new Instruction(Code.Calli, new CallSignature(site, MethodCallingConvention.Default, hasThis, false, body.ReturnType, parameters)) { Prefixes = tail });
        writer.Emit(Code.Ret);
    }

    private void EmitShape(Local found)
    {
        writer.Emit(Code.Ldloca, found);
        writer.Emit(Code.Call, library.Method(library.DelegateClone, "get_Shape", 0));
    }

    private void EmitTarget()
    {
        writer.Emit(Code.Ldarg, self);
        writer.Emit(Code.Call, library.Method(library.DelegateTable, "Target", 1));
    }

    private void EmitContent()
    {
        EmitTarget();
        writer.Emit(Code.Call, library.Method(library.DelegateTable, "Content", 1));
    }

    private void EmitAll(Argument[] list)
    {
        foreach (var argument in list)
            writer.Emit(Code.Ldarg, argument);
    }

    private Block NewBlock() => new(body.Body);
}
