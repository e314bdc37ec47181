// An interpreter of a small language: tokens by an iterator, a Pratt parser of delegates, records for syntax, environments of closures,
// exceptions for control flow, and built-in functions that are delegates of the framework's own methods.
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;

public static class Program
{
    private const string Script = """
        let twice = fn f -> fn x -> f(f(x));
        let add = fn a -> fn b -> a + b;
        let fact = fn n -> if n < 2 then 1 else n * fact(n - 1);
        print twice(add(3))(10);
        print fact(10);
        print abs(0 - 7) + max(3, 9);
        let count = fn n -> if n < 1 then 0 else 1 + count(n - 1);
        print count(50);
        print sum(1, 2, 3, 4);
        stop 42;
        print 0;
        """;

    public static void Run(TextWriter output)
    {
        var machine = new Machine(output);
        foreach (Token token in Lexer.Tokens("let x = 1 < 2;"))
            output.Write($"{token} ");
        output.WriteLine();
        foreach (Statement statement in new Parser(Lexer.Tokens(Script)).Statements())
        {
            try
            {
                machine.Execute(statement);
            }
            catch (StopException stop)
            {
                output.WriteLine($"stopped with {stop.Result}");
                break;
            }
        }

        output.WriteLine(new Parser(Lexer.Tokens("print f(1 + 2 * 3, -4);")).Statements().Single());
        output.WriteLine(string.Join(" ", machine.Globals.OrderBy(name => name, new LengthFirst())));
        foreach (string wrong in new[] { "print 1 +;", "print nothing;", "let 1 = 2;", "print 1(2);" })
        {
            try
            {
                new Parser(Lexer.Tokens(wrong)).Statements().ToList().ForEach(machine.Execute);
            }
            catch (LanguageException error)
            {
                output.WriteLine(error.Message);
            }
        }
    }
}

public sealed class LengthFirst : IComparer<string>
{
    public int Compare(string? x, string? y) => (x!.Length, x).CompareTo((y!.Length, y));
}

public enum Kind { Number, Name, Symbol, End }

public readonly record struct Token(Kind Kind, string Text)
{
    public override string ToString() => Kind == Kind.End ? "<end>" : Text;
}

public static class Lexer
{
    public static IEnumerable<Token> Tokens(string text)
    {
        int i = 0;
        while (i < text.Length)
        {
            int start = i;
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            if (char.IsAsciiDigit(text[i]))
            {
                while (i < text.Length && char.IsAsciiDigit(text[i]))
                    i++;
                yield return new Token(Kind.Number, text[start..i]);
            }
            else if (char.IsLetter(text[i]))
            {
                while (i < text.Length && char.IsLetter(text[i]))
                    i++;
                yield return new Token(Kind.Name, text[start..i]);
            }
            else
            {
                i += text[i] == '-' && i + 1 < text.Length && text[i + 1] == '>' ? 2 : 1;
                yield return new Token(Kind.Symbol, text[start..i]);
            }
        }

        yield return new Token(Kind.End, "");
    }
}

public abstract record Expression;
public sealed record Number(long Value) : Expression;
public sealed record Name(string Text) : Expression;
public sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;
public sealed record Negation(Expression Operand) : Expression;
public sealed record Function(string Parameter, Expression Body) : Expression;
public sealed record Choice(Expression Condition, Expression Then, Expression Else) : Expression;

public sealed record Call(Expression Callee, IReadOnlyList<Expression> Arguments) : Expression
{
    public override string ToString() => $"{Callee}({string.Join(", ", Arguments)})";
}

public abstract record Statement;
public sealed record Let(string Name, Expression Value) : Statement;
public sealed record Print(Expression Value) : Statement;
public sealed record Stop(Expression Value) : Statement;

public class LanguageException(string message) : Exception(message)
{
    public override string Message => "error: " + base.Message;
}

public sealed class StopException(long result) : LanguageException("stop")
{
    public long Result { get; } = result;
}

public sealed class Parser(IEnumerable<Token> source)
{
    private static readonly Dictionary<string, (int Power, Func<Parser, Expression, Expression> Parse)> Infix = new()
    {
        ["<"] = (1, (parser, left) => parser.Operation("<", left, 2)),
        ["+"] = (2, (parser, left) => parser.Operation("+", left, 3)),
        ["-"] = (2, (parser, left) => parser.Operation("-", left, 3)),
        ["*"] = (3, (parser, left) => parser.Operation("*", left, 4)),
        ["("] = (9, (parser, left) => parser.Arguments(left)),
    };

    private readonly Queue<Token> tokens = new(source);

    public IEnumerable<Statement> Statements()
    {
        while (tokens.Peek().Kind != Kind.End)
        {
            string word = tokens.Dequeue().Text;
            Statement statement = word switch
            {
                "let" => new Let(Identifier(), After("=")),
                "print" => new Print(Parse(0)),
                "stop" => new Stop(Parse(0)),
                _ => throw new LanguageException($"'{word}' begins no statement"),
            };
            Take(";");
            yield return statement;
        }
    }

    private Expression After(string symbol)
    {
        Take(symbol);
        return Parse(0);
    }

    private Expression Parse(int power)
    {
        Expression left = Prefix(tokens.Dequeue());
        while (Infix.TryGetValue(tokens.Peek().Text, out var rule) && rule.Power > power)
        {
            tokens.Dequeue();
            left = rule.Parse(this, left);
        }

        return left;
    }

    private Expression Prefix(Token token) => token switch
    {
        { Kind: Kind.Number } => new Number(long.Parse(token.Text)),
        { Text: "fn" } => new Function(Identifier(), After("->")),
        { Text: "if" } => new Choice(Parse(0), After("then"), After("else")),
        { Text: "-" } => new Negation(Parse(8)),
        { Kind: Kind.Name } => new Name(token.Text),
        _ => throw new LanguageException($"'{token}' begins no expression"),
    };

    private Expression Operation(string symbol, Expression left, int power) => new Binary(symbol, left, Parse(power - 1));

    private Expression Arguments(Expression callee)
    {
        var arguments = new List<Expression> { Parse(0) };
        while (tokens.Peek().Text == ",")
        {
            tokens.Dequeue();
            arguments.Add(Parse(0));
        }

        Take(")");
        return new Call(callee, arguments);
    }

    private string Identifier() => tokens.Dequeue() is { Kind: Kind.Name } name ? name.Text : throw new LanguageException("a name is missing");

    private void Take(string symbol)
    {
        if (tokens.Dequeue() is var token && token.Text != symbol)
            throw new LanguageException($"'{symbol}' is missing before '{token}'");
    }
}

public sealed class Scope(Scope? outer) : IEnumerable<string>
{
    private readonly Dictionary<string, object> values = [];

    public object this[string name]
    {
        get => values.TryGetValue(name, out object? value) ? value : outer?[name] ?? throw new LanguageException($"'{name}' is not known");
        set => values[name] = value;
    }

    public IEnumerator<string> GetEnumerator() => values.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public sealed class Machine
{
    private delegate object Builtin(params long[] arguments);

    private readonly TextWriter output;
    private readonly Scope globals = new(null);

    public Machine(TextWriter output)
    {
        this.output = output;
        Func<long, long> absolute = Math.Abs;
        Func<long, long, long> largest = Math.Max;
        globals["abs"] = (Builtin)(arguments => absolute(arguments[0]));
        globals["max"] = (Builtin)(arguments => largest(arguments[0], arguments[1]));
        globals["sum"] = (Builtin)(arguments => arguments.Sum());
    }

    public IEnumerable<string> Globals => globals;

    public void Execute(Statement statement)
    {
        switch (statement)
        {
            case Let(var name, var value):
                globals[name] = Evaluate(value, globals);
                break;
            case Print { Value: var value }:
                output.WriteLine(Evaluate(value, globals));
                break;
            case Stop stop:
                throw new StopException((long)Evaluate(stop.Value, globals));
        }
    }

    private object Evaluate(Expression expression, Scope scope)
    {
        switch (expression)
        {
            case Number number:
                return number.Value;
            case Name name:
                return scope[name.Text];
            case Negation negation:
                return -Numeric(negation.Operand, scope);
            case Choice choice:
                return Evaluate((bool)Evaluate(choice.Condition, scope) ? choice.Then : choice.Else, scope);
            case Function function:
                return (Func<object, object>)(argument => Evaluate(function.Body, new Scope(scope) { [function.Parameter] = argument }));
            case Binary { Operator: "<" } binary:
                return Numeric(binary.Left, scope) < Numeric(binary.Right, scope);
            case Binary binary:
                return Operators[binary.Operator](Numeric(binary.Left, scope), Numeric(binary.Right, scope));
            case Call call:
                return Evaluate(call.Callee, scope) switch
                {
                    Func<object, object> function => function(Evaluate(call.Arguments[0], scope)),
                    Builtin builtin => builtin([.. call.Arguments.Select(argument => Numeric(argument, scope))]),
                    var other => throw new LanguageException($"{other} is no function"),
                };
            default:
                throw new LanguageException(expression.ToString());
        }
    }

    private static readonly Dictionary<string, Func<long, long, long>> Operators = new()
    {
        ["+"] = (a, b) => checked(a + b),
        ["-"] = (a, b) => checked(a - b),
        ["*"] = (a, b) => checked(a * b),
    };

    private long Numeric(Expression expression, Scope scope) =>
        Evaluate(expression, scope) is long number ? number : throw new LanguageException("a number is missing");
}
