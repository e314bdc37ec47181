using System;

namespace Cassette;

/// <summary>
/// What the attributes that make a static method a rule of a context have in common: the rule's target.
/// </summary>
/// <remarks>
/// <para>A rule without a target applies to every call that its parameters match. A rule can have several
/// targets: repeat the attribute. A rule's own body runs as written, not overdubbed by its own context.</para>
/// <para>A rule stands in the context type, or in a static class marked <see cref="RulesAttribute"/>. Its
/// parameters come in this order: the context, then (posthook) the output or (throwhook) the exception,
/// then optionally the <see cref="JoinPoint"/>, then the call's arguments, the receiver first. Arguments are typed,
/// generic, or swallowed whole by <c>params object?[] args</c> or, without boxing, by
/// <c>TArgs args where TArgs : struct, ITuple</c>. Of the rules of one kind that match a call, the most
/// specific one runs.</para>
/// </remarks>
public abstract class RuleAttribute : Attribute
{
    private protected RuleAttribute()
    {
    }

    private protected RuleAttribute(Type declaringType, string name, Access access = Access.Any)
    {
        DeclaringType = declaringType;
        Name = name;
        Access = access;
    }

    private protected RuleAttribute(Type declaringType, Access access)
    {
        DeclaringType = declaringType;
        Access = access;
    }

    private protected RuleAttribute(string pointcut)
    {
        Pointcut = pointcut;
    }

    /// <summary>The type that declares the target, open if it is generic; none if the rule is not narrowed by it.</summary>
    public Type? DeclaringType { get; }

    /// <summary>
    /// The target's name: a method's, property's or field's. It stands for all overloads that the rule's
    /// parameters match.
    /// </summary>
    public string? Name { get; }

    /// <summary>Which use of the target the rule applies to.</summary>
    public Access Access { get; }

    /// <summary>The pattern that a call has to match, if the target was given as one.</summary>
    public string? Pointcut { get; }
}
