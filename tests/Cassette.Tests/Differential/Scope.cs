using System.Collections.Generic;
using System.Linq;

namespace Cassette.Tests.Differential;

/// <summary>What code at one place may use.</summary>
internal sealed class Scope(FunctionKind kind)
{
    /// <summary>The kind of the innermost method or lambda.</summary>
    public FunctionKind Kind { get; } = kind;

    public List<string> Readable { get; init; } = [];

    public List<string> Writable { get; init; } = [];

    /// <summary>In a method of one of the fixed types: there are no fields of <c>Program</c>.</summary>
    public bool IsInType { get; init; }

    /// <summary>In a try: iterators may not yield in one with a catch, and nothing may in a finally.</summary>
    public bool IsProtected { get; init; }

    /// <summary>In a loop, so that <c>break</c> and <c>continue</c> have a meaning.</summary>
    public bool IsInLoop { get; init; }

    public Scope Inner(bool isProtected = false, bool isInLoop = false) => new(Kind)
    {
        Readable = [.. Readable],
        Writable = [.. Writable],
        IsInType = IsInType,
        IsProtected = IsProtected || isProtected,
        IsInLoop = IsInLoop && !isProtected || isInLoop,
    };

    /// <summary>The same place without the right to await.</summary>
    public Scope WithoutAwait() => Kind != FunctionKind.Async ? this : new(FunctionKind.Plain)
    {
        Readable = Readable,
        Writable = Writable,
        IsInType = IsInType,
        IsProtected = IsProtected,
        IsInLoop = IsInLoop,
    };

    /// <summary>A lambda's or local function's: by-ref parameters cannot be captured.</summary>
    public Scope Lambda(string parameter, FunctionKind kind = FunctionKind.Lambda) => new(kind)
    {
        Readable = [.. Readable.Where(CanBeCaptured), parameter],
        Writable = [.. Writable.Where(CanBeCaptured)],
        IsInType = IsInType,
    };

    private bool CanBeCaptured(string name) => Kind != FunctionKind.ByRef || name != "a";
}
