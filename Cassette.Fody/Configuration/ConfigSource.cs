using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>
/// The <c>&lt;Cassette&gt;</c> element together with the file it stands in. The element that Fody hands over
/// has lost its line numbers, so the file is read again.
/// </summary>
internal sealed class ConfigSource
{
    private readonly string? _path;
    private readonly XmlText? _text;

    private ConfigSource(XElement element, string? path, XmlText? text)
    {
        Element = element;
        _path = path;
        _text = text;
    }

    /// <summary>The element to read.</summary>
    public XElement Element { get; }

    /// <summary>The element as given, with the file's name at most.</summary>
    public static ConfigSource WithoutPositions(XElement element, string? path) => new(element, path, null);

    /// <summary>
    /// The element as it stands in the file, or null, with a diagnostic, where the file cannot be read, is
    /// not XML or has no such element.
    /// </summary>
    public static ConfigSource? Load(string path, DiagnosticBag diagnostics)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            diagnostics.Report(
                DiagnosticCatalog.UnreadableConfiguration, new SourcePosition(path, 0, 0), path,
                fault.Message.TrimEnd('.'));
            return null;
        }

        return Parse(path, text, diagnostics);
    }

    /// <summary>As <see cref="Load"/>, for text at hand.</summary>
    public static ConfigSource? Parse(string path, string text, DiagnosticBag diagnostics)
    {
        XDocument document;
        try
        {
            document = XDocument.Parse(text, LoadOptions.SetLineInfo);
        }
        catch (XmlException fault)
        {
            diagnostics.Report(
                DiagnosticCatalog.MalformedXml, new SourcePosition(path, fault.LineNumber, fault.LinePosition),
                WithoutPosition(fault.Message));
            return null;
        }

        var file = new XmlText(path, text);
        List<XElement> elements = Candidates(document.Root!).ToList();
        if (elements.Count == 0)
        {
            diagnostics.Report(
                DiagnosticCatalog.MissingWeaverElement, new SourcePosition(path, 0, 0), Path.GetFileName(path));
            return null;
        }

        var source = new ConfigSource(elements[0], path, file);
        foreach (XElement duplicate in elements.Skip(1))
        {
            diagnostics.Report(
                DiagnosticCatalog.DuplicateWeaverElement, source.PositionOf(duplicate),
                ((IXmlLineInfo)elements[0]).LineNumber);
        }

        return source;
    }

    /// <summary>Where an element's or attribute's name stands.</summary>
    public SourcePosition? PositionOf(XObject node)
    {
        if (_path is null)
            return null;
        IXmlLineInfo info = node;
        return _text is not null && info.HasLineInfo()
            ? new SourcePosition(_path, info.LineNumber, info.LinePosition)
            : new SourcePosition(_path, 0, 0);
    }

    /// <summary>Where the characters of an attribute's value stand.</summary>
    public ITextOrigin OriginOf(XAttribute attribute)
    {
        IXmlLineInfo info = attribute;
        if (_text is null || !info.HasLineInfo())
            return new FixedOrigin(PositionOf(attribute));
        int equals = _text.Text.IndexOf('=', _text.OffsetOf(info.LineNumber, info.LinePosition));
        int quote = _text.Text.IndexOfAny(['"', '\''], equals);
        var origin = new XmlTextOrigin(_text);
        origin.Add(quote + 1, attribute.Value.Length, isLiteral: false);
        return origin;
    }

    /// <summary>Where the characters of an element's text stand.</summary>
    public ITextOrigin OriginOfText(XElement element)
    {
        if (_text is null || !element.Nodes().OfType<XText>().Any())
            return new FixedOrigin(PositionOf(element));
        var origin = new XmlTextOrigin(_text);
        foreach (XText text in element.Nodes().OfType<XText>())
        {
            IXmlLineInfo info = text;
            origin.Add(_text.OffsetOf(info.LineNumber, info.LinePosition), text.Value.Length, text is XCData);
        }

        return origin;
    }

    private static IEnumerable<XElement> Candidates(XElement root) =>
        root.Name.LocalName == ElementShape.Weaver
            ? [root]
            : root.Elements().Where(element => element.Name.LocalName == ElementShape.Weaver);

    /// <summary>The parser repeats the position at the end of its message.</summary>
    private static string WithoutPosition(string message)
    {
        int position = message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return (position < 0 ? message : message.Substring(0, position)).TrimEnd('.');
    }
}
