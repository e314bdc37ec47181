namespace Cassette.Fody.Rules;

/// <summary>How narrow a target is, narrowest first: one coordinate of the order of specificity.</summary>
public enum TargetRank
{
    /// <summary>A type's members of one name.</summary>
    Member,
    /// <summary>All of a type's members.</summary>
    Type,
    /// <summary>What a pointcut matches.</summary>
    Pattern,
    /// <summary>Every call.</summary>
    None,
}
