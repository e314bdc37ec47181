using System.Globalization;
using System.Text;

namespace Cassette.Fody.Reporting;

/// <summary>Writes indented JSON (RFC 8259). Commas and line breaks come by themselves; the caller keeps begin and end in balance.</summary>
internal sealed class JsonText
{
    private readonly StringBuilder text = new();
    private int depth;
    private bool isEmpty = true;
    private bool isNamed;

    public JsonText BeginObject() => Begin('{');

    public JsonText EndObject() => End('}');

    public JsonText BeginArray() => Begin('[');

    public JsonText EndArray() => End(']');

    /// <summary>The name of the member whose value is written next.</summary>
    public JsonText Name(string name)
    {
        Separate();
        Quote(name);
        text.Append(": ");
        isNamed = true;
        return this;
    }

    public JsonText Value(string? value)
    {
        Separate();
        if (value is null)
            text.Append("null");
        else
            Quote(value);
        return this;
    }

    public JsonText Value(int value)
    {
        Separate();
        text.Append(value.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    public JsonText Value(bool value)
    {
        Separate();
        text.Append(value ? "true" : "false");
        return this;
    }

    public override string ToString() => text + "\n";

    private JsonText Begin(char bracket)
    {
        Separate();
        text.Append(bracket);
        depth++;
        isEmpty = true;
        return this;
    }

    private JsonText End(char bracket)
    {
        depth--;
        if (!isEmpty)
            NewLine();
        text.Append(bracket);
        isEmpty = false;
        return this;
    }

    private void Separate()
    {
        if (isNamed)
        {
            isNamed = false;
            return;
        }
        if (!isEmpty)
            text.Append(',');
        isEmpty = false;
        if (depth > 0)
            NewLine();
    }

    private void NewLine() => text.Append('\n').Append(' ', depth * 2);

    private void Quote(string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c < ' ' || char.IsSurrogate(c))
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }
        text.Append('"');
    }
}
