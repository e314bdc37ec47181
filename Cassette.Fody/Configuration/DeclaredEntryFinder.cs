using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Configuration;

/// <summary>Finds the methods that are entries by declaration: <c>[OverdubWith]</c> on them, or an <c>&lt;Entry&gt;</c> in the XML.</summary>
internal sealed class DeclaredEntryFinder(TypeUniverse types, WeaverConfig config, PatternMatcher matcher, Func<TypeSymbol, SourcePosition?, bool> isContext, DiagnosticBag diagnostics)
{
    private const string OverdubWith = "Cassette.OverdubWithAttribute";

    public IReadOnlyList<(MethodDefinition Method, TypeSymbol Context)> Find(IReadOnlyList<MethodDefinition> methods)
    {
        var found = new List<(MethodDefinition, TypeSymbol)>();
        var position = new Dictionary<MethodDefinition, TypeSymbol>(ReferenceComparer<MethodDefinition>.Instance);
        foreach (var method in methods)
        {
            foreach (var attribute in method.HasCustomAttributes ? method.CustomAttributes.Where(a => a.AttributeType.FullName == OverdubWith) : [])
            {
                if (attribute.ConstructorArguments[0].Value is TypeReference type)
                    Add(method, types.Import(type, Metadata.GenericScope.Of(types, method)), Positions.Of(method));
            }
        }
        foreach (var context in config.Contexts)
        {
            if (FindContext(context) is { } type && isContext(type, context.Position))
            {
                foreach (var entry in context.Entries)
                    AddConfigured(entry, context, type, methods);
            }
        }
        return found;

        void Add(MethodDefinition method, TypeSymbol context, SourcePosition? at)
        {
            if (!Check(method, context, at))
                return;
            if (position.TryGetValue(method, out var earlier))
                diagnostics.Report(DiagnosticCatalog.EntryListedTwice, at, Name(method), earlier.DisplayName);
            else
                found.Add((method, position[method] = context));
        }

        void AddConfigured(EntryConfig entry, ContextConfig context, TypeSymbol type, IReadOnlyList<MethodDefinition> all)
        {
            var matches = all.Where(m => matcher.Matches(entry.Method, m, m)).ToList();
            switch (matches.Count)
            {
                case 0:
                    var names = all.Select(Name).Distinct();
                    diagnostics.Report(DiagnosticCatalog.EntryNotFound, entry.Position, entry.Method.ToString(), context.TypeName, SuggestionFinder.Phrase(entry.Method.ToString(), names));
                    break;
                case 1:
                    Add(matches[0], type, entry.Position);
                    break;
                default:
                    diagnostics.Report(DiagnosticCatalog.EntryAmbiguous, entry.Position, entry.Method.ToString(), matches.Count, string.Join(", ", matches.Select(m => types.SelfOf(m).DisplayName)));
                    break;
            }
        }
    }

    /// <summary>The type that a <c>&lt;Context&gt;</c> element names: in the module, or in an assembly that it references.</summary>
    public TypeSymbol? FindContext(ContextConfig context)
    {
        foreach (var type in types.Module.GetTypes().Concat(types.Module.GetTypeReferences().Select(r => types.Import(r, Metadata.GenericScope.Empty).Definition).OfType<TypeDefinition>()))
        {
            if (matcher.Matches(context.Type, type))
                return types.Import(type, Metadata.GenericScope.Empty);
        }
        var candidates = types.Module.GetTypes().Where(t => t.HasInterfaces).Select(t => t.FullName.Replace('/', '.'));
        diagnostics.Report(DiagnosticCatalog.ContextNotFound, context.Position, context.TypeName, SuggestionFinder.Phrase(context.TypeName, candidates));
        return null;
    }

    private bool Check(MethodDefinition method, TypeSymbol context, SourcePosition? at)
    {
        if (!isContext(context, at))
            return false;
        if (method.HasCustomAttributes && method.CustomAttributes.Any(a => a.AttributeType.FullName == "Cassette.NoOverdubAttribute"))
            return Fail(DiagnosticCatalog.EntryMarkedNoOverdub);
        if (!method.HasBody)
            return Fail(DiagnosticCatalog.EntryWithoutBody, method.IsAbstract ? "abstract" : "extern");
        if (method.HasGenericParameters || method.DeclaringType.HasGenericParameters)
            return Fail(DiagnosticCatalog.EntryIsGeneric);
        if (!context.IsValueType && !(context.Definition?.Methods.Any(m => m is { IsConstructor: true, IsStatic: false, HasParameters: false } && (m.IsPublic || m.Module == types.Module)) ?? false))
            return Fail(DiagnosticCatalog.EntryContextNotConstructible, context.DisplayName);
        return true;

        bool Fail(DiagnosticDescriptor descriptor, params object?[] more)
        {
            diagnostics.Report(descriptor, at, [Name(method), .. more]);
            return false;
        }
    }

    private static string Name(MethodDefinition method) => method.DeclaringType.FullName.Replace('/', '.') + "::" + method.Name;
}
