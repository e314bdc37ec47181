using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cassette.Fody.Build;
using Cassette.Fody.Passes.Loading;
using Cassette.Fody.Reporting;
using Fody;

namespace Cassette.Fody;

/// <summary>The weaver as Fody runs it.</summary>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    private readonly CancellationTokenSource cancellation = new();
    private WeaveSession? session;

    public override void Execute() => session = WeaveSession.Run(ModuleDefinition, AssemblyFilePath, Weave);

    public override void AfterWeaving() => session!.Complete();

    // Fody writes the module after a weaver was cancelled, so the weave has to end by an exception.
    public override void Cancel() => cancellation.Cancel();

    public override IEnumerable<string> GetAssembliesForScanning() => [];

    private void Weave(WeaveSession session)
    {
        var diagnostics = new DiagnosticBag();
        var inputs = session.Inputs;
        using var passes = new PassLibrary(inputs.PassAssemblies);
        var result = new WeavePipeline(ModuleDefinition, Config, inputs.ConfigurationFile, inputs.ProjectDirectory, inputs.References, passLibrary: passes)
            .Run(diagnostics, cancellation.Token);
        new ReportFiles(inputs.AssemblyPath).Write(result, diagnostics);
        session.Report(diagnostics.Select(d => d.ToBuildLine()), diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error));
    }
}
