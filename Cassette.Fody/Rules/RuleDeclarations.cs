using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>Reads the rule attributes of methods, each method once.</summary>
internal sealed class RuleDeclarations(DiagnosticBag diagnostics)
{
    private readonly Dictionary<MethodDefinition, IReadOnlyList<RuleDeclaration>> known = new(Metadata.ReferenceComparer<MethodDefinition>.Instance);

    /// <summary>Which kind of rule an attribute declares; null if it is none of ours.</summary>
    public static RuleKind? KindOf(TypeReference attribute) => attribute.Namespace != "Cassette" ? null : attribute.Name switch
    {
        "PrehookAttribute" => RuleKind.Prehook,
        "PosthookAttribute" => RuleKind.Posthook,
        "ThrowhookAttribute" => RuleKind.Throwhook,
        "OverdubAttribute" => RuleKind.Overdub,
        "FallbackAttribute" => RuleKind.Fallback,
        _ => null,
    };

    /// <summary>The rules that a method is: none for most, several for one with several attributes.</summary>
    public IReadOnlyList<RuleDeclaration> Of(MethodDefinition method)
    {
        if (!method.HasCustomAttributes)
            return [];
        if (!known.TryGetValue(method, out var declarations))
            known.Add(method, declarations = Read(method));
        return declarations;
    }

    private List<RuleDeclaration> Read(MethodDefinition method)
    {
        var read = new List<RuleDeclaration>();
        foreach (var attribute in method.CustomAttributes)
        {
            if (KindOf(attribute.AttributeType) is { } kind && Read(method, attribute, kind) is { } declaration)
                read.Add(declaration);
        }
        var other = read.FirstOrDefault(declaration => declaration.Kind != read[0].Kind);
        if (other is not null)
            diagnostics.Report(DiagnosticCatalog.ConflictingRuleAttributes, other.Position, RuleNames.Of(method), read[0].AttributeName, other.AttributeName);
        return read;
    }

    private RuleDeclaration? Read(MethodDefinition method, CustomAttribute attribute, RuleKind kind)
    {
        var position = SourcePositions.Of(method);
        var name = attribute.AttributeType.Name;
        var declaration = new RuleDeclaration(kind, name.Substring(0, name.Length - "Attribute".Length), method, position)
        {
            Await = attribute.Properties.Any(property => property is { Name: "Await", Argument.Value: true }),
        };
        var arguments = attribute.ConstructorArguments;
        if (arguments.Count == 0)
            return declaration;
        if (arguments.Count == 1)
        {
            var text = arguments[0].Value as string ?? "";
            return PatternParser.ParsePointcut(text, new FixedOrigin(position), diagnostics) is { } pointcut ? declaration with { Pointcut = pointcut } : null;
        }
        if (arguments[0].Value is not TypeReference type)
        {
            diagnostics.Report(DiagnosticCatalog.TargetMemberNotFound, position, RuleNames.Of(method), "null", arguments[1].Value as string ?? "", "");
            return null;
        }
        return declaration with
        {
            DeclaringType = type,
            Name = arguments[1].Value as string,
            Access = AccessIn(arguments),
        };
    }

    private static TargetAccess AccessIn(IEnumerable<CustomAttributeArgument> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value is int access && Enum.IsDefined(typeof(TargetAccess), access))
                return (TargetAccess)access;
        }
        return TargetAccess.Any;
    }
}
