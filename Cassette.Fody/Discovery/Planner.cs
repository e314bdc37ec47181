using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Cassette.Fody.Rules;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Finds everything that runs below the entries, by a worklist from the entries over the bodies' calls. Nothing is written; the result is
/// the whole plan. Each planned clone remembers the edge that led to it.
/// </summary>
internal sealed class Planner(
    TypeUniverse types, ModuleIndex index, BodyImporter importer, ClonePolicy policy, ContextStacks stacks, SiteRuleFinder rules, StateMachines machines, int maxNesting, CancellationToken cancellation,
    PassRunner? passes = null)
{
    private readonly Lazy<VirtualFamilies> families = new(() => new VirtualFamilies(types));
    private readonly PlannedClones clones = new();
    private readonly List<PlannedClone> inOrder = [];
    private readonly Queue<PlannedClone> work = [];
    private readonly HashSet<(MethodDefinition, ContextStack)> slots = [];
    private readonly List<(TypeDefinition DelegateType, ContextStack Stack)> invocations = [];
    private readonly HashSet<(TypeDefinition, ContextStack)> invoked = [];
    private readonly HashSet<(TypeDefinition, ContextStack)> entered = [];
    private readonly MachinePlanner machinePlanner = new(types, importer, machines);
    private readonly List<PlannedMachine> plannedMachines = [];
    private readonly List<SlotStub> stubs = [];
    private readonly List<EnteringMethod> entering = [];
    private readonly List<DeclaredEntry> declared = [];
    private readonly Dictionary<MethodDefinition, TypeSymbol> contextsOfEntries = new(ReferenceComparer<MethodDefinition>.Instance);
    private readonly List<RuleVariant> ruleVariants = [];
    private readonly VariantPlanner variantPlanner = new(stacks);
    private readonly HashSet<ContextStack> quietStacks = [];
    private int quietStacksDone;
    private readonly List<ContextStack> quietInOrder = [];
    private readonly List<RefusedTarget> refusedTargets = [];
    private readonly List<DelegatePrimitive> delegatePrimitives = [];
    private readonly HashSet<(MethodReference, ContextStack)> primitiveTargets = [];
    private readonly List<(MethodDefinition Root, ContextStack Stack)> calledFamilies = [];
    private readonly HashSet<(MethodDefinition, ContextStack)> familiesSeen = [];
    private readonly List<(MethodSymbol Target, ContextStack Stack)> pointerTargets = [];
    private readonly HashSet<(MethodSymbol, ContextStack)> pointersSeen = [];
    private PointerTargets? pointers;
    private CallRouter? router;
    private FamilyRouter? familyRouter;
    private Specialisation? specialisation;

    private PointerTargets Pointers => pointers ??= new PointerTargets(types, index, policy);

    private FamilyRouter FamilyRouter => familyRouter ??= new FamilyRouter(types, policy, families, machines);

    private CallRouter Router => router ??= new CallRouter(types, policy, families, machines);

    private Specialisation Specialisation => specialisation ??= new Specialisation(importer, clones, new ArgumentDependence(machinePlanner, rules, (call, caller, stack) => Router.Route(call, caller, stack), Specialisation.IsPossible));

    public WeavePlan Plan(IReadOnlyList<(MethodDefinition Method, TypeSymbol Context)> declaredEntries)
    {
        foreach (var (method, context) in declaredEntries)
        {
            contextsOfEntries.Add(method, context);
            var clone = Request(method, stacks.Enter(null, context), new CloneReason(CloneReasonKind.DeclaredEntry, null));
            clone.IsExact = true;
            declared.Add(new DeclaredEntry(method, context, clone));
        }
        foreach (var method in index.EnteringMethods)
            PlanEntering(method);
        do
        {
            while (work.Count > 0)
                Visit(work.Dequeue());
        }
        while (PlanQuietRules());
        passes?.Forget();
        return new WeavePlan
        {
            Clones = inOrder,
            Machines = plannedMachines,
            EnteringMethods = entering,
            DeclaredEntries = declared,
            SlotStubs = stubs,
            Families = calledFamilies,
            PointerTargets = pointerTargets,
            Invocations = invocations,
            DelegatePrimitives = delegatePrimitives,
            RuleVariants = ruleVariants,
            RefusedTargets = refusedTargets,
        };
    }

    private void PlanEntering(MethodDefinition method)
    {
        var scope = GenericScope.Of(types, method);
        var entries = new List<(int, EntryCall)>();
        var instructions = method.Body.Instructions;
        var body = importer.Import(method).Body;
        var origins = body is null ? null : new DelegateOrigins(body);
        for (var i = 0; i < instructions.Count; i++)
        {
            if (instructions[i].OpCode.Code == Mono.Cecil.Cil.Code.Call && instructions[i].Operand is MethodReference reference && ModuleIndex.IsEntry(reference)
                && EntryOf(types.Import(reference, scope), null, method, SourceAt(method, instructions[i].Offset)) is { } entry)
            {
                entries.Add((i, entry));
                var offset = instructions[i].Offset;
                var call = body?.Blocks.SelectMany(b => b.Instructions).FirstOrDefault(c => c.OriginalOffset == offset);
                var shown = call is null ? null : origins!.OfEntry(call);
                variantPlanner.Note(method, i, entry, shown);
                Enter(entry, method, shown);
            }
        }
        if (entries.Count > 0)
            entering.Add(new EnteringMethod(method, entries));
    }

    public static SourceSpan? SourceAt(MethodDefinition method, int offset)
    {
        var point = method.DebugInformation.SequencePoints.LastOrDefault(p => !p.IsHidden && p.Offset <= offset);
        return point is null ? null : new SourceSpan(point.Document, point.StartLine, point.StartColumn, point.EndLine, point.EndColumn);
    }

    /// <summary>Contexts without hooks share the plain context's rules; those of them that enter the context enter it without hooks too.</summary>
    private bool PlanQuietRules()
    {
        if (quietStacksDone == quietInOrder.Count)
            return false;
        var stack = quietInOrder[quietStacksDone++];
        var plain = stack.Innermost.Arguments[0];
        foreach (var rule in entering.Where(e => SiteRuleFinder.IsRule(machines.Around(e.Method)?.Kickoff ?? e.Method)))
        {
            var entries = rule.Entries
                .Select(e => e.Entry.Stack.Innermost == plain ? new VariantEntry(e.Index, e.Entry with { Stack = stack }, new EntryForm(IsQuiet: true, 0)) : new VariantEntry(e.Index, e.Entry, default))
                .ToList();
            if (!entries.Exists(e => e.Form.IsQuiet))
                continue;
            ruleVariants.Add(new RuleVariant(rule.Method, stack, entries) { Machine = machinePlanner.PlanQuiet(rule.Method, stack) });
            foreach (var entry in entries.Where(e => e.Form.IsQuiet))
                Enter(entry.Entry, rule.Method);
        }
        return true;
    }

    private ContextStack StackOf(ContextStack? outer, TypeSymbol context)
    {
        var stack = stacks.Enter(outer, context);
        if (outer is null && context.Named is { Name: "WithoutHooks`1", Namespace: "Cassette" } && quietStacks.Add(stack))
            quietInOrder.Add(stack);
        return stack;
    }

    private EntryCall? EntryOf(MethodSymbol entry, ContextStack? outer, MethodDefinition caller, SourceSpan? source)
    {
        var context = entry.MethodArguments[0];
        if (rules.CheckContext(context, caller, source) is false)
            return null;
        var delegateType = entry.Parameters[1];
        var signatureArguments = delegateType.Arguments.Length - (delegateType.Definition!.Name.StartsWith("Func", StringComparison.Ordinal) ? 1 : 0);
        var passesContext = entry.Name != "CanRecurse" && signatureArguments > entry.Parameters.Length - 2;
        return new EntryCall(entry.Name, entry.Definition!, delegateType.Definition, passesContext, StackOf(outer, context)) { IsTooDeep = outer?.Depth >= maxNesting };
    }

    /// <summary>
    /// What an entry's delegate is made of runs in its stack: the methods that the entering body shows, or else any that the module makes
    /// delegates of this type of. Without the former, every lambda with an entry in it would be nested in every other context.
    /// </summary>
    private void Enter(EntryCall entry, MethodDefinition source, IReadOnlyList<MethodSymbol>? known = null)
    {
        if (entry.IsTooDeep)
            return;
        var reason = new CloneReason(CloneReasonKind.Entry, source);
        if (known is null)
        {
            Invoke(entry.DelegateType, entry.Stack, reason);
            return;
        }
        if (entered.Add((entry.DelegateType, entry.Stack)))
            invocations.Add((entry.DelegateType, entry.Stack));
        foreach (var target in known)
            RequestDelegate(target.Definition is { } definition && definition.Module == types.Module ? definition : target.Reference, entry.Stack, reason);
    }

    private void RequestDelegate(MethodReference target, ContextStack stack, CloneReason reason)
    {
        if (target is MethodDefinition { IsStatic: false, IsVirtual: true } @virtual)
            RequestTargets(@virtual, stack, new CloneReason(CloneReasonKind.Delegate, reason.Source));
        else if (target is MethodDefinition method)
            RequestTarget(method, stack, new CloneReason(CloneReasonKind.Delegate, reason.Source));
        else
            RequestOutside(target, stack, reason.Source);
    }

    /// <summary>What lies outside the module runs natively, except by a primitive.</summary>
    private void RequestOutside(MethodReference target, ContextStack stack, MethodDefinition? source)
    {
        RequestPrimitive(target, stack, source, hasClone: false);
        if (types.DefinitionOf(target.GetElementMethod()) is { } definition)
            refusedTargets.Add(new RefusedTarget(definition, stack, LeaveReason.NotSelected, source));
    }

    /// <summary>A delegate of this type is called in overdubbed code: whatever such delegates are made of may run there.</summary>
    private void Invoke(TypeDefinition delegateType, ContextStack stack, CloneReason reason)
    {
        if (!invoked.Add((delegateType, stack)))
            return;
        invocations.Add((delegateType, stack));
        foreach (var target in index.TargetsOf(delegateType))
            RequestDelegate(target, stack, reason);
    }

    /// <summary>What a pass makes delegates of may run wherever such delegates are called, as what the module itself makes them of.</summary>
    private void AddDelegates(PlannedClone clone, MethodIR body)
    {
        foreach (var (delegateType, target) in index.AddMadeBy(body))
        {
            foreach (var (_, stack) in invocations.Where(i => i.DelegateType == delegateType && invoked.Contains(i)).Distinct().ToArray())
                RequestDelegate(target, stack, new CloneReason(CloneReasonKind.Delegate, clone.Author));
        }
    }

    private void RequestPrimitive(MethodReference target, ContextStack stack, MethodDefinition? source, bool hasClone)
    {
        if (target.HasGenericParameters || target.DeclaringType.GetElementType().HasGenericParameters || source is null || !primitiveTargets.Add((target, stack)))
            return;
        var symbol = types.Import(target, GenericScope.Empty);
        if (symbol.Definition != null && rules.ForDelegateTarget(symbol, stack, source) is { } found)
            delegatePrimitives.Add(new DelegatePrimitive(symbol, stack, found, hasClone));
    }

    /// <summary>A delegate over a virtual method is bound to the override it finds: every override may be a target.</summary>
    private void RequestTargets(MethodDefinition method, ContextStack stack, CloneReason reason)
    {
        if (!method.IsAbstract)
            RequestTarget(method, stack, reason);
        foreach (var overrider in families.Value.OverridersOf(method))
            RequestTargets(overrider, stack, reason);
        foreach (var implementation in families.Value.ImplementationsOf(method))
        {
            if (implementation.Method?.Definition is { } found && found != method)
                RequestTargets(found, stack, reason);
        }
    }

    private void RequestTarget(MethodDefinition method, ContextStack stack, CloneReason reason)
    {
        var isRefused = policy.Refusal(method, stack) != LeaveReason.None;
        RequestPrimitive(method, stack, reason.Source, !isRefused);
        if (isRefused)
        {
            refusedTargets.Add(new RefusedTarget(method, stack, policy.Refusal(method, stack), reason.Source));
            return;
        }
        var clone = Request(method, stack, reason);
        clone.IsExact = true;
        clone.IsDelegateTarget = true;
    }

    private PlannedClone Request(MethodDefinition method, ContextStack stack, CloneReason reason) =>
        clones.Shared(method, stack) ?? Add(new PlannedClone(method, stack, reason, policy.Refusal(method, stack)));

    private void RequestExact(Instruction call, MethodDefinition target, ContextStack stack, CloneReason reason)
    {
        if (call.Constrained is null && clones.Specialised(call.Method, stack) != null)
            return;
        if (!contextsOfEntries.ContainsKey(target) && Specialisation.BodyFor(call, target, stack) is { } body)
            Add(new PlannedClone(target, stack, reason, LeaveReason.None) { Instance = call.Method, Body = body, IsExact = true });
        else
            Request(target, stack, reason).IsExact = true;
    }

    private PlannedClone Add(PlannedClone clone)
    {
        clones.Add(clone);
        inOrder.Add(clone);
        if (clone.Refusal == LeaveReason.None)
            work.Enqueue(clone);
        return clone;
    }

    private void Visit(PlannedClone clone)
    {
        cancellation.ThrowIfCancellationRequested();
        if (passes is { IsStopped: true })
            return;
        // A declared entry that runs under another context enters its own, one level deeper; under its own context it is in already.
        if (contextsOfEntries.TryGetValue(clone.Method, out var context) && Array.IndexOf(clone.Stack.Contexts, context) < 0 && clone.Stack.Depth < maxNesting)
        {
            clone.Enters = Request(clone.Method, stacks.Enter(clone.Stack, context), new CloneReason(CloneReasonKind.DeclaredEntry, clone.Method));
            clone.Enters.IsExact = true;
            return;
        }
        var import = clone.Body is { } imported ? new ImportResult(imported, null) : importer.Import(clone.Method);
        if (import.Body is not { } body || Specialisation.LeavesByJump(body))
        {
            clone.Refusal = LeaveReason.Refused;
            clone.RefusalText = import.Refusal ?? "it leaves by jmp, which hands on exactly the arguments it was given";
            return;
        }
        // The author's code of an async method or an iterator is in the members of its machine: what starts it is the compiler's alone.
        var machine = machines.StartedBy(clone.Method);
        if (passes is not null && machine is null)
        {
            if (passes.Run(clone, body) is not { } edited)
                return;
            body = edited;
            if (clone.HasContexts)
                AddDelegates(clone, body);
        }
        clone.Body = body;
        if (machine is not null && !PlanMachine(clone, machine))
            return;
        VisitBody(clone, body);
    }

    /// <summary>A kickoff has a clone only where its whole machine can have one.</summary>
    private bool PlanMachine(PlannedClone kickoff, StateMachine machine)
    {
        if (machinePlanner.Plan(kickoff, machine, out var refusal) is not { } planned)
        {
            kickoff.Body = null;
            kickoff.Refusal = LeaveReason.Refused;
            kickoff.RefusalText = refusal;
            return false;
        }
        if (passes is not null && !passes.Run(planned))
        {
            kickoff.Body = null;
            return false;
        }
        plannedMachines.Add(planned);
        foreach (var member in planned.Members)
        {
            if (member.HasContexts)
                AddDelegates(member, member.Body!);
            VisitBody(member, member.Body!);
        }
        return true;
    }

    private void VisitBody(PlannedClone clone, MethodIR body)
    {
        var finder = rules.For(clone.Stack, clone.Author);
        var cursor = new SourceCursor(clone.Machine);
        var isServing = machines.Around(clone.Method) is { } around && around.IsServing(clone.Method);
        var machine = finder.NeedsStack || body.Blocks.Exists(b => b.Instructions.Exists(FamilyRouter.NeedsReceiver)) ? new StackMachine(body) : null;
        foreach (var block in body.Blocks)
        {
            if (!block.IsReachable)
                continue;
            machine?.Enter(block);
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                var instruction = block.Instructions[i];
                cursor.Enter(instruction);
                if (CallRouter.IsCall(instruction))
                    VisitCall(clone, instruction, machine, finder, cursor.Current);
                if (finder.Instructions is not null && !isServing && !clone.Sites.ContainsKey(instruction))
                    VisitInstruction(clone, block, instruction, machine!, finder, cursor.Current);
                cursor.Leave(instruction);
                if (KeptDelegates.PutBy(instruction, types.Module) is { } kept)
                    Invoke(kept, clone.Stack, new CloneReason(CloneReasonKind.Delegate, clone.Method));
                clone.TouchesKeptDelegates |= KeptDelegates.IsTouchedBy(instruction, types.Module);
                // A branch that compares may have become a comparison and a branch.
                machine?.Apply(block.Instructions[i]);
            }
        }
    }

    private void VisitCall(PlannedClone clone, Instruction call, StackMachine? machine, SiteRuleFinder.ForClone finder, SourceSpan? source)
    {
        var site = Router.Route(call, clone.Method, clone.Stack);
        if (site is null)
            return;
        if (call.Code == Code.Calli && Pointers.Of((CallSignature)call.Operand!, clone.Stack).Count > 0)
            site = site with { Route = CallRoute.Pointer };
        if (site.Route == CallRoute.Entry)
        {
            var entry = EntryOf(call.Method, clone.Stack, clone.Author, source);
            if (entry is null)
                return;
            site = site with { Entry = entry };
            Enter(entry, clone.Author, new DelegateOrigins(clone.Body!).OfEntry(call));
        }
        else
        {
            site = Complete(FamilyRouter.Refine(site, call, machine), clone, call, machine, finder, source);
        }
        clone.Sites.Add(call, site);
    }

    /// <summary>Makes a site of an instruction that a rule wants as a call.</summary>
    private void VisitInstruction(PlannedClone clone, Block block, Instruction instruction, StackMachine machine, SiteRuleFinder.ForClone finder, SourceSpan? source)
    {
        if (rules.Intrinsics.Route(instruction, machine, clone.Method, clone.Stack, source, finder.Instructions!) is not { } routed)
            return;
        var site = Complete(routed, clone, routed.Intrinsic!.Call, machine, finder, source);
        if (!site.HasRulesAnywhere)
            return;
        if (site.Intrinsic!.Branch is not null)
            passes?.Changing(clone);
        IntrinsicSites.Separate(clone.Body!, block, site.Intrinsic!);
        clone.Sites.Add(site.Intrinsic!.Raw, site);
    }

    /// <summary>
    /// Finds the rules of a site's level, requests what it leads to, and completes the sites of the levels around it: of the call that this
    /// level makes of the call, of the plain call where it leaves it native, and of the calls of its rules.
    /// </summary>
    private CallSite Complete(
        CallSite site, PlannedClone clone, Instruction call, StackMachine? machine, SiteRuleFinder.ForClone finder, SourceSpan? source, bool isDecidedLater = false,
        bool isHandedOn = false)
    {
        if ((site.IsJoinPoint || site.IsPlumbingAllocation) && finder.NeedsStack && !CallRouter.ContinuesConstruction(call, clone.Method, machine))
        {
            site = site with { Rules = finder.Find(site.Level, call, machine, site, out var undecided) };
            if (!isDecidedLater)
                rules.ReportUndecided(undecided, call, clone.Author, source);
        }
        if (site.Rules != null)
            RequestVariants(site);
        var outer = site.Level.Outer;
        var isTaken = site.Rules is { TakesTheCall: true };
        if (site.Goes == site.Level && !isTaken)
            RequestTarget(site, clone, call);
        if (site.Route == CallRoute.Native && site.Intrinsic is null && !isTaken && !isHandedOn)
            RequestHanded(site, clone, call);
        if (outer is null)
            return site;
        if (site.Route != CallRoute.Native && !isTaken)
            site = site with { Outer = Complete(site with { Level = outer, Rules = null, IsJoinPoint = site.IsJoinPoint && !CallRouter.IsLeftAlone(call, clone.Stack.Depth - outer.Depth) }, clone, call, machine, finder, source, isDecidedLater) };
        if (site.Route == CallRoute.Native || site.Rules is { MayCallNatively: true })
            site = site with { Plain = (site.Intrinsic != null ? IntrinsicSites.At(outer, site) : Router.Route(call, clone.Method, outer, clone.Stack.Depth - outer.Depth)) is { } plain ? Complete(site.Intrinsic != null ? plain : FamilyRouter.Refine(plain, call, machine), clone, call, machine, finder, source, isDecidedLater, site.Route == CallRoute.Native) : null };
        return site.Rules is null ? site : site with { OuterOfRules = CompleteRules(site.Rules, outer, clone, finder, source) };
    }

    private Dictionary<RuleBinding, CallSite> CompleteRules(SiteRules siteRules, ContextStack outer, PlannedClone clone, SiteRuleFinder.ForClone finder, SourceSpan? source)
    {
        var sites = new Dictionary<RuleBinding, CallSite>(ReferenceComparer<RuleBinding>.Instance);
        foreach (var binding in siteRules.Bindings)
        {
            var call = new Instruction(Code.Call, binding.Method);
            if (!sites.ContainsKey(binding) && Router.Route(call, clone.Method, outer) is { } site)
                sites.Add(binding, Complete(site, clone, call, null, finder, source, isDecidedLater: binding.TakesCall));
        }
        return sites;
    }

    /// <summary>What a primitive of an outer context recurses into runs in the contexts inside it too.</summary>
    private void RequestVariants(CallSite site)
    {
        foreach (var (variant, requests) in variantPlanner.Plan(site))
        {
            ruleVariants.Add(variant);
            foreach (var (entry, shown) in requests)
                Enter(entry, variant.Rule, shown);
        }
    }

    private void RequestTarget(CallSite site, PlannedClone clone, Instruction call)
    {
        var reason = new CloneReason(site.Route == CallRoute.Slot ? CloneReasonKind.VirtualCall : CloneReasonKind.Call, clone.Author);
        switch (site.Route)
        {
            case CallRoute.Exact when site.Callee != null:
                Request(site.Target!, site.Goes, reason).IsExact = true;
                break;
            case CallRoute.Pointer:
                foreach (var target in Pointers.Of((CallSignature)call.Operand!, site.Goes))
                {
                    Request(target.Definition!, site.Goes, reason).IsExact = true;
                    if (pointersSeen.Add((target, site.Goes)))
                        pointerTargets.Add((target, site.Goes));
                }
                break;
            case CallRoute.Family:
                RequestFamily(site.Target!, site.Goes);
                break;
            case CallRoute.Exact:
                RequestExact(call, site.Target!, site.Goes, reason);
                break;
            case CallRoute.Slot:
                RequestSlot(site.Target!, site.Goes, reason);
                break;
            case CallRoute.Invoke:
                Invoke(site.DelegateType!, site.Goes, reason);
                break;
        }
    }

    /// <summary>What a native call is handed delegates of runs in the contexts of the call.</summary>
    private void RequestHanded(CallSite site, PlannedClone clone, Instruction call)
    {
        if (call.Code == Code.Calli)
            return;
        var reason = new CloneReason(CloneReasonKind.Delegate, clone.Method);
        foreach (var parameter in HandedDelegates.ParametersOf(call.Method))
        {
            clone.Delegates ??= new DelegateFlow(clone.Body!);
            if (clone.Delegates.MakersOf(call, parameter) is { } makers)
            {
                foreach (var target in makers.Select(clone.Delegates.TargetOf))
                    RequestDelegate(target.Definition is { } definition && definition.Module == types.Module ? definition : target.Reference, site.Goes, reason);
            }
            else
            {
                Invoke(HandedDelegates.DelegateTypeOf(call.Method.Parameters[parameter])!, site.Goes, reason);
            }
        }
    }

    private void RequestSlot(MethodDefinition method, ContextStack stack, CloneReason reason)
    {
        var root = method.DeclaringType.IsInterface ? method : families.Value.RootInModule(method);
        AddSlot(root, stack, reason);
    }

    /// <summary>Every type of the module that takes part in the family gets a slot of it for the stack.</summary>
    private void RequestFamily(MethodDefinition root, ContextStack stack)
    {
        if (!familiesSeen.Add((root, stack)))
            return;
        calledFamilies.Add((root, stack));
        var reason = new CloneReason(CloneReasonKind.Implementation, root);
        foreach (var member in FamilyRouter.Outside.MembersOf(root))
        {
            var method = member.Method!.Definition!;
            if (root.IsStatic || method.DeclaringType.IsInterface)
            {
                if (policy.Refusal(method, stack) != LeaveReason.None)
                    continue;
                Request(method, stack, reason).IsExact = true;
            }
            else
            {
                RequestSlot(method, stack, reason);
            }
            stubs.Add(new SlotStub(member.Type, stack, member.InterfaceMethod, member.Method) { IsOfFamily = true });
        }
        // Of a receiver outside the module the method runs natively, and calls what it is handed.
        foreach (var parameter in HandedDelegates.ParametersOf(types.SelfOf(root)))
            Invoke(HandedDelegates.DelegateTypeOf(types.SelfOf(root).Parameters[parameter])!, stack, reason);
    }

    private void AddSlot(MethodDefinition method, ContextStack stack, CloneReason reason)
    {
        if (!slots.Add((method, stack)))
            return;
        // An interface's own default body is reached through the types that use it; its slot itself calls natively, which is what
        // a type that the weaver never sees needs.
        Request(method, stack, reason).IsSlot = true;
        foreach (var overrider in families.Value.OverridersOf(method))
            AddSlot(overrider, stack, new CloneReason(CloneReasonKind.Override, method));
        foreach (var implementation in families.Value.ImplementationsOf(method))
            AddImplementation(implementation, stack, method);
    }

    private void AddImplementation(InterfaceImplementation implementation, ContextStack stack, MethodDefinition interfaceMethod)
    {
        var reason = new CloneReason(CloneReasonKind.Implementation, interfaceMethod);
        if (implementation.Method?.Definition is not { } method)
        {
            stubs.Add(new SlotStub(implementation.Type, stack, implementation.InterfaceMethod, null));
            return;
        }
        if (method.DeclaringType.IsInterface)
        {
            // A default implementation: run exactly, on this type.
            if (policy.Refusal(method, stack) == LeaveReason.None)
                Request(method, stack, reason).IsExact = true;
            stubs.Add(new SlotStub(implementation.Type, stack, implementation.InterfaceMethod, implementation.Method));
            return;
        }
        RequestSlot(method, stack, reason);
        stubs.Add(new SlotStub(implementation.Type, stack, implementation.InterfaceMethod, implementation.Method));
    }
}
