using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Cassette.Fody.Rules;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>Finds the rules for the calls of a clone.</summary>
internal sealed class SiteRuleFinder(TypeUniverse types, Assignability assignability, ContextModels contexts, DiagnosticBag diagnostics, IntrinsicSites intrinsics)
{
    /// <summary>Presents instructions as calls.</summary>
    public IntrinsicSites Intrinsics { get; } = intrinsics;

    /// <summary>Whether a method is marked as a rule of any kind.</summary>
    public static bool IsRule(MethodDefinition method) =>
        method.HasCustomAttributes && method.CustomAttributes.Any(a => a.AttributeType.Namespace == "Cassette"
            && a.AttributeType.Name is "PrehookAttribute" or "PosthookAttribute" or "ThrowhookAttribute" or "OverdubAttribute" or "FallbackAttribute");

    /// <summary>Whether a type may be entered as a context; reported when not.</summary>
    public bool CheckContext(TypeSymbol context, MethodDefinition caller, SourceSpan? source)
    {
        var position = Positions.Of(source) ?? Positions.Of(caller);
        if (context.IsOpen)
        {
            diagnostics.Report(DiagnosticCatalog.EntryContextOpen, position, types.SelfOf(caller).DisplayName, context.DisplayName);
            return false;
        }
        if (context.Shape == TypeShape.Interface || context.Definition is { IsAbstract: true })
        {
            diagnostics.Report(DiagnosticCatalog.EntryContextUnknown, position, types.SelfOf(caller).DisplayName, context.DisplayName);
            return false;
        }
        return contexts.For(context, position) != null;
    }

    /// <summary>The rules of every context of a stack, for the calls of a method that runs in it.</summary>
    public ForClone For(ContextStack stack, MethodDefinition caller) =>
        new(types, assignability, contexts.Selector, [.. stack.Contexts.Select(c => contexts.For(c) is { HasRules: true } model ? model : null)], caller, diagnostics);

    /// <summary>
    /// The site of a rule's call once the struct that stands for the call is made: the plan saw the rule's generic parameter in its place.
    /// </summary>
    public CallSite ForCallStruct(CallSite site, Instruction call, MethodDefinition caller, SourceSpan? source)
    {
        var rules = site.Rules;
        if (rules != null)
        {
            rules = For(site.Level, caller).Find(site.Level, call, null, site, out var undecided);
            ReportUndecided(undecided, call, caller, source);
        }
        return site with { Rules = rules, OuterOfRules = Rebound(site.OuterOfRules, rules), Outer = site.Outer is null ? null : ForCallStruct(site.Outer, call, caller, source), Plain = site.Plain is null ? null : ForCallStruct(site.Plain, call, caller, source) };
    }

    /// <summary>What the next outer context makes of the calls of rules, for the same rules bound anew.</summary>
    private static IReadOnlyDictionary<RuleBinding, CallSite>? Rebound(IReadOnlyDictionary<RuleBinding, CallSite>? sites, SiteRules? rules)
    {
        if (sites is null || rules is null)
            return null;
        var rebound = new Dictionary<RuleBinding, CallSite>(ReferenceComparer<RuleBinding>.Instance);
        foreach (var binding in rules.Bindings)
        {
            if (sites.FirstOrDefault(s => s.Key.Rule == binding.Rule) is { Value: { } outer })
                rebound[binding] = outer;
        }
        return rebound;
    }

    /// <summary>Says which rules a shared clone cannot decide for a call.</summary>
    public void ReportUndecided(IEnumerable<RuleModel> undecided, Instruction call, MethodDefinition caller, SourceSpan? source)
    {
        foreach (var rule in undecided)
            diagnostics.Report(DiagnosticCatalog.RuleUndecided, Positions.Of(source) ?? Positions.Of(caller), rule.DisplayName, call.Method.DisplayName, types.SelfOf(caller).DisplayName);
    }

    /// <summary>The primitives that stand in for a method that a delegate is made of; null when there are none. No hooks see the delegate's own call here.</summary>
    public SiteRules? ForDelegateTarget(MethodSymbol target, ContextStack stack, MethodDefinition caller)
    {
        if (target.Definition is not { } definition || definition.IsConstructor || contexts.For(stack.Innermost) is not { HasRules: true } model || !model.MayMatch(RuleKind.Overdub, target))
            return null;
        // Only rules that name their target: a catch-all sees the delegate's invocation already, where there is one.
        var shape = CallShape.OfCall(assignability, target, null, caller);
        var selection = contexts.Selector.Select(model, RuleKind.Overdub, shape);
        var primitive = new RuleSelection([.. selection.Bindings.TakeWhile(b => b.Rule.Target.Rank != TargetRank.None)], []);
        return primitive.IsEmpty ? null : new SiteRules(shape, RuleSelection.Empty, RuleSelection.Empty, RuleSelection.Empty, primitive, RuleSelection.Empty);
    }

    /// <summary>The fallback rules for a delegate's invocation, which an entry by <c>Fallback</c> runs; null when there are none.</summary>
    public SiteRules? ForFallback(MethodSymbol invoke, ContextStack stack, MethodDefinition caller)
    {
        if (contexts.For(stack.Innermost) is not { HasRules: true } model)
            return null;
        var shape = CallShape.OfCall(assignability, invoke, null, caller);
        var fallback = contexts.Selector.Select(model, RuleKind.Fallback, shape);
        return fallback.IsEmpty ? null : new SiteRules(shape, RuleSelection.Empty, RuleSelection.Empty, RuleSelection.Empty, RuleSelection.Empty, fallback);
    }

    /// <summary>Finds the rules for one clone's calls.</summary>
    internal sealed class ForClone(TypeUniverse types, Assignability assignability, RuleSelector selector, ContextModel?[] models, MethodDefinition caller, DiagnosticBag diagnostics)
    {
        /// <summary>False when no context has rules: then no stack types are needed.</summary>
        public bool NeedsStack { get; } = models.Any(m => m != null);

        /// <summary>Which instructions the contexts may want as calls; null for none.</summary>
        public IntrinsicInterest? Instructions { get; } = IntrinsicInterest.Join(models.Select(m => m?.Instructions));

        /// <summary>The rules of one level's context for a call; null when none applies. The machine stands before the call; a rule's call has none.</summary>
        /// <param name="level">The level.</param>
        /// <param name="call">The call.</param>
        /// <param name="machine">What is on the stack.</param>
        /// <param name="site">Where the call goes.</param>
        /// <param name="undecided">The rules that the caller's own type parameters keep from being decided.</param>
        public SiteRules? Find(ContextStack level, Instruction call, StackMachine? machine, CallSite site, out IReadOnlyList<RuleModel> undecided)
        {
            undecided = [];
            if (models[level.Depth - 1] is not { } model || !MayMatch(model, call, site))
                return null;
            if (!site.IsJoinPoint)
                return HooksOfPlumbing(model, CallShape.OfPlumbing(call.Method, caller));
            var shape = site.Intrinsic is { } instruction ? CallShape.OfInstruction(instruction, caller) : ShapeOf(call, machine);
            var rules = new SiteRules(
                shape,
                selector.Select(model, RuleKind.Prehook, shape),
                selector.Select(model, RuleKind.Posthook, shape, waits: false),
                selector.Select(model, RuleKind.Throwhook, shape),
                selector.Select(model, RuleKind.Overdub, shape),
                site.Route == CallRoute.Native ? selector.Select(model, RuleKind.Fallback, shape) : RuleSelection.Empty)
            {
                Completion = selector.Select(model, RuleKind.Posthook, shape, waits: true),
                Failure = selector.Select(model, RuleKind.Throwhook, shape, waits: true),
            };
            foreach (var binding in rules.Completion.Bindings.Concat(rules.Failure.Bindings).Where(b => b.Arguments.Any(a => !CanBeKept(shape.Arguments[a]))))
                diagnostics.Report(DiagnosticCatalog.AwaitedArgument, binding.Rule.Position, binding.Rule.DisplayName, call.Method.DisplayName);
            undecided = [.. rules.Undecided];
            return rules.IsEmpty ? null : rules;
        }

        /// <summary>Whether an argument, or a copy of what it refers to, can be kept until a task completes.</summary>
        private static bool CanBeKept(TypeSymbol argument)
        {
            var kept = argument.Shape == TypeShape.ByRef ? argument.Element! : argument;
            return !kept.IsByRefLike && kept.Shape is not (TypeShape.Pointer or TypeShape.FunctionPointer);
        }

        private static bool MayMatch(ContextModel model, Instruction call, CallSite site) =>
            site.Intrinsic is null || site.IsPlumbingAllocation ? model.MayMatch(call.Method) : model.Instructions != null;

        /// <summary>What the compiler makes for its own purposes cannot be replaced: the code around it counts on it.</summary>
        private SiteRules? HooksOfPlumbing(ContextModel model, CallShape shape)
        {
            var rules = new SiteRules(
                shape,
                selector.Select(model, RuleKind.Prehook, shape),
                selector.Select(model, RuleKind.Posthook, shape),
                selector.Select(model, RuleKind.Throwhook, shape),
                RuleSelection.Empty,
                RuleSelection.Empty);
            return rules.IsEmpty ? null : rules;
        }

        private CallShape ShapeOf(Instruction call, StackMachine? machine)
        {
            var callee = call.Method;
            if (callee.IsConstructor)
                return CallShape.OfNew(callee, caller);
            TypeSymbol? receiver = null;
            if (callee.HasThis && machine != null)
            {
                var value = machine.Stack[machine.Stack.Count - StackMachine.PopsOfCall(call)];
                receiver = call.Constrained is { } constraint ? types.ByRef(constraint)
                    : value.Kind == StackKind.ByRef ? types.ByRef(value.Type!)
                    : value.Type;
            }
            return CallShape.OfCall(assignability, callee, receiver, caller);
        }
    }
}
