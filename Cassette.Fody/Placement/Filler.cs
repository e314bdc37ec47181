using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Passes;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Placement;

/// <summary>
/// Gives every shell its body. A transformed body that the verifier rejects is never written: its shells only call the original, as other
/// clones refer to them already.
/// </summary>
internal sealed class Filler(OverdubPass overdub, MachineShells machines, SmallBodies small, BodyEmitter emitter, BodyVerifier? verifier, DiagnosticBag diagnostics, BodyDumper dumper, CancellationToken cancellation)
{
    public void Fill(IReadOnlyList<Shell> shells)
    {
        // What other clones take for a state machine's clone must not be discarded any more.
        foreach (var group in shells.Where(s => s.SlotStub is null).GroupBy(s => s.Clone).OrderBy(g => machines.Of(g.Key) is null))
        {
            cancellation.ThrowIfCancellationRequested();
            if (group.Any(s => s.Content is ShellContent.Clone or ShellContent.GuardedClone))
                Transform(group.Key);
            FinishMachine(group.Key, [.. group.Where(s => s.Content is ShellContent.Clone or ShellContent.GuardedClone).Select(s => s.Method)]);
            // The guard goes in front of the body, so the exact clone is emitted first.
            foreach (var shell in group.OrderBy(s => s.Content))
                Fill(shell);
            // What was emitted is not looked at again; kept, all bodies together would double what the weave needs at its peak.
            if (group.Key.Refusal == LeaveReason.None)
                group.Key.Body = null;
        }
        foreach (var shell in shells)
        {
            if (shell.SlotStub != null)
                emitter.Emit(small.Stub(shell), shell.Method);
        }
    }

    private void Transform(PlannedClone clone)
    {
        PlannedClone[] all = [clone, .. machines.Of(clone)?.Members ?? []];
        foreach (var one in all)
        {
            dumper.Before(one);
            overdub.Run(one);
            dumper.After(one);
        }
        // A kickoff and its machine stand and fall together.
        if (verifier is null || all.SelectMany(c => verifier.Verify(c.Body!)).FirstOrDefault() is not { } error)
            return;
        clone.Refusal = LeaveReason.Refused;
        clone.RefusalText = error.ToString();
        diagnostics.Report(DiagnosticCatalog.CloneNotVerified, Positions.Of(clone.Method), clone.Method.FullName, clone.Reason.Source?.FullName ?? clone.Method.FullName, clone.RefusalText);
    }

    private void FinishMachine(PlannedClone clone, IReadOnlyList<Mono.Cecil.MethodDefinition> kickoffs)
    {
        if (machines.Of(clone) is not { } machine)
            return;
        if (clone.Refusal == LeaveReason.None)
            machine.Emit(emitter, kickoffs);
        else
            machine.Discard();
    }

    private void Fill(Shell shell)
    {
        switch (shell.Content)
        {
            case ShellContent.Clone when shell.Clone.Refusal == LeaveReason.None:
                emitter.Emit(shell.Clone.Body!, shell.Method);
                break;
            case ShellContent.GuardedClone when shell.Clone.Refusal == LeaveReason.None:
                small.Guard(shell.Clone.Body!, shell);
                emitter.Emit(shell.Clone.Body!, shell.Method);
                break;
            case ShellContent.Enter:
                emitter.Emit(small.Enter(shell), shell.Method);
                break;
            default:
                emitter.Emit(small.Forwarder(shell), shell.Method);
                break;
        }
    }
}
