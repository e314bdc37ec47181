using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>A call below an entry that runs natively, other than by a primitive.</summary>
/// <param name="Stack">The context it leaves.</param>
/// <param name="Caller">The method whose clone makes it; for a delegate's target and a refused override what led there.</param>
/// <param name="Callee">What is called; null for a call through a function pointer, or a field.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">The author's source; null where the debug information has none.</param>
internal sealed record LeavingCall(ContextStack Stack, MethodDefinition? Caller, MethodSymbol? Callee, LeaveReason Reason, SourceSpan? Source)
{
    /// <summary>The clone that only calls the original, where there is one.</summary>
    public PlannedClone? Forwarder { get; init; }

    /// <summary>
    /// For <see cref="LeaveReason.RootedOutside"/>, <see cref="LeaveReason.FunctionPointer"/> and <see cref="LeaveReason.ObjectHandedOut"/>: whether
    /// a method of the module may be what runs; an object that is handed over as any other may be just kept or compared.
    /// </summary>
    public bool MayReachModule { get; init; }

    /// <summary>For <see cref="LeaveReason.DelegateHandedOut"/>: the field outside that the delegate is put into, where it is no call that hands it out.</summary>
    public FieldSymbol? Field { get; init; }

    /// <summary>For <see cref="LeaveReason.DelegateHandedOut"/>: whether the delegate is put into an array that comes from the field or the callee.</summary>
    public bool IsElement { get; init; }

    /// <summary>For <see cref="LeaveReason.ObjectHandedOut"/>: the object's type.</summary>
    public TypeSymbol? Handed { get; init; }

    /// <summary>
    /// Whether the author asked for it, or no code of the module that could be overdubbed is passed by: <c>Strict</c> lets such calls be.
    /// </summary>
    public bool IsIntended => Reason switch
    {
        LeaveReason.NotSelected or LeaveReason.NoOverdub or LeaveReason.Excluded or LeaveReason.DelegateReturned => true,
        LeaveReason.RootedOutside or LeaveReason.FunctionPointer or LeaveReason.ObjectHandedOut => !MayReachModule,
        _ => false,
    };
}
