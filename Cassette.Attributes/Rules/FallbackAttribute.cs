using System;

namespace Cassette;

/// <summary>
/// Makes a static method the fallback of the calls that it matches: it makes those calls that no primitive
/// replaces and whose body cannot be run in the context. The seeds' overload of <c>fallback</c>.
/// </summary>
/// <remarks>
/// It has the shapes of a primitive (see <see cref="OverdubAttribute"/>). Its own <c>ctx.Fallback(...)</c> of the
/// same call is the native call.
/// </remarks>
/// <example>
/// <code>
/// public readonly record struct SandboxCtx : IContext
/// {
///     [Fallback]
///     static TResult Native&lt;TCall, TResult&gt;(SandboxCtx ctx, TCall call) where TCall : struct, ICall&lt;TResult&gt; =>
///         call.JoinPoint.DeclaringType.StartsWith("System.IO.")
///             ? throw new UnauthorizedAccessException(call.JoinPoint.ToString())
///             : call.Fallback();
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class FallbackAttribute : RuleAttribute
{
    /// <summary>The rule applies to every call that its parameters match.</summary>
    public FallbackAttribute()
    {
    }

    /// <summary>The rule applies to the uses of a type's members of one name.</summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="name">Their name.</param>
    public FallbackAttribute(Type declaringType, string name)
        : base(declaringType, name)
    {
    }

    /// <summary>The rule applies to one kind of use of a type's members of one name.</summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="name">Their name.</param>
    /// <param name="access">The kind of use.</param>
    public FallbackAttribute(Type declaringType, string name, Access access)
        : base(declaringType, name, access)
    {
    }

    /// <summary>
    /// The rule applies to the uses of all of a type's members, or to one kind of use: with <see cref="Access.New"/>, to its
    /// constructors.
    /// </summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="access">The kind of use.</param>
    public FallbackAttribute(Type declaringType, Access access = Access.Any)
        : base(declaringType, access)
    {
    }

    /// <summary>The rule applies to the calls that match a pattern.</summary>
    /// <param name="pointcut">The pattern, such as <c>call(* MyLib..*.Get*(int, ..)) &amp;&amp; !within(MyLib.Tests..*)</c>.</param>
    public FallbackAttribute(string pointcut)
        : base(pointcut)
    {
    }
}
