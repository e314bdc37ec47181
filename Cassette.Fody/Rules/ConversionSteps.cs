using System;

namespace Cassette.Fody.Rules;

/// <summary>What to do with a value to give it to a rule, or to take it from one; in this order.</summary>
[Flags]
public enum ConversionSteps
{
    /// <summary>Nothing: it fits as it is, or by a reference conversion that needs no code.</summary>
    None = 0,
    /// <summary><c>ldobj</c> of the by-ref's element.</summary>
    Load = 1,
    /// <summary><c>box</c> of the type before, which may be a generic parameter.</summary>
    Box = 2,
    /// <summary><c>unbox.any</c> of the wanted type, which casts reference types.</summary>
    Cast = 4,
    /// <summary><c>newobj</c> of the wanted <c>Nullable</c> over the value.</summary>
    Wrap = 8,
    /// <summary>The value is left alone; <c>new Unboxable(typeof(...))</c> of its type goes in its place.</summary>
    Placeholder = 16,
    /// <summary>There is no value: <c>null</c>, or the default of the wanted type, goes in its place.</summary>
    Absent = 32,
}
