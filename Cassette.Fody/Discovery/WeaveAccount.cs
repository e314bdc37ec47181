using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Gives account of a plan: warnings of refused clones, with <c>Strict</c> errors for what leaves a context unintended, and the report.
/// Made before the plan is carried out; judges and reports the plan as it stands when asked.
/// </summary>
internal sealed class WeaveAccount
{
    private readonly TypeUniverse types;
    private readonly WeaverConfig config;
    private readonly WeavePlan plan;
    private readonly LeaveDiagnostics words;
    private readonly LeavingCalls? leaving;
    private readonly HandOvers handOvers;
    private readonly Dictionary<IReadOnlyList<MethodDefinition>, IReadOnlyList<string>> names = new(ReferenceComparer<IReadOnlyList<MethodDefinition>>.Instance);

    public WeaveAccount(TypeUniverse types, WeaverConfig config, WeavePlan plan, Assignability assignability, ModuleIndex index, Exclusions exclusions)
    {
        this.types = types;
        this.config = config;
        this.plan = plan;
        words = new LeaveDiagnostics(types, exclusions.ExcludedBy);
        handOvers = new HandOvers(types, assignability, index);
        leaving = config.Report || config.Strict ? LeavingCalls.Find(types, plan, handOvers) : null;
    }

    /// <summary>
    /// Reports what the build has to hear of: with <c>Strict</c> each unintended call as an error, otherwise each method that the importer
    /// refused. What the verifier refuses, its caller reports.
    /// </summary>
    public void Judge(DiagnosticBag diagnostics)
    {
        if (config.Strict)
        {
            JudgeStrictly(diagnostics);
            return;
        }
        foreach (var clone in plan.Clones)
        {
            if (clone.Refusal == LeaveReason.Refused && clone.Body is null)
                diagnostics.Add(words.Of(CallOf(clone), DiagnosticSeverity.Warning));
        }
    }

    /// <summary>The report; null where the configuration asks for none.</summary>
    public WeaveReport? Report(string? projectDirectory)
    {
        if (!config.Report)
            return null;
        var paths = new ProjectPaths(projectDirectory);
        var calls = leaving!.Now().ToLookup(c => c.Stack);
        var stacks = plan.Clones.Select(c => c.Stack).Concat(plan.Invocations.Select(i => i.Stack)).Distinct().OrderBy(s => s.Name, StringComparer.Ordinal);
        return new WeaveReport(types.Module.Assembly.Name.Name, stacks.Select(s => Report(s, calls[s], paths)).ToList());
    }

    private void JudgeStrictly(DiagnosticBag diagnostics)
    {
        var counts = new Dictionary<ContextStack, int>();
        foreach (var call in leaving!.Now().Where(c => !c.IsIntended))
        {
            diagnostics.Add(words.Of(call, DiagnosticSeverity.Error));
            counts[call.Stack] = counts.TryGetValue(call.Stack, out var count) ? count + 1 : 1;
        }
        foreach (var stack in counts)
            diagnostics.Report(DiagnosticCatalog.StrictViolation, null, stack.Value, string.Join(" > ", NamesOf(stack.Key)));
    }

    private ContextReport Report(ContextStack stack, IEnumerable<LeavingCall> calls, ProjectPaths paths)
    {
        var clones = plan.Clones.Where(c => c.Stack == stack).ToList();
        return new ContextReport(
            stack.Name,
            NamesOf(stack),
            clones.Where(c => c.Refusal == LeaveReason.None && !c.Method.IsAbstract).Select(c => Report(c, paths)).OrderBy(c => c.Method, StringComparer.Ordinal).ToList(),
            clones.Where(LeavingCalls.IsRefused).Select(c => ReportRefusal(c, paths)).OrderBy(c => c.Method, StringComparer.Ordinal).ToList(),
            calls.Select(c => Report(c, paths))
                .OrderBy(c => c.Position?.File, StringComparer.Ordinal).ThenBy(c => c.Position?.Line).ThenBy(c => c.Position?.Column)
                .ThenBy(c => c.Caller, StringComparer.Ordinal).ThenBy(c => c.Callee, StringComparer.Ordinal).ThenBy(c => c.Code, StringComparer.Ordinal).ToList(),
            handOvers.Of(stack).Select(h => Report(h, paths)).OrderBy(h => h.Kind, StringComparer.Ordinal).ThenBy(h => h.Type, StringComparer.Ordinal).ToList());
    }

    private ReportedHandOver Report(HandOver handOver, ProjectPaths paths) => new(
        Camel(handOver.Kind.ToString()),
        handOver.Type.DisplayName,
        NamesOf(handOver.Methods),
        handOver.Sites
            .Select(s => new ReportedHandOverSite(s.Name, NameOf(s.Caller), paths.Relative(Positions.Of(s.Source) ?? Positions.Of(s.Caller))))
            .OrderBy(s => s.Position?.File, StringComparer.Ordinal).ThenBy(s => s.Position?.Line).ThenBy(s => s.Position?.Column)
            .ThenBy(s => s.Caller, StringComparer.Ordinal).ThenBy(s => s.Callee, StringComparer.Ordinal).ToList());

    private ReportedClone Report(PlannedClone clone, ProjectPaths paths) => new(
        clone.SelfIn(types).DisplayName,
        Camel(clone.Reason.Kind.ToString()),
        clone.Reason.Source is { } source ? NameOf(source) : null,
        paths.Relative(Positions.Of(clone.Method)));

    private ReportedRefusal ReportRefusal(PlannedClone clone, ProjectPaths paths)
    {
        var because = words.Because(CallOf(clone));
        return new ReportedRefusal(clone.SelfIn(types).DisplayName, because.Id, Camel(clone.Refusal.ToString()), because.Message, paths.Relative(Positions.Of(clone.Method)));
    }

    private ReportedLeave Report(LeavingCall call, ProjectPaths paths)
    {
        var because = words.Because(call);
        return new ReportedLeave(
            words.CalleeOf(call), words.CallerOf(call), because.Id, words.TitleOf(call), Camel(call.Reason.ToString()), call.IsIntended,
            because.Message, because.Remedy, paths.Relative(because.Position));
    }

    private LeavingCall CallOf(PlannedClone clone) =>
        new(clone.Stack, clone.Reason.Source, clone.SelfIn(types), clone.Refusal, null) { Forwarder = clone };

    private string NameOf(MethodDefinition method) => types.SelfOf(method).DisplayName;

    private IReadOnlyList<string> NamesOf(IReadOnlyList<MethodDefinition> methods)
    {
        if (!names.TryGetValue(methods, out var known))
            names.Add(methods, known = [.. methods.Select(NameOf).OrderBy(m => m, StringComparer.Ordinal)]);
        return known;
    }

    private static List<string> NamesOf(ContextStack stack) => stack.Contexts.Select(c => c.DisplayName).ToList();

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
