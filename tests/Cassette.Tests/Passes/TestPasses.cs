using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;

namespace Cassette.Tests.Passes;

/// <summary>Passes of the test's own process, by the names of the contexts that they belong to.</summary>
internal sealed class TestPasses : IPassSource
{
    private readonly List<(string Context, LoadedPass Pass)> _passes = [];

    /// <summary>One pass for one context.</summary>
    public static TestPasses For(string context, Func<Reflection, PassResult> run) => new TestPasses().With(context, run);

    /// <summary>One that edits.</summary>
    public static TestPasses Editing(string context, Action<EditableBody> edit) => new TestPasses().ThenEditing(context, edit);

    public TestPasses ThenEditing(string context, Action<EditableBody> edit) => With(context, reflection =>
    {
        EditableBody body = reflection.Edit();
        edit(body);
        return PassResult.Overdub(body);
    });

    public TestPasses With(string context, Func<Reflection, PassResult> run)
    {
        _passes.Add((context, new LoadedPass(new FunctionPass(run), $"Test.{context}Pass", null)));
        return this;
    }

    public IReadOnlyList<LoadedPass> PassesOf(TypeSymbol context) =>
        [.. _passes.Where(pass => pass.Context == context.DisplayName).Select(pass => pass.Pass)];

    private sealed class FunctionPass(Func<Reflection, PassResult> run) : IPass
    {
        public PassResult Run(TypeSymbol context, Reflection reflection) => run(reflection);
    }
}
