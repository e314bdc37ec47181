using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>
/// The contexts of a weave: finds each one's rules, checks them, and gives the selector over them. What is wrong goes to the diagnostics, with
/// the first line of the rule's body.
/// </summary>
/// <example>
/// <code>
/// var contexts = new ContextModels(types, assignability, runtimeLibrary, RuleModules.Find(module, further), config, patterns, usage, diagnostics);
/// if (contexts.For(contextType, entryPosition) is { HasRules: true } model) ... contexts.Selector.Select(model, RuleKind.Prehook, call) ...
/// contexts.ValidateWovenModule();   // also rules of contexts that nothing enters
/// contexts.ReportUnused();          // after the last call was asked for
/// </code>
/// </example>
public sealed class ContextModels
{
    private readonly Dictionary<TypeSymbol, ContextModel?> models = [];
    private readonly List<ContextModel> entered = [];
    private readonly HashSet<Pointcut> declared = new(Metadata.ReferenceComparer<Pointcut>.Instance);
    private readonly HashSet<RuleConfig> narrowed = new(Metadata.ReferenceComparer<RuleConfig>.Instance);
    private readonly TypeUniverse types;
    private readonly Assignability assignability;
    private readonly WeaverConfig config;
    private readonly PatternMatcher patterns;
    private readonly PatternUsage usage;
    private readonly DiagnosticBag diagnostics;
    private readonly RuleVocabulary vocabulary;
    private readonly RuleDeclarations declarations;
    private readonly RuleHomes homes;
    private readonly RuleFactory factory;

    /// <param name="types">The weave's types.</param>
    /// <param name="assignability">The weave's.</param>
    /// <param name="runtimeLibrary">The module of <c>Cassette.Attributes</c>.</param>
    /// <param name="modules">Where <c>[Rules]</c> classes are looked for: <see cref="RuleModules.Find"/>.</param>
    /// <param name="config">Narrows rules by pointcuts.</param>
    /// <param name="patterns">The weave's.</param>
    /// <param name="usage">Learns which pointcuts match. The configuration's own have to be declared to it by the caller.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public ContextModels(
        TypeUniverse types, Assignability assignability, ModuleDefinition runtimeLibrary, IEnumerable<ModuleDefinition> modules, WeaverConfig config,
        PatternMatcher patterns, PatternUsage usage, DiagnosticBag diagnostics)
    {
        this.types = types;
        this.assignability = assignability;
        this.config = config;
        this.patterns = patterns;
        this.usage = usage;
        this.diagnostics = diagnostics;
        vocabulary = new RuleVocabulary(types, runtimeLibrary);
        declarations = new RuleDeclarations(diagnostics);
        homes = new RuleHomes(types, assignability, vocabulary, diagnostics, modules);
        var constraints = new ConstraintChecker(types, assignability);
        var tools = new MatchTools(types, assignability, vocabulary, constraints, new ValueConverter(types, assignability, vocabulary));
        var matcher = new RuleMatcher(tools, new TargetMatcher(types, assignability, patterns, usage));
        factory = new RuleFactory(tools, matcher, new FieldShapes(types, new IntrinsicLibrary(types, runtimeLibrary)), diagnostics);
        Selector = new RuleSelector(matcher, new SelectionBuilder(assignability, new Specificity(types, assignability, constraints), diagnostics));
    }

    /// <summary>Selects among the rules of these contexts.</summary>
    public RuleSelector Selector { get; }

    /// <summary>The model of a context that a program enters; null, with a diagnostic, where the type cannot be one.</summary>
    /// <param name="context">The static type of the context.</param>
    /// <param name="position">Where it is entered.</param>
    public ContextModel? For(TypeSymbol context, SourcePosition? position = null)
    {
        if (!CheckContext(context, position))
            return null;
        var model = ModelOf(context);
        if (!entered.Contains(model))
        {
            entered.Add(model);
            foreach (var rule in model.Rules)
                Declare(rule);
        }
        return model;
    }

    /// <summary>Checks the rules of every context and <c>[Rules]</c> class in the woven module, entered or not, and finds rules that stand elsewhere.</summary>
    public void ValidateWovenModule()
    {
        foreach (var type in types.Module.GetTypes())
        {
            var self = types.SelfOf(type);
            if (!type.IsInterface && assignability.IsBoxedAssignable(self, vocabulary.Context))
                ModelOf(self);
            else if (homes.IsHome(type))
                ValidateHome(type);
            else
                ReportRulesOutside(type);
        }
    }

    /// <summary>Reports pointcuts that matched nothing, narrowings of rules that do not exist, and contexts without rules.</summary>
    /// <param name="hasPass">Whether a context has a pass: without rules it changes something all the same.</param>
    public void ReportUnused(Func<TypeSymbol, bool>? hasPass = null)
    {
        usage.ReportUnmatched(diagnostics, () => new PatternAdvisor(RuleModules.Speakable(types.Module)));
        var names = models.Values.OfType<ContextModel>().SelectMany(model => model.Rules)
            .Select(rule => PatternAdvisor.NameOf(rule.Definition.DeclaringType) + "::" + rule.Definition.Name)
            .Distinct(StringComparer.Ordinal).ToList();
        foreach (var narrowing in config.Rules.Concat(config.Contexts.SelectMany(context => context.Rules)))
        {
            if (!narrowed.Contains(narrowing))
            {
                var text = narrowing.Method.ToString();
                diagnostics.Report(DiagnosticCatalog.RuleTypeNotFound, narrowing.MethodPosition, text, SuggestionFinder.Phrase(text, names));
            }
        }
        foreach (var model in entered)
        {
            if (!model.HasRules && hasPass?.Invoke(model.Context) != true)
                diagnostics.Report(DiagnosticCatalog.ContextHasNoRules, model.Context.Definition is { } type ? SourcePositions.Of(type) : null, model.Context.DisplayName);
        }
    }

    private bool CheckContext(TypeSymbol context, SourcePosition? position)
    {
        var reason = context.IsOpen ? "an open generic type"
            : context.Shape == TypeShape.Interface ? "an interface"
            : context.Definition is { IsAbstract: true } ? "abstract" : null;
        if (context.Shape == TypeShape.Unresolved)
            diagnostics.Report(DiagnosticCatalog.ContextNotFound, position, context.DisplayName, "");
        else if (!assignability.IsBoxedAssignable(context, vocabulary.Context))
            diagnostics.Report(DiagnosticCatalog.NotAContext, position, context.DisplayName);
        else if (reason is not null)
            diagnostics.Report(DiagnosticCatalog.ContextNotConcrete, position, context.DisplayName, reason);
        else if (vocabulary.IsWithoutHooks(context))
            return CheckContext(context.Arguments[0], position);
        else
            return true;
        return false;
    }

    private ContextModel ModelOf(TypeSymbol context)
    {
        if (!models.TryGetValue(context, out var model))
            models.Add(context, model = Build(context));
        return model!;
    }

    private ContextModel Build(TypeSymbol context)
    {
        if (vocabulary.IsWithoutHooks(context))
        {
            var inner = ModelOf(context.Arguments[0]);
            return new ContextModel(context, inner.RuleContext, inner.Unwraps + 1, inner.Rules.Where(rule => rule.Kind is RuleKind.Overdub or RuleKind.Fallback).ToList());
        }
        var rules = new List<RuleModel>();
        var unruled = new ContextModel(context, context, 0, []);
        var narrowings = NarrowingsFor(context);
        for (TypeSymbol? type = context; type?.Definition is { } definition; type = type.BaseType)
        {
            foreach (var declaration in definition.Methods.SelectMany(declarations.Of))
                AddOwn(declaration, type, unruled, narrowings, rules);
        }
        foreach (var declaration in homes.For(context).SelectMany(home => home.Methods).SelectMany(declarations.Of))
            AddForeign(declaration, unruled, narrowings, rules);
        return new ContextModel(context, context, 0, rules);
    }

    private void AddOwn(RuleDeclaration declaration, TypeSymbol type, ContextModel unruled, List<RuleConfig> narrowings, List<RuleModel> rules)
    {
        if (!factory.Check(declaration))
            return;
        if (factory.TakesContext(declaration, type, unruled.Context) is { } preset)
            Add(declaration, type, unruled, preset, narrowings, rules);
        else if (!IsForOtherInstantiation(declaration, type))
            diagnostics.Report(DiagnosticCatalog.RuleWithoutContext, declaration.Position, RuleNames.Of(declaration.Method), RuleNames.Of(type.Definition!));
    }

    /// <summary>In a generic context a rule may be for some of its instantiations only: <c>static void Before(Ctx&lt;double&gt; ctx)</c>, or by a constraint.</summary>
    private bool IsForOtherInstantiation(RuleDeclaration declaration, TypeSymbol type)
    {
        if (!declaration.Method.HasParameters)
            return false;
        var first = types.Method(declaration.Method, type, TypeSymbol.None).Parameters[0];
        return type.Definition!.HasGenericParameters && first.Definition == type.Definition
            || first.IsGenericParameter && type.IsOpen;
    }

    private void AddForeign(RuleDeclaration declaration, ContextModel unruled, List<RuleConfig> narrowings, List<RuleModel> rules)
    {
        if (!factory.Check(declaration))
            return;
        if (HomeFor(declaration, unruled.Context) is { } home && factory.TakesContext(declaration, home, unruled.Context) is { } preset)
            Add(declaration, home, unruled, preset, narrowings, rules);
        else if (!MayTakeAnyOf(declaration))
            ReportWithoutContext(declaration);
    }

    /// <summary>A generic <c>[Rules]</c> class takes its arguments from the context that its rules' first parameter names.</summary>
    private TypeSymbol? HomeFor(RuleDeclaration declaration, TypeSymbol context)
    {
        var self = types.SelfOf(declaration.Method.DeclaringType);
        if (self.Arguments.Length == 0 || !declaration.Method.HasParameters)
            return self;
        var inference = new TypeInference(types, assignability, declaration.Method.DeclaringType, new TypeSymbol?[self.Arguments.Length]);
        return inference.Infer(types.SelfOf(declaration.Method).Parameters[0], context) && inference.Arguments().SequenceEqual(inference.Arguments().Select((_, i) => inference[i]))
            ? types.Instantiate(types.OpenOf(self), inference.Arguments())
            : null;
    }

    /// <summary>Whether a rule's first parameter is one of the contexts its class is for: then it is only not for this one.</summary>
    private bool MayTakeAnyOf(RuleDeclaration declaration)
    {
        if (!declaration.Method.HasParameters)
            return false;
        var first = types.SelfOf(declaration.Method).Parameters[0];
        return first.IsGenericParameter || homes.ContextsOf(declaration.Method.DeclaringType)
            .Any(context => first.Definition is not null && first.Definition == context.Definition || !context.IsOpen && assignability.IsBoxedAssignable(context, first));
    }

    private void Add(RuleDeclaration declaration, TypeSymbol type, ContextModel unruled, TypeSymbol?[] preset, List<RuleConfig> narrowings, List<RuleModel> rules)
    {
        var narrowing = narrowings.Where(n => patterns.Matches(n.Method, declaration.Method, declaration.Method)).ToList();
        narrowed.UnionWith(narrowing);
        if (factory.Create(declaration, type, unruled, preset, narrowing.Select(n => n.Pointcut), rules.Count) is { } rule)
            rules.Add(rule);
    }

    private void ValidateHome(TypeDefinition home)
    {
        // A mark that was refused says nothing of the rules.
        if (!homes.ContextsOf(home).Any())
            return;
        foreach (var declaration in home.Methods.SelectMany(declarations.Of))
        {
            if (factory.Check(declaration) && !MayTakeAnyOf(declaration))
                ReportWithoutContext(declaration);
        }
        foreach (var context in homes.ContextsOf(home))
            ModelOf(context.Definition is { HasGenericParameters: true } && context.Arguments.Length == 0 ? types.SelfOf(context.Definition) : context);
    }

    private void ReportWithoutContext(RuleDeclaration declaration)
    {
        var contexts = string.Join("' or '", homes.ContextsOf(declaration.Method.DeclaringType).Select(context => RuleNames.Of(context.Named!)));
        diagnostics.Report(DiagnosticCatalog.RuleWithoutContext, declaration.Position, RuleNames.Of(declaration.Method), contexts);
    }

    private void ReportRulesOutside(TypeDefinition type)
    {
        foreach (var declaration in type.Methods.SelectMany(declarations.Of))
            diagnostics.Report(DiagnosticCatalog.RuleOutsideContext, declaration.Position, RuleNames.Of(declaration.Method), declaration.AttributeName);
    }

    private List<RuleConfig> NarrowingsFor(TypeSymbol context) => config.Rules
        .Concat(config.Contexts.Where(c => context.Named is { } named && patterns.Matches(c.Type, named)).SelectMany(c => c.Rules))
        .ToList();

    private void Declare(RuleModel rule)
    {
        foreach (var pointcut in declarations.Of(rule.Definition).Select(declaration => declaration.Pointcut).OfType<Pointcut>())
        {
            if (rule.Target.Pointcuts.Contains(pointcut) && declared.Add(pointcut))
                usage.Declare(pointcut, pointcut.ToString(), rule.Position);
        }
    }
}
