using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace Cassette.Fody.Build;

/// <summary>Cecil's own reader, with another writer to go with it.</summary>
internal sealed class PortableSymbolReader(PortablePdbReader reader, bool keepChecksum) : ISymbolReader
{
    public ISymbolWriterProvider GetWriterProvider() =>
        new PortableSymbolWriterProvider(reader.GetWriterProvider(), keepChecksum);

    public bool ProcessDebugHeader(ImageDebugHeader header) => reader.ProcessDebugHeader(header);

    public MethodDebugInformation Read(MethodDefinition method) => reader.Read(method);

    public Collection<CustomDebugInformation> Read(ICustomDebugInformationProvider provider) => reader.Read(provider);

    public void Dispose() => reader.Dispose();
}
