namespace Cassette.Fody.Discovery;

/// <summary>Why a call below an entry runs natively, or a method has no clone.</summary>
public enum LeaveReason
{
    /// <summary>It does not leave.</summary>
    None,
    /// <summary>Abstract, extern, or supplied by the run time.</summary>
    NoBody,
    /// <summary>Defined in an assembly that is not selected.</summary>
    NotSelected,
    /// <summary>Marked <c>[NoOverdub]</c>, the seeds' <c>:nooverdub</c>.</summary>
    NoOverdub,
    /// <summary>Excluded in FodyWeavers.xml.</summary>
    Excluded,
    /// <summary>Marked as an async method or an iterator, over a state machine that no clone can stand in for.</summary>
    StateMachine,
    /// <summary>A virtual, interface or static virtual method, where the type that decides what runs is none of the woven assembly's.</summary>
    RootedOutside,
    /// <summary>A definition or call with a variable argument list.</summary>
    VarArgs,
    /// <summary>A call through a function pointer.</summary>
    FunctionPointer,
    /// <summary>Late binding or reflection: the target is known at run time only.</summary>
    Reflection,
    /// <summary>The importer could not type the body, or the verifier rejected the clone.</summary>
    Refused,
    /// <summary>The reference could not be resolved.</summary>
    Unresolved,
    /// <summary>A delegate is handed to code that is not overdubbed and may call it.</summary>
    DelegateHandedOut,
    /// <summary>An entry returns what may hold a delegate to code that may call that natively.</summary>
    DelegateReturned,
    /// <summary>An object of the module is handed to code that is not overdubbed and may call its overrides and implementations.</summary>
    ObjectHandedOut,
}
