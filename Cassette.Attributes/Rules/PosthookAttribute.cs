using System;

namespace Cassette;

/// <summary>
/// Makes a static method a posthook: it runs after every call that it matches and that did not throw, with
/// the output and the arguments. The seeds' <c>posthook</c>.
/// </summary>
/// <remarks>
/// It returns nothing, or a value that replaces the output.
/// </remarks>
/// <example>
/// <code>
/// public readonly record struct RoundCtx(int Metadata) : IContext&lt;int&gt;
/// {
///     [Posthook]
///     static double After(RoundCtx ctx, double output, JoinPoint f, params object?[] args) =>
///         Math.Round(output, ctx.Metadata);
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class PosthookAttribute : RuleAttribute
{
    /// <summary>The rule applies to every call that its parameters match.</summary>
    public PosthookAttribute()
    {
    }

    /// <summary>The rule applies to the uses of a type's members of one name.</summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="name">Their name.</param>
    public PosthookAttribute(Type declaringType, string name)
        : base(declaringType, name)
    {
    }

    /// <summary>The rule applies to one kind of use of a type's members of one name.</summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="name">Their name.</param>
    /// <param name="access">The kind of use.</param>
    public PosthookAttribute(Type declaringType, string name, Access access)
        : base(declaringType, name, access)
    {
    }

    /// <summary>
    /// The rule applies to the uses of all of a type's members, or to one kind of use: with <see cref="Access.New"/>, to its
    /// constructors.
    /// </summary>
    /// <param name="declaringType">The type that declares them, open if it is generic.</param>
    /// <param name="access">The kind of use.</param>
    public PosthookAttribute(Type declaringType, Access access = Access.Any)
        : base(declaringType, access)
    {
    }

    /// <summary>The rule applies to the calls that match a pattern.</summary>
    /// <param name="pointcut">The pattern, such as <c>call(* MyLib..*.Get*(int, ..)) &amp;&amp; !within(MyLib.Tests..*)</c>.</param>
    public PosthookAttribute(string pointcut)
        : base(pointcut)
    {
    }

    /// <summary>
    /// Whether the hook waits for a call that returns a task: it then runs when the task completes, with
    /// the task's result as the output, rather than when the call returns.
    /// </summary>
    /// <remarks>
    /// It waits for calls whose static return type is <c>Task</c>, <c>Task&lt;T&gt;</c>, <c>ValueTask</c> or
    /// <c>ValueTask&lt;T&gt;</c>; at any other call it runs as any posthook does. The caller gets a task that completes
    /// after the hook, with the same outcome, or with the hook's value where it returns one; a task that fails never
    /// reaches the hook. Arguments are kept until then, what is passed by reference as a copy. Hooks that wait and
    /// hooks that do not are chosen apart from each other: of each the most specific one runs.
    /// </remarks>
    /// <example>
    /// <code>
    /// [Posthook(Await = true)]
    /// static void After&lt;T&gt;(TraceCtx ctx, T output, JoinPoint f) => ctx.Metadata.Add($"{f.Name} gave {output}");
    /// </code>
    /// </example>
    public bool Await { get; set; }
}
