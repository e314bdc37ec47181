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
    private readonly MachinePlanner machinePlanner = new(types, importer, machines);
    private readonly KnownMachines knownMachines = new(machines);
    private readonly VariantPlanner variantPlanner = new(stacks, machines);
    private readonly List<PlannedMachine> plannedMachines = [];
    private readonly List<DeclaredEntry> declared = [];
    private readonly Dictionary<MethodDefinition, TypeSymbol> contextsOfEntries = new(ReferenceComparer<MethodDefinition>.Instance);
    private readonly List<RuleVariant> ruleVariants = [];
    private readonly List<(MethodSymbol Target, ContextStack Stack)> pointerTargets = [];
    private readonly HashSet<(MethodSymbol, ContextStack)> pointersSeen = [];
    private int primitivesDone;
    private CloneRequests? requests;
    private EntryPlanner? entries;
    private PointerTargets? pointers;
    private CallRouter? router;
    private FamilyRouter? familyRouter;
    private KeptResults? keptResults;
    private Specialisation? specialisation;

    private CloneRequests Requests => requests ??= new CloneRequests(types, index, policy, rules, families, FamilyRouter);

    private EntryPlanner Entries => entries ??= new EntryPlanner(types, index, importer, stacks, rules, machines, machinePlanner, variantPlanner, Requests, maxNesting);

    private PointerTargets Pointers => pointers ??= new PointerTargets(types, index, policy);

    private FamilyRouter FamilyRouter => familyRouter ??= new FamilyRouter(types, index, policy, families, machines);

    private KeptResults KeptResults => keptResults ??= new KeptResults(types, FamilyRouter, policy, machines, Requests);

    private CallRouter Router => router ??= new CallRouter(types, policy, families, machines);

    private Specialisation Specialisation => specialisation ??= new Specialisation(importer, Requests.Known, new ArgumentDependence(machinePlanner, rules, (call, caller, stack) => Router.Route(call, caller, stack), Specialisation.IsPossible));

    public WeavePlan Plan(IReadOnlyList<(MethodDefinition Method, TypeSymbol Context)> declaredEntries)
    {
        foreach (var (method, context) in declaredEntries)
        {
            contextsOfEntries.Add(method, context);
            var clone = Requests.Request(method, stacks.Enter(null, context), new CloneReason(CloneReasonKind.DeclaredEntry, null));
            clone.IsExact = true;
            declared.Add(new DeclaredEntry(method, context, clone));
            Requests.HandOut(types.SelfOf(method).ReturnType, clone.Stack, method);
        }
        foreach (var method in index.EnteringMethods)
            Entries.FollowDelegates(method);
        foreach (var method in index.EnteringMethods)
            Entries.Plan(method);
        do
        {
            while (Requests.Next() is { } clone)
                Visit(clone);
        }
        while (PlanPrimitives() || Entries.PlanQuietRules());
        passes?.Forget();
        KeptResults.Settle();
        return new WeavePlan
        {
            Clones = Requests.InOrder,
            Machines = plannedMachines,
            EnteringMethods = Entries.Entering,
            DeclaredEntries = declared,
            SlotStubs = Requests.Stubs,
            Families = Requests.Families,
            PointerTargets = pointerTargets,
            Invocations = Requests.Invocations,
            DelegatePrimitives = Requests.DelegatePrimitives,
            RuleVariants = [.. Entries.QuietRules, .. ruleVariants],
            RefusedTargets = Requests.RefusedTargets,
        };
    }

    /// <summary>The contexts around a primitive's own see what it calls when a delegate runs it, as when a call does.</summary>
    private bool PlanPrimitives()
    {
        var found = Requests.DelegatePrimitives.Skip(primitivesDone).ToList();
        primitivesDone += found.Count;
        foreach (var primitive in found)
        {
            if (primitive.Stack.Outer is not { } outer)
                continue;
            var call = new PlannedClone(primitive.Maker, primitive.Stack, new CloneReason(CloneReasonKind.Delegate, primitive.Maker), LeaveReason.None);
            primitive.Site = primitive.Site with { OuterOfRules = CompleteRules(primitive.Site, outer, call, rules.For(outer, primitive.Maker), null) };
        }
        return found.Count > 0;
    }

    private void RequestExact(Instruction call, MethodDefinition target, ContextStack stack, RulePlace? place, CloneReason reason)
    {
        if (call.Constrained is null && Requests.Known.Specialised(call.Method, stack, place) != null)
            return;
        if (!contextsOfEntries.ContainsKey(target) && Specialisation.BodyFor(call, target, stack) is { } body)
            Requests.Add(new PlannedClone(target, stack, reason, LeaveReason.None) { Instance = call.Method, Place = place, Body = body, IsExact = true });
        else
            Requests.Request(target, stack, reason, place).IsExact = true;
    }

    private void Visit(PlannedClone clone)
    {
        cancellation.ThrowIfCancellationRequested();
        if (passes is { IsStopped: true })
            return;
        // A declared entry that runs under another context enters its own, one level deeper; under its own context it is in already.
        if (contextsOfEntries.TryGetValue(clone.Method, out var context) && Array.IndexOf(clone.Stack.Contexts, context) < 0)
        {
            clone.IsTooDeep = clone.Stack.Depth >= maxNesting;
            if (clone.IsTooDeep)
                return;
            clone.Enters = Requests.Request(clone.Method, stacks.Enter(clone.Stack, context), new CloneReason(CloneReasonKind.DeclaredEntry, clone.Method));
            clone.Enters.IsExact = true;
            Requests.HandOut(types.SelfOf(clone.Method).ReturnType, clone.Enters.Stack, clone.Method);
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
                Requests.AddDelegates(clone, body);
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
                Requests.AddDelegates(member, member.Body!);
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
                    Requests.Invoke(kept, clone.Stack, new CloneReason(CloneReasonKind.Delegate, clone.Method));
                clone.TouchesKeptDelegates |= KeptDelegates.IsTouchedBy(instruction, types.Module);
                // A branch that compares may have become a comparison and a branch.
                machine?.Apply(block.Instructions[i]);
            }
        }
        knownMachines.Resolve(clone);
        KeptResults.Find(clone);
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
            var entry = Entries.EntryOf(call.Method, clone.Stack, clone.Author, source);
            if (entry is null)
                return;
            clone.Delegates ??= new DelegateFlow(clone.Body!);
            var shown = clone.Delegates.TargetsOfEntry(call);
            site = clone.Place is { } place ? variantPlanner.AtPlace(site with { Entry = entry }, place, shown != null) : site with { Entry = entry };
            Requests.Enter(site.Entry!, clone.Author, shown);
            if (site.Entry!.BindsResult(call.Method, clone.Author))
                Requests.HandOut(call.Method.ReturnType, site.Entry.Stack, clone.Author);
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
        return site.Rules is null ? site : site with { OuterOfRules = CompleteRules(site, outer, clone, finder, source) };
    }

    private Dictionary<RuleBinding, CallSite> CompleteRules(CallSite ruled, ContextStack outer, PlannedClone clone, SiteRuleFinder.ForClone finder, SourceSpan? source)
    {
        var sites = new Dictionary<RuleBinding, CallSite>(ReferenceComparer<RuleBinding>.Instance);
        foreach (var binding in ruled.Rules!.Bindings)
        {
            var call = new Instruction(Code.Call, binding.Method);
            if (!sites.ContainsKey(binding) && Router.Route(call, clone.Method, outer) is { } site)
                sites.Add(binding, Complete(site with { Place = variantPlanner.PlaceOf(ruled, binding) }, clone, call, null, finder, source, isDecidedLater: binding.TakesCall));
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
                Requests.Enter(entry, variant.Rule, shown);
        }
    }

    private void RequestTarget(CallSite site, PlannedClone clone, Instruction call)
    {
        var reason = new CloneReason(site.Route == CallRoute.Slot ? CloneReasonKind.VirtualCall : CloneReasonKind.Call, clone.Author);
        switch (site.Route)
        {
            case CallRoute.Exact when site.Callee != null:
                Requests.Request(site.Target!, site.Goes, reason).IsExact = true;
                break;
            case CallRoute.Pointer:
                foreach (var target in Pointers.Of((CallSignature)call.Operand!, site.Goes))
                {
                    Requests.Request(target.Definition!, site.Goes, reason).IsExact = true;
                    if (pointersSeen.Add((target, site.Goes)))
                        pointerTargets.Add((target, site.Goes));
                }
                break;
            case CallRoute.Family:
                Requests.RequestFamily(site.Target!, site.Goes);
                foreach (var known in site.Classes?.Classes ?? [])
                    Requests.Request(known.Method.Definition!, site.Goes, reason).IsExact = true;
                break;
            case CallRoute.Construction:
                foreach (var constructor in site.Constructors!)
                    Requests.Request(constructor.Definition!, site.Goes, reason).IsExact = true;
                break;
            case CallRoute.Exact:
                RequestExact(call, site.Target!, site.Goes, site.Place, reason);
                break;
            case CallRoute.Slot:
                Requests.RequestSlot(site.Target!, site.Goes, reason);
                break;
            case CallRoute.Invoke:
                Requests.Invoke(site.DelegateType!, site.Goes, reason);
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
            if (clone.Delegates.TargetsOf(call, parameter) is { } targets)
            {
                foreach (var target in targets)
                    Requests.RequestDelegate(target, site.Goes, reason);
            }
            else
            {
                Requests.Invoke(HandedDelegates.DelegateTypeOf(call.Method.Parameters[parameter])!, site.Goes, reason);
            }
        }
    }

}
