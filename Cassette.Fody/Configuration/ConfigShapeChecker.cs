using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>Reports what the schema does not know: attributes, elements and text in the wrong places.</summary>
internal sealed class ConfigShapeChecker(ConfigSource source, DiagnosticBag diagnostics)
{
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Checks <paramref name="element"/> and gives its children that are known in this place.</summary>
    public IReadOnlyList<XElement> Check(XElement element, ElementShape shape)
    {
        foreach (XAttribute attribute in element.Attributes())
            CheckAttribute(attribute, shape);
        if (!shape.HasText)
            CheckNoText(element, shape);
        return element.Elements().Where(child => IsKnown(child, shape)).ToList();
    }

    private void CheckAttribute(XAttribute attribute, ElementShape shape)
    {
        string name = attribute.Name.LocalName;
        string @namespace = attribute.Name.NamespaceName;
        if (attribute.IsNamespaceDeclaration || @namespace == SchemaInstance || @namespace == XNamespace.Xml.NamespaceName)
            return;
        if (@namespace.Length > 0)
        {
            diagnostics.Report(DiagnosticCatalog.NamespacedName, source.PositionOf(attribute), name, @namespace);
        }
        else if (!shape.Attributes.Contains(name, StringComparer.Ordinal))
        {
            diagnostics.Report(
                DiagnosticCatalog.UnknownAttribute, source.PositionOf(attribute),
                shape.Name, name, SuggestionFinder.Phrase(name, shape.Attributes), Listing(shape.Attributes));
        }
    }

    private void CheckNoText(XElement element, ElementShape shape)
    {
        string text = string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value));
        int start = text.Length - text.TrimStart().Length;
        if (start == text.Length)
            return;
        ITextOrigin origin = source.OriginOfText(element);
        string shown = text.Trim();
        int lineEnd = shown.IndexOf('\n');
        diagnostics.Report(
            DiagnosticCatalog.UnexpectedText, origin.PositionOf(start),
            shape.Name, (lineEnd < 0 ? shown : shown.Substring(0, lineEnd)).TrimEnd());
    }

    private bool IsKnown(XElement child, ElementShape shape)
    {
        string name = child.Name.LocalName;
        if (child.Name.NamespaceName.Length > 0)
        {
            diagnostics.Report(
                DiagnosticCatalog.NamespacedName, source.PositionOf(child), name, child.Name.NamespaceName);
            return false;
        }

        if (shape.Children.Contains(name, StringComparer.Ordinal))
            return true;
        List<string> parents = ElementShape.ParentsOf(name).ToList();
        if (parents.Count > 0)
        {
            diagnostics.Report(
                DiagnosticCatalog.MisplacedElement, source.PositionOf(child),
                name, shape.Name, string.Join(" or ", parents.Select(parent => "<" + parent + ">")));
        }
        else
        {
            diagnostics.Report(
                DiagnosticCatalog.UnknownElement, source.PositionOf(child),
                shape.Name, name, SuggestionFinder.Phrase(name, shape.Children), Listing(shape.Children));
        }

        return false;
    }

    private static string Listing(IReadOnlyList<string> names) =>
        names.Count == 0 ? "none" : string.Join(", ", names);
}
