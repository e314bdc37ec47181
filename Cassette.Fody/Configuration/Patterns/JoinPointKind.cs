namespace Cassette.Fody.Configuration.Patterns;

/// <summary>What a call site does, which tells the pointcuts that can match it.</summary>
public enum JoinPointKind
{
    /// <summary>
    /// <c>call</c>, <c>callvirt</c> and the like. Calls of property accessors match <c>get</c> and
    /// <c>set</c> too. The constructor call that starts another constructor matches nothing.
    /// </summary>
    Call,

    /// <summary><c>newobj</c>, or the call that initialises a value type in place: matches <c>new</c> only.</summary>
    New,
}
