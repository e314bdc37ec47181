using System;
using System.Collections.Generic;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>Warns of an element that says what an earlier one said.</summary>
internal sealed class FirstUses(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    public bool IsFirst(string element, string text, SourcePosition? position)
    {
        string key = element + " " + text;
        if (_lines.TryGetValue(key, out int line))
        {
            diagnostics.Report(DiagnosticCatalog.DuplicateItem, position, element, text, line);
            return false;
        }

        _lines.Add(key, position?.Line ?? 0);
        return true;
    }
}
