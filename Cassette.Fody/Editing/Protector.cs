using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>Puts the whole body into a try. The blocks are changed as stack code; statements that stay keep their identity.</summary>
internal sealed class Protector(EditableBody body)
{
    public void Finally(RegionKind kind, IReadOnlyList<NewStatement> code)
    {
        var handler = Wrap(kind, null, [new Instruction(Code.Endfinally)]);
        new StatementWriter(body).Insert(handler, handler.List.Count - 1, code, null);
    }

    public void Catch(TypeSymbol exceptionType, Func<Local, IReadOnlyList<NewStatement>> code)
    {
        var exception = body.NewLocal(exceptionType);
        var handler = Wrap(RegionKind.Catch, exceptionType, [new Instruction(Code.Stloc, exception), new Instruction(Code.Rethrow)]);
        new StatementWriter(body).Insert(handler, handler.List.Count - 1, code(exception), null);
    }

    private EditableBlock Wrap(RegionKind kind, TypeSymbol? catchType, Instruction[] handler)
    {
        body.Flush();
        ProtectedCode wrapped;
        try
        {
            wrapped = new BodyEditor(body.Body).WrapInTry(body.Body.Blocks[0], body.Body.Blocks[body.Body.Blocks.Count - 1], kind, catchType);
        }
        catch (InvalidOperationException exception)
        {
            throw new EditRefusedException($"The body cannot be protected: {exception.Message}");
        }
        wrapped.Handler.Instructions.AddRange(handler);
        body.Lift();
        return body.Blocks.First(b => b.Block == wrapped.Handler);
    }
}
