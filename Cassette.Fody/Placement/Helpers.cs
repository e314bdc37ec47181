using System;
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
/// The static methods between a delegate and the clone of what it is made of, one a delegate type and context stack, generic as the
/// delegate is; and the ones that take the place of the entry points.
/// </summary>
internal sealed class Helpers(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, WeavePlan plan, DelegateTables tables, JoinPoints joinPoints, Families families, SiteRuleFinder rules, RuleVariants ruleVariants, int maxNesting)
{
    private CallStructs? callStructs;
    private BoundDelegates? boundDelegates;
    private BoundTargets? boundTargets;
    private RepeatedTargets? repeatedTargets;
    private DelegateCandidates? delegateCandidates;
    private DirectInvokers? directInvokers;
    private LikelyInvokers? likelyInvokers;
    private LikelyMethods? likelyMethods;
    private FamilyCalls? familyCalls;
    private ExactCalls? exactCalls;
    private PointerCalls? pointerCalls;
    private ConstructionCalls? constructionCalls;
    private AwaitedCalls? awaitedCalls;
    private ReturnedDelegates? returnedDelegates;

    private readonly Dictionary<(TypeDefinition, ContextStack, bool), MethodDefinition> invokers = [];
    private readonly Dictionary<(TypeDefinition, ContextStack), MethodDefinition> fallbacks = [];
    private readonly Dictionary<(MethodDefinition, ContextStack, EntryForm), MethodDefinition> entries = [];

    /// <summary>Finds rules for calls that the pass makes.</summary>
    public SiteRuleFinder Rules { get; } = rules;

    /// <summary>Rules' variants for contexts without hooks, or with others inside them.</summary>
    public RuleVariants RuleVariants { get; } = ruleVariants;

    /// <summary>The structs that stand for calls.</summary>
    public CallStructs CallStructs => callStructs ??= new CallStructs(types, importer, holder, library, shells, this, joinPoints);

    /// <summary>Delegates that carry their contexts.</summary>
    public BoundDelegates BoundDelegates => boundDelegates ??= new BoundDelegates(types, importer, holder, library, tables, this);

    /// <summary>
    /// What a helper's last call has: <c>tail.</c> in modules that ask for it themselves, whose calls in tail position may be so many that the
    /// frames of what passes them on would fill the stack.
    /// </summary>
    public Prefixes TailPrefix { get; init; }

    /// <summary>Calls that test what their receiver is.</summary>
    public FamilyCalls FamilyCalls => familyCalls ??= new FamilyCalls(types, importer, holder, library, families, this);

    /// <summary>Calls that compare their receiver's class with a few.</summary>
    public ExactCalls ExactCalls => exactCalls ??= new ExactCalls(types, importer, holder, library, shells, LikelyMethods, FamilyCalls, this);

    /// <summary>What delegates of known methods are made of, so that they carry their contexts.</summary>
    public BoundTargets BoundTargets => boundTargets ??= new BoundTargets(types, importer, holder, library, shells);

    /// <summary>Delegates that are handed over again and again in a loop.</summary>
    public RepeatedTargets RepeatedTargets => repeatedTargets ??= new RepeatedTargets(types, importer, holder, library, BoundTargets);

    /// <summary>Protected members outside, for code that stands in the weaver's own types.</summary>
    public ProtectedAccess ProtectedAccess { get; } = new(types, importer, holder);

    /// <summary>Calls through function pointers.</summary>
    public PointerCalls PointerCalls => pointerCalls ??= new PointerCalls(types, importer, holder, library, shells, plan);

    /// <summary>Objects made of type arguments.</summary>
    public ConstructionCalls ConstructionCalls => constructionCalls ??= new ConstructionCalls(types, importer, holder, library, shells);

    /// <summary>Handlers of events outside.</summary>
    public EventHandlers EventHandlers { get; } = new(types, library);

    /// <summary>Binds the delegate on the stack, or the array of delegates, and notes which one it stands for: the program may read it back.</summary>
    public void EmitKept(BlockWriter writer, TypeSymbol type, ContextStack stack, System.Action emitContexts)
    {
        writer.Emit(Code.Dup);
        emitContexts();
        writer.Emit(Code.Call, BoundDelegates.Binder(type, stack));
        writer.Emit(Code.Call, KeptDelegate("Keep", type, 2));
    }

    /// <summary>Puts the program's own delegate in place of the one on the stack, which was kept outside.</summary>
    public void EmitOriginal(BlockWriter writer, TypeSymbol type) => writer.Emit(Code.Call, KeptDelegate("Original", type, 1));

    private MethodSymbol KeptDelegate(string name, TypeSymbol type, int parameters)
    {
        var method = library.Method(library.KeptDelegates, name, parameters);
        return types.Method(method.Definition!, method.DeclaringType, [type]);
    }

    /// <summary>Whether a delegate of a method runs the method's clone; not where a primitive stands in for it.</summary>
    public bool IsBindable(MethodSymbol target, ContextStack stack) =>
        target.Definition is { } definition && shells.HasExact(definition, stack) && !tables.IsReplaced(definition, stack);

    /// <summary>Whether a delegate of a method, shown by the body that makes it, runs nothing but the method itself.</summary>
    public bool RunsNatively(MethodSymbol target, ContextStack stack) =>
        target.Definition is { } definition && definition.Module != types.Module && !CallRouter.IsDelegate(definition.DeclaringType) && !tables.IsReplaced(definition, stack);

    /// <summary>The structs that hooks wait in for a task.</summary>
    public AwaitedCalls AwaitedCalls => awaitedCalls ??= new AwaitedCalls(types, importer, holder, library, shells, this, joinPoints);

    /// <summary><c>static R Invoke@Ctx(D d, args, Ctx context)</c>: runs the clone of what a delegate is made of, or the delegate itself; asked for at each call.</summary>
    /// <param name="delegateType">The delegate's type.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">The author's method that calls it; null where that is not known.</param>
    public MethodSymbol Invoker(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller = null) =>
        LikelyInvokers.For(delegateType, stack, caller) ?? DirectInvoker(delegateType, stack, caller) ?? SearchingInvoker(delegateType, stack, recurses: false);

    /// <summary>The invoker that knows what delegates of a type are mostly made of; null where there is none.</summary>
    public MethodSymbol? DirectInvoker(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller) =>
        DirectInvokers.For(delegateType, stack, caller);

    /// <summary>Invokers that know what delegates are mostly made of.</summary>
    public DirectInvokers DirectInvokers => directInvokers ??= new DirectInvokers(types, importer, holder, library, shells, DelegateCandidates, this);

    /// <summary>Invokers that find out what the delegates of one place are mostly made of.</summary>
    public LikelyInvokers LikelyInvokers => likelyInvokers ??= new LikelyInvokers(types, library, LikelyMethods, DelegateCandidates, DirectInvokers, this);

    private LikelyMethods LikelyMethods => likelyMethods ??= new LikelyMethods(types, importer, holder, library);

    public DelegateCandidates DelegateCandidates => delegateCandidates ??= new DelegateCandidates(types, shells, plan, tables);

    /// <summary>The invoker that looks any delegate up, on a delegate type's arguments.</summary>
    public MethodSymbol SearchingInvoker(TypeSymbol delegateType, ContextStack stack, bool recurses)
    {
        var key = (delegateType.Definition!, stack, recurses && tables.TellsRecursionApart(stack));
        if (!invokers.TryGetValue(key, out var method))
        {
            var name = key.Item3 ? "Recurse" : "Invoke";
            method = DeclareInvoker(delegateType.Definition!, stack, name + "@" + stack.Name);
            invokers.Add(key, method);
            var any = DeclareInvoker(delegateType.Definition!, stack, name + "Any@" + stack.Name);
            var table = tables.Of(stack, recurses);
            BodyOf(method).WriteFront(table, holder, types.Method(any, types.Import(holder.Type, GenericScope.Empty), types.ParametersOf(method)));
            BodyOf(any).WriteAny(table, holder, types.Method(method, types.Import(holder.Type, GenericScope.Empty), types.ParametersOf(any)));
        }
        return types.Method(method, types.Import(holder.Type, GenericScope.Empty), delegateType.Arguments);

        InvokerBody BodyOf(MethodDefinition invoker) =>
            new(types, importer, library, invoker, DelegateOf(delegateType.Definition!, invoker), stack, TailPrefix);
    }

    /// <summary>What an entry point's call is replaced by: the same parameters, with the context's type put in.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="callee">The entry point as the call names it.</param>
    /// <param name="form">How the caller has the contexts.</param>
    public MethodSymbol Entry(EntryCall entry, MethodSymbol callee, EntryForm form = default)
    {
        var key = (entry.EntryPoint, entry.Stack, form);
        if (!entries.TryGetValue(key, out var method))
            entries.Add(key, method = WriteEntry(entry, form));
        return types.Method(method, types.Import(holder.Type, GenericScope.Empty), [.. callee.MethodArguments.Skip(1)]);
    }

    /// <summary>Entries that return delegates.</summary>
    public ReturnedDelegates ReturnedDelegates => returnedDelegates ??= new ReturnedDelegates(types, importer, holder, this);

    /// <summary>Bodies that the overdub pass has still to look at: the native call in them is the fallback's.</summary>
    public List<PlannedClone> Unfinished { get; } = [];

    /// <summary>
    /// <c>static R Repeat@Stack(args, contexts)</c>: a call of the author's made once more, as the contexts see it that its site names.
    /// </summary>
    public MethodSymbol Repeat(PlannedClone clone, IL.Instruction call, Discovery.CallSite seen, TypeSymbol[] arguments, TypeSymbol result)
    {
        var method = holder.AddMethod("Repeat" + Unfinished.Count + "@" + clone.Stack.Name, declared =>
        {
            declared.ReturnType = importer.Import(result);
            for (var i = 0; i < arguments.Length; i++)
                declared.Parameters.Add(new ParameterDefinition("arg" + (i + 1), ParameterAttributes.None, importer.Import(arguments[i])));
            AddContext(declared, clone.Stack);
        }, ProtectedAccess.IsNeeded(call) ? clone.Method.DeclaringType : null);
        var body = MethodFrame.Of(types, method);
        var block = new Block(body.Body);
        body.Blocks.Add(block);
        foreach (var argument in body.Arguments.Take(arguments.Length))
            block.Instructions.Add(new IL.Instruction(Code.Ldarg, argument));
        block.Instructions.Add(call);
        block.Instructions.Add(new IL.Instruction(Code.Ret));
        var repeated = new PlannedClone(clone.Method, clone.Stack, clone.Reason, LeaveReason.None) { Instance = clone.Instance, Machine = clone.Machine, Body = body };
        repeated.Sites.Add(call, seen);
        Unfinished.Add(repeated);
        holder.AddBody(body, method);
        return types.SelfOf(method);
    }

    /// <summary><c>static R Fallback@Ctx(D d, args, Ctx context)</c>: invokes the delegate natively, as the context's fallback rules have it.</summary>
    private MethodSymbol FallbackInvoker(TypeSymbol delegateType, ContextStack stack)
    {
        var key = (delegateType.Definition!, stack);
        if (!fallbacks.TryGetValue(key, out var method))
        {
            fallbacks.Add(key, method = DeclareInvoker(delegateType.Definition!, stack, "Fallback@" + stack.Name));
            var body = MethodFrame.Of(types, method);
            var block = new Block(body.Body);
            body.Blocks.Add(block);
            foreach (var argument in body.Arguments.Take(body.Arguments.Count - stack.Parameters.Length))
                block.Instructions.Add(new IL.Instruction(Code.Ldarg, argument));
            var invoke = InvokeOf(DelegateOf(delegateType.Definition!, method));
            var call = new IL.Instruction(Code.Callvirt, invoke);
            block.Instructions.Add(call);
            block.Instructions.Add(new IL.Instruction(Code.Ret));
            if (Rules.ForFallback(invoke, stack, method) is { } found)
            {
                var clone = new PlannedClone(method, stack, new CloneReason(CloneReasonKind.Entry, null), LeaveReason.None) { Body = body };
                clone.Sites.Add(call, new Discovery.CallSite(CallRoute.Native, null, LeaveReason.None, true) { Level = stack, Goes = stack, Rules = found });
                Unfinished.Add(clone);
            }
            holder.AddBody(body, method);
        }
        return types.Method(method, types.Import(holder.Type, GenericScope.Empty), delegateType.Arguments);
    }

    private MethodDefinition DeclareInvoker(TypeDefinition delegateType, ContextStack stack, string name) => holder.AddMethod(name, method =>
    {
        GenericParameters.Copy(types, importer, delegateType, delegateType.GenericParameters, method);
        var self = DelegateOf(delegateType, method);
        var invoke = InvokeOf(self);
        method.ReturnType = importer.Import(invoke.ReturnType);
        method.Parameters.Add(new ParameterDefinition("d", ParameterAttributes.None, importer.Import(self)));
        for (var i = 0; i < invoke.Parameters.Length; i++)
            method.Parameters.Add(new ParameterDefinition("arg" + (i + 1), ParameterAttributes.None, importer.Import(invoke.Parameters[i])));
        AddContext(method, stack);
    });

    private MethodDefinition WriteEntry(EntryCall entry, EntryForm form)
    {
        var (isQuiet, inner) = (form.IsQuiet, form.Inner);
        var point = entry.EntryPoint;
        // The context that the entry is made on, and those that come after its arguments: the ones inside it or the ones around it.
        var own = entry.Stack.Levels[inner];
        TypeSymbol[] inside = [.. entry.Stack.Levels.Take(inner).Where(c => !ContextStack.IsEmpty(c))];
        TypeSymbol[] others = [.. inside, .. entry.Stack.Levels.Skip(inner + 1).Where(c => !ContextStack.IsEmpty(c))];
        TypeSymbol[] arguments = [];
        var method = holder.AddMethod("Enter" + (isQuiet ? "Quiet" : "") + (inner > 0 ? "Outer" + inner : "") + entry.Word + "@" + entry.Stack.Name, declared =>
        {
            GenericParameters.Copy(types, importer, point, point.GenericParameters.Skip(1), declared);
            arguments = [isQuiet ? own.Arguments[0] : own, .. types.ParametersOf(declared)];
            var symbol = types.Method(point, types.Import(point.DeclaringType, GenericScope.Empty), arguments);
            declared.ReturnType = importer.Import(symbol.ReturnType);
            for (var i = 0; i < symbol.Parameters.Length; i++)
                declared.Parameters.Add(new ParameterDefinition(point.Parameters[i].Name, ParameterAttributes.None, importer.Import(symbol.Parameters[i])));
            // Among other contexts the entry is handed theirs, to go on in them.
            foreach (var context in others)
                declared.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, importer.Import(context)));
        });
        var body = MethodFrame.Of(types, method);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        var delegateType = body.Arguments[1].Type;
        if (entry.IsTooDeep)
        {
            EmitTooDeep(writer, library, maxNesting);
        }
        else if (entry.Word == "CanRecurse")
        {
            WriteCanRecurse(writer, body, entry.Stack);
        }
        else
        {
            writer.Emit(Code.Ldarg, body.Arguments[1]);
            if (entry.PassesContext)
                writer.Emit(Code.Ldarg, body.Arguments[0]);
            foreach (var argument in body.Arguments.Skip(2).Take(body.Arguments.Count - 2 - others.Length))
                writer.Emit(Code.Ldarg, argument);
            if (entry.Word == "Fallback")
            {
                EmitEntered(writer, body, entry, form);
                writer.Emit(Code.Call, FallbackInvoker(delegateType, entry.Stack));
            }
            else
            {
                EmitEntered(writer, body, entry, form);
                writer.Emit(Code.Call, SearchingInvoker(delegateType, entry.Stack, entry.Word == "Recurse"));
            }
            writer.Emit(Code.Ret);
        }
        writer.Finish();
        holder.AddBody(body, method);
        return method;
    }

    /// <summary>Loads the contexts that are entered, where an entry's own method has them for arguments.</summary>
    public void EmitEntered(BlockWriter writer, MethodIR body, EntryCall entry, EntryForm form)
    {
        var own = entry.Stack.Levels[form.Inner];
        var inside = entry.Stack.Levels.Take(form.Inner).Count(c => !ContextStack.IsEmpty(c));
        var others = inside + entry.Stack.Levels.Skip(form.Inner + 1).Count(c => !ContextStack.IsEmpty(c));
        var held = body.Arguments.Skip(body.Arguments.Count - others).ToList();
        foreach (var argument in held.Take(inside))
            writer.Emit(Code.Ldarg, argument);
        if (!ContextStack.IsEmpty(own))
            writer.Emit(Code.Ldarg, body.Arguments[0]);
        if (form.IsQuiet)
            writer.Emit(Code.Newobj, library.Method(own, ".ctor", 1));
        foreach (var argument in held.Skip(inside))
            writer.Emit(Code.Ldarg, argument);
    }

    /// <summary>What an entry does that is nested deeper than <c>MaxNesting</c> allows.</summary>
    public static void EmitTooDeep(BlockWriter writer, RuntimeLibrary library, int maxNesting)
    {
        writer.Emit(Code.Ldc_I4, maxNesting);
        writer.Emit(Code.Newobj, library.Method(library.Type("Cassette.OverdubNestingException"), ".ctor", "Int32"));
        writer.Emit(Code.Throw);
    }

    private void WriteCanRecurse(BlockWriter writer, MethodIR body, ContextStack stack)
    {
        var found = writer.Temporary(library.DelegateClone);
        writer.Emit(Code.Ldsfld, tables.Of(stack, recurses: true));
        writer.Emit(Code.Ldarg, body.Arguments[1]);
        writer.Emit(Code.Callvirt, library.Method(library.DelegateTable, "Find", 1));
        writer.Emit(Code.Stloc, found);
        writer.Emit(Code.Ldloca, found);
        writer.Emit(Code.Call, library.Method(library.DelegateClone, "get_Pointer", 0));
        writer.Emit(Code.Ldc_I4, 0);
        writer.Emit(Code.Conv_U);
        writer.Emit(Code.Cgt_Un);
        writer.Emit(Code.Ret);
    }

    private void AddContext(MethodDefinition method, ContextStack stack)
    {
        foreach (var context in stack.Parameters)
            method.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, importer.Import(context)));
    }

    private TypeSymbol DelegateOf(TypeDefinition delegateType, MethodDefinition helper) =>
        types.Instantiate(types.Import(delegateType, GenericScope.Empty), types.ParametersOf(helper));

    private MethodSymbol InvokeOf(TypeSymbol delegateType) => Invocation.Of(types, delegateType);
}

/// <summary>The <c>Invoke</c> method of a delegate type.</summary>
internal static class Invocation
{
    public static MethodSymbol Of(TypeUniverse types, TypeSymbol delegateType) =>
        types.Method(delegateType.Definition!.Methods.First(m => m.Name == "Invoke"), delegateType, []);
}
