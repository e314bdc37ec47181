using System.Text;
using System.Text.RegularExpressions;
using Cassette.Fody.Reporting;

namespace Cassette.Tests.Reporting;

/// <summary>Renders the catalogue as the README shows it.</summary>
internal static class DiagnosticTable
{
    public static string Render()
    {
        var table = new StringBuilder("| Code | Severity | Meaning | Remedy |\n|---|---|---|---|\n");
        foreach (DiagnosticDescriptor descriptor in DiagnosticCatalog.All)
        {
            table.Append("| ").Append(descriptor.Id)
                .Append(" | ").Append(descriptor.Severity)
                .Append(" | ").Append(Escape(descriptor.Title))
                .Append(" | ").Append(Plain(descriptor.RemedyFormat)).Append(" |\n");
        }

        return table.ToString();
    }

    /// <summary>Without the arguments: suggestions fall away, the rest becomes an ellipsis.</summary>
    private static string Plain(string format)
    {
        string text = Regex.Replace(format, @"^\{\d\}(?=[A-Z])", "");
        text = Regex.Replace(text, @"\{\d\}", "…");
        return Escape(text.EndsWith('…') ? text : text + ".");
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;").Replace("|", "\\|").Replace("<", "&lt;").Replace(">", "&gt;");
}
