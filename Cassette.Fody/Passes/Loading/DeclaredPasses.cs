using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Cassette.Fody.Rules;

namespace Cassette.Fody.Passes.Loading;

/// <summary>The passes that contexts are declared to have: by <c>[Pass]</c> on them, those of base types first, then by <c>&lt;Pass&gt;</c> in the XML.</summary>
internal sealed class DeclaredPasses(PassLibrary library, TypeUniverse types, WeaverConfig config, PatternMatcher patterns, DiagnosticBag diagnostics) : IPassSource
{
    private readonly PassLoader loader = new(library, diagnostics);
    // A pass is made once for a weave, and a request that failed is reported once, however many closed types a generic context has.
    private readonly Dictionary<string, LoadedPass?> made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<LoadedPass>> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<LoadedPass> PassesOf(TypeSymbol context)
    {
        var key = context.Definition is { } definition ? definition.Module.Assembly.Name.Name + ":" + definition.FullName : context.DisplayName;
        if (!known.TryGetValue(key, out var passes))
            known.Add(key, passes = Load(context));
        return passes;
    }

    /// <summary>Checks the passes of every context of the woven module, entered or not, and finds those of types that are no contexts.</summary>
    /// <param name="isContext">Whether a type is one.</param>
    public void ValidateWovenModule(Func<TypeSymbol, bool> isContext)
    {
        foreach (var type in types.Module.GetTypes())
        {
            var isMarked = PassAttributes.Of(type).Any();
            if (!isMarked && !config.Contexts.Any(context => context.Passes.Count > 0 && patterns.Matches(context.Type, type)))
                continue;
            if (isContext(types.SelfOf(type)))
                PassesOf(types.SelfOf(type));
            else if (isMarked)
                diagnostics.Report(DiagnosticCatalog.PassOutsideContext, SourcePositions.Of(type), RuleNames.Of(type));
        }
    }

    private List<LoadedPass> Load(TypeSymbol context)
    {
        var passes = new List<LoadedPass>();
        var seen = new HashSet<Type>();
        foreach (var request in RequestsOf(context))
        {
            if (Make(request) is not { } pass)
                continue;
            if (seen.Add(pass.Pass.GetType()))
                passes.Add(new LoadedPass(pass.Pass, pass.Name, request.Position));
            else
                Once(DiagnosticCatalog.PassListedTwice, request.Position, context.DisplayName, pass.Name);
        }
        return passes;
    }

    private LoadedPass? Make(PassRequest request)
    {
        if (!made.TryGetValue(request.ToString(), out var pass))
            made.Add(request.ToString(), pass = loader.Load(request));
        return pass;
    }

    private IEnumerable<PassRequest> RequestsOf(TypeSymbol context)
    {
        foreach (var type in Lineage(context).Reverse())
        {
            var position = SourcePositions.Of(type.Definition!);
            foreach (var attribute in PassAttributes.Of(type.Definition!))
            {
                if (PassRequest.Of(attribute, position) is { } request)
                    yield return request;
                else
                    Once(DiagnosticCatalog.PassNameInvalid, position, RuleNames.Of(type.Definition!), attribute.ConstructorArguments[0].Value ?? "null");
            }
        }
        foreach (var configured in config.Contexts.Where(c => context.Named is { } named && patterns.Matches(c.Type, named)).SelectMany(c => c.Passes))
            yield return new PassRequest(PassTypeName.Normalize(configured.TypeName), configured.AssemblyName, configured.Position);
    }

    private static IEnumerable<TypeSymbol> Lineage(TypeSymbol context)
    {
        for (TypeSymbol? type = context; type?.Definition is not null; type = type.BaseType)
            yield return type;
    }

    private void Once(DiagnosticDescriptor descriptor, SourcePosition? position, params object?[] arguments)
    {
        if (reported.Add(descriptor.Id + "|" + string.Join("|", arguments)))
            diagnostics.Report(descriptor, position, arguments);
    }
}
