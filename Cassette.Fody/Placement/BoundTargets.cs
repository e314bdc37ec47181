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
/// What a delegate of a known method is made of instead, so that it runs the method's clone and carries the contexts: a class that holds the
/// target and the contexts,
/// <code>
/// sealed class Bound(Target target, Ctx context) { R Invoke(args) => target.M@Ctx(args, context); }
/// </code>
/// or, where no context has state, a method beside the original, so that nothing at all is carried:
/// <code>
/// R M@Ctx&amp;(args) => M@Ctx(args, default)
/// </code>
/// or, where the contexts' whole state is one reference and all delegates of the method have the same target or none, a static method that the
/// delegate is closed over the state by, so that nothing but the delegate is made:
/// <code>
/// static R M@Ctx&amp;(object state, args) => target.M@Ctx(args, StateReference.To&lt;Ctx&gt;(state))
/// </code>
/// Where the reference is to a class of the module, the method is that class's, unless the reference is null: the JIT puts what a delegate of an instance method
/// runs into the framework's loops by its profile, and not what one of a static method runs.
/// <para>Delegates of methods that have the same target or none are kept with the state where a class of the module is among it (<see cref="StateKeepers"/>).</para>
/// </summary>
internal sealed class BoundTargets(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells)
{
    private readonly Dictionary<(MethodDefinition, ContextStack, bool), (MethodDefinition Constructor, MethodDefinition Invoke)> carriers = [];
    private readonly Dictionary<(MethodSymbol, TypeSymbol, ContextStack), MethodDefinition> kept = [];
    private readonly Dictionary<(MethodDefinition, ContextStack), MethodDefinition> thunks = [];
    private readonly Dictionary<(MethodDefinition, ContextStack), MethodDefinition> stateMethods = [];
    private readonly Dictionary<(MethodDefinition, TypeSymbol, ContextStack), MethodDefinition> makers = [];
    private readonly Dictionary<MethodDefinition, MethodDefinition> sharers = [];
    private readonly ContextReference reference = new(types, library);
    private readonly StateKeepers keepers = new(types, importer, holder, library);
    private KeptMakers? keptMakers;

    private KeptMakers KeptMakers => keptMakers ??= new KeptMakers(types, importer, holder, library, keepers, this);

    /// <summary>
    /// Writes the making of a bound delegate. What the delegate is closed over is on the stack, or null, below whatever contexts there are to
    /// be loaded. Where the place is in a loop, the object that holds the target and the contexts serves as long as the target is the same.
    /// </summary>
    public void EmitNew(BlockWriter writer, MethodSymbol target, TypeSymbol delegateType, ContextStack stack, System.Action emitContexts, bool isInLoop = false)
    {
        if (stack.IsStateless)
        {
            // Its clone has the parameters that it has itself.
            writer.Emit(Code.Ldftn, shells.Exact(target, stack));
        }
        else if (IsKept(target, delegateType, stack) || IsClosedOverState(target, delegateType, stack))
        {
            writer.Emit(Code.Pop);
            EmitOfState(writer, target, delegateType, stack, emitContexts);
            return;
        }
        else
        {
            EmitCarrying(writer, target, delegateType, stack, emitContexts, isInLoop);
            return;
        }
        writer.Emit(Code.Newobj, library.Method(delegateType, ".ctor", 2));
    }

    /// <summary>Writes the making of a delegate that is closed over an object with the target, which is on the stack, and the contexts.</summary>
    private void EmitCarrying(BlockWriter writer, MethodSymbol target, TypeSymbol delegateType, ContextStack stack, System.Action emitContexts, bool isInLoop = false)
    {
        var (constructor, invoke) = Carrier(target.Definition!, stack, IsClosedStatic(target, delegateType));
        var carrier = types.Instantiate(types.Import(constructor.DeclaringType, GenericScope.Empty), [.. target.DeclaringType.Arguments, .. target.MethodArguments]);
        // A struct is boxed anew each time.
        if (isInLoop && !(target.HasThis && target.DeclaringType.IsValueType))
        {
            var last = new Local(carrier);
            writer.Body.Locals.Add(last);
            writer.Emit(Code.Ldloc, last);
            emitContexts();
            writer.Emit(Code.Call, types.Method(Sharer(constructor), carrier, []));
            writer.Emit(Code.Dup);
            writer.Emit(Code.Stloc, last);
        }
        else
        {
            emitContexts();
            writer.Emit(Code.Newobj, types.Method(constructor, carrier, []));
        }
        writer.Emit(Code.Ldftn, types.Method(invoke, carrier, []));
        writer.Emit(Code.Newobj, library.Method(delegateType, ".ctor", 2));
    }

    /// <summary>Writes the making of a bound delegate in the place of one of a known method, which is on the stack.</summary>
    public void EmitFrom(BlockWriter writer, MethodSymbol target, TypeSymbol delegateType, ContextStack stack, System.Action emitContexts, bool isInLoop = false)
    {
        if (stack.IsStateless && HasOneTarget(target, delegateType) && !delegateType.IsOpen && target.DeclaringType.Arguments.Length + target.MethodArguments.Length == 0)
        {
            writer.Emit(Code.Call, types.Method(Keeper(target, delegateType, stack), types.Import(holder.Type, GenericScope.Empty), []));
            return;
        }
        if (IsKept(target, delegateType, stack) || IsClosedOverState(target, delegateType, stack))
        {
            writer.Emit(Code.Pop);
            EmitOfState(writer, target, delegateType, stack, emitContexts);
            return;
        }
        EmitTarget(writer, target, delegateType);
        EmitNew(writer, target, delegateType, stack, emitContexts, isInLoop);
    }

    /// <summary>
    /// Whether what delegates of the method are closed over is known, so that a bound one need not be made of the original: of what the compiler
    /// made for lambdas, and of nothing.
    /// </summary>
    public static bool IsPlain(MethodSymbol target, TypeSymbol delegateType) => HasOneTarget(target, delegateType) || target.HasThis && Plumbing.IsCompilerType(target.DeclaringType.Definition!);

    private bool IsClosedOverState(MethodSymbol target, TypeSymbol delegateType, ContextStack stack) => HasOneTarget(target, delegateType) && reference.IsStateOf(stack);

    /// <summary>Whether the delegate can be kept with the contexts' state, so that it is made once for them, as it is natively.</summary>
    public bool IsKept(MethodSymbol target, TypeSymbol delegateType, ContextStack stack) =>
        HasOneTarget(target, delegateType) && !delegateType.IsOpen && target.DeclaringType.Arguments.Length + target.MethodArguments.Length == 0 && keepers.OwnerOf(stack) != null;

    /// <summary>Writes the making of a delegate that depends on nothing but the contexts' state.</summary>
    private void EmitOfState(BlockWriter writer, MethodSymbol target, TypeSymbol delegateType, ContextStack stack, System.Action emitContexts)
    {
        emitContexts();
        if (IsKept(target, delegateType, stack))
            writer.Emit(Code.Call, KeptMakers.Taker(target, delegateType, stack));
        else
            EmitClosedOverState(writer, target, delegateType, stack);
    }

    /// <summary>Writes the making of a delegate that has no place to be kept in; what loads the contexts is told.</summary>
    public void EmitUnkept(BlockWriter writer, MethodSymbol target, TypeSymbol delegateType, ContextStack stack, System.Action emitContexts)
    {
        if (reference.IsStateOf(stack))
        {
            emitContexts();
            EmitClosedOverState(writer, target, delegateType, stack);
            return;
        }
        writer.Emit(target.HasThis ? Code.Ldsfld : Code.Ldnull, target.HasThis ? SingletonOf(target.DeclaringType) : null);
        EmitCarrying(writer, target, delegateType, stack, emitContexts);
    }

    /// <summary>Writes the making of a delegate that is closed over the contexts' state, which is one reference; they are on the stack.</summary>
    private void EmitClosedOverState(BlockWriter writer, MethodSymbol target, TypeSymbol delegateType, ContextStack stack)
    {
        reference.EmitTake(writer, stack);
        TypeSymbol[] arguments = [.. target.DeclaringType.Arguments, .. target.MethodArguments];
        if (arguments.Length == 0 && !delegateType.IsOpen && reference.OwnerOf(stack) is { } owner)
        {
            writer.Emit(Code.Call, types.Method(Maker(target.Definition!, delegateType, stack, owner), types.Import(holder.Type, GenericScope.Empty), []));
            return;
        }
        writer.Emit(Code.Ldftn, types.Method(Thunk(target.Definition!, stack), types.Import(holder.Type, GenericScope.Empty), arguments));
        writer.Emit(Code.Newobj, library.Method(delegateType, ".ctor", 2));
    }

    /// <summary><c>static D Make(object state)</c>: of the state's own method, or of a static one where there is no state.</summary>
    private MethodDefinition Maker(MethodDefinition target, TypeSymbol delegateType, ContextStack stack, TypeDefinition owner)
    {
        if (makers.TryGetValue((target, delegateType, stack), out var maker))
            return maker;
        maker = holder.AddMethod("Make@" + stack.Name, method =>
        {
            method.ReturnType = importer.Import(delegateType);
            method.Parameters.Add(new ParameterDefinition("state", ParameterAttributes.None, types.Module.TypeSystem.Object));
        });
        makers.Add((target, delegateType, stack), maker);
        var body = MethodFrame.Of(types, maker);
        var writer = Begin(body);
        var none = writer.NewBlock([]);
        var type = types.SelfOf(owner);
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.BranchOver(Code.Brfalse, none, []);
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Castclass, type);
        writer.Emit(Code.Ldftn, types.Method(StateMethod(target, stack, owner), type, []));
        writer.Emit(Code.Newobj, library.Method(delegateType, ".ctor", 2));
        writer.Emit(Code.Ret);
        writer.Start(none);
        writer.Emit(Code.Ldnull);
        writer.Emit(Code.Ldftn, types.Method(Thunk(target, stack), types.Import(holder.Type, GenericScope.Empty), []));
        writer.Emit(Code.Newobj, library.Method(delegateType, ".ctor", 2));
        End(writer, body, maker);
        return maker;
    }

    /// <summary>The <see cref="Thunk"/> as a method of the state's class.</summary>
    public MethodDefinition StateMethod(MethodDefinition target, ContextStack stack, TypeDefinition owner)
    {
        if (!stateMethods.TryGetValue((target, stack), out var method))
        {
            method = TargetOn(owner, "Target" + stateMethods.Count + "@" + stack.Name + "&", target, stack, (writer, body) => EmitState(writer, body, stack));
            stateMethods.Add((target, stack), method);
        }
        return method;
    }

    /// <summary>What a delegate runs that is closed over an object that knows the contexts.</summary>
    public MethodDefinition TargetOn(TypeDefinition owner, string name, MethodDefinition target, ContextStack stack, System.Action<BlockWriter, MethodIR> emitContexts)
    {
        var method = new MethodDefinition(name, MethodAttributes.Assembly | MethodAttributes.HideBySig, importer.Import(types.SelfOf(target).ReturnType)) { HasThis = true };
        foreach (var parameter in types.SelfOf(target).Parameters)
            method.Parameters.Add(new ParameterDefinition("arg" + method.Parameters.Count, ParameterAttributes.None, importer.Import(parameter)));
        holder.Hide(method);
        owner.Methods.Add(method);
        var body = MethodFrame.Of(types, method);
        WriteThunk(body, types.SelfOf(target), stack, emitContexts);
        holder.AddBody(body, method);
        return method;
    }

    /// <summary>Whether all delegates of the method are closed over the same object, or over none: so it is for lambdas that capture nothing.</summary>
    public static bool HasOneTarget(MethodSymbol target, TypeSymbol delegateType) => target.HasThis
        ? Plumbing.IsCompilerType(target.DeclaringType.Definition!) && SingletonOf(target.DeclaringType) != null
        : !IsClosedStatic(target, delegateType);

    /// <summary>The field in which a type keeps the only object there is of it.</summary>
    private static FieldSymbol? SingletonOf(TypeSymbol type) =>
        type.Definition!.Fields.Where(f => f is { IsStatic: true, IsInitOnly: true }).Select(f => type.Universe.Field(f, type)).FirstOrDefault(f => f.Type == type);

    private static bool IsClosedStatic(MethodSymbol target, TypeSymbol delegateType) =>
        !target.HasThis && target.Parameters.Length > delegateType.Definition!.Methods.First(m => m.Name == "Invoke").Parameters.Count;

    private void EmitTarget(BlockWriter writer, MethodSymbol target, TypeSymbol delegateType)
    {
        if (!target.HasThis && !IsClosedStatic(target, delegateType))
        {
            // An open delegate refers to itself there.
            writer.Emit(Code.Pop);
            writer.Emit(Code.Ldnull);
            return;
        }
        writer.Emit(Code.Call, library.Method(library.DelegateTable, "Target", 1));
        if (target.HasThis && !target.DeclaringType.IsValueType)
            writer.Emit(Code.Castclass, target.DeclaringType);
    }

    /// <summary><c>static D Keep(D original)</c>: makes the bound delegate once, as the compiler does the original.</summary>
    private MethodDefinition Keeper(MethodSymbol target, TypeSymbol delegateType, ContextStack stack)
    {
        if (kept.TryGetValue((target, delegateType, stack), out var keeper))
            return keeper;
        var field = new FieldDefinition("Kept" + kept.Count, FieldAttributes.Assembly | FieldAttributes.Static, importer.Import(delegateType));
        holder.Type.Fields.Add(field);
        keeper = holder.AddMethod("Keep@" + stack.Name, method =>
        {
            method.ReturnType = importer.Import(delegateType);
            method.Parameters.Add(new ParameterDefinition("original", ParameterAttributes.None, importer.Import(delegateType)));
        });
        kept.Add((target, delegateType, stack), keeper);
        var body = MethodFrame.Of(types, keeper);
        var writer = Begin(body);
        var symbol = types.Import(field, GenericScope.Empty);
        var found = writer.NewBlock([]);
        writer.Emit(Code.Ldsfld, symbol);
        writer.BranchOver(Code.Brtrue, found, []);
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        EmitTarget(writer, target, delegateType);
        EmitNew(writer, target, delegateType, stack, () => { });
        writer.Emit(Code.Stsfld, symbol);
        writer.RunInto(found);
        writer.Emit(Code.Ldsfld, symbol);
        End(writer, body, keeper);
        return keeper;
    }

    /// <summary><c>static R M@Ctx&amp;(object state, args)</c>: hands the clone the only object that it is a method of, if any, and the context.</summary>
    private MethodDefinition Thunk(MethodDefinition original, ContextStack stack)
    {
        if (thunks.TryGetValue((original, stack), out var thunk))
            return thunk;
        MethodSymbol method = null!;
        thunk = holder.AddMethod("Target" + thunks.Count + "@" + stack.Name + "&", declared =>
        {
            GenericParameters.Copy(types, importer, original.DeclaringType, original.DeclaringType.GenericParameters, declared);
            GenericParameters.Copy(types, importer, original, original.GenericParameters, declared);
            method = On(original, types.ParametersOf(declared));
            declared.ReturnType = importer.Import(method.ReturnType);
            declared.Parameters.Add(new ParameterDefinition("state", ParameterAttributes.None, importer.Import(types.Object)));
            foreach (var parameter in method.Parameters)
                declared.Parameters.Add(new ParameterDefinition("arg" + declared.Parameters.Count, ParameterAttributes.None, importer.Import(parameter)));
        });
        thunks.Add((original, stack), thunk);
        var body = MethodFrame.Of(types, thunk);
        WriteThunk(body, method, stack, (writer, thunk) => EmitState(writer, thunk, stack));
        holder.AddBody(body, thunk);
        return thunk;
    }

    private void WriteThunk(MethodIR body, MethodSymbol method, ContextStack stack, System.Action<BlockWriter, MethodIR> emitContexts)
    {
        var writer = Begin(body);
        if (method.HasThis)
            writer.Emit(Code.Ldsfld, SingletonOf(method.DeclaringType));
        foreach (var argument in body.Arguments.Skip(1))
            writer.Emit(Code.Ldarg, argument);
        emitContexts(writer, body);
        writer.Emit(Code.Call, shells.Exact(method, stack));
        writer.Emit(Code.Ret);
        writer.Finish();
    }

    /// <summary>Loads the context that the first argument is the state of.</summary>
    private void EmitState(BlockWriter writer, MethodIR body, ContextStack stack)
    {
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        reference.EmitGive(writer, stack);
    }

    /// <summary>A method on type arguments: first those of its type, then its own.</summary>
    private MethodSymbol On(MethodDefinition method, TypeSymbol[] arguments)
    {
        var count = method.DeclaringType.GenericParameters.Count;
        var type = types.Instantiate(types.Import(method.DeclaringType, GenericScope.Empty), [.. arguments.Take(count)]);
        return types.Method(method, type, [.. arguments.Skip(count)]);
    }

    /// <summary>A method like the original that hands its clone contexts without state.</summary>
    public (MethodDefinition Constructor, MethodDefinition Invoke) Carrier(MethodDefinition original, ContextStack stack, bool isClosedStatic)
    {
        if (carriers.TryGetValue((original, stack, isClosedStatic), out var known))
            return known;
        var carrier = holder.AddClass("Target" + carriers.Count + "@" + stack.Name);
        GenericParameters.Copy(types, importer, original.DeclaringType, original.DeclaringType.GenericParameters, carrier);
        GenericParameters.Copy(types, importer, original, original.GenericParameters, carrier);
        var method = On(original, types.ParametersOf(carrier));
        var type = method.DeclaringType;
        var isObject = method.HasThis && !type.IsValueType;
        TypeSymbol held = isObject ? type : isClosedStatic ? method.Parameters[0] : types.Object;
        var (constructor, fields) = new CarrierFields(types, importer, holder).Write(carrier, [held, .. stack.Parameters], isObject && !Plumbing.IsCompilerType(original.DeclaringType) ? library.ThrowsOnNull : null);

        var invoke = new MethodDefinition("Invoke", MethodAttributes.Assembly | MethodAttributes.HideBySig, importer.Import(method.ReturnType)) { HasThis = true };
        foreach (var parameter in method.Parameters.Skip(isClosedStatic ? 1 : 0))
            invoke.Parameters.Add(new ParameterDefinition("arg" + (invoke.Parameters.Count + 1), ParameterAttributes.None, importer.Import(parameter)));
        holder.Hide(invoke);
        carrier.Methods.Add(invoke);
        carriers.Add((original, stack, isClosedStatic), (constructor, invoke));
        var body = MethodFrame.Of(types, invoke);
        var writer = Begin(body);
        if (method.HasThis || isClosedStatic)
            EmitField(writer, body, fields[0]);
        if (method.HasThis && type.IsValueType)
            writer.Emit(Code.Unbox, type);
        foreach (var argument in body.Arguments.Skip(1))
            writer.Emit(Code.Ldarg, argument);
        EmitFields(writer, body, fields.Skip(1));
        writer.Emit(Code.Call, shells.Exact(method, stack));
        End(writer, body, invoke);
        return (constructor, invoke);
    }

    /// <summary><c>static Carrier Share(Target target, Carrier last, contexts)</c>: the last one where it has the target, and so the contexts of the same run of a method; else a new one.</summary>
    private MethodDefinition Sharer(MethodDefinition constructor)
    {
        if (sharers.TryGetValue(constructor, out var sharer))
            return sharer;
        var carrier = types.SelfOf(constructor.DeclaringType);
        sharer = new MethodDefinition("Share", MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, importer.Import(carrier));
        foreach (var parameter in constructor.Parameters)
            sharer.Parameters.Add(new ParameterDefinition(parameter.Name, ParameterAttributes.None, parameter.ParameterType));
        sharer.Parameters.Insert(1, new ParameterDefinition("last", ParameterAttributes.None, importer.Import(carrier)));
        holder.Hide(sharer);
        constructor.DeclaringType.Methods.Add(sharer);
        sharers.Add(constructor, sharer);
        var body = MethodFrame.Of(types, sharer);
        var writer = Begin(body);
        var other = writer.NewBlock([]);
        writer.Emit(Code.Ldarg, body.Arguments[1]);
        writer.BranchOver(Code.Brfalse, other, []);
        writer.Emit(Code.Ldarg, body.Arguments[1]);
        writer.Emit(Code.Ldfld, types.Field(constructor.DeclaringType.Fields[0], carrier));
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.BranchOver(Code.Bne_Un, other, []);
        writer.Emit(Code.Ldarg, body.Arguments[1]);
        writer.Emit(Code.Ret);
        writer.Start(other);
        foreach (var argument in body.Arguments.Where(a => a.Index != 1))
            writer.Emit(Code.Ldarg, argument);
        writer.Emit(Code.Newobj, types.Method(constructor, carrier, []));
        End(writer, body, sharer);
        return sharer;
    }

    private static void EmitFields(BlockWriter writer, MethodIR body, IEnumerable<FieldSymbol> fields)
    {
        foreach (var field in fields)
            EmitField(writer, body, field);
    }

    private static void EmitField(BlockWriter writer, MethodIR body, FieldSymbol field)
    {
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Ldfld, field);
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
