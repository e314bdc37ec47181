using System;

namespace Cassette;

/// <summary>
/// Makes a static method a throwhook: it runs when a call that it matches throws, with the exception and the
/// arguments, and the exception goes on its way afterwards. Together with a posthook it keeps balanced what
/// a prehook opened.
/// </summary>
/// <example>
/// <code>
/// public readonly record struct DepthCtx(int[] Metadata) : IContext&lt;int[]&gt;
/// {
///     [Prehook]
///     static void Before(DepthCtx ctx, JoinPoint f) => ctx.Metadata[0]++;
///
///     [Posthook]
///     static void After&lt;T&gt;(DepthCtx ctx, T output, JoinPoint f) => ctx.Metadata[0]--;
///
///     [Throwhook]
///     static void Thrown(DepthCtx ctx, Exception exception, JoinPoint f) => ctx.Metadata[0]--;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class ThrowhookAttribute : RuleAttribute
{
    /// <summary>The rule applies to every call that its parameters match.</summary>
    public ThrowhookAttribute()
    {
    }

    /// <summary>The rule applies to the uses of a type's members of one name.</summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="name">Their name.</param>
    public ThrowhookAttribute(Type declaringType, string name)
        : base(declaringType, name)
    {
    }

    /// <summary>The rule applies to one kind of use of a type's members of one name.</summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="name">Their name.</param>
    /// <param name="access">The kind of use.</param>
    public ThrowhookAttribute(Type declaringType, string name, Access access)
        : base(declaringType, name, access)
    {
    }

    /// <summary>
    /// The rule applies to the uses of all of a type's members, or to one kind of use: with <see cref="Access.New"/>, to its
    /// constructors.
    /// </summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="access">The kind of use.</param>
    public ThrowhookAttribute(Type declaringType, Access access = Access.Any)
        : base(declaringType, access)
    {
    }

    /// <summary>The rule applies to the calls that match a pattern.</summary>
    /// <param name="pointcut">The pattern, such as <c>call(* MyLib..*.Get*(int, ..)) &amp;&amp; !within(MyLib.Tests..*)</c>.</param>
    public ThrowhookAttribute(string pointcut)
        : base(pointcut)
    {
    }

    /// <summary>
    /// Whether the hook also waits for a call that returns a task: it then runs when the task fails or is
    /// canceled, with what awaiting it throws, as well as when the call itself throws.
    /// </summary>
    /// <remarks>
    /// The caller gets a task that fails the same way once the hook has run. Without <c>Await</c> a call that returns a
    /// task has returned, whatever becomes of the task.
    /// </remarks>
    public bool Await { get; set; }
}
