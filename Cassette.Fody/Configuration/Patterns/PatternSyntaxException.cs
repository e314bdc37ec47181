using System;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// Ends the parsing of a pattern at its first fault. <see cref="PatternParser"/> turns it into a diagnostic.
/// </summary>
internal sealed class PatternSyntaxException : Exception
{
    private readonly DiagnosticDescriptor _descriptor;
    private readonly object?[] _arguments;

    public PatternSyntaxException(DiagnosticDescriptor descriptor, int offset, params object?[] arguments)
        : base(descriptor.Create(null, arguments).ToString())
    {
        _descriptor = descriptor;
        _arguments = arguments;
        Offset = offset;
    }

    /// <summary>Where in the pattern, from 0.</summary>
    public int Offset { get; }

    public Diagnostic ToDiagnostic(SourcePosition? position) => _descriptor.Create(position, _arguments);
}
