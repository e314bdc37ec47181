using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// Where in a class's constructor <c>this</c> is initialised: after a constructor of its own type or of its base was called on every way
/// there (ECMA-335 III.1.8.1.4).
/// </summary>
internal sealed class ConstructorState
{
    private readonly HashSet<Block> uninitialized = new(ReferenceComparer<Block>.Instance);
    private readonly bool applies;

    public ConstructorState(MethodIR body)
    {
        applies = body.Origin is { IsConstructor: true, IsStatic: false } && !body.Origin.DeclaringType.IsValueType && body.Blocks.Count > 0
            && body.Origin.DeclaringType.BaseType is not null;
        if (!applies)
            return;
        var pending = new Stack<Block>();
        void Reach(Block block)
        {
            if (uninitialized.Add(block))
                pending.Push(block);
        }
        Reach(body.Blocks[0]);
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            // An exception can be thrown before the call, so handlers see what the try was entered with.
            for (var region = block.Region; region.Parent is not null; region = region.Parent)
            {
                foreach (var handler in region.Handlers)
                {
                    Reach(handler.Entry!);
                    if (handler.Filter is not null)
                        Reach(handler.Filter.Entry!);
                }
            }
            if (block.Instructions.Exists(Initializes))
                continue;
            foreach (var target in IRPrinter.Targets(block))
                Reach(target);
        }
    }

    public bool IsInitialized { get; private set; } = true;

    public void Enter(Block block) => IsInitialized = !applies || !uninitialized.Contains(block);

    public void Apply(Instruction instruction) => IsInitialized |= applies && Initializes(instruction);

    /// <summary>On an object (not a struct by address) a constructor is called in no other place than another constructor's start.</summary>
    private static bool Initializes(Instruction instruction) =>
        instruction is { Code: Code.Call, Operand: MethodSymbol { IsConstructor: true, DeclaringType.IsValueType: false } };
}
