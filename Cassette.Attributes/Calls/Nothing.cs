namespace Cassette;

/// <summary>
/// The result of a call that has none: what stands for <c>void</c> as the <c>TResult</c> of a catch-all rule.
/// </summary>
/// <example>
/// <code>
/// static bool IsVoid&lt;TResult&gt;() => typeof(TResult) == typeof(Nothing);
/// </code>
/// </example>
public readonly record struct Nothing;
