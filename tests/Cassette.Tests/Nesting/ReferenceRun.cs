using System;
using System.Collections.Generic;

namespace Cassette.Tests.Nesting;

/// <summary>
/// Interprets the kernel's calls under a stack of contexts, innermost first: each context sees the call that the one inside it has made of the
/// author's, and what a context's rules call is seen by those around it.
/// </summary>
internal sealed class ReferenceRun
{
    public List<string> Log { get; } = [];

    /// <summary>A call that stands in code which runs in <paramref name="stack"/>.</summary>
    public int Call(string method, int x, ReferenceContext[] stack) => Seen(method, x, stack, stack);

    /// <summary>A call as the contexts <paramref name="by"/> see it, whose body runs in <paramref name="goes"/>.</summary>
    public int Seen(string method, int x, ReferenceContext[] by, ReferenceContext[] goes)
    {
        if (by.Length == 0)
            return Body(method, x, goes);
        ReferenceContext context = by[0];
        context.Before(this, method, x);
        int output;
        try
        {
            output = context.Take(this, method, x, new ReferenceSite(this, method, x, by, goes)) ?? Seen(method, x, by[1..], goes);
        }
        catch (InvalidOperationException)
        {
            context.Thrown(this, method);
            throw;
        }

        context.After(this, method, output, x);
        return output;
    }

    /// <summary>The kernel's methods, whose calls are seen by the stack that they run in.</summary>
    public int Body(string method, int x, ReferenceContext[] stack)
    {
        switch (method)
        {
            case "Top":
                return Call("Guard", x, stack) + Call("Fib", 4, stack) + Call("Twice", x + 1, stack) + Call("Twice", x + 1, stack);
            case "Guard":
                try
                {
                    return Call("Twice", x, stack);
                }
                catch (InvalidOperationException)
                {
                    return -1;
                }

            case "Twice":
                return Call("Abs", x, stack) + Call("Step", x, stack);
            case "Step":
                return Call("Abs", x, stack) + 1;
            case "Fib":
                return x < 2 ? x : Call("Fib", x - 1, stack) + Call("Fib", x - 2, stack);
            case "Abs":
                return Math.Abs(x);
            default:
                throw new ArgumentOutOfRangeException(nameof(method), method, "no such method");
        }
    }
}
