using System;

namespace Cassette;

/// <summary>
/// Makes a method an entry by declaration: running it enters the named context, as if every call of it were
/// wrapped in <c>new Ctx().Overdub(...)</c>.
/// </summary>
/// <remarks>
/// The context is made anew for each run, so it must be a struct or have a parameterless constructor; the
/// weaver reports one that is neither. In an assembly that is not woven the attribute does nothing.
/// </remarks>
/// <param name="context">The context's type, which implements <see cref="IContext"/>.</param>
/// <example>
/// <code>
/// [OverdubWith(typeof(CosineCtx))]
/// static double Model(double x) => Math.Sin(x);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OverdubWithAttribute(Type context) : Attribute
{
    /// <summary>The context's type.</summary>
    public Type Context { get; } = context;
}
