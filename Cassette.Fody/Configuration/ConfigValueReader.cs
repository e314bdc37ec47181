using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>A piece of text from the configuration that knows where it stands.</summary>
internal sealed record ConfigValue(string Text, ITextOrigin Origin)
{
    public SourcePosition? Position => Origin.PositionOf(0);
}

/// <summary>Reads values, and reports those that are not of the type asked for.</summary>
internal sealed class ConfigValueReader(ConfigSource source, DiagnosticBag diagnostics)
{
    public bool Boolean(XElement element, string attribute, bool otherwise)
    {
        if (Attribute(element, attribute) is not { } value)
            return otherwise;
        switch (value.Text)
        {
            case "true" or "1":
                return true;
            case "false" or "0":
                return false;
            default:
                diagnostics.Report(DiagnosticCatalog.InvalidBoolean, value.Position, attribute, value.Text);
                return otherwise;
        }
    }

    public int Integer(XElement element, string attribute, int least, int greatest, int otherwise, DiagnosticDescriptor outOfRange)
    {
        if (Attribute(element, attribute) is not { } value)
            return otherwise;
        if (!int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            diagnostics.Report(DiagnosticCatalog.InvalidInteger, value.Position, attribute, value.Text, otherwise);
            return otherwise;
        }

        if (number >= least && number <= greatest)
            return number;
        diagnostics.Report(outOfRange, value.Position, value.Text, least, greatest);
        return otherwise;
    }

    /// <summary>An attribute's value without white space around it, or null where it is missing.</summary>
    public ConfigValue? Attribute(XElement element, string name) =>
        element.Attribute(name) is { } attribute
            ? Trim(attribute.Value, source.OriginOf(attribute))
            : null;

    /// <summary>As <see cref="Attribute"/>, but reports where it is missing or empty.</summary>
    public ConfigValue? RequiredAttribute(XElement element, string name, string example)
    {
        if (Attribute(element, name) is not { } value)
        {
            diagnostics.Report(
                DiagnosticCatalog.MissingAttribute, source.PositionOf(element), element.Name.LocalName, name, example);
            return null;
        }

        return NotEmpty(value, name, example);
    }

    /// <summary>An element's text without white space around it; may be empty.</summary>
    public ConfigValue Text(XElement element) =>
        Trim(string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value)), source.OriginOfText(element));

    /// <summary>As <see cref="Text"/>, but reports and gives null where it is empty.</summary>
    public ConfigValue? RequiredText(XElement element, string example)
    {
        ConfigValue value = Text(element);
        if (value.Text.Length > 0)
            return value;
        diagnostics.Report(
            DiagnosticCatalog.EmptyValue, source.PositionOf(element), "<" + element.Name.LocalName + ">", example);
        return null;
    }

    /// <summary>The value, or null, reported, where it is empty.</summary>
    public ConfigValue? NotEmpty(ConfigValue value, string what, string example)
    {
        if (value.Text.Length > 0)
            return value;
        diagnostics.Report(DiagnosticCatalog.EmptyValue, value.Position, what, example);
        return null;
    }

    private static ConfigValue Trim(string text, ITextOrigin origin)
    {
        string trimmed = text.Trim();
        int start = trimmed.Length == 0 ? 0 : text.Length - text.TrimStart().Length;
        return new ConfigValue(trimmed, start == 0 ? origin : new TrimmedOrigin(origin, start));
    }
}
