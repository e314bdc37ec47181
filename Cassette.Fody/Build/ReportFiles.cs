using System;
using System.IO;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Build;

/// <summary>
/// The files beside the intermediate assembly <c>X.dll</c> that people and tools read: <c>X.cassette.report.json</c>,
/// <c>X.cassette.report.txt</c> and <c>X.cassette.dump.txt</c>. Those of an earlier weave do not outlive one that
/// gives none.
/// </summary>
internal sealed class ReportFiles(string assemblyPath)
{
    /// <summary>Writes what the result has. That a file cannot be written is a warning: the assembly is right without.</summary>
    public void Write(WeaveResult result, DiagnosticBag diagnostics)
    {
        Put(".cassette.report.json", result.Report is { } report ? JsonReportWriter.Write(report) : null, DiagnosticCatalog.ReportFailed, diagnostics);
        Put(".cassette.report.txt", result.Report is { } same ? TextReportWriter.Write(same) : null, DiagnosticCatalog.ReportFailed, diagnostics);
        Put(".cassette.dump.txt", result.Dump, DiagnosticCatalog.DumpFailed, diagnostics);
    }

    private void Put(string extension, string? text, DiagnosticDescriptor failure, DiagnosticBag diagnostics)
    {
        string path = Path.ChangeExtension(assemblyPath, extension);
        try
        {
            if (text is null)
                File.Delete(path);
            else
                File.WriteAllText(path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Report(failure, null, path, exception.Message);
        }
    }
}
