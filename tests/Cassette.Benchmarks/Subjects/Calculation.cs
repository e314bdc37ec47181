using System;

namespace Cassette.Benchmarks.Subjects;

/// <summary>A parser by recursive descent: numbers, names, + - * / and brackets, with blanks between them.</summary>
internal sealed class Calculation(string text)
{
    private int at;

    public static double Evaluate(string text) => new Calculation(text).All();

    private double All()
    {
        double value = Sum();
        if (at < text.Length)
            throw new FormatException($"Unexpected '{text[at]}' at {at}.");
        return value;
    }

    private double Sum()
    {
        double value = Product();
        while (true)
        {
            if (Accept('+'))
                value += Product();
            else if (Accept('-'))
                value -= Product();
            else
                return value;
        }
    }

    private double Product()
    {
        double value = Operand();
        while (true)
        {
            if (Accept('*'))
                value *= Operand();
            else if (Accept('/'))
                value /= Operand();
            else
                return value;
        }
    }

    private double Operand()
    {
        if (Accept('('))
        {
            double value = Sum();
            if (!Accept(')'))
                throw new FormatException($"No ')' at {at}.");
            return value;
        }

        return at < text.Length && char.IsAsciiLetter(text[at]) ? Name() : Number();
    }

    private double Name()
    {
        int hash = 0;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
            hash = hash * 31 + text[at++];
        SkipBlanks();
        return 1 + (hash & 15);
    }

    private double Number()
    {
        int start = at;
        double value = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            value = value * 10 + (text[at++] - '0');
        if (at < text.Length && text[at] == '.')
        {
            at++;
            for (double digit = 0.1; at < text.Length && char.IsAsciiDigit(text[at]); digit /= 10)
                value += digit * (text[at++] - '0');
        }

        if (at == start)
            throw new FormatException($"No operand at {at}.");
        SkipBlanks();
        return value;
    }

    private bool Accept(char expected)
    {
        if (at >= text.Length || text[at] != expected)
            return false;
        at++;
        SkipBlanks();
        return true;
    }

    private void SkipBlanks()
    {
        while (at < text.Length && text[at] == ' ')
            at++;
    }
}
