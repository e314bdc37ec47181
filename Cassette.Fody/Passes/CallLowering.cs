using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Placement;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>Writes what takes the place of one call in a clone.</summary>
internal sealed class CallLowering(BlockWriter writer, PlannedClone clone, Shells shells, Helpers helpers)
{
    private readonly int firstContext = writer.Body.Arguments.Count - clone.Stack.Contexts.Length;

    /// <summary>Whether any call needs the types on the stack: those with rules do.</summary>
    public bool NeedsStack => false;

    public void Lower(Instruction call, Discovery.CallSite site, StackMachine? machine, SourceSpan? source)
    {
        switch (site.Route)
        {
            case CallRoute.Exact:
                EmitContext();
                Append(call, call.Code, shells.Exact(call.Method, clone.Stack));
                break;
            case CallRoute.Slot:
                EmitContext();
                Append(call, call.Code, shells.Slot(call.Method, clone.Stack));
                break;
            case CallRoute.Invoke:
                EmitContext();
                Append(call, Code.Call, helpers.Invoker(call.Method.DeclaringType, clone.Stack));
                break;
            case CallRoute.Entry:
                Append(call, Code.Call, helpers.Entry(site.Entry!, call.Method));
                break;
            default:
                writer.Append(call);
                break;
        }
    }

    private void EmitContext()
    {
        for (var i = firstContext; i < writer.Body.Arguments.Count; i++)
            writer.Emit(Code.Ldarg, writer.Body.Arguments[i]);
    }

    /// <summary>The same instruction with another callee. A call that replaces a <c>callvirt</c> of a delegate loses its prefixes.</summary>
    private void Append(Instruction call, Code code, MethodSymbol callee) => writer.Append(new Instruction(code, callee)
    {
        Prefixes = call.Prefixes,
        Constrained = call.Constrained,
        Source = call.Source,
        OriginalOffset = call.OriginalOffset,
    });
}
