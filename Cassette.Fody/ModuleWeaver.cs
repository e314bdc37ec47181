using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Build;
using Cassette.Fody.Reporting;
using Fody;

namespace Cassette.Fody;

/// <summary>The weaver as Fody runs it.</summary>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    private WeaveSession? session;

    public override void Execute() => session = WeaveSession.Run(ModuleDefinition, AssemblyFilePath, Weave);

    public override void AfterWeaving() => session!.Complete();

    public override IEnumerable<string> GetAssembliesForScanning() => [];

    private void Weave(WeaveSession session)
    {
        var diagnostics = new DiagnosticBag();
        var result = new WeavePipeline(ModuleDefinition, Config, session.Inputs.ConfigurationFile, session.Inputs.ProjectDirectory, session.Inputs.References).Run(diagnostics);
        new ReportFiles(session.Inputs.AssemblyPath).Write(result, diagnostics);
        session.Report(diagnostics.Select(d => d.ToBuildLine()), diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error));
    }
}
