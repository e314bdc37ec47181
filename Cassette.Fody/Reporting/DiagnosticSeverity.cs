namespace Cassette.Fody.Reporting;

/// <summary>How much a <see cref="Diagnostic"/> matters to the build.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Said in the report; the build log shows it only when it is verbose.</summary>
    Info,

    /// <summary>The build goes on, but does less than was asked for.</summary>
    Warning,

    /// <summary>The build fails and leaves no woven assembly.</summary>
    Error,
}
