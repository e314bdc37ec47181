namespace Cassette.Benchmarks.Contexts;

/// <summary>A context without rules and without state.</summary>
public readonly record struct NoRulesCtx : IContext;

/// <summary>A context without rules that carries state along.</summary>
public readonly record struct NoRulesStateCtx(Counter Metadata) : IContext<Counter>;
