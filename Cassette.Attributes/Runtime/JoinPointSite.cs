using System;

namespace Cassette.Runtime;

/// <summary>A decoded entry of a <see cref="JoinPointTable"/>.</summary>
internal sealed class JoinPointSite(JoinPointMethod callee, JoinPointMethod caller, string? file, int line)
{
    private string? _text;

    public JoinPointMethod Callee => callee;

    public JoinPointMethod Caller => caller;

    public string? File => file;

    public int Line => line;

    public string Text => _text ??= file is null || line == 0
        ? callee.Signature
        : $"{callee.Signature} in {FileName(file)}:line {line}";

    // The file may have been compiled on another system than the one that runs now, so both separators count.
    private static string FileName(string path) => path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
}
