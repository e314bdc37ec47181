namespace Cassette.Benchmarks.Contexts;

/// <summary>A second context without rules and without state, to enter around another one.</summary>
public readonly record struct MiddleCtx : IContext;

/// <summary>A third one.</summary>
public readonly record struct OuterCtx : IContext;

/// <summary>A second context without rules that carries state along, to enter around another one.</summary>
public readonly record struct MiddleStateCtx(Counter Metadata) : IContext<Counter>;

/// <summary>A third one.</summary>
public readonly record struct OuterStateCtx(Counter Metadata) : IContext<Counter>;
