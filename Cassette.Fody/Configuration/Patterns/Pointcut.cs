using System.Linq;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// Says which call sites a rule applies to. <see cref="object.ToString"/> gives text that parses to an equal
/// pointcut. Parse one with <see cref="PatternParser.ParsePointcut"/>, match it with
/// <see cref="PatternMatcher"/>.
/// </summary>
/// <example>
/// <c>call(* MyLib..*.Get*(int, ..)) &amp;&amp; within(MyLib.Pricing..*) &amp;&amp; !@attribute(Obsolete)</c>
/// </example>
public abstract record Pointcut
{
    /// <summary>How tightly the printed form binds: a child that binds no tighter gets parentheses.</summary>
    private protected abstract int Precedence { get; }

    private protected abstract string Print();

    /// <inheritdoc/>
    public sealed override string ToString() => Print();

    private protected string PrintOperand(Pointcut operand) =>
        operand.Precedence > Precedence ? operand.ToString() : "(" + operand + ")";

    private protected string PrintOperands(PatternList<Pointcut> operands, string separator) =>
        string.Join(separator, operands.Select(PrintOperand));
}

/// <summary><c>a || b || ...</c></summary>
/// <param name="Operands">Two or more.</param>
public sealed record OrPointcut(PatternList<Pointcut> Operands) : Pointcut
{
    private protected override int Precedence => 0;

    private protected override string Print() => PrintOperands(Operands, " || ");
}

/// <summary><c>a &amp;&amp; b &amp;&amp; ...</c>, which binds tighter than <c>||</c>.</summary>
/// <param name="Operands">Two or more.</param>
public sealed record AndPointcut(PatternList<Pointcut> Operands) : Pointcut
{
    private protected override int Precedence => 1;

    private protected override string Print() => PrintOperands(Operands, " && ");
}

/// <summary><c>!a</c></summary>
public sealed record NotPointcut(Pointcut Operand) : Pointcut
{
    private protected override int Precedence => 2;

    // !!a needs no parentheses.
    private protected override string Print() =>
        "!" + (Operand is NotPointcut ? Operand.ToString() : PrintOperand(Operand));
}

/// <summary><c>call(...)</c>: a call of a method, accessors included, constructors not.</summary>
public sealed record CallPointcut(MemberPattern Member) : Pointcut
{
    private protected override int Precedence => 3;

    private protected override string Print() => "call(" + Member + ")";
}

/// <summary><c>get(...)</c>: a read of a property or a field.</summary>
public sealed record GetPointcut(MemberPattern Member) : Pointcut
{
    private protected override int Precedence => 3;

    private protected override string Print() => "get(" + Member + ")";
}

/// <summary><c>set(...)</c>: a write of a property or a field.</summary>
public sealed record SetPointcut(MemberPattern Member) : Pointcut
{
    private protected override int Precedence => 3;

    private protected override string Print() => "set(" + Member + ")";
}

/// <summary><c>new(...)</c>: the creation of an object or value by a constructor.</summary>
/// <param name="Type">The type created.</param>
/// <param name="Parameters">Of the constructor; null for any.</param>
public sealed record NewPointcut(TypePattern Type, PatternList<TypePattern>? Parameters) : Pointcut
{
    private protected override int Precedence => 3;

    private protected override string Print() =>
        "new(" + Type + (Parameters is null ? "" : "(" + Parameters + ")") + ")";
}

/// <summary><c>within(...)</c>: the call stands in a type that matches, or in one nested in it.</summary>
public sealed record WithinPointcut(TypePattern Type) : Pointcut
{
    private protected override int Precedence => 3;

    private protected override string Print() => "within(" + Type + ")";
}

/// <summary>
/// <c>@attribute(...)</c>: the callee, the property or event it is an accessor of, or a type around it
/// carries an attribute whose type matches. The suffix <c>Attribute</c> may be left out.
/// </summary>
public sealed record AttributePointcut(TypePattern Type) : Pointcut
{
    private protected override int Precedence => 3;

    private protected override string Print() => "@attribute(" + Type + ")";
}
