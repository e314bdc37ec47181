namespace Cassette.Fody.IL;

/// <summary>The verification types of the evaluation stack (ECMA-335 III.1.1 and I.12.3.2.1).</summary>
public enum StackKind
{
    /// <summary>A 32-bit integer; <see cref="StackType.Type"/> keeps bool, char, small integers and enums apart.</summary>
    Int32,
    Int64,
    NativeInt,
    Float,
    /// <summary>An object reference; a type of null means the null reference.</summary>
    Object,
    /// <summary>A managed pointer; <see cref="StackType.Type"/> is what it points to.</summary>
    ByRef,
    /// <summary>A struct, a typed reference, or a value of generic parameter type not known to be a reference.</summary>
    Value,
    /// <summary>An unmanaged pointer or a function pointer (a native int to the CLI).</summary>
    Pointer,
}
