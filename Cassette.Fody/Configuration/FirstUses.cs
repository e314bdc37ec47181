using System;
using System.Collections.Generic;
using System.Globalization;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>Warns of an element that says what an earlier one said.</summary>
internal sealed class FirstUses(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <summary>How a message points back to what stands earlier in the same file.</summary>
    public static string PlaceOf(SourcePosition? position) =>
        position is { Line: > 0 } known
            ? "at line " + known.Line.ToString(CultureInfo.InvariantCulture)
            : "above";

    public bool IsFirst(string element, string text, SourcePosition? position)
    {
        string key = element + " " + text;
        if (_places.TryGetValue(key, out string? place))
        {
            diagnostics.Report(DiagnosticCatalog.DuplicateItem, position, element, text, place);
            return false;
        }

        _places.Add(key, PlaceOf(position));
        return true;
    }
}
