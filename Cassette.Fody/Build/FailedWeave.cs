using System.IO;

namespace Cassette.Fody.Build;

/// <summary>
/// Removes what must not outlive a weave that failed: the compiler's output, which would be taken for
/// up to date by the next build and shipped unwoven, and the record of an earlier success.
/// Used through <see cref="WeaveSession"/>.
/// </summary>
internal static class FailedWeave
{
    public static void Discard(string assemblyPath)
    {
        // The record first: without it no build takes the assembly for woven, should the rest be interrupted.
        File.Delete(Path.ChangeExtension(assemblyPath, ".cassette.woven"));
        File.Delete(assemblyPath);
        File.Delete(Path.ChangeExtension(assemblyPath, ".pdb"));
    }
}
