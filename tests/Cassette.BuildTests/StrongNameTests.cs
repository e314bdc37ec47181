using System;
using System.IO;
using System.Security.Cryptography;

using Cassette.Fody.Build;

using Mono.Cecil;

using Xunit;

namespace Cassette.BuildTests;

public sealed class StrongNameTests
{
    [Fact]
    public void A_renewed_signature_is_the_one_that_Cecil_makes()
    {
        using var rsa = new RSACryptoServiceProvider(1024);
        byte[] key = rsa.ExportCspBlob(includePrivateParameters: true);
        using var signed = new MemoryStream();
        using (ModuleDefinition module = ModuleDefinition.ReadModule(typeof(StrongNameTests).Assembly.Location))
            module.Write(signed, new WriterParameters { StrongNameKeyBlob = key });
        byte[] expected = signed.ToArray();
        byte[] image = signed.ToArray();
        ImageLayout layout = ImageLayout.Read(image);
        Array.Clear(image, layout.StrongName, layout.StrongNameSize);

        StrongNameSignature.Renew(image, layout, key);

        Assert.True(layout.IsSigned);
        Assert.Equal(expected, image);
    }

    [Fact]
    public void The_layout_finds_the_version_id()
    {
        string path = typeof(StrongNameTests).Assembly.Location;
        byte[] image = File.ReadAllBytes(path);

        int offset = ImageLayout.Read(image).Mvid;

        Assert.Equal(ConsumerProject.VersionId(path), new Guid(image.AsSpan(offset, 16)));
    }
}
