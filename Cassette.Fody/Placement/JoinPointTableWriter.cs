using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Cassette.Fody.Placement;

/// <summary>
/// Writes the table that <c>Cassette.Runtime.JoinPointTable</c> reads; the format is documented there. Equal
/// strings, methods and sites are written once. The bytes depend on nothing but the sequence of additions.
/// </summary>
internal sealed class JoinPointTableWriter
{
    private const int HeaderSize = 20;
    private const byte Version = 1;

    private readonly Heap _strings = new();
    private readonly Heap _methods = new();
    private readonly Heap _sites = new();
    private readonly Dictionary<int, int> _indexes = [];
    private readonly List<int> _offsets = [];

    public JoinPointTableWriter() => AddString("");

    /// <summary>How many different sites were added.</summary>
    public int Count => _offsets.Count;

    /// <summary>Adds a site.</summary>
    /// <returns>Its index in the table, that of the first equal one if there was one.</returns>
    public int Add(in JoinPointData site)
    {
        var entry = new MemoryStream();
        WriteNumber(entry, AddMethod(site.Callee));
        WriteNumber(entry, AddMethod(site.Caller));
        WriteNumber(entry, site.File is null ? 0 : AddString(site.File));
        WriteNumber(entry, site.Line);
        int offset = _sites.Add(entry);
        if (!_indexes.TryGetValue(offset, out int index))
        {
            index = _offsets.Count;
            _indexes.Add(offset, index);
            _offsets.Add(offset);
        }

        return index;
    }

    /// <summary>The table with everything that was added so far.</summary>
    public byte[] ToArray()
    {
        int sites = HeaderSize + 4 * _offsets.Count;
        int methods = sites + _sites.Length;
        int strings = methods + _methods.Length;
        var table = new MemoryStream(strings + _strings.Length);
        table.Write([(byte)'C', (byte)'J', (byte)'P', Version], 0, 4);
        foreach (int field in (int[])[_offsets.Count, sites, methods, strings])
            WriteFixed(table, field);
        foreach (int offset in _offsets)
            WriteFixed(table, offset);
        _sites.CopyTo(table);
        _methods.CopyTo(table);
        _strings.CopyTo(table);
        return table.ToArray();
    }

    private int AddMethod(JoinPointMethodData method)
    {
        var entry = new MemoryStream();
        entry.WriteByte((byte)((method.IsStatic ? 1 : 0) | (method.Intrinsic is null ? 0 : 2)));
        if (method.Intrinsic is { } intrinsic)
            WriteNumber(entry, AddString(intrinsic));
        WriteNumber(entry, AddString(method.DeclaringType));
        WriteNumber(entry, AddString(method.Name));
        WriteNumber(entry, AddString(method.ReturnType));
        WriteNumber(entry, method.GenericArguments.Count);
        foreach (string argument in method.GenericArguments)
            WriteNumber(entry, AddString(argument));
        WriteNumber(entry, method.Parameters.Count);
        foreach ((string type, string name) in method.Parameters)
        {
            WriteNumber(entry, AddString(type));
            WriteNumber(entry, AddString(name));
        }

        return _methods.Add(entry);
    }

    private int AddString(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        var entry = new MemoryStream(bytes.Length + 2);
        WriteNumber(entry, bytes.Length);
        entry.Write(bytes, 0, bytes.Length);
        return _strings.Add(entry);
    }

    private static void WriteNumber(Stream stream, int value)
    {
        uint rest = checked((uint)value);
        for (; rest >= 0x80; rest >>= 7)
            stream.WriteByte((byte)(rest | 0x80));
        stream.WriteByte((byte)rest);
    }

    private static void WriteFixed(Stream stream, int value)
    {
        for (int shift = 0; shift < 32; shift += 8)
            stream.WriteByte((byte)(value >> shift));
    }

    /// <summary>A sequence of encoded items, each of which is there once.</summary>
    private sealed class Heap
    {
        private readonly Dictionary<string, int> _offsetOf = new(System.StringComparer.Ordinal);
        private readonly MemoryStream _bytes = new();

        public int Length => checked((int)_bytes.Length);

        public int Add(MemoryStream item)
        {
            byte[] bytes = item.ToArray();
            string key = Spell(bytes);
            if (!_offsetOf.TryGetValue(key, out int offset))
            {
                offset = Length;
                _offsetOf.Add(key, offset);
                _bytes.Write(bytes, 0, bytes.Length);
            }

            return offset;
        }

        public void CopyTo(Stream stream) => _bytes.WriteTo(stream);

        // Arrays compare by identity, strings by content: the bytes become the code units of a key.
        private static string Spell(byte[] bytes)
        {
            var characters = new char[bytes.Length];
            for (int i = 0; i < bytes.Length; i++)
                characters[i] = (char)bytes[i];
            return new string(characters);
        }
    }
}
