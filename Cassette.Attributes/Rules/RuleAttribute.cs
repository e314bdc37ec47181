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
/// <para>A posthook's parameter after the context is the output, unless it is the <see cref="JoinPoint"/> or
/// swallows the arguments. Without one, or with an <c>object?</c>, it sees calls whatever they return
/// (nothing is <see langword="null"/>); with a typed one those that return that type; with a generic one those
/// whose result satisfies the constraints (nothing is <see cref="Nothing"/>).</para>
/// <para>Where a parameter is narrower than an argument's static type, the argument is tested at run time; a
/// generic parameter is bound from static types alone. An argument passed by reference is taken by
/// <c>ref</c> or <c>in</c>, or copied by a parameter of its type; an <c>out</c> argument is taken by <c>out</c> or
/// <c>ref</c>, and by a posthook also as a value. A target's members are also meant where a call names them through
/// a base class or an interface, if the receiver turns out to be of the target's type.</para>
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
