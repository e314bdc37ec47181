using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>Puts new statements into a body; those under conditions become blocks.</summary>
internal sealed class StatementWriter(EditableBody body)
{
    private SourceSpan? source;
    private EditableBlock last = null!;

    /// <summary>Inserts at a position of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="index">Before which of its statements.</param>
    /// <param name="code">The new statements.</param>
    /// <param name="follower">The statement whose sequence point the code takes over.</param>
    /// <param name="point">A sequence point that the code starts with.</param>
    /// <param name="at">The source that the code belongs to.</param>
    public void Insert(EditableBlock block, int index, IReadOnlyList<NewStatement> code, Statement? follower, SourceSpan? point = null, SourceSpan? at = null)
    {
        CheckShape(code, block);
        Replacement.CheckParts(body, [.. code.SelectMany(c => c.Expressions)], null, dropEffects: true);
        source = at ?? follower?.Source ?? (index > 0 ? block.List[index - 1].Source : null);
        foreach (var root in code.SelectMany(c => c.Expressions))
            Replacement.Adopt(root);
        if (follower?.Point is { } taken && code.Count > 0)
        {
            point ??= taken;
            follower.Point = null;
        }
        if (code.All(c => c is EvaluateStatement { Expression: var e } && !FlowRules.EndsBlock(e.Code)))
        {
            foreach (var statement in code)
                block.Insert(index++, Statement((EvaluateStatement)statement, ref point));
            if (point is not null && index < block.List.Count)
                block.List[index].Point ??= point;
            block.IsChanged = true;
            return;
        }
        var rest = body.Split(block, index);
        last = block;
        var open = Write(code, block, ref point);
        if (open is not null)
            open.Block.Next = rest.Block;
        if (follower is not null && rest.List.Count > 0 && source is not null)
            rest.List[0].Point ??= source;
    }

    /// <summary>Writes code to the end of a block; the block that is open afterwards, or null where control has gone elsewhere.</summary>
    public EditableBlock? Write(IReadOnlyList<NewStatement> code, EditableBlock current, ref SourceSpan? point)
    {
        EditableBlock? open = current;
        foreach (var statement in code)
        {
            if (open is null)
                throw new EditRefusedException("No path leads to code behind a return or throw.");
            open.IsChanged = true;
            switch (statement)
            {
                case EvaluateStatement evaluate:
                    open.Add(Statement(evaluate, ref point));
                    if (FlowRules.EndsBlock(evaluate.Expression.Code))
                    {
                        open.Block.Next = null;
                        open = null;
                    }
                    break;
                case IfStatement branch:
                    open = Write(branch, open, ref point);
                    break;
                case WhileStatement loop:
                    open = Write(loop, open, ref point);
                    break;
                case ReturnStatement @return:
                    Write(@return, open, ref point);
                    open = null;
                    break;
            }
        }
        return open;
    }

    private EditableBlock? Write(IfStatement branch, EditableBlock head, ref SourceSpan? point)
    {
        var then = NewBlock(head.Region);
        SourceSpan? none = null;
        var thenOpen = Write(branch.Then, then, ref none);
        EditableBlock? otherwise = null, otherwiseOpen = null;
        if (branch.Otherwise.Count > 0)
        {
            otherwise = NewBlock(head.Region);
            otherwiseOpen = Write(branch.Otherwise, otherwise, ref none);
        }
        var isOpen = thenOpen is not null || otherwiseOpen is not null || otherwise is null;
        var join = isOpen ? NewBlock(head.Region) : null;
        if (thenOpen is not null)
            thenOpen.Block.Next = join!.Block;
        if (otherwiseOpen is not null)
            otherwiseOpen.Block.Next = join!.Block;
        Branch(head, Code.Brfalse, branch.Condition, (otherwise ?? join)!.Block, then.Block, ref point);
        return join;
    }

    private EditableBlock Write(WhileStatement loop, EditableBlock head, ref SourceSpan? point)
    {
        var test = NewBlock(head.Region);
        var inside = NewBlock(head.Region);
        SourceSpan? none = null;
        var open = Write(loop.Body, inside, ref none);
        var after = NewBlock(head.Region);
        if (open is not null)
            open.Block.Next = test.Block;
        head.Block.Next = test.Block;
        Branch(test, Code.Brfalse, loop.Condition, after.Block, inside.Block, ref point);
        return after;
    }

    private void Write(ReturnStatement @return, EditableBlock block, ref SourceSpan? point)
    {
        block.Block.Next = null;
        if (block.Region.Kind == RegionKind.Body)
        {
            block.Add(Root(body.New.Operation(Code.Ret, null, @return.Value is null ? [] : [@return.Value]), ref point));
            return;
        }
        var exit = body.ReturnPoint();
        if (@return.Value is not null)
            block.Add(Root(body.New.Operation(Code.Stloc, exit.Result, @return.Value), ref point));
        block.Add(Root(body.New.Operation(Code.Leave, exit.Block), ref point));
    }

    private void Branch(EditableBlock block, Code code, Expression condition, Block target, Block next, ref SourceSpan? point)
    {
        block.Add(Root(body.New.Operation(code, target, condition), ref point));
        block.Block.Next = next;
        block.IsChanged = true;
    }

    private Statement Statement(EvaluateStatement evaluate, ref SourceSpan? point)
    {
        var expression = evaluate.Expression;
        return Root(expression.StackType is null ? expression : body.New.Operation(Code.Pop, null, expression), ref point);
    }

    private Statement Root(Expression expression, ref SourceSpan? point)
    {
        Replacement.Adopt(expression);
        expression.Parent = null;
        var statement = new Statement(expression) { Source = point ?? source, Point = point };
        point = null;
        return statement;
    }

    private EditableBlock NewBlock(Region region) => last = body.NewBlock(last, region);

    /// <summary>Whether new statements may stand in a block at all.</summary>
    public void CheckShape(IReadOnlyList<NewStatement> code, EditableBlock block)
    {
        if (!block.IsReachable)
            throw new EditRefusedException("No path leads to the block.");
        foreach (var statement in code)
            CheckOne(statement, block);
    }

    private void CheckOne(NewStatement statement, EditableBlock block)
    {
        switch (statement)
        {
            case EvaluateStatement evaluate when FlowRules.EndsBlock(evaluate.Expression.Code) && evaluate.Expression.Code is not (Code.Throw or Code.Rethrow):
                throw new EditRefusedException($"'{evaluate.Expression}' goes elsewhere; only a throw can be inserted, or a NewStatement.Return.");
            case IfStatement branch:
                Condition(branch.Condition);
                CheckShape(branch.Then, block);
                CheckShape(branch.Otherwise, block);
                break;
            case WhileStatement loop:
                Condition(loop.Condition);
                CheckShape(loop.Body, block);
                break;
            case ReturnStatement @return:
                CheckReturn(@return, block);
                break;
        }
    }

    private void Condition(Expression condition)
    {
        var scratch = new Instruction(Code.Brfalse, body.Body.Blocks[0]);
        body.Typing.TypeOf(scratch, [condition]);
    }

    private void CheckReturn(ReturnStatement @return, EditableBlock block)
    {
        for (var region = block.Region; region is not null; region = region.Parent)
        {
            if (region.Kind is RegionKind.Finally or RegionKind.Fault or RegionKind.Filter)
                throw new EditRefusedException($"A {FlowRules.Name(region)} block cannot return.");
        }
        if (@return.Value is null != (body.Body.ReturnType.Shape == TypeShape.Void))
            throw new EditRefusedException(@return.Value is null ? $"A {body.Body.ReturnType} has to be returned." : "The method is void.");
        if (@return.Value is { } value && (value.StackType is not { } type || !body.Typing.Fits(type, body.Body.ReturnType)))
            throw new EditRefusedException($"'{value}' of type {value.Type} is returned where {body.Body.ReturnType} is needed.");
    }
}
