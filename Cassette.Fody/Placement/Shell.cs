using Cassette.Fody.Discovery;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>What a shell is filled with.</summary>
internal enum ShellContent
{
    /// <summary>The transformed body.</summary>
    Clone,
    /// <summary>The transformed body, behind a look for an override in an assembly that was not woven.</summary>
    GuardedClone,
    /// <summary>An entry into the context that the original declares, one level deeper; where that is too deep it throws.</summary>
    Enter,
    /// <summary>A call of the original.</summary>
    Forwarder,
    /// <summary>A call of the clone of an inherited or default implementation.</summary>
    Stub,
}

/// <summary>A declared method that waits for its body.</summary>
internal sealed class Shell
{
    public Shell(PlannedClone clone, MethodDefinition method, ShellContent content)
    {
        Clone = clone;
        Method = method;
        Content = content;
        Stack = clone.Stack;
    }

    public Shell(SlotStub stub, MethodDefinition method, bool isGuarded)
    {
        IsGuarded = isGuarded;
        SlotStub = stub;
        Method = method;
        Content = ShellContent.Stub;
        Stack = stub.Stack;
    }

    public PlannedClone Clone { get; } = null!;

    public SlotStub? SlotStub { get; }

    /// <summary>For a stub whether a class of an assembly that was not woven may derive from its type and implement the interface anew.</summary>
    public bool IsGuarded { get; }

    public ContextStack Stack { get; }

    public MethodDefinition Method { get; }

    public ShellContent Content { get; }
}
