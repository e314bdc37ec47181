using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Configuration;

/// <summary>
/// Finds out why a pattern matches nothing, and what was meant, from the names in some modules. Only runs
/// for patterns that failed, so it may take its time.
/// </summary>
public sealed class PatternAdvisor
{
    private readonly PatternMatcher _matcher = new();
    private readonly List<TypeDefinition> _types;
    private readonly List<string> _assemblies;

    /// <param name="modules">The woven module, and those of the assemblies that patterns may speak of.</param>
    public PatternAdvisor(IEnumerable<ModuleDefinition> modules)
    {
        List<ModuleDefinition> all = modules.ToList();
        _types = all.SelectMany(module => module.GetTypes())
            .Where(type => type.Name.IndexOf('<') < 0)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .ToList();
        _assemblies = all.Select(module => module.Assembly.Name.Name)
            .Concat(all.SelectMany(module => module.AssemblyReferences.Select(reference => reference.Name)))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>The name of a type as patterns write it: without arity, with dots.</summary>
    public static string NameOf(TypeDefinition type)
    {
        int tick = type.Name.IndexOf('`');
        string name = tick < 0 ? type.Name : type.Name.Substring(0, tick);
        if (type.DeclaringType is not null)
            return NameOf(type.DeclaringType) + "." + name;
        return type.Namespace.Length == 0 ? name : type.Namespace + "." + name;
    }

    /// <summary>The warning for a pattern that matches nothing.</summary>
    /// <param name="pattern">A pointcut, method pattern or selection item.</param>
    /// <param name="text">How the message shows it.</param>
    /// <param name="position">Where it is written.</param>
    public Diagnostic Explain(object pattern, string text, SourcePosition? position)
    {
        foreach (object part in PartsOf(pattern))
        {
            (string What, string? Suggestion)? gap = part switch
            {
                AssemblyPattern assembly => GapIn(assembly),
                TypePattern type => GapIn(type),
                MemberPattern member => GapIn(member),
                _ => null,
            };
            if (gap is { } found)
            {
                return DiagnosticCatalog.PatternNameUnknown.Create(
                    position, text, found.What, SuggestionFinder.Phrase(found.Suggestion));
            }
        }

        return DiagnosticCatalog.PatternMatchesNothing.Create(position, text, "");
    }

    /// <summary>The parts that can be wrong by themselves; what stands under <c>!</c> may well match nothing.</summary>
    private static IEnumerable<object> PartsOf(object? pattern) => pattern switch
    {
        OrPointcut or => or.Operands.SelectMany(PartsOf),
        AndPointcut and => and.Operands.SelectMany(PartsOf),
        CallPointcut call => [call.Member],
        GetPointcut get => [Accessor(get.Member, "get_")],
        SetPointcut set => [Accessor(set.Member, "set_")],
        NewPointcut creation => [creation.Type],
        WithinPointcut within => [within.Type],
        SelectionItem item => new object?[] { item.Assembly }.OfType<object>().Concat(PartsOf(item.Pattern)),
        MethodPattern { Type: { } type } => [type],
        MethodPattern { Member: { } member } => [member],
        _ => [],
    };

    private static MemberPattern Accessor(MemberPattern property, string prefix) =>
        property with { Name = prefix + property.Name, Parameters = null, ReturnType = null };

    private (string What, string? Suggestion)? GapIn(AssemblyPattern pattern) =>
        _assemblies.Any(pattern.Matches)
            ? null
            : ("assembly " + pattern, SuggestionFinder.Find(pattern.Name, _assemblies));

    private (string What, string? Suggestion)? GapIn(TypePattern pattern)
    {
        if (_types.Any(type => _matcher.Matches(pattern, type)))
            return null;

        // "MyApp.Native" where MyApp.Native is a namespace was meant to select what is in it.
        string text = pattern.ToString();
        List<string> namespaces = Namespaces();
        if (namespaces.Contains(text, StringComparer.Ordinal))
            return ("type " + text, text + "..*");
        bool isSimple = text.IndexOf('.') < 0;
        IEnumerable<string> names = _types.Select(type => isSimple ? SimpleNameOf(type) : NameOf(type));
        return ("type " + text, SuggestionFinder.Find(text, names.Concat(namespaces.Select(name => name + "..*"))));
    }

    private (string What, string? Suggestion)? GapIn(MemberPattern pattern)
    {
        TypePattern owner = pattern.DeclaringType ?? AnyTypePattern.Instance;
        if (GapIn(owner) is { } gap)
            return gap;
        List<TypeDefinition> owners = _types.Where(type => _matcher.Matches(owner, type)).ToList();
        List<MethodDefinition> candidates = owners.SelectMany(type => type.Methods).ToList();
        if (candidates.Any(method => _matcher.Matches(NameOnly(pattern), method)))
        {
            return candidates.Any(method => _matcher.Matches(pattern, method))
                ? null
                : ("overload of " + NameOnly(pattern) + " like " + pattern, null);
        }

        string prefix = pattern.Name.StartsWith("get_", StringComparison.Ordinal) ? "get_"
            : pattern.Name.StartsWith("set_", StringComparison.Ordinal) ? "set_" : "";
        string name = pattern.Name.Substring(prefix.Length);
        IEnumerable<string> fields = prefix.Length == 0
            ? []
            : owners.SelectMany(type => type.Fields).Select(field => field.Name).Where(field => field.IndexOf('<') < 0);
        if (fields.Any(field => Glob.Matches(name, field, 0, field.Length)))
            return null;
        IEnumerable<string> names = candidates
            .Where(method => method.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(method => method.Name.Substring(prefix.Length));
        return ("member " + name + " in " + owner, SuggestionFinder.Find(name, names.Concat(fields)));
    }

    private static MemberPattern NameOnly(MemberPattern pattern) => new(
        PatternList<ModifierPattern>.Empty, null, pattern.DeclaringType, pattern.Name, null, null);

    private static string SimpleNameOf(TypeDefinition type)
    {
        string name = NameOf(type);
        return name.Substring(name.LastIndexOf('.') + 1);
    }

    private List<string> Namespaces() => _types.Select(type => type.Namespace)
        .Where(name => name.Length > 0)
        .SelectMany(WithParents)
        .Distinct(StringComparer.Ordinal)
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToList();

    private static IEnumerable<string> WithParents(string name)
    {
        for (int end = name.Length; end > 0; end = name.LastIndexOf('.', end - 1))
            yield return name.Substring(0, end);
    }
}
