using Cassette.Fody.Discovery;
using Cassette.Fody.Passes;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>Contexts of a stack that has no state, made where they are needed.</summary>
internal static class StatelessContexts
{
    public static void Emit(BlockWriter writer, ContextStack stack)
    {
        foreach (var context in stack.Parameters)
        {
            var local = writer.Temporary(context);
            writer.Emit(Code.Ldloca, local);
            writer.Emit(Code.Initobj, context);
            writer.Emit(Code.Ldloc, local);
        }
    }
}
