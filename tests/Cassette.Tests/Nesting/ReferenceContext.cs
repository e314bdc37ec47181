using System;
using System.Collections.Generic;

namespace Cassette.Tests.Nesting;

/// <summary>What one context of the matrix does, said once more without the weaver: its hooks and primitives as plain functions.</summary>
/// <param name="name">The name under which its events are logged.</param>
internal abstract class ReferenceContext(string name)
{
    public string Name { get; } = name;

    public virtual void Before(ReferenceRun run, string method, int x)
    {
    }

    public virtual void After(ReferenceRun run, string method, int output, int x)
    {
    }

    public virtual void Thrown(ReferenceRun run, string method)
    {
    }

    /// <summary>The primitive's result; null where it does not take the call.</summary>
    public virtual int? Take(ReferenceRun run, string method, int x, ReferenceSite site) => null;

    /// <summary>A fresh context, as each entry of the program makes one.</summary>
    public static ReferenceContext Of(string name) => name switch
    {
        "Empty" => new Empty(),
        "Trace" => new Trace(),
        "Quiet" => new Empty(),
        "Memo" => new Memo(),
        "Table" => new Table(),
        "Replace" => new Replace(),
        "Stop" => new Stop(),
        "Throw" => new Throw(),
        "Any" => new Any(),
        "Native" => new Native(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such context"),
    };

    private sealed class Empty() : ReferenceContext("Empty");

    private sealed class Trace() : ReferenceContext("Trace")
    {
        public override void Before(ReferenceRun run, string method, int x)
        {
            if (method is "Step" or "Twice" or "Fib" or "Abs")
                run.Log.Add("trace " + method + " " + x);
        }
    }

    private sealed class Memo() : ReferenceContext("Memo")
    {
        private readonly Dictionary<int, int> known = [];

        public override int? Take(ReferenceRun run, string method, int x, ReferenceSite site)
        {
            if (method != "Fib")
                return null;
            return known.TryGetValue(x, out int output) ? output : site.RecurseByDelegate(x);
        }

        public override void After(ReferenceRun run, string method, int output, int x)
        {
            if (method == "Fib")
                known[x] = output;
        }
    }

    private sealed class Table() : ReferenceContext("Table")
    {
        private readonly Dictionary<int, int> known = [];

        public override int? Take(ReferenceRun run, string method, int x, ReferenceSite site)
        {
            if (method != "Twice")
                return null;
            if (!known.TryGetValue(x, out int output))
                known[x] = output = site.CallFromRule("Twice", x);
            return output;
        }
    }

    private sealed class Replace() : ReferenceContext("Replace")
    {
        public override int? Take(ReferenceRun run, string method, int x, ReferenceSite site) =>
            method == "Step" ? site.CallFromRule("Twice", x) + 10 : null;
    }

    private sealed class Stop() : ReferenceContext("Stop")
    {
        public override void After(ReferenceRun run, string method, int output, int x)
        {
            if (method == "Step" && output == 4)
                throw new InvalidOperationException();
        }
    }

    private sealed class Throw() : ReferenceContext("Throw")
    {
        public override void Thrown(ReferenceRun run, string method)
        {
            if (method is "Step" or "Twice")
                run.Log.Add("throw " + method);
        }
    }

    private sealed class Any() : ReferenceContext("Any")
    {
        public override int? Take(ReferenceRun run, string method, int x, ReferenceSite site)
        {
            run.Log.Add("any " + method);
            return site.GoOn();
        }
    }

    private sealed class Native() : ReferenceContext("Native")
    {
        public override int? Take(ReferenceRun run, string method, int x, ReferenceSite site)
        {
            if (method != "Abs")
                return null;
            run.Log.Add("native " + method);
            return site.GoOn();
        }
    }
}
