using System;

namespace Cassette;

/// <summary>
/// Makes a static method a contextual primitive: it runs in place of every call that it matches. The seeds'
/// overload of <c>overdub</c>, in older ones <c>@primitive</c>.
/// </summary>
/// <remarks>
/// It returns what the call returns. The original is in reach through <c>ctx.Recurse(...)</c> and
/// <c>ctx.Fallback(...)</c>. A primitive for every call takes the call itself, as an
/// <see cref="ICall{TResult}"/>.
/// </remarks>
/// <example>
/// <code>
/// public readonly record struct CosineCtx : IContext
/// {
///     [Overdub(typeof(Math), nameof(Math.Sin))]
///     static double Sin(CosineCtx ctx, double x) => Math.Cos(x);
///
///     [Overdub(typeof(Random), Access.New)]
///     static Random Seeded(CosineCtx ctx) => new(42);
///
///     [Overdub("get(* System.DateTime.UtcNow)")]
///     static DateTime Now(CosineCtx ctx) => DateTime.UnixEpoch;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class OverdubAttribute : RuleAttribute
{
    /// <summary>The rule applies to every call that its parameters match.</summary>
    public OverdubAttribute()
    {
    }

    /// <summary>The rule applies to the uses of a type's members of one name.</summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="name">Their name.</param>
    public OverdubAttribute(Type declaringType, string name)
        : base(declaringType, name)
    {
    }

    /// <summary>The rule applies to one kind of use of a type's members of one name.</summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="name">Their name.</param>
    /// <param name="access">The kind of use.</param>
    public OverdubAttribute(Type declaringType, string name, Access access)
        : base(declaringType, name, access)
    {
    }

    /// <summary>
    /// The rule applies to the uses of all of a type's members, or to one kind of use: with <see cref="Access.New"/>, to its
    /// constructors.
    /// </summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="access">The kind of use.</param>
    public OverdubAttribute(Type declaringType, Access access = Access.Any)
        : base(declaringType, access)
    {
    }

    /// <summary>The rule applies to the calls that match a pattern.</summary>
    /// <param name="pointcut">The pattern, such as <c>call(* MyLib..*.Get*(int, ..)) &amp;&amp; !within(MyLib.Tests..*)</c>.</param>
    public OverdubAttribute(string pointcut)
        : base(pointcut)
    {
    }
}
