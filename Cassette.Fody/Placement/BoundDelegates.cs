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
/// Delegates that carry their contexts to where code that is not overdubbed calls them. In C#, for a delegate type <c>D</c> and a context:
/// <code>
/// static D Bind(D d, Ctx context) => !table.Leads(d) ? d : new D(new Bound(d, context).Invoke);
/// sealed class Bound(D original, Ctx context) { R Invoke(args) => Invoke@Ctx(original, args, context); }
/// </code>
/// Contexts without state are not carried: <c>D</c> is then closed over the original, by a static method that makes them anew.
/// What does not lead to a clone stays as it is, and so does what is bound already: its method is none of the author's.
/// </summary>
/// <remarks>
/// With state that makes two objects, and fewer will not do for a delegate of which nothing is known. What the code of a delegate can reach is what
/// the delegate refers to: one object, as the run time uses its other fields itself. The delegate's original and the state are two. So there must be
/// a third object that refers to both, unless the original can be done without: where it is told, by comparing its code with that of methods that
/// such delegates are made of near the call, that it is one of a lambda without captures or of a static method, the delegate is closed over the state alone, or found with it.
/// </remarks>
internal sealed class BoundDelegates(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, DelegateTables tables, Helpers helpers)
{
    /// <summary>How many methods a delegate that is handed over is compared with.</summary>
    private const int MaxGuesses = 16;

    private readonly Dictionary<(TypeDefinition, MethodSymbol?, ContextStack, bool), MethodDefinition> binders = [];
    private readonly Dictionary<(TypeSymbol, ContextStack, string), MethodDefinition> choosing = [];
    private readonly Dictionary<(TypeDefinition, ContextStack), MethodDefinition> arrayBinders = [];

    /// <summary><c>static D Bind@Stack(D d, contexts)</c> for a delegate type on its arguments, or for an array of such delegates.</summary>
    /// <param name="type">The delegate type, or the array.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">The author's method that hands the delegate on; null where it is not known.</param>
    public MethodSymbol Binder(TypeSymbol type, ContextStack stack, MethodDefinition? caller = null) => type.Shape == TypeShape.Vector
        ? OnHolder(ArrayBinder(type.Element!.Definition!, stack), type.Element!.Arguments)
        : helpers.DirectInvoker(type, stack, caller) is { } invoker ? OnHolder(Binder(type.Definition!, invoker, stack, isGuessed: caller != null), [])
        : caller != null && PlainGuesses(type, stack, caller) is { Length: > 0 and <= MaxGuesses } guesses ? OnHolder(ChoosingBinder(type, guesses, stack), [])
        : OnHolder(Binder(type.Definition!, null, stack, isGuessed: false), type.Arguments);

    /// <summary>The methods near the call that a delegate without a target of its own, or of a lambda, may be made of.</summary>
    private MethodSymbol[] PlainGuesses(TypeSymbol type, ContextStack stack, MethodDefinition caller) =>
        [.. helpers.DelegateCandidates.For(type, stack, caller).Where(guess => BoundTargets.IsPlain(guess, type))];

    /// <summary>A binder that compares a delegate with more methods than an invoker does: each saves an object, or two.</summary>
    private MethodDefinition ChoosingBinder(TypeSymbol type, MethodSymbol[] guesses, ContextStack stack)
    {
        var key = (type, stack, DelegateCandidates.KeyOf(guesses));
        if (choosing.TryGetValue(key, out var binder))
            return binder;
        binder = DeclareFor(_ => type, stack);
        choosing.Add(key, binder);
        var body = MethodFrame.Of(types, binder);
        var writer = Begin(body);
        BindGuessed(writer, body, guesses, stack);
        foreach (var argument in body.Arguments)
            writer.Emit(Code.Ldarg, argument);
        writer.Emit(Code.Call, OnHolder(Binder(type.Definition!, null, stack, isGuessed: false), type.Arguments));
        End(writer, body, binder);
        return binder;
    }

    /// <param name="delegateType">The delegate type.</param>
    /// <param name="direct">The invoker for the type on the arguments that the binder is for; null for a binder that is generic as the type is.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="isGuessed">Whether a delegate that is guessed is bound as one of a known method is; not where it is told later which delegate it stands for.</param>
    private MethodDefinition Binder(TypeDefinition delegateType, MethodSymbol? direct, ContextStack stack, bool isGuessed)
    {
        if (binders.TryGetValue((delegateType, direct, stack, isGuessed), out var binder))
            return binder;
        binder = Declare(delegateType, direct, stack, isArray: false);
        binders.Add((delegateType, direct, stack, isGuessed), binder);
        var body = MethodFrame.Of(types, binder);
        var writer = Begin(body);
        var bind = writer.NewBlock([]);
        var type = body.ReturnType;
        if (direct != null && isGuessed)
            BindGuessed(writer, body, [.. helpers.DirectInvokers.GuessesOf(direct).Where(guess => BoundTargets.IsPlain(guess, type))], stack);
        writer.Emit(Code.Ldsfld, tables.Of(stack, recurses: false));
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Callvirt, library.Method(library.DelegateTable, "Leads", 1));
        writer.BranchOver(Code.Brtrue, bind, []);
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Ret);
        writer.Start(bind);
        if (stack.IsStateless)
        {
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            writer.Emit(Code.Ldftn, OnHolder(WriteThunk(delegateType, direct, stack), direct is null ? type.Arguments : []));
        }
        else
        {
            foreach (var argument in body.Arguments)
                writer.Emit(Code.Ldarg, argument);
            var (constructor, invoke) = WriteCarrier(delegateType, direct, stack);
            var carrier = types.Instantiate(types.Import(constructor.DeclaringType, GenericScope.Empty), direct is null ? type.Arguments : []);
            writer.Emit(Code.Newobj, types.Method(constructor, carrier, []));
            writer.Emit(Code.Ldftn, types.Method(invoke, carrier, []));
        }
        writer.Emit(Code.Newobj, library.Method(type, ".ctor", 2));
        End(writer, body, binder);
        return binder;
    }

    /// <summary>Binds a delegate of one of some methods as what it is, so that the bound one leads to the clone itself, and need not keep the original.</summary>
    private void BindGuessed(BlockWriter writer, MethodIR body, MethodSymbol[] guesses, ContextStack stack)
    {
        if (guesses.Length == 0)
            return;
        var other = writer.NewBlock([]);
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.BranchOver(Code.Brfalse, other, []);
        foreach (var guess in guesses)
        {
            var next = guess == guesses[guesses.Length - 1] ? other : writer.NewBlock([]);
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            DirectInvokers.EmitTest(writer, library, guess, next);
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            helpers.BoundTargets.EmitFrom(writer, guess, body.ReturnType, stack, () => EmitContexts(writer, body));
            writer.Emit(Code.Ret);
            writer.Start(next);
        }
    }

    private static void EmitContexts(BlockWriter writer, MethodIR body)
    {
        foreach (var context in body.Arguments.Skip(1))
            writer.Emit(Code.Ldarg, context);
    }

    /// <summary>Binds what is in an array, in a new one, and only when there is something to bind: nobody else sees the array's identity then.</summary>
    private MethodDefinition ArrayBinder(TypeDefinition delegateType, ContextStack stack)
    {
        if (arrayBinders.TryGetValue((delegateType, stack), out var binder))
            return binder;
        binder = Declare(delegateType, null, stack, isArray: true);
        arrayBinders.Add((delegateType, stack), binder);
        var body = MethodFrame.Of(types, binder);
        var writer = Begin(body);
        Argument array = body.Arguments[0];
        var vector = array.Type;
        Local copy = writer.Temporary(vector), i = writer.Temporary(types.Int32);
        Block bind = writer.NewBlock([]), loop = writer.NewBlock([]), next = writer.NewBlock([]);
        writer.Emit(Code.Ldsfld, tables.Of(stack, recurses: false));
        writer.Emit(Code.Ldarg, array);
        writer.Emit(Code.Callvirt, library.Method(library.DelegateTable, "LeadsAny", 1));
        writer.BranchOver(Code.Brtrue, bind, []);
        writer.Emit(Code.Ldarg, array);
        writer.Emit(Code.Ret);
        writer.Start(bind);
        EmitLength(writer, array);
        writer.Emit(Code.Newarr, vector.Element);
        writer.Emit(Code.Stloc, copy);
        writer.Emit(Code.Ldc_I4, 0);
        writer.Emit(Code.Stloc, i);
        writer.Jump(next);
        writer.Start(loop);
        writer.Emit(Code.Ldloc, copy);
        writer.Emit(Code.Ldloc, i);
        writer.Emit(Code.Ldarg, array);
        writer.Emit(Code.Ldloc, i);
        writer.Emit(Code.Ldelem_Ref);
        EmitContexts(writer, body);
        writer.Emit(Code.Call, Binder(vector.Element!, stack));
        writer.Emit(Code.Stelem_Ref);
        writer.Emit(Code.Ldloc, i);
        writer.Emit(Code.Ldc_I4, 1);
        writer.Emit(Code.Add);
        writer.Emit(Code.Stloc, i);
        writer.RunInto(next);
        writer.Emit(Code.Ldloc, i);
        EmitLength(writer, array);
        writer.BranchOver(Code.Blt, loop, []);
        writer.Emit(Code.Ldloc, copy);
        End(writer, body, binder);
        return binder;
    }

    private void EmitLength(BlockWriter writer, Argument array)
    {
        writer.Emit(Code.Ldarg, array);
        writer.Emit(Code.Ldlen);
        writer.Emit(Code.Conv_I4);
    }

    private MethodDefinition Declare(TypeDefinition delegateType, MethodSymbol? direct, ContextStack stack, bool isArray) => DeclareFor(
        method =>
        {
            var type = direct?.Parameters[0] ?? OnParametersOf(method, delegateType);
            return isArray ? types.Vector(type) : type;
        },
        stack);

    private MethodDefinition DeclareFor(System.Func<MethodDefinition, TypeSymbol> typeIn, ContextStack stack) => holder.AddMethod("Bind@" + stack.Name, method =>
    {
        var type = typeIn(method);
        method.ReturnType = importer.Import(type);
        method.Parameters.Add(new ParameterDefinition("d", ParameterAttributes.None, importer.Import(type)));
        foreach (var context in stack.Parameters)
            method.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, importer.Import(context)));
    });

    /// <summary><c>static R Bound@Stack(D original, args)</c>, for contexts without state.</summary>
    private MethodDefinition WriteThunk(TypeDefinition delegateType, MethodSymbol? direct, ContextStack stack)
    {
        var thunk = holder.AddMethod("Bound@" + stack.Name, method =>
        {
            var type = direct?.Parameters[0] ?? OnParametersOf(method, delegateType);
            method.Parameters.Add(new ParameterDefinition("original", ParameterAttributes.None, importer.Import(type)));
            DeclareSignature(method, Invocation.Of(types, type));
        });
        var body = MethodFrame.Of(types, thunk);
        var writer = Begin(body);
        foreach (var argument in body.Arguments)
            writer.Emit(Code.Ldarg, argument);
        writer.Emit(Code.Call, direct ?? helpers.SearchingInvoker(body.Arguments[0].Type, stack, recurses: false));
        End(writer, body, thunk);
        return thunk;
    }

    private TypeSymbol OnParametersOf(MethodDefinition method, TypeDefinition delegateType)
    {
        GenericParameters.Copy(types, importer, delegateType, delegateType.GenericParameters, method);
        return types.Instantiate(types.Import(delegateType, GenericScope.Empty), types.ParametersOf(method));
    }

    private void DeclareSignature(MethodDefinition method, MethodSymbol signature)
    {
        method.ReturnType = importer.Import(signature.ReturnType);
        for (var i = 0; i < signature.Parameters.Length; i++)
            method.Parameters.Add(new ParameterDefinition("arg" + (i + 1), ParameterAttributes.None, importer.Import(signature.Parameters[i])));
    }

    /// <summary>The class that a bound delegate has for its target, one a delegate type and stack.</summary>
    private (MethodDefinition Constructor, MethodDefinition Invoke) WriteCarrier(TypeDefinition delegateType, MethodSymbol? direct, ContextStack stack)
    {
        var carrier = holder.AddClass("Bound" + binders.Count + "@" + stack.Name);
        if (direct is null)
            GenericParameters.Copy(types, importer, delegateType, delegateType.GenericParameters, carrier);
        var type = direct?.Parameters[0] ?? types.Instantiate(types.Import(delegateType, GenericScope.Empty), types.SelfOf(carrier).Arguments);
        var (constructor, fields) = new CarrierFields(types, importer, holder).Write(carrier, [type, .. stack.Parameters]);

        var invoke = new MethodDefinition("Invoke", MethodAttributes.Assembly | MethodAttributes.HideBySig, types.Module.TypeSystem.Void) { HasThis = true };
        DeclareSignature(invoke, Invocation.Of(types, type));
        holder.Hide(invoke);
        carrier.Methods.Add(invoke);
        var body = MethodFrame.Of(types, invoke);
        var writer = Begin(body);
        EmitField(writer, body, fields[0]);
        foreach (var argument in body.Arguments.Skip(1))
            writer.Emit(Code.Ldarg, argument);
        foreach (var context in fields.Skip(1))
            EmitField(writer, body, context);
        writer.Emit(Code.Call, direct ?? helpers.SearchingInvoker(type, stack, recurses: false));
        End(writer, body, invoke);
        return (constructor, invoke);
    }

    private static void EmitField(BlockWriter writer, MethodIR body, FieldSymbol field)
    {
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Ldfld, field);
    }

    private MethodSymbol OnHolder(MethodDefinition method, TypeSymbol[] arguments) => types.Method(method, types.Import(holder.Type, GenericScope.Empty), arguments);

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
