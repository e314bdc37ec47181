// A reader and writer of a JSON-like text: recursive descent, a class hierarchy of values with overridden equality and text, an error type, a
// visitor, and values as keys of the framework's dictionaries.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

public static class Program
{
    private const string Text = """
        { "name": "cassette", "size": 12.5, "flags": [true, false, null],
          "nested": { "a": { "b": ["x", "y\n", "\u0041"] }, "empty": {}, "none": [] },
          "numbers": [0, -1, 2e3, 4.25, 1000000], "same": [1, 1, 2, 1] }
        """;

    public static void Run(TextWriter output)
    {
        Value root = new Reader(Text).ReadAll();
        output.WriteLine(root);
        output.WriteLine(new Depth().Of(root));
        var again = new Reader(root.ToString()!).ReadAll();
        output.WriteLine(root.Equals(again) + " " + (root.GetHashCode() == again.GetHashCode()));

        // Values as keys: the framework calls their equality.
        var counts = new Dictionary<Value, int>();
        foreach (Value item in ((ListValue)root["same"]).Items)
            counts[item] = counts.TryGetValue(item, out int known) ? known + 1 : 1;
        output.WriteLine(string.Join(", ", counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}*{pair.Value}")));

        // Text of objects that the framework asks for.
        output.WriteLine(string.Join("|", ((ListValue)root["numbers"]).Items));
        output.WriteLine(string.Concat(root["flags"], "/", root["size"]));
        output.WriteLine("{0} and {1:F1}", root["name"], root["size"]);
        output.WriteLine(new StringBuilder().Append(root["nested"]["a"]).Length);

        foreach (string bad in new[] { "{", "[1,]", "tru", "\"x", "{\"a\" 1}" })
        {
            try
            {
                new Reader(bad).ReadAll();
            }
            catch (SyntaxException error) when (error.At >= 0)
            {
                output.WriteLine(error.Message);
            }
        }

        try
        {
            new Reader("[").ReadAll();
        }
        catch (Exception error)
        {
            output.WriteLine(new InvalidOperationException("outer", error).InnerException!.Message);
            output.WriteLine(new AggregateException(error).Message);
        }

        var sorted = new SortedSet<Value>(((ListValue)root["numbers"]).Items, new BySize());
        output.WriteLine(sorted.Min + " " + sorted.Max);
        output.WriteLine(Settings.Indent + Settings.Names.Count);
    }
}

public static class Settings
{
    public static readonly string Indent = Repeat(' ', 2);
    public static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal) { ["n"] = "\n", ["t"] = "\t" };

    private static string Repeat(char c, int count) => new(c, count);
}

public abstract class Value : IComparable<Value>
{
    public virtual Value this[string name] => throw new KeyNotFoundException(name);

    public abstract TResult Accept<TResult>(IVisitor<TResult> visitor);

    public int CompareTo(Value? other) => string.CompareOrdinal(ToString(), other?.ToString());

    public override string ToString()
    {
        var text = new StringBuilder();
        WriteTo(text);
        return text.ToString();
    }

    public abstract void WriteTo(StringBuilder text);
}

public interface IVisitor<out TResult>
{
    TResult Visit(ObjectValue value);

    TResult Visit(ListValue value);

    TResult Visit(PlainValue value);
}

public sealed class Depth : IVisitor<int>
{
    public int Of(Value value) => value.Accept(this);

    public int Visit(ObjectValue value) => 1 + value.Members.Values.Select(Of).DefaultIfEmpty().Max();

    public int Visit(ListValue value) => 1 + value.Items.Select(Of).DefaultIfEmpty().Max();

    int IVisitor<int>.Visit(PlainValue value) => 0;
}

public sealed class BySize : IComparer<Value>
{
    public int Compare(Value? x, Value? y) => Size(x).CompareTo(Size(y));

    private static double Size(Value? value) => value is PlainValue { Content: double number } ? number : 0;
}

public sealed class ObjectValue(Dictionary<string, Value> members) : Value
{
    public Dictionary<string, Value> Members => members;

    public override Value this[string name] => members.TryGetValue(name, out Value? value) ? value : base[name];

    public override TResult Accept<TResult>(IVisitor<TResult> visitor) => visitor.Visit(this);

    public override bool Equals(object? obj) => obj is ObjectValue other && members.Count == other.Members.Count && members.All(member => other.Members.TryGetValue(member.Key, out Value? value) && value.Equals(member.Value));

    public override int GetHashCode() => members.Aggregate(17, (hash, member) => hash ^ member.Value.GetHashCode());

    public override void WriteTo(StringBuilder text)
    {
        text.Append('{');
        string separator = "";
        foreach ((string name, Value value) in members)
        {
            text.Append(separator).Append(PlainValue.Quote(name)).Append(':');
            value.WriteTo(text);
            separator = ",";
        }

        text.Append('}');
    }
}

public sealed class ListValue(List<Value> items) : Value
{
    public List<Value> Items => items;

    public override TResult Accept<TResult>(IVisitor<TResult> visitor) => visitor.Visit(this);

    public override bool Equals(object? obj) => obj is ListValue other && items.SequenceEqual(other.Items);

    public override int GetHashCode() => items.Count == 0 ? 0 : items[0].GetHashCode() * 31 + items.Count;

    public override void WriteTo(StringBuilder text)
    {
        text.Append('[');
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            items[i].WriteTo(text);
        }

        text.Append(']');
    }
}

public sealed class PlainValue(object? content) : Value
{
    public object? Content => content;

    public override TResult Accept<TResult>(IVisitor<TResult> visitor) => visitor.Visit(this);

    public override bool Equals(object? obj) => obj is PlainValue other && Equals(content, other.Content);

    public override int GetHashCode() => content?.GetHashCode() ?? 1;

    public override void WriteTo(StringBuilder text) => text.Append(content switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        double number => number.ToString(CultureInfo.InvariantCulture),
        string word => Quote(word),
        _ => throw new InvalidOperationException(),
    });

    public static string Quote(string word) => '"' + word.Replace("\n", "\\n") + '"';
}

public sealed class SyntaxException(int at, string expected) : Exception
{
    public int At => at;

    public override string Message => $"{expected} expected at {At}";
}

public ref struct Reader(string text)
{
    private readonly ReadOnlySpan<char> text = text;
    private int at;

    public Value ReadAll()
    {
        Value value = Read();
        Skip();
        return at == text.Length ? value : throw new SyntaxException(at, "end");
    }

    private Value Read()
    {
        Skip();
        return Peek() switch
        {
            '{' => ReadObject(),
            '[' => ReadList(),
            '"' => new PlainValue(ReadString()),
            't' => Word("true", true),
            'f' => Word("false", false),
            'n' => Word("null", null),
            _ => ReadNumber(),
        };
    }

    private Value ReadObject()
    {
        var members = new Dictionary<string, Value>();
        Expect('{');
        Skip();
        while (Peek() != '}')
        {
            Skip();
            string name = ReadString();
            Skip();
            Expect(':');
            members.Add(name, Read());
            Skip();
            if (Peek() == ',')
                at++;
            else if (Peek() != '}')
                throw new SyntaxException(at, "'}'");
        }

        at++;
        return new ObjectValue(members);
    }

    private Value ReadList()
    {
        var items = new List<Value>();
        Expect('[');
        Skip();
        while (Peek() != ']')
        {
            items.Add(Read());
            Skip();
            if (Peek() != ',')
                break;
            at++;
            Skip();
            if (Peek() == ']')
                throw new SyntaxException(at, "value");
        }

        Expect(']');
        return new ListValue(items);
    }

    private string ReadString()
    {
        Expect('"');
        var word = new StringBuilder();
        while (Peek() != '"')
        {
            char c = at < text.Length ? text[at++] : throw new SyntaxException(at, "'\"'");
            if (c != '\\')
                word.Append(c);
            else if (text[at++] is 'u')
                word.Append((char)int.Parse(text.Slice(at, 4), NumberStyles.HexNumber)).Append(Advance(4));
            else
                word.Append(Settings.Names.GetValueOrDefault(text[at - 1].ToString(), text[at - 1].ToString()));
        }

        at++;
        return word.ToString();
    }

    private string Advance(int count)
    {
        at += count;
        return "";
    }

    private Value Word(string word, object? value)
    {
        if (!text[at..].StartsWith(word))
            throw new SyntaxException(at, word);
        at += word.Length;
        return new PlainValue(value);
    }

    private Value ReadNumber()
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '-' or '+' or '.' or 'e'))
            at++;
        return double.TryParse(text[start..at], CultureInfo.InvariantCulture, out double number) ? new PlainValue(number) : throw new SyntaxException(start, "value");
    }

    private void Skip()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
    }

    private readonly char Peek() => at < text.Length ? text[at] : '\0';

    private void Expect(char c)
    {
        if (Peek() != c)
            throw new SyntaxException(at, $"'{c}'");
        at++;
    }
}
