using System.Collections.Generic;

namespace Cassette.Fody.IL;

/// <summary>A body in printed lines, which stay as they are when the body is changed.</summary>
internal sealed class IRListing(string header, List<IRLine> lines)
{
    public string Header { get; } = header;

    public List<IRLine> Lines { get; } = lines;
}
