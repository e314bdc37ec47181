using System.ComponentModel;

namespace Cassette.Runtime;

/// <summary>How the clone behind a delegate is called. The context always comes last.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum DelegateShape
{
    /// <summary>There is no clone: invoke the delegate.</summary>
    Native,

    /// <summary>Static: <c>(args, ctx)</c>.</summary>
    Open,

    /// <summary>Instance, the receiver is the first of the arguments: <c>(args, ctx)</c>, with a <c>this</c>.</summary>
    OpenInstance,

    /// <summary>Static, the delegate's target is the first argument: <c>(target, args, ctx)</c>.</summary>
    Closed,

    /// <summary>Instance, the delegate's target is the receiver: <c>(target, args, ctx)</c>, with a <c>this</c>.</summary>
    ClosedInstance,

    /// <summary>Static, the first argument refers into the boxed target: <c>(ref content, args, ctx)</c>.</summary>
    ClosedBox,

    /// <summary>Instance of a struct, the target is its box: <c>(ref content, args, ctx)</c>, with a <c>this</c>.</summary>
    ClosedBoxInstance,

    /// <summary>
    /// There is no clone of its own: the delegate was made of another delegate's <c>Invoke</c>, and that one, its
    /// target, is to be looked up instead.
    /// </summary>
    Wrapper,
}
