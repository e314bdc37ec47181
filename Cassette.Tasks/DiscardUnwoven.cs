using System.IO;

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Cassette.Tasks;

/// <summary>
/// Runs when the weave has failed. Logs what the weaver found and removes the assembly; and the one in the
/// output directory too, if a build without the weaver has left one there, which would run unwoven.
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
        files.Discard();
        if (OutputAssembly is { Length: > 0 } output && File.Exists(output) && !WovenMark.HasAny(output))
        {
            File.Delete(output);
            File.Delete(Path.ChangeExtension(output, ".pdb"));
        }

        // MSBuild takes a task for failed that has logged errors; what failed is the weave, which has said so.
        return true;
    }
}
