using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Cassette.Tasks;

/// <summary>The files that a weave keeps beside the intermediate assembly <c>X.dll</c>.</summary>
internal sealed class WeaveFiles(string assembly)
{
    /// <summary>The compiler's output, and then the weaver's.</summary>
    public string Assembly { get; } = assembly;

    public string Symbols { get; } = Path.ChangeExtension(assembly, ".pdb");

    /// <summary>What the weaver reads; an input of the compilation, so that its change makes all run again.</summary>
    public string Inputs { get; } = Path.ChangeExtension(assembly, ".cassette.rsp");

    /// <summary>What the weaver found.</summary>
    public string Diagnostics { get; } = Path.ChangeExtension(assembly, ".cassette.diagnostics");

    /// <summary>The stamp of the weave that succeeded last.</summary>
    public string Woven { get; } = Path.ChangeExtension(assembly, ".cassette.woven");

    /// <summary>Removes the assembly and the record of its weave, so that the next build compiles and weaves.</summary>
    public void Discard()
    {
        // The record first: without it no build takes the assembly for woven, should the rest be interrupted.
        File.Delete(Woven);
        File.Delete(Assembly);
        File.Delete(Symbols);
    }

    /// <summary>
    /// Does so, and removes an assembly from the output directory that a build without the weaver has left
    /// there: it would run, unwoven, as what this build has made.
    /// </summary>
    public void Discard(string? output)
    {
        Discard();
        if (output is not { Length: > 0 } || !File.Exists(output) || WovenMark.HasAny(output))
            return;
        File.Delete(output);
        File.Delete(Path.ChangeExtension(output, ".pdb"));
    }

    /// <summary>Writes <paramref name="lines"/> unless they are there already, so that the time stamp tells of changes.</summary>
    public void WriteInputs(IEnumerable<string> lines)
    {
        string text = string.Join("\n", lines) + "\n";
        if (File.Exists(Inputs) && File.ReadAllText(Inputs) == text)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Inputs)!);
        File.WriteAllText(Inputs, text, new UTF8Encoding(false));
    }
}
