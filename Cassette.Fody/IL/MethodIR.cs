using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.IL;

/// <summary>
/// A method body as typed blocks: the seeds' <c>CodeInfo</c>. Generic parameters in it are those of <see cref="Origin"/>; the emitter maps
/// them to the parameters of the method the body is emitted into.
/// </summary>
public sealed class MethodIR(TypeUniverse types, MethodDefinition origin, TypeSymbol returnType)
{
    public TypeUniverse Types { get; } = types;

    /// <summary>The method the body was read from.</summary>
    public MethodDefinition Origin { get; } = origin;

    public TypeSymbol ReturnType { get; } = returnType;

    /// <summary>In <c>ldarg</c> order, <c>this</c> first.</summary>
    public List<Argument> Arguments { get; } = [];

    public List<Local> Locals { get; } = [];

    /// <summary>In layout order; the first one is the entry.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>The root of the tree of handler regions.</summary>
    public Region Body { get; } = new(RegionKind.Body, null);

    public bool InitLocals { get; set; }

    public DebugScope? Scope { get; set; }
}
