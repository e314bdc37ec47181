using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;

namespace Cassette.Tests.Harness;

/// <summary>What a program threw, as far as it can be compared between two loads of the same program.</summary>
/// <param name="Type">The exception's full type name.</param>
/// <param name="Message">Its message.</param>
/// <param name="Frames">The author's frames, innermost first, as <c>file:line</c>.</param>
/// <param name="Inner">The inner exception.</param>
internal sealed record ThrownException(string Type, string Message, ImmutableArray<string> Frames, ThrownException? Inner)
{
    public static ThrownException Of(Exception exception) => new(
        exception.GetType().FullName!,
        exception.Message,
        AuthorFrames(exception),
        exception.InnerException is { } inner ? Of(inner) : null);

    /// <summary>Type, message and frames on one line, to be compared as text.</summary>
    public override string ToString() =>
        $"{Type}: {Message} at {string.Join(", ", Frames)}{(Inner is null ? "" : " <- " + Inner)}";

    private static ImmutableArray<string> AuthorFrames(Exception exception)
    {
        var frames = new List<string>();
        foreach (StackFrame frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            string? file = frame.GetFileName();
            // A rule that makes the call stands between caller and callee, as it should.
            if (file is not null && file.StartsWith("/src/", StringComparison.Ordinal) && file is not (CaseProgram.EntryPath or CaseProgram.ContextsPath))
                frames.Add($"{file}:{frame.GetFileLineNumber()}");
        }

        return [.. frames];
    }
}
