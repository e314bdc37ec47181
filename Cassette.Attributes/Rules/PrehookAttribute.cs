using System;

namespace Cassette;

/// <summary>
/// Makes a static method a prehook: it runs before every call that it matches, with the arguments that the
/// call gets. The seeds' <c>prehook</c>, and the older <c>@hook</c>.
/// </summary>
/// <remarks>
/// It returns nothing or a <see langword="bool"/>: <see langword="false"/> stops overdubbing below this call,
/// which is then made natively.
/// </remarks>
/// <example>
/// <code>
/// public readonly record struct TraceCtx(List&lt;string&gt; Metadata) : IContext&lt;List&lt;string&gt;&gt;
/// {
///     [Prehook]
///     static void Before(TraceCtx ctx, JoinPoint f) => ctx.Metadata.Add(f.ToString());
///
///     [Prehook(typeof(Math), nameof(Math.Sin))]
///     static bool BeforeSin(TraceCtx ctx, double x) => x != 0.0;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class PrehookAttribute : RuleAttribute
{
    /// <summary>The rule applies to every call that its parameters match.</summary>
    public PrehookAttribute()
    {
    }

    /// <summary>The rule applies to the uses of a type's members of one name.</summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="name">Their name.</param>
    public PrehookAttribute(Type declaringType, string name)
        : base(declaringType, name)
    {
    }

    /// <summary>The rule applies to one kind of use of a type's members of one name.</summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="name">Their name.</param>
    /// <param name="access">The kind of use.</param>
    public PrehookAttribute(Type declaringType, string name, Access access)
        : base(declaringType, name, access)
    {
    }

    /// <summary>
    /// The rule applies to the uses of all of a type's members, or to one kind of use: with <see cref="Access.New"/>, to its
    /// constructors.
    /// </summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="access">The kind of use.</param>
    public PrehookAttribute(Type declaringType, Access access = Access.Any)
        : base(declaringType, access)
    {
    }

    /// <summary>The rule applies to the calls that match a pattern.</summary>
    /// <param name="pointcut">The pattern, such as <c>call(* MyLib..*.Get*(int, ..)) &amp;&amp; !within(MyLib.Tests..*)</c>.</param>
    public PrehookAttribute(string pointcut)
        : base(pointcut)
    {
    }
}
