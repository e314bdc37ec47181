using System;
using System.Collections.Generic;
using Cassette;
using Tour;

Show("hooks");
var (ann, bob) = (new Account("Ann"), new Account("Bob"));
ann.Deposit(100);
var trace = new TraceCtx([]);
trace.Overdub(() => Bank.TryTransfer(ann, bob, 130));
trace.Metadata.ForEach(line => Print(line));

Show("hooks that wait");
var wait = new WaitCtx([]);
await wait.Overdub(() => Exchange.Convert(5, 20));
try
{
    await wait.Overdub(() => Exchange.Convert(5, 0));
}
catch (DivideByZeroException)
{
    wait.Metadata.ForEach(line => Print(line));
}

Show("a typed prehook");
try
{
    new LimitCtx(50).Overdub(Bank.Transfer, ann, bob, 60);
}
catch (InvalidOperationException e)
{
    Print(e.Message);
}

Show("a posthook that replaces the output");
Print(Fees.Deduct(57), new RoundCtx(10).Overdub(Fees.Deduct, 57));

Show("a prehook that stops below");
var shallow = new ShallowCtx([]);
shallow.Overdub(() => Bank.Transfer(ann, bob, 10));
Print(string.Join(" ", shallow.Metadata));

Show("the same without its hooks");
shallow.Metadata.Clear();
shallow.DisableHooks().Overdub(() => Bank.Transfer(ann, bob, 10));
Print(shallow.Metadata.Count);

Show("targets");
Print(new FrozenCtx(1999).Overdub(Clock.Stamp));

Show("a primitive that goes on");
Print(Tree.Count(10), new DepthCtx(3).Overdub(Tree.Count, 10));

Show("multiple dispatch");
Print(new DescribeCtx().Overdub(() => Text.DescribeAll(1, "two", new Exception("three"))));

Show("a catch-all");
var tree = new TreeCtx([]);
tree.Overdub(() => Fees.Deduct(50));
tree.Metadata.ForEach(line => Print(line));
var wide = new WideCtx([0]);
wide.Overdub(() => Bank.Transfer(ann, bob, 10));
Print(wide.Metadata[0]);

Show("a fallback");
try
{
    new SandboxCtx().Overdub(Clock.Stamp);
}
catch (UnauthorizedAccessException e)
{
    Print(e.Message);
}

Show("what can be run in a context");
Print(new DescribeCtx().CanRecurse((Func<int, int>)Fees.Of), new DescribeCtx().CanRecurse((Func<double, double>)Math.Sin));

Show("declared entries");
Print(Entries.Declared());
Print(Entries.Nightly());
Print(string.Join(" ", CountCtx.Seen));

static void Show(string title) => Console.WriteLine(title);

static void Print(params object[] values) => Console.WriteLine("  " + string.Join("  ", values));
