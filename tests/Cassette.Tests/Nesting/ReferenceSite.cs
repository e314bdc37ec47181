namespace Cassette.Tests.Nesting;

/// <summary>A call that a primitive has taken: the contexts that see it from the primitive's own outward, and the stack that its body would run in.</summary>
internal sealed class ReferenceSite(ReferenceRun run, string method, int x, ReferenceContext[] by, ReferenceContext[] goes)
{
    /// <summary>A catch-all's <c>call.Recurse(ctx)</c> or <c>call.Fallback()</c>: the call, seen by the contexts around.</summary>
    public int GoOn() => run.Seen(method, x, by[1..], goes);

    /// <summary>A call in the rule's own code, which runs in the contexts around.</summary>
    public int CallFromRule(string callee, int argument) => run.Call(callee, argument, by[1..]);

    /// <summary>
    /// The rule's <c>ctx.Recurse(f, x)</c>: the callee runs in the whole stack that its site has, as after a catch-all's <c>call.Recurse(ctx)</c>.
    /// </summary>
    public int RecurseByDelegate(int argument) => run.Body(method, argument, goes);
}
