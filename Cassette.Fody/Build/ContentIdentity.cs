using System;
using System.IO;
using System.Security.Cryptography;

namespace Cassette.Fody.Build;

/// <summary>
/// Gives the written assembly and its PDB the identities that follow from the assembly's content: MVID, time
/// stamp and PDB id. The compiler's, which Cecil keeps, hash the directory it compiled in, and the PDB id
/// that Cecil makes hashes the PDB with its paths. This is done on the files, after Fody has written them,
/// since only then the content is known; a strong-name signature is therefore renewed.
/// Used through <see cref="WeaveSession.Complete"/>.
/// </summary>
internal static class ContentIdentity
{
    private const int GuidSize = 16;

    /// <param name="inputs">What the build says about the assembly.</param>
    /// <param name="ownsSymbols">Whether a separate portable PDB was written, whose id is ours to set.</param>
    public static void Apply(BuildInputs inputs, bool ownsSymbols)
    {
        byte[] image = File.ReadAllBytes(inputs.AssemblyPath);
        ImageLayout layout = ImageLayout.Read(image);
        bool hasSymbols = ownsSymbols && layout.CodeViewEntry > 0;

        Clear(image, layout.TimeDateStamp, 4);
        Clear(image, layout.Mvid, GuidSize);
        Clear(image, layout.StrongName, layout.StrongNameSize);
        if (hasSymbols)
        {
            Clear(image, layout.CodeViewTimeDateStamp, 4);
            Clear(image, layout.CodeViewId, GuidSize);
        }

        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(image);
        byte[] symbolHash = sha.ComputeHash(hash);

        PutStamp(image, layout.TimeDateStamp, hash, GuidSize);
        PutGuid(image, layout.Mvid, hash);
        if (hasSymbols)
        {
            PutStamp(image, layout.CodeViewTimeDateStamp, symbolHash, GuidSize);
            PutGuid(image, layout.CodeViewId, symbolHash);
            SetSymbolId(Path.ChangeExtension(inputs.AssemblyPath, ".pdb"), symbolHash);
        }

        if (layout.IsSigned && inputs.SigningKeyFile is { } keyFile)
            StrongNameSignature.Renew(image, layout, File.ReadAllBytes(keyFile));
        File.WriteAllBytes(inputs.AssemblyPath, image);
    }

    private static void SetSymbolId(string path, byte[] hash)
    {
        byte[] symbols = File.ReadAllBytes(path);
        // The #Pdb stream begins with the 20 bytes of the id: GUID, then the stamp of the CodeView entry.
        int id = MetadataLayout.Stream(symbols, 0, "#Pdb");
        PutGuid(symbols, id, hash);
        PutStamp(symbols, id + GuidSize, hash, GuidSize);
        File.WriteAllBytes(path, symbols);
    }

    private static void Clear(byte[] bytes, int offset, int count) => Array.Clear(bytes, offset, count);

    private static void PutGuid(byte[] bytes, int offset, byte[] hash)
    {
        Buffer.BlockCopy(hash, 0, bytes, offset, GuidSize);
        // RFC 9562: version 4, variant 1; the third group is stored little-endian.
        bytes[offset + 7] = (byte)((bytes[offset + 7] & 0x0F) | 0x40);
        bytes[offset + 8] = (byte)((bytes[offset + 8] & 0x3F) | 0x80);
    }

    // As compilers do for reproducible images: the highest bit tells it from a date.
    private static void PutStamp(byte[] bytes, int offset, byte[] hash, int from)
    {
        Buffer.BlockCopy(hash, from, bytes, offset, 4);
        bytes[offset + 3] |= 0x80;
    }
}
