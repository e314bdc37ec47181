using System;

namespace Cassette.Fody.Reporting;

/// <summary>One finding: what is wrong, where, and what to do about it.</summary>
/// <param name="Id"><c>CAS</c> and three digits, from <see cref="DiagnosticCatalog"/>.</param>
/// <param name="Severity">How much it matters to the build.</param>
/// <param name="Message">What is wrong, without a full stop.</param>
/// <param name="Remedy">What to do, without a full stop; never empty.</param>
/// <param name="Position">Where, or null where no file can be named.</param>
public sealed record Diagnostic(
    string Id, DiagnosticSeverity Severity, string Message, string Remedy, SourcePosition? Position)
    : IComparable<Diagnostic>
{
    /// <summary>
    /// Orders by position, those without one first, then by id and texts, so that the order of a build's
    /// output does not depend on the order in which work was done.
    /// </summary>
    public int CompareTo(Diagnostic? other)
    {
        if (other is null)
            return 1;
        int order = Nullable.Compare(Position, other.Position);
        if (order == 0)
            order = string.CompareOrdinal(Id, other.Id);
        if (order == 0)
            order = string.CompareOrdinal(Message, other.Message);
        if (order == 0)
            order = string.CompareOrdinal(Remedy, other.Remedy);
        return order != 0 ? order : Severity.CompareTo(other.Severity);
    }

    /// <summary>The text for a log that shows positions by itself: <c>CAS103: message. Remedy.</c></summary>
    public override string ToString() => Id + ": " + Sentence(Message) + " " + Sentence(Remedy);

    /// <summary>The line that MSBuild parses: <c>file(line,column): error CAS103: message. Remedy.</c></summary>
    public string ToBuildLine()
    {
        string severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        string place = Position is { } position ? position + ": " : "";
        return place + severity + " " + this;
    }

    private static string Sentence(string text) =>
        text.Length > 0 && text[text.Length - 1] is '.' or '?' ? text : text + ".";
}
