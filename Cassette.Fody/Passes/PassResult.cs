using Cassette.Fody.Editing;
using Cassette.Fody.IL;

namespace Cassette.Fody.Passes;

/// <summary>What a pass makes of a body.</summary>
public sealed class PassResult
{
    private PassResult(MethodIR body, bool isOverdubbed)
    {
        Body = body;
        IsOverdubbed = isOverdubbed;
    }

    /// <summary>The body to go on with.</summary>
    public MethodIR Body { get; }

    /// <summary>Whether the body's calls are overdubbed next; a replacement is emitted as it stands.</summary>
    public bool IsOverdubbed { get; }

    /// <summary>A body, edited or not, whose calls are overdubbed next.</summary>
    public static PassResult Overdub(MethodIR body) => new(body, true);

    /// <inheritdoc cref="Overdub(MethodIR)"/>
    public static PassResult Overdub(EditableBody body) => Overdub(body.Finish());

    /// <summary>A replacement that is emitted as it stands: no call in it is overdubbed.</summary>
    public static PassResult Emit(MethodIR body) => new(body, false);

    /// <inheritdoc cref="Emit(MethodIR)"/>
    public static PassResult Emit(EditableBody body) => Emit(body.Finish());
}
