using Cassette.Fody.Metadata;

namespace Cassette.Fody.IL;

/// <summary>A protected region that <see cref="BodyEditor"/> made.</summary>
public sealed class ProtectedCode(Region region, Block first, Block handler, Block? filter, Block? after, Local? result = null)
{
    public Region Region { get; } = region;

    /// <summary>The first protected block.</summary>
    public Block First { get; } = first;

    /// <summary>
    /// The handler's entry block, empty: the caller fills it and ends it in <c>leave</c>, <c>rethrow</c>, <c>throw</c> (catch) or <c>endfinally</c>
    /// (finally and fault). A catch starts with the exception on the stack.
    /// </summary>
    public Block Handler { get; } = handler;

    /// <summary>For a filtered catch the filter's block, empty: it starts with the exception and ends in <c>endfilter</c>.</summary>
    public Block? Filter { get; } = filter;

    /// <summary>Where control goes on behind the region; null when it never does. A catch that leaves to it must have stored a result: it is entered with an empty stack.</summary>
    public Block? After { get; } = after;

    /// <summary>
    /// Holds the value of a protected instruction, for <see cref="After"/> to load. A handler that leaves there stores its own value in it; null
    /// when there is no value.
    /// </summary>
    public Local? Result { get; } = result;
}

/// <summary>The one place where a body returns, after <see cref="BodyEditor.ReplaceReturns"/>.</summary>
public sealed class ReturnPoint(Block block, Local? result)
{
    public Block Block { get; } = block;

    public Local? Result { get; } = result;
}
