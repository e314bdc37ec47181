namespace Cassette.Fody.Rules;

/// <summary>What a rule does with a call that it matches. Rules of different kinds do not compete.</summary>
public enum RuleKind
{
    /// <summary>Runs before the call. The seeds' <c>prehook</c>.</summary>
    Prehook,
    /// <summary>Runs after a call that returned. The seeds' <c>posthook</c>.</summary>
    Posthook,
    /// <summary>Runs when the call throws.</summary>
    Throwhook,
    /// <summary>Runs in place of the call: a primitive. The seeds' <c>overdub</c> method.</summary>
    Overdub,
    /// <summary>Makes the call where no primitive and no clone does. The seeds' <c>fallback</c> method.</summary>
    Fallback,
}
