using System.IO;
using System.Xml.Linq;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>
/// Reads <c>FodyWeavers.xml</c> strictly: what it does not know, it reports with the place in the file. Fody
/// itself accepts anything.
/// </summary>
public static class WeaverConfigReader
{
    /// <summary>Reads the element that Fody hands to the weaver.</summary>
    /// <param name="element">
    /// Fody's <c>Config</c>; without line numbers, so the file is read again for them. Where the file says
    /// something else, as when the configuration comes from the project file, the element counts.
    /// </param>
    /// <param name="path">The <c>FodyWeavers.xml</c>, or null where there is none.</param>
    /// <param name="diagnostics">Receives what is wrong; with errors in it the result must not be used.</param>
    public static WeaverConfig Read(XElement element, string? path, DiagnosticBag diagnostics)
    {
        ConfigSource? source = null;
        if (path is not null && File.Exists(path))
        {
            // That the file lacks the element is no fault where the project file has it.
            var ofFile = new DiagnosticBag();
            source = ConfigSource.Load(path, ofFile);
            if (source is not null || ofFile.HasErrors)
                diagnostics.AddRange(ofFile);
        }

        if (source is null || !XNode.DeepEquals(source.Element, element))
            source = ConfigSource.WithoutPositions(element, path);
        return new ConfigElementReader(source, diagnostics).Read();
    }

    /// <summary>
    /// Reads the file itself, for validation before Fody runs. Null, with a diagnostic, where it cannot be read,
    /// is malformed or has no <c>&lt;Cassette&gt;</c>.
    /// </summary>
    public static WeaverConfig? ReadFile(string path, DiagnosticBag diagnostics) =>
        ConfigSource.Load(path, diagnostics) is { } source ? new ConfigElementReader(source, diagnostics).Read() : null;

    /// <summary>As <see cref="ReadFile"/>, for text at hand.</summary>
    public static WeaverConfig? ReadText(string path, string text, DiagnosticBag diagnostics) =>
        ConfigSource.Parse(path, text, diagnostics) is { } source
            ? new ConfigElementReader(source, diagnostics).Read()
            : null;
}
