using System.Collections.Generic;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>A lexical scope of the author's source, by the instructions it starts at and ends before (null: the end of the body).</summary>
public sealed class DebugScope
{
    public Instruction? Start { get; set; }

    public Instruction? End { get; set; }

    public ImportDebugInformation? Import { get; init; }

    public List<(Local Local, string Name, VariableAttributes Attributes)> Variables { get; } = [];

    public List<ConstantDebugInformation> Constants { get; } = [];

    public List<DebugScope> Children { get; } = [];
}
