using System;
using System.Collections.Generic;

using Fody;

using Mono.Cecil;

namespace Cassette.Fody.Build;

/// <summary>
/// One weave as the build sees it: prepares the module for deterministic output, takes the diagnostics, and
/// sees to it that a weave that fails leaves no assembly. <c>ModuleWeaver</c> uses it like this:
/// <code>
/// public override void Execute() =>
///     _session = WeaveSession.Run(ModuleDefinition, AssemblyFilePath, session =>
///     {
///         // configure, plan, transform ... with session.Inputs
///         session.Report(bag.Select(d => d.ToBuildLine()), bag.ErrorCount);   // throws when there are errors
///     });
///
/// public override void AfterWeaving() => _session.Complete();
/// </code>
/// <c>Report</c> has to be called last in the callback. Errors must never go through <c>WriteError</c>
/// followed by a return: Fody then writes the module, and its errors carry no code.
/// <c>Cancel</c> has to make the callback throw, because Fody writes the module after a cancelled weaver.
/// </summary>
public sealed class WeaveSession
{
    private readonly DiagnosticsFile _diagnostics;
    private bool _ownsSymbols;

    private WeaveSession(BuildInputs inputs, DiagnosticsFile diagnostics)
    {
        Inputs = inputs;
        _diagnostics = diagnostics;
    }

    /// <summary>What the build passed to the weaver.</summary>
    public BuildInputs Inputs { get; }

    /// <summary>Runs <paramref name="weave"/>; if it throws, the assembly is removed before the exception goes on.</summary>
    /// <exception cref="WeavingException">The weave reported errors, or the build passed no inputs.</exception>
    public static WeaveSession Run(ModuleDefinition module, string assemblyPath, Action<WeaveSession> weave)
    {
        var diagnostics = new DiagnosticsFile(assemblyPath);
        try
        {
            diagnostics.Clear();
            var session = new WeaveSession(BuildInputs.Read(assemblyPath), diagnostics);
            session._ownsSymbols = DeterministicSymbols.Install(module, session.Inputs);
            weave(session);
            WeaveStamp.Apply(module, session.Inputs);
            return session;
        }
        catch (Exception exception)
        {
            diagnostics.WriteFailure(exception);
            FailedWeave.Discard(assemblyPath);
            throw;
        }
    }

    /// <summary>
    /// Hands the diagnostics to the build, which logs them with code, file, line and column, also when later
    /// builds find the assembly up to date.
    /// </summary>
    /// <param name="buildLines">Lines as MSBuild reads them: <c>file(line,column): error CAS103: text</c>.</param>
    /// <param name="errors">How many of the lines are errors.</param>
    /// <exception cref="WeavingException">There are errors.</exception>
    public void Report(IEnumerable<string> buildLines, int errors)
    {
        _diagnostics.Write(buildLines);
        if (errors > 0)
        {
            throw new WeavingException(errors == 1
                ? "Not woven because of an error, listed by its code."
                : $"Not woven because of {errors} errors, listed by their codes.");
        }
    }

    /// <summary>
    /// Finishes the files that Fody has written, and states that the weave succeeded. To be called from
    /// <c>AfterWeaving</c>.
    /// </summary>
    public void Complete()
    {
        try
        {
            ContentIdentity.Apply(Inputs, _ownsSymbols);
            WeaveStamp.Confirm(Inputs);
        }
        catch (Exception exception)
        {
            _diagnostics.WriteFailure(exception);
            FailedWeave.Discard(Inputs.AssemblyPath);
            throw;
        }
    }
}
