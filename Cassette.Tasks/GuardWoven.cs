using System.IO;

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Cassette.Tasks;

/// <summary>
/// Runs after the compiler, whether it had anything to do or not. Logs what the weaver found, and lets no
/// assembly pass that is not woven for this build's inputs.
/// </summary>
public sealed class GuardWoven : Task
{
    /// <summary>What should be woven.</summary>
    [Required]
    public string IntermediateAssembly { get; set; } = "";

    /// <summary>The mark from <see cref="PrepareWeave"/>.</summary>
    [Required]
    public string Mark { get; set; } = "";

    /// <summary>The stamp from <see cref="PrepareWeave"/>.</summary>
    [Required]
    public string Stamp { get; set; } = "";

    /// <summary>Where a build that succeeds copies it to.</summary>
    public string? OutputAssembly { get; set; }

    /// <summary>Whether the property DisableFody is true.</summary>
    public bool FodyIsDisabled { get; set; }

    public override bool Execute()
    {
        var files = new WeaveFiles(Path.GetFullPath(IntermediateAssembly));
        DiagnosticsReplay.Log(files.Diagnostics, Log);
        if (!File.Exists(files.Assembly))
            return !Log.HasLoggedErrors;
        if (!WovenMark.IsIn(files.Assembly, Mark) || !File.Exists(files.Woven) || File.ReadAllText(files.Woven).Trim() != Stamp)
        {
            (FodyIsDisabled ? Problem.FodyDisabled : Problem.NotWoven).Log(Log, Path.GetFileName(files.Assembly));
            files.Discard(OutputAssembly);
        }

        return !Log.HasLoggedErrors;
    }
}
