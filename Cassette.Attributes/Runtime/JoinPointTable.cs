using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;

namespace Cassette.Runtime;

/// <summary>
/// The join points of one woven assembly, as the weaver wrote them. Entries are decoded one by one, when they
/// are first looked at.
/// </summary>
/// <remarks>
/// The format, version 1, integers little-endian, offsets counted in bytes:
/// <code>
/// header   'C' 'J' 'P' version:u8  siteCount:u32  sites:u32  methods:u32  strings:u32    (where each heap starts)
/// index    siteCount x u32                                 (where each site starts in the heap of sites)
/// site     callee:v caller:v (in the heap of methods)  file:v (in the heap of strings, 0 for none)  line:v
/// method   flags:u8 (1: static, 2: an instruction)  (intrinsic:v, of an instruction)  type:v name:v returnType:v  n:v n*(genericArgument:v)  m:v m*(type:v name:v)
/// string   length:v  UTF-8
/// v        unsigned LEB128
/// </code>
/// The heap of strings starts with the empty string.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JoinPointTable
{
    private const int HeaderSize = 20;

    private readonly byte[] _blob;
    private readonly int _sites;
    private readonly int _methods;
    private readonly int _strings;
    private readonly JoinPointSite?[] _decoded;

    /// <summary>Opens a table.</summary>
    /// <param name="blob">Its bytes, which must not be changed afterwards.</param>
    /// <exception cref="ArgumentException">The bytes are no table of a version that is known here.</exception>
    public JoinPointTable(byte[] blob)
    {
        ArgumentNullException.ThrowIfNull(blob);
        if (blob.Length < HeaderSize || !blob.AsSpan(0, 3).SequenceEqual("CJP"u8))
            throw new ArgumentException("These bytes are no table of join points.", nameof(blob));
        if (blob[3] != 1)
        {
            throw new ArgumentException(
                $"This table of join points has version {blob[3]}, and the library Cassette.Attributes knows "
                + "version 1. Reference the library of the weaver's own version.",
                nameof(blob));
        }

        _blob = blob;
        _decoded = new JoinPointSite?[ReadOffset(4)];
        _sites = ReadOffset(8);
        _methods = ReadOffset(12);
        _strings = ReadOffset(16);
        if (_sites < HeaderSize + 4L * _decoded.Length || _methods < _sites || _strings < _methods || blob.Length <= _strings)
            throw new ArgumentException("This table of join points is damaged.", nameof(blob));
    }

    /// <summary>How many join points there are.</summary>
    public int Count => _decoded.Length;

    /// <summary>Makes an entry's join point, in a place that woven code uses for all of a body's.</summary>
    /// <param name="table">The table.</param>
    /// <param name="index">The entry's index.</param>
    /// <param name="point">The join point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Get(JoinPointTable table, int index, out JoinPoint point) => point = new JoinPoint(table, index);

    internal JoinPointSite Site(int index) =>
        Volatile.Read(ref _decoded[index]) ?? Interlocked.CompareExchange(ref _decoded[index], Decode(index), null) ?? _decoded[index]!;

    private JoinPointSite Decode(int index)
    {
        int at = _sites + ReadOffset(HeaderSize + 4 * index);
        int callee = ReadNumber(ref at);
        int caller = ReadNumber(ref at);
        int file = ReadNumber(ref at);
        int line = ReadNumber(ref at);
        return new JoinPointSite(DecodeMethod(callee), DecodeMethod(caller), file == 0 ? null : ReadString(file), line);
    }

    private JoinPointMethod DecodeMethod(int offset)
    {
        int at = _methods + offset;
        int flags = _blob[at++];
        string? intrinsic = (flags & 2) == 0 ? null : ReadString(ReadNumber(ref at));
        string type = ReadString(ReadNumber(ref at));
        string name = ReadString(ReadNumber(ref at));
        string returnType = ReadString(ReadNumber(ref at));
        var arguments = new string[ReadNumber(ref at)];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = ReadString(ReadNumber(ref at));
        var parameters = new JoinPointParameter[ReadNumber(ref at)];
        for (int i = 0; i < parameters.Length; i++)
        {
            string parameterType = ReadString(ReadNumber(ref at));
            parameters[i] = new JoinPointParameter(parameterType, ReadString(ReadNumber(ref at)));
        }

        return new JoinPointMethod((flags & 1) != 0, intrinsic, type, name, Array.AsReadOnly(arguments), Array.AsReadOnly(parameters), returnType);
    }

    private string ReadString(int offset)
    {
        int at = _strings + offset;
        int length = ReadNumber(ref at);
        return Encoding.UTF8.GetString(_blob, at, length);
    }

    private int ReadNumber(ref int at)
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = _blob[at++];
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
                return checked((int)value);
        }
    }

    private int ReadOffset(int at) => checked((int)BinaryPrimitives.ReadUInt32LittleEndian(_blob.AsSpan(at, 4)));
}
