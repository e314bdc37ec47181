using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>
/// What debuggers are told about a state machine's methods beside their lines: which method starts it, where it suspends and resumes, and in which
/// parts of it a variable that became a field is in scope. Places are the original's; the emitter moves them to the new body.
/// </summary>
internal static class MachineDebugInformation
{
    public static void Copy(MethodDefinition from, MethodDefinition to, MethodDefinition kickoff)
    {
        if (!from.Module.HasSymbols)
            return;
        if (from.DebugInformation.StateMachineKickOffMethod != null)
            to.DebugInformation.StateMachineKickOffMethod = kickoff;
        foreach (var information in from.CustomDebugInformations)
        {
            switch (information)
            {
                case AsyncMethodBodyDebugInformation async:
                    to.CustomDebugInformations.Add(Copy(async, from, to));
                    break;
                case StateMachineScopeDebugInformation scopes:
                    to.CustomDebugInformations.Add(Copy(scopes));
                    break;
            }
        }
    }

    private static AsyncMethodBodyDebugInformation Copy(AsyncMethodBodyDebugInformation original, MethodDefinition from, MethodDefinition to)
    {
        var copy = new AsyncMethodBodyDebugInformation { CatchHandler = original.CatchHandler };
        foreach (var yield in original.Yields)
            copy.Yields.Add(yield);
        foreach (var resume in original.Resumes)
            copy.Resumes.Add(resume);
        foreach (var method in original.ResumeMethods)
            copy.ResumeMethods.Add(method == from ? to : method);
        return copy;
    }

    private static StateMachineScopeDebugInformation Copy(StateMachineScopeDebugInformation original)
    {
        var copy = new StateMachineScopeDebugInformation();
        // Cecil makes a scope of instructions only; the places are set afterwards.
        var placeholder = Instruction.Create(OpCodes.Nop);
        foreach (var scope in original.Scopes)
            copy.Scopes.Add(new StateMachineScope(placeholder, placeholder) { Start = scope.Start, End = scope.End });
        return copy;
    }
}
