namespace Cassette.Fody.Metadata;

/// <summary>What kind of type a <see cref="TypeSymbol"/> is: the CLI's element types (ECMA-335 II.23.1.16), with named types told apart by what they are.</summary>
public enum TypeShape
{
    Void,
    Boolean,
    Char,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    IntPtr,
    UIntPtr,
    Single,
    Double,
    String,
    Object,
    TypedReference,
    Class,
    Interface,
    Struct,
    Enum,
    /// <summary>A vector: one dimension, lower bound zero.</summary>
    Vector,
    /// <summary>A general array: any rank.</summary>
    Array,
    ByRef,
    Pointer,
    FunctionPointer,
    /// <summary>A generic parameter of a type (<c>!n</c>).</summary>
    TypeParameter,
    /// <summary>A generic parameter of a method (<c>!!n</c>).</summary>
    MethodParameter,
    /// <summary>A named type whose assembly could not be found; only its name and whether it is a value type are known.</summary>
    Unresolved,
}
