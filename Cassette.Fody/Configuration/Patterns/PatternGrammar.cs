using System.Collections.Generic;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// The productions for pointcuts and members, by recursive descent. Types are in <see cref="TypeGrammar"/>.
/// <code>
/// pointcut  = and { ("||" | "or") and }
/// and       = unary { ("&amp;&amp;" | "and") unary }
/// unary     = ("!" | "not") unary | "(" pointcut ")" | primary
/// primary   = ("call" | "get" | "set") "(" member ")" | "new" "(" type [parameters] ")"
///           | "within" "(" type ")" | "@attribute" "(" type ")"
/// member    = { ["!"] modifier } [type] name [parameters]
/// parameters= "(" [ parameter { "," parameter } ] ")"
/// parameter = ".." | ["ref" | "in" | "out"] type
/// </code>
/// </summary>
internal sealed class PatternGrammar
{
    public const string PointcutExample = "call(* MyLib..*.Get*(int, ..)) && within(MyLib..*)";
    public const string MethodExample = "MyLib.Model::Get*(int, ..)";
    public const string TypeExample = "MyLib.Pricing..*";

    private static readonly string[] Kinds = ["call", "get", "set", "new", "within", "@attribute"];

    private readonly PatternTokenReader _reader;
    private readonly NestingGuard _nesting;
    private readonly TypeGrammar _types;

    public PatternGrammar(string text, string example)
    {
        _reader = new PatternTokenReader(text, example);
        _nesting = new NestingGuard(_reader);
        _types = new TypeGrammar(_reader, _nesting);
    }

    public Pointcut WholePointcut()
    {
        Pointcut pointcut = Or();
        _reader.ExpectEnd();
        return pointcut;
    }

    public TypePattern WholeType()
    {
        TypePattern type = _types.Type();
        _reader.ExpectEnd();
        return type;
    }

    /// <summary>A bare type stands for all its methods; a member needs <c>::</c>.</summary>
    public MethodPattern WholeMethodPattern()
    {
        bool hasMember = false;
        for (int start = _reader.Position; ; )
        {
            hasMember |= _reader.Is(PatternTokenKind.ColonColon);
            if (_reader.Take().Kind == PatternTokenKind.End)
            {
                _reader.Position = start;
                break;
            }
        }

        if (!hasMember)
            return new MethodPattern(WholeType());
        MemberPattern member = Member(allowParameters: true, "");
        _reader.ExpectEnd();
        return new MethodPattern(member);
    }

    private Pointcut Or()
    {
        _nesting.Enter();
        var operands = new List<Pointcut> { And() };
        while (TakeOperator(PatternTokenKind.Or, "or"))
            operands.Add(And());
        _nesting.Leave();
        return operands.Count == 1 ? operands[0] : new OrPointcut(new PatternList<Pointcut>(operands));
    }

    private Pointcut And()
    {
        var operands = new List<Pointcut> { Unary() };
        while (TakeOperator(PatternTokenKind.And, "and"))
            operands.Add(Unary());
        return operands.Count == 1 ? operands[0] : new AndPointcut(new PatternList<Pointcut>(operands));
    }

    private bool TakeOperator(PatternTokenKind kind, string word)
    {
        if (!_reader.Is(kind) && !_reader.IsWord(word))
            return false;
        _reader.Take();
        return true;
    }

    private Pointcut Unary()
    {
        _nesting.Enter();
        Pointcut result;
        if (TakeOperator(PatternTokenKind.Not, "not"))
        {
            result = new NotPointcut(Unary());
        }
        else if (_reader.Is(PatternTokenKind.OpenParenthesis))
        {
            PatternToken opening = _reader.Take();
            result = Or();
            _reader.Close(opening, PatternTokenKind.CloseParenthesis, ")", "'&&', '||' or ");
        }
        else
        {
            result = Primary();
        }

        _nesting.Leave();
        return result;
    }

    private Pointcut Primary()
    {
        PatternToken start = _reader.Current;
        string prefix = _reader.TryTake(PatternTokenKind.At) ? "@" : "";
        if (!_reader.Is(PatternTokenKind.Word))
            throw _reader.Expected(prefix.Length > 0 ? "'attribute'" : "a pointcut such as call(...)");

        PatternToken word = _reader.Take();
        string kind = prefix + word.Text;
        if (System.Array.IndexOf(Kinds, kind) < 0)
        {
            throw new PatternSyntaxException(
                DiagnosticCatalog.UnknownPointcut, start.Offset,
                kind, start.Offset + 1, _reader.Text, SuggestionFinder.Phrase(kind, Kinds));
        }

        PatternToken opening = _reader.Expect(PatternTokenKind.OpenParenthesis, "'('");
        Pointcut result = kind switch
        {
            "call" => new CallPointcut(Member(allowParameters: true, kind)),
            "get" => new GetPointcut(Member(allowParameters: false, kind)),
            "set" => new SetPointcut(Member(allowParameters: false, kind)),
            "new" => new NewPointcut(_types.Type(), OptionalParameters()),
            "within" => new WithinPointcut(_types.Type()),
            _ => new AttributePointcut(_types.Type()),
        };
        _reader.Close(opening, PatternTokenKind.CloseParenthesis, ")", "");
        return result;
    }

    private MemberPattern Member(bool allowParameters, string pointcut)
    {
        PatternList<ModifierPattern> modifiers = Modifiers();
        TypePattern? returnType = _types.TypeBeforeName();
        MemberName name = _types.MemberName();
        if (!allowParameters && _reader.Is(PatternTokenKind.OpenParenthesis))
        {
            throw new PatternSyntaxException(
                DiagnosticCatalog.ParametersNotAllowed, _reader.Current.Offset,
                pointcut, _reader.Current.Offset + 1, _reader.Text);
        }

        return new MemberPattern(
            modifiers, returnType, name.DeclaringType, name.Name, name.TypeArguments,
            allowParameters ? OptionalParameters() : null);
    }

    private PatternList<ModifierPattern> Modifiers()
    {
        var modifiers = new List<ModifierPattern>();
        while (true)
        {
            bool isNegated = _reader.Is(PatternTokenKind.Not);
            PatternToken word = isNegated ? _reader.Next : _reader.Current;
            if (word.Kind != PatternTokenKind.Word || !MemberModifiers.TryParse(word.Text, out MemberModifier modifier))
            {
                if (isNegated)
                    throw _reader.Expected("a modifier after '!', or a member");
                return new PatternList<ModifierPattern>(modifiers);
            }

            if (isNegated)
                _reader.Take();
            if (!isNegated && !_reader.Next.HasSpaceBefore)
                return new PatternList<ModifierPattern>(modifiers);
            _reader.Take();
            foreach (ModifierPattern earlier in modifiers)
            {
                if (Contradicts(earlier, modifier, isNegated))
                {
                    throw new PatternSyntaxException(
                        DiagnosticCatalog.ConflictingModifiers, word.Offset,
                        word.Text, word.Offset + 1, _reader.Text, earlier);
                }
            }

            modifiers.Add(new ModifierPattern(modifier, isNegated));
        }
    }

    private static bool Contradicts(ModifierPattern earlier, MemberModifier modifier, bool isNegated)
    {
        if (earlier.Modifier == modifier)
            return true;
        if (earlier.IsNegated || isNegated)
            return false;

        // "protected internal" is one accessibility; every other pair of two excludes the other.
        bool areBothAccess = IsAccess(earlier.Modifier) && IsAccess(modifier);
        bool isProtectedInternal = earlier.Modifier is MemberModifier.Protected or MemberModifier.Internal
            && modifier is MemberModifier.Protected or MemberModifier.Internal;
        return areBothAccess && !isProtectedInternal;
    }

    private static bool IsAccess(MemberModifier modifier) => modifier <= MemberModifier.Private;

    private PatternList<TypePattern>? OptionalParameters()
    {
        if (!_reader.Is(PatternTokenKind.OpenParenthesis))
            return null;
        PatternToken opening = _reader.Take();
        var parameters = new List<TypePattern>();
        if (!_reader.Is(PatternTokenKind.CloseParenthesis))
        {
            do
                parameters.Add(Parameter());
            while (_reader.TryTake(PatternTokenKind.Comma));
        }

        _reader.Close(opening, PatternTokenKind.CloseParenthesis, ")", "',' or ");
        return new PatternList<TypePattern>(parameters);
    }

    private TypePattern Parameter()
    {
        bool isName = _reader.Next.Kind == PatternTokenKind.Word && !_reader.Next.HasSpaceBefore;
        if (_reader.Is(PatternTokenKind.DotDot) && !isName)
        {
            _reader.Take();
            return AnyParameters.Instance;
        }

        return _types.TypeOrByRef(allowVoid: false);
    }
}
