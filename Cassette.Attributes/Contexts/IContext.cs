namespace Cassette;

/// <summary>
/// Marks a type as a context: what a program is run in, by <c>Overdub</c>, so that the type's rules apply to
/// every call below. The seeds' <c>@context</c>.
/// </summary>
/// <remarks>
/// Any struct or class can be one; by habit it is a <c>readonly record struct</c>. The context's static type
/// decides which rules apply, so it has to be known where a program is entered: an entry in generic code
/// whose context is a type parameter cannot be woven.
/// </remarks>
/// <example>
/// <code>
/// public readonly record struct CosineCtx : IContext
/// {
///     [Overdub(typeof(Math), nameof(Math.Sin))]
///     static double Sin(CosineCtx ctx, double x) => Math.Cos(x);
/// }
///
/// double one = new CosineCtx().Overdub(() => Math.Sin(0.0));
/// </code>
/// </example>
public interface IContext;
