using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>The static classes marked <c>[Rules]</c>, by the contexts they are for. Each module is searched once.</summary>
internal sealed class RuleHomes
{
    private readonly TypeUniverse types;
    private readonly Assignability assignability;
    private readonly RuleVocabulary vocabulary;
    private readonly DiagnosticBag diagnostics;
    private readonly List<(TypeDefinition Home, TypeSymbol Context)> homes = [];

    public RuleHomes(TypeUniverse types, Assignability assignability, RuleVocabulary vocabulary, DiagnosticBag diagnostics, IEnumerable<ModuleDefinition> modules)
    {
        this.types = types;
        this.assignability = assignability;
        this.vocabulary = vocabulary;
        this.diagnostics = diagnostics;
        foreach (var module in modules.Where(RuleModules.CanHaveRules))
        {
            foreach (var type in module.GetTypes())
            {
                if (type.HasCustomAttributes)
                    Read(type);
            }
        }
    }

    /// <summary>The classes for a context or for one of its base types, in the order of modules and types.</summary>
    public IEnumerable<TypeDefinition> For(TypeSymbol context) =>
        homes.Where(home => Lineage(context).Any(type => Means(home.Context, type))).Select(home => home.Home).Distinct();

    /// <summary>What a class is said to hold rules of.</summary>
    public IEnumerable<TypeSymbol> ContextsOf(TypeDefinition home) => homes.Where(entry => entry.Home == home).Select(entry => entry.Context);

    public bool IsHome(TypeDefinition type) => IsMarked(type);

    private static bool Means(TypeSymbol named, TypeSymbol context) =>
        named == context || named.Arguments.Length == 0 && named.Definition is { HasGenericParameters: true } definition && definition == context.Definition;

    private static IEnumerable<TypeSymbol> Lineage(TypeSymbol context)
    {
        for (TypeSymbol? type = context; type is not null; type = type.BaseType)
            yield return type;
    }

    private static bool IsMarked(TypeDefinition type) => type.HasCustomAttributes && type.CustomAttributes.Any(IsMark);

    private static bool IsMark(CustomAttribute attribute) => attribute.AttributeType is { Name: "RulesAttribute", Namespace: "Cassette" };

    private void Read(TypeDefinition type)
    {
        foreach (var attribute in type.CustomAttributes.Where(IsMark))
        {
            var named = attribute.ConstructorArguments[0].Value as TypeReference;
            var context = named is null ? null : types.Import(named, GenericScope.Empty);
            if (!(type.IsAbstract && type.IsSealed))
                diagnostics.Report(DiagnosticCatalog.RulesTypeNotStatic, SourcePositions.Of(type), RuleNames.Of(type));
            else if (context is null || !assignability.IsBoxedAssignable(context, vocabulary.Context))
                diagnostics.Report(DiagnosticCatalog.RulesContextInvalid, SourcePositions.Of(type), RuleNames.Of(type), context?.DisplayName ?? "null");
            else
                homes.Add((type, context));
        }
    }
}
