using System;
using System.Security.Cryptography;

namespace Cassette.Fody.Build;

/// <summary>
/// Signs an image again after its identity was set. A strong name is the RSA signature (PKCS #1, SHA-1) over
/// the headers and the sections without the signature itself, stored in reverse byte order. It is no
/// protection, but runtimes and loaders of the .NET Framework check it.
/// </summary>
internal static class StrongNameSignature
{
    public static void Renew(byte[] image, ImageLayout layout, byte[] keyPair)
    {
        (int headersEnd, int sectionsStart) = layout.Extent;
        int signatureEnd = layout.StrongName + layout.StrongNameSize;
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha.AppendData(image, 0, headersEnd);
        sha.AppendData(image, sectionsStart, layout.StrongName - sectionsStart);
        sha.AppendData(image, signatureEnd, image.Length - signatureEnd);

        using var rsa = new RSACryptoServiceProvider();
        rsa.ImportCspBlob(keyPair);
        byte[] signature = rsa.SignHash(sha.GetHashAndReset(), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
        Array.Reverse(signature);
        Buffer.BlockCopy(signature, 0, image, layout.StrongName, Math.Min(signature.Length, layout.StrongNameSize));
    }
}
