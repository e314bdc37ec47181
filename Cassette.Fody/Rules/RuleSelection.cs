using System.Collections.Generic;

namespace Cassette.Fody.Rules;

/// <summary>
/// The rules of one kind that apply to a call, in the order in which they are tried: the first whose tests hold runs, and only it.
/// </summary>
public sealed class RuleSelection
{
    internal static RuleSelection Empty { get; } = new([], []);

    internal RuleSelection(IReadOnlyList<RuleBinding> bindings, IReadOnlyList<RuleModel> undecided)
    {
        Bindings = bindings;
        Undecided = undecided;
    }

    /// <summary>Only the last can be unconditional.</summary>
    public IReadOnlyList<RuleBinding> Bindings { get; }

    /// <summary>
    /// Rules that the caller's open type arguments keep from being decided, neither statically nor by a test: a clone that is specialised for
    /// those arguments decides them.
    /// </summary>
    public IReadOnlyList<RuleModel> Undecided { get; }

    public bool IsEmpty => Bindings.Count == 0;

    /// <summary>Whether one of the rules runs whatever the arguments turn out to be.</summary>
    public bool IsTotal => Bindings.Count > 0 && Bindings[Bindings.Count - 1].IsUnconditional;
}
