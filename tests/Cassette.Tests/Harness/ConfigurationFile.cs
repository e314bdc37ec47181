using System;
using System.IO;
using Cassette.Fody.Reporting;

namespace Cassette.Tests.Harness;

/// <summary>A <c>FodyWeavers.xml</c> on disk for as long as one weave takes.</summary>
internal sealed class ConfigurationFile : IDisposable
{
    /// <summary>The name that positions have in tests.</summary>
    public const string Name = "FodyWeavers.xml";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cassette");

    public ConfigurationFile(string text)
    {
        Path = System.IO.Path.Combine(_folder.FullName, Name);
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    /// <summary>Where the weave's pass assemblies are written.</summary>
    public string PassFolder => System.IO.Path.Combine(_folder.FullName, "passes");

    /// <summary>The diagnostic with <see cref="Name"/> for the whole path, which differs from run to run.</summary>
    public Diagnostic WithoutFolder(Diagnostic diagnostic) =>
        diagnostic.Position is { } position && position.File == Path
            ? diagnostic with { Position = position with { File = Name } }
            : diagnostic;

    public void Dispose() => _folder.Delete(recursive: true);
}
