using System;
using System.IO;

namespace Cassette.Fody.Build;

/// <summary>
/// Where in a managed image the things lie that identify it, as offsets into the file: ECMA-335 II.25 and
/// the PE/COFF specification for the debug directory.
/// </summary>
internal sealed class ImageLayout
{
    private const int SectionHeaderSize = 40;
    private const int DebugEntrySize = 28;
    private const int CodeView = 2;
    private const uint StrongNameSigned = 8;

    private readonly byte[] _image;
    private readonly int _sectionHeaders;
    private readonly int _sections;

    private ImageLayout(byte[] image)
    {
        _image = image;
        int coff = BitConverter.ToInt32(image, 0x3C) + 4;
        TimeDateStamp = coff + 4;
        _sections = BitConverter.ToUInt16(image, coff + 2);
        int optional = coff + 20;
        _sectionHeaders = optional + BitConverter.ToUInt16(image, coff + 16);
        bool isPe64 = BitConverter.ToUInt16(image, optional) == 0x20B;
        int directories = optional + (isPe64 ? 112 : 96);

        int cli = Offset(BitConverter.ToUInt32(image, directories + 14 * 8));
        Mvid = MetadataLayout.Mvid(image, Offset(BitConverter.ToUInt32(image, cli + 8)));
        StrongNameSize = BitConverter.ToInt32(image, cli + 36);
        StrongName = StrongNameSize == 0 ? 0 : Offset(BitConverter.ToUInt32(image, cli + 32));
        IsSigned = StrongNameSize > 0 && (BitConverter.ToUInt32(image, cli + 16) & StrongNameSigned) != 0;
        ReadDebugDirectory(directories + 6 * 8);
    }

    /// <summary>The time stamp in the COFF header.</summary>
    public int TimeDateStamp { get; }

    /// <summary>The module's version id.</summary>
    public int Mvid { get; }

    /// <summary>The entry of the debug directory that names the PDB, or 0.</summary>
    public int CodeViewEntry { get; private set; }

    /// <summary>That entry's time stamp.</summary>
    public int CodeViewTimeDateStamp => CodeViewEntry + 4;

    /// <summary>The PDB's id in that entry's data.</summary>
    public int CodeViewId { get; private set; }

    /// <summary>The strong-name signature, or 0.</summary>
    public int StrongName { get; }

    /// <summary>How many bytes are set aside for the signature.</summary>
    public int StrongNameSize { get; }

    /// <summary>Whether the image claims to be signed; not so when signing is delayed.</summary>
    public bool IsSigned { get; }

    /// <summary>The end of the headers, and the start of the first section.</summary>
    public (int HeadersEnd, int SectionsStart) Extent =>
        (_sectionHeaders + _sections * SectionHeaderSize, BitConverter.ToInt32(_image, _sectionHeaders + 20));

    public static ImageLayout Read(byte[] image) => new(image);

    private void ReadDebugDirectory(int directory)
    {
        int size = BitConverter.ToInt32(_image, directory + 4);
        if (size == 0)
            return;
        int first = Offset(BitConverter.ToUInt32(_image, directory));
        for (int entry = first; entry < first + size; entry += DebugEntrySize)
        {
            if (BitConverter.ToInt32(_image, entry + 12) != CodeView)
                continue;
            CodeViewEntry = entry;
            CodeViewId = BitConverter.ToInt32(_image, entry + 24) + 4;
            return;
        }
    }

    private int Offset(uint address)
    {
        for (int i = 0; i < _sections; i++)
        {
            int header = _sectionHeaders + i * SectionHeaderSize;
            uint start = BitConverter.ToUInt32(_image, header + 12);
            uint size = BitConverter.ToUInt32(_image, header + 16);
            if (address >= start && address < start + size)
                return (int)(address - start + BitConverter.ToUInt32(_image, header + 20));
        }

        throw new InvalidDataException("An address in the headers lies in no section.");
    }
}
