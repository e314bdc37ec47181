using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Rules;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>Plans the entries of native bodies, the rules among them: what each enters, and in which stack of contexts.</summary>
internal sealed class EntryPlanner(
    TypeUniverse types, ModuleIndex index, BodyImporter importer, ContextStacks stacks, SiteRuleFinder rules, StateMachines machines, MachinePlanner machinePlanner,
    VariantPlanner variants, CloneRequests requests, int maxNesting)
{
    private readonly List<EnteringMethod> entering = [];
    private readonly Dictionary<MethodDefinition, DelegateFlow> flows = new(ReferenceComparer<MethodDefinition>.Instance);
    private readonly List<RuleVariant> quietRules = [];
    private readonly HashSet<ContextStack> quietStacks = [];
    private readonly List<ContextStack> quietInOrder = [];
    private int quietStacksDone;

    /// <summary>The bodies with entries.</summary>
    public IReadOnlyList<EnteringMethod> Entering => entering;

    /// <summary>The rules that are called where their contexts have no hooks, and enter them.</summary>
    public IReadOnlyList<RuleVariant> QuietRules => quietRules;

    /// <summary>Finds what the entries of a native body enter, and what it makes delegates of for nothing else.</summary>
    public void FollowDelegates(MethodDefinition method)
    {
        if (importer.Import(method).Body is not { } body)
            return;
        var flow = new DelegateFlow(body);
        flows.Add(method, flow);
        foreach (var maker in flow.OnlyEntered)
            index.Withdraw(maker.Method.DeclaringType.Definition!, flow.TargetOf(maker));
    }

    /// <summary>Plans the entries of a native body.</summary>
    public void Plan(MethodDefinition method)
    {
        var scope = GenericScope.Of(types, method);
        var entries = new List<(int, EntryCall)>();
        var instructions = method.Body.Instructions;
        flows.TryGetValue(method, out var flow);
        for (var i = 0; i < instructions.Count; i++)
        {
            if (instructions[i].OpCode.Code != Mono.Cecil.Cil.Code.Call || instructions[i].Operand is not MethodReference reference || !ModuleIndex.IsEntry(reference))
                continue;
            var callee = types.Import(reference, scope);
            if (EntryOf(callee, null, method, SourceAt(method, instructions[i].Offset)) is { } entry)
            {
                entries.Add((i, entry));
                var shown = flow?.TargetsOfEntry(instructions[i].Offset);
                variants.Note(method, i, entry, shown);
                requests.Enter(entry, method, shown);
                if (entry.BindsResult(callee, method))
                    requests.HandOut(callee.ReturnType, entry.Stack, method);
            }
        }
        if (entries.Count > 0)
            entering.Add(new EnteringMethod(method, entries));
    }

    /// <summary>Contexts without hooks share the plain context's rules; those of them that enter the context enter it without hooks too.</summary>
    public bool PlanQuietRules()
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
            quietRules.Add(new RuleVariant(rule.Method, stack, entries) { Machine = machinePlanner.PlanQuiet(rule.Method, stack) });
            foreach (var entry in entries.Where(e => e.Form.IsQuiet))
                requests.Enter(entry.Entry, rule.Method, variants.ShownBy(rule.Method, entry.Index));
        }
        return true;
    }

    /// <summary>What a call of an entry point enters; null where its context is none, which is reported.</summary>
    public EntryCall? EntryOf(MethodSymbol entry, ContextStack? outer, MethodDefinition caller, SourceSpan? source)
    {
        var context = entry.MethodArguments[0];
        if (rules.CheckContext(context, caller, source) is false)
            return null;
        var delegateType = entry.Parameters[1];
        var signatureArguments = delegateType.Arguments.Length - (delegateType.Definition!.Name.StartsWith("Func", StringComparison.Ordinal) ? 1 : 0);
        var passesContext = entry.Name != "CanRecurse" && signatureArguments > entry.Parameters.Length - 2;
        return new EntryCall(entry.Name, entry.Definition!, delegateType.Definition, passesContext, StackOf(outer, context)) { IsTooDeep = outer?.Depth >= maxNesting };
    }

    private ContextStack StackOf(ContextStack? outer, TypeSymbol context)
    {
        var stack = stacks.Enter(outer, context);
        if (outer is null && context.Named is { Name: "WithoutHooks`1", Namespace: "Cassette" } && quietStacks.Add(stack))
            quietInOrder.Add(stack);
        return stack;
    }

    /// <summary>The author's place of an instruction of a native body.</summary>
    public static SourceSpan? SourceAt(MethodDefinition method, int offset)
    {
        var point = method.DebugInformation.SequencePoints.LastOrDefault(p => !p.IsHidden && p.Offset <= offset);
        return point is null ? null : new SourceSpan(point.Document, point.StartLine, point.StartColumn, point.EndLine, point.EndColumn);
    }
}
