using Cassette.Fody.Metadata;

namespace Cassette.Fody.Rules;

/// <summary>What matching works with; the same throughout a weave.</summary>
internal sealed record MatchTools(
    TypeUniverse Types, Assignability Assignability, RuleVocabulary Vocabulary, ConstraintChecker Constraints, ValueConverter Converter);
