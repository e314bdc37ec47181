using System.Collections.Generic;

namespace Cassette.Benchmarks.Contexts;

/// <summary>A context without rules and without state.</summary>
public readonly record struct NoRulesCtx : IContext;

/// <summary>A context without rules that carries state along.</summary>
public readonly record struct NoRulesStateCtx(Counter Metadata) : IContext<Counter>;

/// <summary>A context without rules that carries more than one reference along.</summary>
public readonly record struct NoRulesWideCtx(Counter Metadata, int Number) : IContext<Counter>;

/// <summary>A context without rules whose state is a class of the framework.</summary>
public readonly record struct NoRulesForeignCtx(List<string> Metadata) : IContext<List<string>>;
