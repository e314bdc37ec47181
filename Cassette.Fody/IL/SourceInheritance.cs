namespace Cassette.Fody.IL;

/// <summary>Which source a debugger shows for inserted code.</summary>
public enum SourceInheritance
{
    /// <summary>The code belongs to the author's statement it is inserted before.</summary>
    Inherit,

    /// <summary>Debuggers step over the code; what follows keeps its source.</summary>
    Hidden,
}
