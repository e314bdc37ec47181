using System.IO;

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Cassette.Tasks;

/// <summary>
/// Runs when the weave has failed. Logs what the weaver found, and removes the assembly.
/// </summary>
public sealed class DiscardUnwoven : Task
{
    /// <summary>What could not be woven.</summary>
    [Required]
    public string IntermediateAssembly { get; set; } = "";

    /// <summary>Where a build that succeeds copies it to.</summary>
    public string? OutputAssembly { get; set; }

    public override bool Execute()
    {
        var files = new WeaveFiles(Path.GetFullPath(IntermediateAssembly));
        DiagnosticsReplay.Log(files.Diagnostics, Log);
        files.Discard(OutputAssembly);

        // MSBuild takes a task for failed that has logged errors; what failed is the weave, which has said so.
        return true;
    }
}
