namespace Cassette.Fody.IL;

/// <summary>How much <see cref="BodyVerifier"/> asks of a body.</summary>
public enum VerificationLevel
{
    /// <summary>
    /// The CLI's correctness (ECMA-335 I.8.8): structure, stack depth and the kind of each operand. Unsafe code passes:
    /// pointers, by-refs reinterpreted, object references cast without a check.
    /// </summary>
    Correct,

    /// <summary>
    /// Also that every object reference, by-ref and struct is of the type that its use asks for (III.1.8). Unmanaged pointers are
    /// still allowed, conversions from them to by-refs are not.
    /// </summary>
    TypeSafe,
}
