namespace Cassette.Fody.Discovery;

/// <summary>The rules that apply at one call.</summary>
public sealed class SiteRules
{
    /// <summary>Whether a primitive takes the call whatever happens, so that the callee's clone is not needed for it.</summary>
    public bool TakesTheCall { get; init; }
}
