namespace Cassette.Fody.Rules;

/// <summary>How a rule takes the arguments of the calls that it matches.</summary>
public enum ArgumentsForm
{
    /// <summary>A parameter for each: matches calls with as many arguments.</summary>
    Fixed,
    /// <summary>Typed parameters, perhaps none, then <c>params object?[]</c> for the rest.</summary>
    Array,
    /// <summary>Typed parameters, perhaps none, then <c>TArgs : struct, ITuple</c> for the rest.</summary>
    Tuple,
    /// <summary>The call itself: <c>TCall : struct, ICall&lt;TResult&gt;</c>.</summary>
    Call,
    /// <summary>Not at all: no parameter for any argument, whatever the call has.</summary>
    Ignored,
}
