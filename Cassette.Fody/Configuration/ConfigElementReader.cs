using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>Reads the elements of one configuration.</summary>
internal sealed class ConfigElementReader(ConfigSource source, DiagnosticBag diagnostics)
{
    private const string MemberExample = "MyApp.Program::Main";
    private const string RuleExample = "MyTools.ProfileCtx::Before";

    private readonly ConfigShapeChecker _shapes = new(source, diagnostics);
    private readonly ConfigValueReader _values = new(source, diagnostics);

    public WeaverConfig Read()
    {
        XElement root = source.Element;
        IReadOnlyList<XElement> children = _shapes.Check(root, ElementShape.Of(ElementShape.Weaver));
        return new WeaverConfig
        {
            Strict = _values.Boolean(root, "Strict", otherwise: false),
            MaxNesting = _values.Integer(
                root, "MaxNesting", 1, WeaverConfig.GreatestMaxNesting, WeaverConfig.DefaultMaxNesting, DiagnosticCatalog.MaxNestingOutOfRange),
            PassTimeout = ReadPassTimeout(root),
            Report = _values.Boolean(root, "Report", otherwise: false),
            Verify = _values.Boolean(root, "Verify", otherwise: true),
            Dumps = ReadDumps(root, children),
            Contexts = ReadContexts(children),
            Selection = ReadSelection(children),
            Rules = ReadRules(children),
        };
    }

    private TimeSpan? ReadPassTimeout(XElement root) => _values.Attribute(root, "PassTimeout") is null ? null : TimeSpan.FromSeconds(_values.Integer(
        root, "PassTimeout", 1, WeaverConfig.GreatestPassTimeout, WeaverConfig.DefaultPassTimeout, DiagnosticCatalog.PassTimeoutOutOfRange));

    private List<DumpConfig> ReadDumps(XElement root, IReadOnlyList<XElement> children)
    {
        var values = new List<ConfigValue>();
        if (_values.Attribute(root, "Dump") is { } attribute
            && _values.NotEmpty(attribute, "Dump", MemberExample) is { } value)
        {
            values.Add(value);
        }

        foreach (XElement element in Named(children, ElementShape.Dump))
        {
            _shapes.Check(element, ElementShape.Of(ElementShape.Dump));
            if (_values.RequiredText(element, MemberExample) is { } text)
                values.Add(text);
        }

        var dumps = new List<DumpConfig>();
        var seen = new FirstUses(diagnostics);
        foreach (ConfigValue text in values)
        {
            if (PatternParser.ParseMethodPattern(text.Text, text.Origin, diagnostics) is { } pattern
                && seen.IsFirst(ElementShape.Dump, pattern.ToString(), text.Position))
            {
                dumps.Add(new DumpConfig(pattern, text.Position));
            }
        }

        return dumps;
    }

    private List<ContextConfig> ReadContexts(IReadOnlyList<XElement> children)
    {
        var contexts = new List<ContextConfig>();
        foreach (XElement element in Named(children, ElementShape.Context))
        {
            IReadOnlyList<XElement> parts = _shapes.Check(element, ElementShape.Of(ElementShape.Context));

            // The parts are read even where the type is wrong, so that one build shows all faults.
            List<EntryConfig> entries = ReadEntries(parts);
            List<SelectionItem> selection = ReadSelection(parts);
            List<RuleConfig> rules = ReadRules(parts);
            List<PassConfig> passes = ReadPasses(parts);
            if (ReadContextType(element) is not { } type)
                continue;
            var context = new ContextConfig(
                type.Value.Text, type.Pattern, type.Value.Position, entries, selection, rules, passes);
            if (contexts.FirstOrDefault(other => other.Type.Equals(context.Type)) is { } first)
            {
                diagnostics.Report(
                    DiagnosticCatalog.DuplicateContext, context.Position, context.TypeName, FirstUses.PlaceOf(first.Position));
                continue;
            }

            contexts.Add(context);
        }

        return contexts;
    }

    private (ConfigValue Value, TypePattern Pattern)? ReadContextType(XElement element)
    {
        if (_values.RequiredAttribute(element, "Type", "MyTools.ProfileCtx") is not { } value
            || PatternParser.ParseTypePattern(value.Text, value.Origin, diagnostics) is not { } pattern)
        {
            return null;
        }

        if (pattern is NamedTypePattern { IsExact: true })
            return (value, pattern);
        diagnostics.Report(DiagnosticCatalog.InvalidTypeName, value.Position, "Type", value.Text);
        return null;
    }

    private List<EntryConfig> ReadEntries(IReadOnlyList<XElement> children)
    {
        var entries = new List<EntryConfig>();
        var seen = new FirstUses(diagnostics);
        foreach (XElement element in Named(children, ElementShape.Entry))
        {
            _shapes.Check(element, ElementShape.Of(ElementShape.Entry));
            if (_values.RequiredText(element, MemberExample) is not { } value
                || PatternParser.ParseMethodPattern(value.Text, value.Origin, diagnostics) is not { } pattern)
            {
                continue;
            }

            if (pattern.Member is null)
                diagnostics.Report(DiagnosticCatalog.EntryWithoutMember, value.Position, value.Text);
            else if (!pattern.Member.IsExact)
                diagnostics.Report(DiagnosticCatalog.EntryHasWildcard, value.Position, value.Text);
            else if (seen.IsFirst(ElementShape.Entry, pattern.ToString(), value.Position))
                entries.Add(new EntryConfig(pattern.Member, value.Position));
        }

        return entries;
    }

    private List<SelectionItem> ReadSelection(IReadOnlyList<XElement> children)
    {
        var items = new List<SelectionItem>();
        var seen = new FirstUses(diagnostics);
        foreach (XElement element in children)
        {
            string name = element.Name.LocalName;
            if (name is not (ElementShape.Include or ElementShape.Exclude))
                continue;
            _shapes.Check(element, ElementShape.Of(name));
            if (ReadSelectionItem(element, name == ElementShape.Include) is not { } item
                || !seen.IsFirst(name, item.ToString(), item.Position))
            {
                continue;
            }

            if (items.FirstOrDefault(other => other.ToString() == item.ToString()) is { } opposite)
            {
                diagnostics.Report(
                    DiagnosticCatalog.ContradictorySelection, item.Position, item, FirstUses.PlaceOf(opposite.Position));
            }

            items.Add(item);
        }

        return items;
    }

    private SelectionItem? ReadSelectionItem(XElement element, bool isInclude)
    {
        ConfigValue? assembly = _values.Attribute(element, "Assembly");
        ConfigValue text = _values.Text(element);
        if (assembly is null && text.Text.Length == 0)
        {
            _values.RequiredText(element, "a pattern such as MyApp..*, or Assembly=\"System.Linq\"");
            return null;
        }

        AssemblyPattern? assemblyPattern = null;
        if (assembly is not null && (assemblyPattern = ReadAssembly(assembly)) is null)
            return null;
        MethodPattern? pattern = null;
        if (text.Text.Length > 0
            && (pattern = PatternParser.ParseMethodPattern(text.Text, text.Origin, diagnostics)) is null)
        {
            return null;
        }

        return new SelectionItem(isInclude, assemblyPattern, pattern, (assembly ?? text).Position);
    }

    private AssemblyPattern? ReadAssembly(ConfigValue value)
    {
        if (_values.NotEmpty(value, "Assembly", "System.Linq") is null)
            return null;
        int fault = value.Text.IndexOfAny(['/', '\\', ',', '=', ':', '"', '<', '>', '|', '?', ' ', '\t', '\n']);
        string what = fault < 0 ? ".dll" : value.Text[fault].ToString();
        if (fault < 0 && value.Text.EndsWith(".dll", System.StringComparison.OrdinalIgnoreCase))
            fault = value.Text.Length - ".dll".Length;
        if (fault < 0)
            return new AssemblyPattern(value.Text);
        diagnostics.Report(
            DiagnosticCatalog.InvalidAssemblyPattern, value.Origin.PositionOf(fault), value.Text, what, fault + 1);
        return null;
    }

    private List<RuleConfig> ReadRules(IReadOnlyList<XElement> children)
    {
        var rules = new List<RuleConfig>();
        foreach (XElement element in Named(children, ElementShape.Rule))
        {
            _shapes.Check(element, ElementShape.Of(ElementShape.Rule));
            ConfigValue? method = _values.RequiredAttribute(element, "Method", RuleExample);
            ConfigValue? pointcut = _values.RequiredAttribute(element, "Pointcut", "call(* MyLib..*(..))");
            MethodPattern? methodPattern = method is null
                ? null
                : PatternParser.ParseMethodPattern(method.Text, method.Origin, diagnostics);
            Pointcut? pointcutPattern = pointcut is null
                ? null
                : PatternParser.ParsePointcut(pointcut.Text, pointcut.Origin, diagnostics);
            if (methodPattern is { Member: null })
                diagnostics.Report(DiagnosticCatalog.RuleWithoutMember, method!.Position, method.Text);
            if (methodPattern?.Member is not { } member)
                continue;
            if (rules.FirstOrDefault(other => other.Method.Equals(member)) is { } first)
            {
                diagnostics.Report(
                    DiagnosticCatalog.DuplicateRule, method!.Position, method.Text, FirstUses.PlaceOf(first.MethodPosition));
            }
            else if (pointcutPattern is not null)
            {
                rules.Add(new RuleConfig(member, pointcutPattern, method!.Position, pointcut!.Position));
            }
        }

        return rules;
    }

    private List<PassConfig> ReadPasses(IReadOnlyList<XElement> children)
    {
        var passes = new List<PassConfig>();
        foreach (XElement element in Named(children, ElementShape.Pass))
        {
            _shapes.Check(element, ElementShape.Of(ElementShape.Pass));
            ConfigValue? type = _values.RequiredAttribute(element, "Type", "MyTools.CoveragePass");
            ConfigValue? assembly = _values.Attribute(element, "Assembly");
            if (assembly is not null && ReadAssemblyName(assembly) is null || type is null)
                continue;
            if (PassTypeName.IsValid(type.Text))
                passes.Add(new PassConfig(type.Text, assembly?.Text, type.Position));
            else
                diagnostics.Report(DiagnosticCatalog.InvalidTypeName, type.Position, "Type", type.Text);
        }

        return passes;
    }

    private string? ReadAssemblyName(ConfigValue value)
    {
        if (ReadAssembly(value) is null)
            return null;
        int wildcard = value.Text.IndexOf('*');
        if (wildcard < 0)
            return value.Text;
        diagnostics.Report(
            DiagnosticCatalog.InvalidAssemblyPattern, value.Origin.PositionOf(wildcard), value.Text, "*", wildcard + 1);
        return null;
    }

    private static IEnumerable<XElement> Named(IReadOnlyList<XElement> elements, string name) =>
        elements.Where(element => element.Name.LocalName == name);
}
