namespace Cassette.Fody.Rules;

/// <summary>Which use of its target a rule applies to. The numbers are those of <c>Cassette.Access</c>, as metadata has them.</summary>
public enum TargetAccess
{
    Any,
    Call,
    Get,
    Set,
    New,
}
