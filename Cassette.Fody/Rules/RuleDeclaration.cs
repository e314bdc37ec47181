using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>A rule attribute on a method, as written. One object for each attribute, so that its pointcut is one pattern in the whole weave.</summary>
internal sealed record RuleDeclaration(RuleKind Kind, string AttributeName, MethodDefinition Method, SourcePosition? Position)
{
    public TypeReference? DeclaringType { get; init; }

    public string? Name { get; init; }

    public TargetAccess Access { get; init; }

    public Pointcut? Pointcut { get; init; }

    public bool Await { get; init; }
}
