using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace Cassette.Tasks;

/// <summary>A hash over named contents. Names and lengths go in as well, so that no two lists of contents coincide.</summary>
internal sealed class InputHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(string name, string value) => Add(name, Encoding.UTF8.GetBytes(value));

    public void AddFile(string name, string path) =>
        Add(name, File.Exists(path) ? File.ReadAllBytes(path) : Encoding.UTF8.GetBytes("missing"));

    public override string ToString() =>
        BitConverter.ToString(_hash.GetHashAndReset()).Replace("-", "").ToLowerInvariant();

    public void Dispose() => _hash.Dispose();

    private void Add(string name, byte[] content)
    {
        byte[] header = Encoding.UTF8.GetBytes(name + "\n" + content.Length + "\n");
        _hash.AppendData(header);
        _hash.AppendData(content);
    }
}
