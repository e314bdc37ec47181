using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;

namespace Cassette.Fody.Passes;

/// <summary>Stops a pass that is out of time at its next edit, and in a second run looks at the body after each.</summary>
internal sealed class PassGuard(BodyVerifier? verifier) : IEditGuard
{
    private volatile bool isStopped;

    public void Stop() => isStopped = true;

    public void Check()
    {
        if (isStopped)
            throw new System.OperationCanceledException("The pass is out of time.");
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    public void Edited(EditableBody body)
    {
        if (verifier is null)
            return;
        body.Flush();
        if (verifier.Verify(body.Body) is { Count: > 0 } errors)
            throw new EditRefusedException(errors.First().ToString());
    }
}
