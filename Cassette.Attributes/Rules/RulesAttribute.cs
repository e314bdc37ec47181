using System;

namespace Cassette;

/// <summary>
/// Makes a static class a home of rules of a context that stands elsewhere, in this assembly or in a
/// referenced one. Repeated, its rules belong to each context named.
/// </summary>
/// <param name="context">The context's type.</param>
/// <example>
/// <code>
/// [Rules(typeof(TraceCtx))]
/// public static class QuietRandom
/// {
///     [Overdub(typeof(Random), nameof(Random.Next))]
///     static int Next(TraceCtx ctx, Random random) => 4;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RulesAttribute(Type context) : Attribute
{
    /// <summary>The context's type.</summary>
    public Type Context { get; } = context;
}
