using System;
using System.Globalization;

namespace Cassette.Fody.Reporting;

/// <summary>
/// One kind of diagnostic: its id, how severe it is, and the texts that a <see cref="Diagnostic"/> fills in.
/// All of them are listed in <see cref="DiagnosticCatalog"/>.
/// </summary>
public sealed class DiagnosticDescriptor
{
    internal DiagnosticDescriptor(
        string id, DiagnosticSeverity severity, string title, string messageFormat, string remedyFormat)
    {
        Id = id;
        Severity = severity;
        Title = title;
        MessageFormat = messageFormat;
        RemedyFormat = remedyFormat;
        ArgumentCount = CountArguments(messageFormat, remedyFormat);
    }

    /// <summary><c>CAS</c> and three digits.</summary>
    public string Id { get; }

    /// <summary>The severity that diagnostics of this kind have unless <c>Strict</c> raises it.</summary>
    public DiagnosticSeverity Severity { get; }

    /// <summary>A few words for tables.</summary>
    public string Title { get; }

    /// <summary>What is wrong, with <c>{0}</c>, <c>{1}</c>... for the arguments; no full stop at the end.</summary>
    public string MessageFormat { get; }

    /// <summary>What to do about it, with the same arguments; no full stop at the end.</summary>
    public string RemedyFormat { get; }

    /// <summary>How many arguments the two formats take together.</summary>
    public int ArgumentCount { get; }

    /// <summary>Fills the texts in.</summary>
    /// <param name="position">Where, or null where no file can be named.</param>
    /// <param name="arguments">As many as <see cref="ArgumentCount"/>; formatted invariantly.</param>
    /// <exception cref="ArgumentException">The number of arguments is wrong.</exception>
    /// <example>
    /// <c>DiagnosticCatalog.InvalidBoolean.Create(position, "Strict", "maybe")</c>
    /// </example>
    public Diagnostic Create(SourcePosition? position, params object?[] arguments) =>
        Create(Severity, position, arguments);

    /// <summary>As <see cref="Create(SourcePosition?, object?[])"/>, with another severity, for <c>Strict</c>.</summary>
    public Diagnostic Create(DiagnosticSeverity severity, SourcePosition? position, params object?[] arguments)
    {
        if (arguments.Length != ArgumentCount)
        {
            throw new ArgumentException(string.Format(
                CultureInfo.InvariantCulture, "{0} takes {1} arguments, not {2}.", Id, ArgumentCount, arguments.Length),
                nameof(arguments));
        }

        return new Diagnostic(Id, severity, Fill(MessageFormat, arguments), Fill(RemedyFormat, arguments), position);
    }

    /// <summary>The id and the title.</summary>
    public override string ToString() => Id + " " + Title;

    private static string Fill(string format, object?[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, format, arguments);

    private static int CountArguments(string messageFormat, string remedyFormat)
    {
        int count = 0;
        for (int index = 0; index < 10; index++)
        {
            string placeholder = "{" + index.ToString(CultureInfo.InvariantCulture) + "}";
            if (Contains(messageFormat, placeholder) || Contains(remedyFormat, placeholder))
                count = index + 1;
        }

        return count;
    }

    private static bool Contains(string format, string placeholder) =>
        format.IndexOf(placeholder, StringComparison.Ordinal) >= 0;
}
