using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cassette.Fody.Discovery;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>
/// Runs the passes of a clone's contexts over its body before its calls are looked at: those of the innermost context first, as the seeds' nested
/// overdubbing has it. What a pass gives is verified; a pass that throws, does not end or breaks the body is an error of the weave, and nothing of it is kept.
/// </summary>
internal sealed class PassRunner(IPassSource source, BodyImporter importer, Assignability types, DiagnosticBag diagnostics, TimeSpan limit, CancellationToken cancellation)
{
    private readonly BodyVerifier verifier = new(types);
    private readonly PassMemory memory = new();
    private readonly PassNumbers numbers = new();

    /// <summary>
    /// Whether a pass did not end. It may still be at work on what the weave knows of types, and what it knows is not made for two threads: no
    /// more may be done with it.
    /// </summary>
    public bool IsStopped { get; private set; }

    /// <summary>The body after all passes; null when one failed, which is reported.</summary>
    public MethodIR? Run(PlannedClone clone, MethodIR body) => Run(clone, body, null);

    /// <summary>Runs the passes over those members of a state machine that hold the author's code; false when one failed, which is reported.</summary>
    public bool Run(PlannedMachine machine)
    {
        if (StepsOf(machine.Kickoff.Stack).Count == 0)
            return true;
        var view = new MachineView(types.Universe, machine);
        foreach (var member in machine.Members.Where(m => StateMachine.HoldsAuthorsCode(m.Method)))
        {
            if (Run(member, member.Body!, view) is not { } body)
                return false;
            member.Body = body;
        }
        return true;
    }

    private MethodIR? Run(PlannedClone clone, MethodIR body, MachineView? machine)
    {
        var steps = StepsOf(clone.Stack);
        if (steps.Count == 0)
            return body;
        OverdubPass.AddContexts(body, clone);
        clone.HasContexts = true;
        var start = steps.Count;
        for (; start > 0; start--)
        {
            if (IsEndOfLevel(steps, start - 1) && memory.Find(clone, steps, start - 1) is { } known)
            {
                body = known;
                break;
            }
        }
        for (var i = start; i < steps.Count; i++)
        {
            if (Run(clone, steps, i, body, machine) is not { } result)
                return null;
            body = result;
            if (IsEndOfLevel(steps, i))
                memory.Keep(clone, steps, i, body, isEditedNext: i + 1 < steps.Count);
        }
        return body;
    }

    /// <summary>Has a copy kept of a body that is about to be changed by something else than a pass.</summary>
    public void Changing(PlannedClone clone) => memory.Detach(clone);

    /// <summary>Lets go of all bodies: no more will be run.</summary>
    public void Forget() => memory.Clear();

    /// <summary>A context has all of its passes in every stack, so that only what the last of them gives can be asked for again.</summary>
    private static bool IsEndOfLevel(List<PassStep> steps, int index) => index + 1 == steps.Count || steps[index + 1].Level != steps[index].Level;

    private List<PassStep> StepsOf(ContextStack stack)
    {
        var steps = new List<PassStep>();
        var level = 0;
        for (var at = stack; at is not null; at = at.Outer, level++)
        {
            // A context whose hooks are off has the same pass.
            var context = at.Innermost.Named is { Name: "WithoutHooks`1", Namespace: "Cassette" } ? at.Innermost.Arguments[0] : at.Innermost;
            foreach (var pass in source.PassesOf(context))
                steps.Add(new PassStep(pass, context, at.Innermost, level));
        }
        return steps;
    }

    private MethodIR? Run(PlannedClone clone, List<PassStep> steps, int index, MethodIR body, MachineView? machine)
    {
        var step = steps[index];
        var arguments = body.Arguments.ToArray();
        var before = new HashSet<Instruction>(body.Blocks.SelectMany(b => b.Instructions), ReferenceComparer<Instruction>.Instance);
        var run = RunOnce(clone, step, body, machine, null);
        if (run.IsTimedOut)
        {
            IsStopped = true;
            Report(DiagnosticCatalog.PassTimedOut, step.Pass.Position, clone, step, limit.TotalSeconds);
            return null;
        }
        if (run.Exception is { } exception)
        {
            ReportException(clone, step, exception, body);
            return null;
        }
        if (WhyNot(run.Result, body, arguments, machine is not null) is { } reason)
        {
            Report(DiagnosticCatalog.PassResultRefused, step.Pass.Position, clone, step, reason);
            return null;
        }
        var result = run.Result!.Body;
        if (verifier.Verify(result) is { Count: > 0 } errors)
        {
            ReportBadEdit(clone, steps, index, machine, errors[0], result);
            return null;
        }
        MarkNative(result, step.Level, !run.Result.IsOverdubbed, before);
        return result;
    }

    private PassRun RunOnce(PlannedClone clone, PassStep step, MethodIR body, MachineView? machine, BodyVerifier? afterEachEdit)
    {
        var guard = new PassGuard(afterEachEdit);
        var reflection = new Reflection(
            clone.SelfIn(body.Types), body, machine, step.Context, clone.Contexts.Length, clone.Contexts.Length - clone.Stack.Depth + step.Level, clone.Reason.Kind == CloneReasonKind.DeclaredEntry, types, guard, numbers.For(step, (object?)clone.Instance ?? clone.Method));
        return PassRun.Of(step.Pass, reflection, guard, limit, cancellation);
    }

    private static string? WhyNot(PassResult? result, MethodIR body, Argument[] arguments, bool isMachine)
    {
        if (result?.Body is not { } edited)
            return "it returned null";
        if (edited.Origin != body.Origin)
            return $"it returned the body of {edited.Origin.FullName}";
        if (edited.ReturnType != body.ReturnType)
            return $"the body returns {edited.ReturnType} where {body.ReturnType} is needed";
        if (!edited.Arguments.SequenceEqual(arguments))
            return "the body has other arguments";
        if (isMachine && edited.Blocks.Exists(b => b.Instructions.Exists(i => i.Code == Code.Starg && i.Operand == arguments[0])))
            return "it assigns the state machine";
        return Specialisation.LeavesByJump(edited) ? "the body leaves by jmp, which hands on exactly the arguments it was given" : null;
    }

    /// <summary>
    /// What a pass marks counts for its own level; a replacement is left alone by that level as a whole. The levels within have had their turn: they
    /// do not see what a pass of an outer level adds.
    /// </summary>
    private static void MarkNative(MethodIR body, int level, bool all, HashSet<Instruction> before)
    {
        foreach (var instruction in body.Blocks.SelectMany(b => b.Instructions))
        {
            if (!CallRouter.IsCall(instruction))
                continue;
            if (instruction.NoOverdub || all)
                instruction.NativeLevels |= 1 << level;
            instruction.NoOverdub = false;
            if (!IsFrom(before, instruction))
                instruction.NativeLevels |= (1 << level) - 1;
        }
    }

    private static bool IsFrom(HashSet<Instruction> before, Instruction? instruction)
    {
        for (; instruction is not null; instruction = instruction.CopiedFrom)
        {
            if (before.Contains(instruction))
                return true;
        }
        return false;
    }

    /// <summary>Runs the pass once more on a fresh body, looking at it after each edit: the first bad one is where it throws.</summary>
    private void ReportBadEdit(PlannedClone clone, List<PassStep> steps, int index, MachineView? machine, VerificationError error, MethodIR result)
    {
        var step = steps[index];
        if (Fresh(clone, steps, index, machine) is { } body && RunOnce(clone, step, body, machine, new BodyVerifier(types)) is { Exception: EditRefusedException refused })
            ReportException(clone, step, refused, body);
        else
            Report(DiagnosticCatalog.PassEditRefused, step.Pass.Position, clone, step, error, Listing(result));
    }

    private MethodIR? Fresh(PlannedClone clone, List<PassStep> steps, int index, MachineView? machine)
    {
        var body = (clone.Instance is { } instance ? importer.Import(instance, !clone.TakesReceiver) : importer.Import(clone.Method)).Body;
        if (body is null)
            return null;
        OverdubPass.AddContexts(body, clone);
        for (var i = 0; i < index; i++)
        {
            if (RunOnce(clone, steps[i], body, machine, null).Result is not { } result)
                return null;
            body = result.Body;
        }
        return body;
    }

    private static string Listing(MethodIR body) => "\n" + IRPrinter.Print(body).TrimEnd();

    private void ReportException(PlannedClone clone, PassStep step, Exception exception, MethodIR body)
    {
        var line = PassRun.LineOf(exception, step.Pass) ?? step.Pass.Position;
        if (exception is EditRefusedException)
            Report(DiagnosticCatalog.PassEditRefused, line, clone, step, exception.Message.TrimEnd('.'), Listing(body));
        else
            Report(DiagnosticCatalog.PassThrew, line, clone, step, exception.GetType().FullName, exception.Message);
    }

    private string NameOf(PlannedClone clone) => clone.Author == clone.Method ? clone.SelfIn(types.Universe).DisplayName : types.Universe.SelfOf(clone.Author).DisplayName;

    private void Report(DiagnosticDescriptor descriptor, SourcePosition? position, PlannedClone clone, PassStep step, params object?[] rest) =>
        diagnostics.Report(descriptor, position ?? Positions.Of(clone.Author), [step.Pass.Name, NameOf(clone), .. rest]);
}

/// <summary>A pass at its level of a clone's stack.</summary>
/// <param name="Pass">The pass.</param>
/// <param name="Context">The context that the pass is for.</param>
/// <param name="Held">The context as the body has it: within a wrapper where its hooks are off. The two have different bodies.</param>
/// <param name="Level">How many contexts lie within it.</param>
internal sealed record PassStep(LoadedPass Pass, TypeSymbol Context, TypeSymbol Held, int Level);
