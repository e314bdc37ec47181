using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Emission;
using Cassette.Fody.Passes;

namespace Cassette.Fody.Placement;

/// <summary>Gives every shell its body.</summary>
internal sealed class Filler(OverdubPass overdub, SmallBodies small, BodyEmitter emitter)
{
    public void Fill(IReadOnlyList<Shell> shells)
    {
        foreach (var group in shells.Where(s => s.SlotStub is null).GroupBy(s => s.Clone))
        {
            if (group.Any(s => s.Content is ShellContent.Clone or ShellContent.GuardedClone))
                overdub.Run(group.Key);
            // The guard goes in front of the body, so the exact clone is emitted first.
            foreach (var shell in group.OrderBy(s => s.Content))
                Fill(shell);
        }
        foreach (var shell in shells)
        {
            if (shell.SlotStub != null)
                emitter.Emit(small.Stub(shell), shell.Method);
        }
    }

    private void Fill(Shell shell)
    {
        switch (shell.Content)
        {
            case ShellContent.Clone:
                emitter.Emit(shell.Clone.Body!, shell.Method);
                break;
            case ShellContent.GuardedClone:
                small.Guard(shell.Clone.Body!, shell);
                emitter.Emit(shell.Clone.Body!, shell.Method);
                break;
            default:
                emitter.Emit(small.Forwarder(shell), shell.Method);
                break;
        }
    }
}
