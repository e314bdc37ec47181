using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

using Cassette.Fody.Build;

using Xunit;

namespace Cassette.BuildTests;

/// <summary>Fody's fault: the path of the PDB goes into the assembly, and the ids hash the directory.</summary>
[Collection(Builds.Name)]
public sealed class DeterminismTests(PackageFeed feed)
{
    private const string ThrowingSource = """
        static class Program
        {
            static void Main()
            {
                try
                {
                    throw new System.InvalidOperationException();
                }
                catch (System.Exception exception)
                {
                    System.Console.WriteLine(exception.StackTrace);
                }
            }
        }
        """;

    [Fact]
    public void The_assembly_is_the_same_in_every_directory_and_its_symbols_are_found()
    {
        ConsumerProject first = Make("here", "");
        ConsumerProject second = Make("quite/another/place", "");

        first.Build().Succeeds();
        second.Build().Succeeds();

        Assert.Equal(File.ReadAllBytes(first.Output), File.ReadAllBytes(second.Output));
        Assert.Contains("Program.cs:line 7", first.Run().Succeeds().Output);
        Assert.Contains(Path.Combine(second.Directory, "Program.cs") + ":line 7", second.Run().Succeeds().Output);
    }

    [Fact]
    public void With_mapped_paths_the_symbols_are_the_same_too_and_so_is_a_signature()
    {
        string key = Path.Combine(feed.Root, "key.snk");
        using (var rsa = new RSACryptoServiceProvider(1024))
            File.WriteAllBytes(key, rsa.ExportCspBlob(includePrivateParameters: true));
        string settings = $"""
            <PropertyGroup>
              <PathMap>$(MSBuildProjectDirectory)=/_/</PathMap>
              <SignAssembly>true</SignAssembly>
              <AssemblyOriginatorKeyFile>{key}</AssemblyOriginatorKeyFile>
            </PropertyGroup>
            """;
        ConsumerProject first = Make("mapped", settings);
        ConsumerProject second = Make("mapped/elsewhere", settings);

        first.Build().Succeeds();
        second.Build().Succeeds();

        Assert.Equal(File.ReadAllBytes(first.Output), File.ReadAllBytes(second.Output));
        Assert.Equal(File.ReadAllBytes(first.Symbols), File.ReadAllBytes(second.Symbols));
        AssertSymbolsBelong(first);
        AssertSignatureIsValid(File.ReadAllBytes(first.Output), File.ReadAllBytes(key));
        Assert.Contains("/_/Program.cs:line 7", first.Run().Succeeds().Output);
    }

    [Fact]
    public void The_version_id_follows_the_content()
    {
        ConsumerProject project = Make("version-id", "<PropertyGroup><DebugType>embedded</DebugType></PropertyGroup>");
        project.Build().Succeeds();
        var first = ConsumerProject.VersionId(project.Output);
        Assert.Contains("Program.cs:line 7", project.Run().Succeeds().Output);

        project.Write("Program.cs", ThrowingSource.Replace("InvalidOperation", "NotSupported"));
        project.Rebuild().Succeeds();
        var second = ConsumerProject.VersionId(project.Output);
        project.Write("Program.cs", ThrowingSource);
        project.Rebuild().Succeeds();

        Assert.NotEqual(first, second);
        Assert.Equal(first, ConsumerProject.VersionId(project.Output));
    }

    // As debuggers and symbol servers check it: the id in the debug directory, and the checksum over the PDB without its id.
    private static void AssertSymbolsBelong(ConsumerProject project)
    {
        using var image = new PEReader(File.OpenRead(project.Output));
        Assert.True(image.TryOpenAssociatedPortablePdb(project.Output, File.OpenRead, out MetadataReaderProvider? provider, out string? path));
        provider!.Dispose();
        Assert.Equal(project.Symbols, path);

        byte[] symbols = File.ReadAllBytes(project.Symbols);
        Array.Clear(symbols, MetadataLayout.Stream(symbols, 0, "#Pdb"), 20);
        DebugDirectoryEntry entry = image.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.PdbChecksum);
        Assert.Equal(SHA256.HashData(symbols), image.ReadPdbChecksumDebugDirectoryData(entry).Checksum);
    }

    private static void AssertSignatureIsValid(byte[] image, byte[] key)
    {
        ImageLayout layout = ImageLayout.Read(image);
        Assert.True(layout.IsSigned);
        byte[] resigned = (byte[])image.Clone();
        Array.Clear(resigned, layout.StrongName, layout.StrongNameSize);
        StrongNameSignature.Renew(resigned, layout, key);
        Assert.Equal(image, resigned);
    }

    private ConsumerProject Make(string solution, string settings)
    {
        var project = new ConsumerProject(feed, solution);
        project.Write("Program.cs", ThrowingSource);
        project.AddToProject(settings);
        return project;
    }
}
