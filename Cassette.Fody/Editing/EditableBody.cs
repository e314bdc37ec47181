using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>
/// A method's body as a pass edits it: blocks of statements, statements as trees of expressions. Branches, handlers, sequence points and scopes
/// stay right under every edit, every value's exact type is known, and an edit that would break the body throws
/// <see cref="EditRefusedException"/> where it is made.
/// </summary>
/// <remarks>
/// The words of the seeds:
/// <list type="table">
/// <item><term><c>insert_statements!(code, codelocs, stmtcount, newstmts)</c></term><description><see cref="InsertStatements"/>, and for one place <see cref="InsertBefore"/>, <see cref="InsertAfter"/></description></item>
/// <item><term><c>replace_match!(replace, ismatch, x)</c></term><description><see cref="ReplaceMatches"/>, and for one place <see cref="Replace"/></description></item>
/// <item><term><c>is_ir_element(x, y, code)</c></term><description><see cref="IsElement"/></description></item>
/// <item><term><c>Expr(:nooverdub, f)</c></term><description><see cref="Expression.NoOverdub"/>, <see cref="ExpressionFactory.CallNative(MethodSymbol, Expression[])"/></description></item>
/// <item><term><c>Expr(:contextslot)</c>, <c>OVERDUB_CONTEXT_NAME</c></term><description><see cref="ExpressionFactory.Context"/>, <see cref="ExpressionFactory.Metadata"/></description></item>
/// <item><term><c>OVERDUB_ARGUMENTS_NAME</c></term><description><see cref="Parameters"/>, <see cref="ExpressionFactory.Load(Argument)"/>, <see cref="ExpressionFactory.Arguments"/></description></item>
/// <item><term><c>reflection.code_info</c></term><description>this type, by <see cref="Passes.Reflection.Edit"/></description></item>
/// <item><term><c>SSAValue</c></term><description>an expression's place as an operand, or the local that <see cref="Spill"/> stores it to</description></item>
/// </list>
/// </remarks>
/// <example><code>
/// public PassResult Run(TypeSymbol context, Reflection reflection)
/// {
///     var body = reflection.Edit();
///     foreach (var call in body.FindCalls(typeof(Math), "Sin"))
///         body.Replace(call, body.New.Call(typeof(Math), "Cos", [.. call.Operands]));
///     return PassResult.Overdub(body);
/// }
/// </code></example>
public sealed class EditableBody
{
    private readonly HashSet<Local> temporaries = new(ReferenceComparer<Local>.Instance);
    private readonly HashSet<Local> locals = new(ReferenceComparer<Local>.Instance);
    private readonly IEditGuard guard;
    private List<EditableBlock> blocks = [];
    private ReturnPoint? returnPoint;
    private Local? plainContext;
    private bool isFinished;

    internal EditableBody(MethodIR body, Assignability types, Argument? context, int contexts, IEditGuard guard)
    {
        Body = body;
        this.guard = guard;
        ContextArgument = context;
        Parameters = [.. body.Arguments.Take(body.Arguments.Count - contexts)];
        Typing = new ExpressionTyping(body, locals, types);
        New = new ExpressionFactory(this);
        Lift();
    }

    /// <summary>A body outside of a weave, which runs under no context.</summary>
    public static EditableBody Of(MethodIR body, Assignability types) => new(body, types, null, 0, NoGuard.Instance);

    /// <summary>The stack code behind it. It is up to date only after <see cref="Finish"/>.</summary>
    public MethodIR Body { get; }

    public TypeUniverse Types => Body.Types;

    /// <summary>Makes expressions to edit with.</summary>
    public ExpressionFactory New { get; }

    /// <summary>Finds types, methods and fields, by <c>typeof</c>, by name, or by a lambda.</summary>
    public SymbolFinder Symbols
    {
        get
        {
            guard.Check();
            return field ??= new SymbolFinder(Types);
        }
    }

    /// <summary>
    /// What the method itself is given, <c>this</c> first, without the contexts: the seeds' <c>OVERDUB_ARGUMENTS_NAME</c>. The body of an async method
    /// or an iterator is given only its state machine; <see cref="ExpressionFactory.Arguments"/> finds the method's arguments in it.
    /// </summary>
    public IReadOnlyList<Argument> Parameters { get; }

    /// <summary>The argument that holds the context: the seeds' <c>OVERDUB_CONTEXT_NAME</c>. Null where a body is edited outside of a weave.</summary>
    public Argument? ContextArgument { get; }

    /// <summary>In layout order; the first one is where the method starts.</summary>
    public IReadOnlyList<EditableBlock> Blocks => Looked();

    /// <summary>Every statement, in layout order: a copy, so that a loop over it can insert and remove.</summary>
    public IReadOnlyList<Statement> Statements => [.. Looked().SelectMany(b => b.Statements)];

    /// <summary>Every expression, operands before what they are operands of: a copy, so that a loop over it can edit.</summary>
    public IReadOnlyList<Expression> Expressions => [.. Looked().SelectMany(b => b.Statements).SelectMany(s => s.Expression.SelfAndDescendants())];

    /// <summary>The statements that return. What one returns is the only operand of its expression.</summary>
    public IReadOnlyList<Statement> Returns => [.. Statements.Where(s => s.IsReturn)];

    /// <summary>The ways that control takes from block to block, into the body, and into its handlers: a copy, to edit while looping over it.</summary>
    public IReadOnlyList<Edge> Edges => EdgeFinder.Find(this);

    /// <summary>The loops, outer ones before those in them where they start first: a copy.</summary>
    public IReadOnlyList<Loop> Loops => LoopFinder.Find(this);

    /// <summary>
    /// Where hooks are disabled the argument is a wrapper around the context, which is taken out of it once, at the start of the finished body; null where the argument is the context.
    /// </summary>
    internal Local? PlainContext
    {
        get
        {
            if (plainContext is null && ContextArgument?.Type is { Named: { Name: "WithoutHooks`1", Namespace: "Cassette" } } wrapper)
            {
                plainContext = NewLocal(wrapper.Arguments[0]);
                Exposed.Add(plainContext);
            }
            return plainContext;
        }
    }

    /// <summary>The state machine that the body is of; null for any other body.</summary>
    internal Passes.MachineView? Machine { get; init; }

    internal ExpressionTyping Typing { get; }

    internal IEditGuard Guard => guard;

    // ---- Finding

    /// <summary>All calls of a method by its type and name, however overloaded.</summary>
    public IReadOnlyList<Expression> FindCalls(Type type, string name) => FindCalls(Symbols.Type(type), name);

    /// <summary>All calls of a method by its type's full name and its name, however overloaded.</summary>
    public IReadOnlyList<Expression> FindCalls(string type, string name) => FindCalls(Symbols.Type(type), name);

    /// <summary>All calls of a method by its type and name, however overloaded and whatever the type arguments.</summary>
    public IReadOnlyList<Expression> FindCalls(TypeSymbol type, string name) => Find(e => e.Calls(type, name));

    /// <summary>All expressions that match.</summary>
    public IReadOnlyList<Expression> Find(Func<Expression, bool> isMatch) => [.. Expressions.Where(isMatch)];

    /// <summary>Whether an expression is within another one: the seeds' <c>is_ir_element</c>.</summary>
    public static bool IsElement(Expression part, Expression whole) => whole.SelfAndDescendants().Contains(part);

    // ---- Replacing

    /// <summary>
    /// Puts an expression in another one's place. The new one may hold the old one, or operands of it, which then move along: each once, and in
    /// the order in which they are evaluated now.
    /// </summary>
    /// <param name="old">What goes.</param>
    /// <param name="value">What comes; it has no place yet. Where a statement is replaced, a value that it yields is thrown away.</param>
    /// <param name="dropEffects">Whether operands that are not taken along may go although evaluating them does something.</param>
    /// <exception cref="EditRefusedException">The types do not fit, or the order of evaluation would change.</exception>
    public void Replace(Expression old, Expression value, bool dropEffects = false)
    {
        Begin();
        Replacement.Of(this, old, value, dropEffects).Do();
        Edited(old.Body.BlockOf(value));
    }

    /// <summary>
    /// Replaces every expression that matches by what the function makes of it, outermost first; what is within a match is not looked at again: the
    /// seeds' <c>replace_match!</c>.
    /// </summary>
    /// <returns>How many there were.</returns>
    public int ReplaceMatches(Func<Expression, bool> isMatch, Func<Expression, Expression> replace)
    {
        var count = 0;
        foreach (var statement in Statements)
            count += ReplaceMatches(statement.Expression, isMatch, replace);
        return count;
    }

    private int ReplaceMatches(Expression expression, Func<Expression, bool> isMatch, Func<Expression, Expression> replace)
    {
        if (isMatch(expression))
        {
            Replace(expression, replace(expression));
            return 1;
        }
        return expression.Operands.ToArray().Sum(o => ReplaceMatches(o, isMatch, replace));
    }

    // ---- Statements

    /// <summary>Inserts code that runs before a statement, whatever way leads to it.</summary>
    public void InsertBefore(Statement statement, params NewStatement[] code)
    {
        Begin();
        Demand(statement);
        var writer = new StatementWriter(this);
        writer.Insert(statement.Block, statement.Block.List.IndexOf(statement), code, statement);
        Edited(statement.Block);
    }

    /// <summary>Inserts code that runs behind a statement, unless it throws. Nothing runs behind a branch: there, insert on its edges.</summary>
    public void InsertAfter(Statement statement, params NewStatement[] code)
    {
        Begin();
        Demand(statement);
        if (statement.IsTerminator)
            throw new EditRefusedException($"Nothing runs behind '{statement}', which goes elsewhere. Insert before it, or on its edges.");
        var block = statement.Block;
        new StatementWriter(this).Insert(block, block.List.IndexOf(statement) + 1, code, null);
        Edited(block);
    }

    /// <summary>Inserts code that runs first of all in the method.</summary>
    public void InsertAtStart(params NewStatement[] code) => InsertOn(Edges.First(e => e.Kind == EdgeKind.Entry), code);

    /// <summary>Inserts code that runs on one way between two blocks only.</summary>
    public void InsertOn(Edge edge, params NewStatement[] code)
    {
        Begin();
        new EdgeSplitter(this).Insert(edge, code);
        Edited(null);
    }

    /// <summary>
    /// Puts other statements in the place of each for which the function gives some, and leaves those alone for which it gives null: the seeds'
    /// <c>insert_statements!</c>. The new ones may hold the old one's expression, or parts of it.
    /// </summary>
    public void InsertStatements(Func<Statement, IReadOnlyList<NewStatement>?> newStatements)
    {
        foreach (var statement in Statements)
        {
            if (newStatements(statement) is { } code)
                Replace(statement, [.. code]);
        }
    }

    /// <summary>Puts other statements in a statement's place. They may hold its expression, or operands of it, in their order.</summary>
    public void Replace(Statement statement, params NewStatement[] code)
    {
        Begin();
        Demand(statement);
        var block = statement.Block;
        Replacement.OfStatement(this, statement, code);
        Edited(block);
    }

    /// <summary>
    /// Takes a statement out, with everything that it evaluates. A branch cannot be taken out, and neither can the store of a value that is still
    /// used.
    /// </summary>
    public void Remove(Statement statement)
    {
        Begin();
        Demand(statement);
        if (statement.IsTerminator)
            throw new EditRefusedException($"'{statement}' ends its block: without it control would run on.");
        if (statement.Expression is { Code: Code.Stloc, Operand: Local local } && IsTemporary(local) && Expressions.FirstOrDefault(e => e.Code == Code.Ldloc && e.Operand == local) is { } use)
            throw new EditRefusedException($"The value of '{statement}' is used in '{use.Statement}'.");
        var block = statement.Block;
        Detach(statement);
        Edited(block);
    }

    /// <summary>
    /// What a conditional branch depends on, as an expression that can be replaced: a comparison that was one with its branch is taken out of it.
    /// The branch is taken, or not taken, where the expression is neither zero nor null.
    /// </summary>
    /// <param name="branch">A branch by <c>brtrue</c>, <c>brfalse</c> or a comparison.</param>
    /// <returns>The condition.</returns>
    public Expression ConditionOf(Statement branch)
    {
        Begin();
        Demand(branch);
        var condition = BranchCondition.Of(this, branch);
        Edited(branch.Block);
        return condition;
    }

    // ---- Values

    /// <summary>A new local variable.</summary>
    public Local NewLocal(TypeSymbol type, string? name = null)
    {
        if (type.Shape == TypeShape.Void)
            throw new EditRefusedException("A local cannot be void.");
        var local = new Local(type) { Name = name };
        Body.Locals.Add(local);
        locals.Add(local);
        return local;
    }

    /// <inheritdoc cref="NewLocal(TypeSymbol, string?)"/>
    public Local NewLocal(Type type, string? name = null) => NewLocal(Symbols.Type(type), name);

    /// <summary>
    /// Stores a value to a new local before the statement that it is part of, and loads it where it was. What is evaluated before it is stored
    /// likewise, so that the order stays.
    /// </summary>
    /// <returns>The local, which can be loaded any number of times behind that.</returns>
    public Local Spill(Expression value, string? name = null)
    {
        Begin();
        if (!value.IsPlaced)
            throw new EditRefusedException($"'{value}' is not part of the body.");
        var local = new Spiller(this).Spill(value, name);
        Edited(value.Statement!.Block);
        return local;
    }

    /// <summary>
    /// Makes an expression a statement of its own, which runs where the expression was evaluated: everything evaluated before it comes before the
    /// statement. Code inserted before it runs once its operands' predecessors are there; its own operands are evaluated by the statement.
    /// </summary>
    /// <param name="expression">Any expression.</param>
    /// <param name="operandsFirst">Whether its operands are stored before as well, so that code can be inserted between them and it.</param>
    public Statement Isolate(Expression expression, bool operandsFirst = false)
    {
        Begin();
        if (!expression.IsPlaced)
            throw new EditRefusedException($"'{expression}' is not part of the body.");
        var statement = new Spiller(this).Isolate(expression, operandsFirst);
        Edited(statement.Block);
        return statement;
    }

    // ---- Protection

    /// <summary>Runs the whole body in a try, and the code in its finally: however the method ends.</summary>
    public void TryFinally(params NewStatement[] code)
    {
        Begin();
        new Protector(this).Finally(RegionKind.Finally, code);
        Edited(null);
    }

    /// <summary>Runs the whole body in a try, and the code when an exception leaves it, which then goes on.</summary>
    public void TryFault(params NewStatement[] code)
    {
        Begin();
        new Protector(this).Finally(RegionKind.Fault, code);
        Edited(null);
    }

    /// <summary>
    /// Runs the whole body in a try, and code when an exception of a type leaves it. The code may return (<see cref="NewStatement.Return"/>) or
    /// throw; if it does neither, the exception goes on.
    /// </summary>
    /// <param name="exceptionType">The type.</param>
    /// <param name="code">Makes the code, given the local that holds the exception.</param>
    public void TryCatch(TypeSymbol exceptionType, Func<Local, IReadOnlyList<NewStatement>> code)
    {
        Begin();
        new Protector(this).Catch(exceptionType, code);
        Edited(null);
    }

    // ---- The end

    /// <summary>Writes the edits to <see cref="Body"/>, which is then the pass's to return. Nothing can be edited afterwards.</summary>
    public MethodIR Finish()
    {
        if (!isFinished)
        {
            if (plainContext is not null)
            {
                // Only now: before this, other code could still be inserted in front of it.
                var unwrap = New.CallNative(Symbols.Method(ContextArgument!.Type, "get_Context"), New.Operation(Code.Ldarga, ContextArgument));
                InsertAtStart(New.Operation(Code.Stloc, plainContext, unwrap));
            }
            new BodyLowerer(this).Lower(blocks, isFinal: true);
            isFinished = true;
        }
        return Body;
    }

    /// <summary>The body as it stands, as text.</summary>
    public string Print()
    {
        if (!isFinished)
            Flush();
        return IRPrinter.Print(Body);
    }

    internal Local NewTemporary(StackType type)
    {
        var local = new Local(SpilledStack.LocationOf(Types, type));
        temporaries.Add(local);
        locals.Add(local);
        return local;
    }

    internal bool IsTemporary(Local local) => temporaries.Contains(local);

    internal bool Owns(Local local) => locals.Contains(local);

    internal List<EditableBlock> BlockList => blocks;

    /// <summary>Whether evaluating it does nothing, and gives the same wherever in its statement it is evaluated.</summary>
    internal bool IsPure(Expression expression) => expression.Code switch
    {
        Code.Ldnull or Code.Ldc_I4 or Code.Ldc_I8 or Code.Ldc_R4 or Code.Ldc_R8 or Code.Ldstr or Code.Ldftn or Code.Ldloca or Code.Ldarga or Code.Sizeof or Code.Ldtoken => true,
        Code.Ldloc or Code.Ldarg => !Exposed.Contains(expression.Operand!),
        _ => false,
    };

    /// <summary>Variables whose address is taken: code that does not name them may change them.</summary>
    internal HashSet<object> Exposed { get; } = new(ReferenceComparer<object>.Instance);

    /// <summary>Whether no code assigns <c>this</c>.</summary>
    internal bool IsThisFixed { get; private set; }

    /// <summary>The blocks, for a pass: one that is out of time, or that goes too deep, ends here.</summary>
    private List<EditableBlock> Looked()
    {
        guard.Check();
        return blocks;
    }

    internal void Begin()
    {
        guard.Check();
        if (isFinished)
            throw new EditRefusedException("The body is finished.");
    }

    /// <summary>An edit was made in a block (null: in several).</summary>
    internal void Edited(EditableBlock? block)
    {
        if (block is not null)
            block.IsChanged = true;
        guard.Edited(this);
    }

    internal EditableBlock BlockOf(Expression expression) => expression.Statement!.Block;

    /// <summary>Writes changed blocks, but keeps every statement.</summary>
    internal void Flush() => new BodyLowerer(this).Lower(blocks, isFinal: false);

    /// <summary>Reads the stack code again. What it has in common with before keeps its expressions.</summary>
    internal void Lift()
    {
        foreach (var local in Body.Locals)
            locals.Add(local);
        IsThisFixed = true;
        foreach (var instruction in Body.Blocks.SelectMany(b => b.Instructions))
        {
            if (instruction.Code is Code.Ldloca or Code.Ldarga)
                Exposed.Add(instruction.Operand!);
            IsThisFixed &= instruction is not { Code: Code.Starg, Operand: Argument { IsThis: true } };
        }
        blocks = new BodyLifter(this, blocks).Lift();
    }

    /// <summary>Reads a block that was made beside the others.</summary>
    internal EditableBlock Lift(EditableBlock block)
    {
        new BodyLifter(this, [block]).Lift(block.Block);
        return block;
    }

    /// <summary>Where returns from within protected regions go.</summary>
    internal ReturnPoint ReturnPoint()
    {
        if (returnPoint is null)
        {
            returnPoint = new BodyEditor(Body).NewReturnPoint();
            returnPoint.Block.IsReachable = true;
            if (returnPoint.Result is { } result)
                locals.Add(result);
            blocks.Add(Lift(new EditableBlock(this, returnPoint.Block)));
        }
        return returnPoint;
    }

    /// <summary>A new block behind another one in the layout.</summary>
    internal EditableBlock NewBlock(EditableBlock behind, Region region, StackType[]? entry = null)
    {
        var block = new EditableBlock(this, new Block(region) { EntryStack = entry ?? [] }) { IsChanged = true };
        Body.Blocks.Insert(Body.Blocks.IndexOf(behind.Block) + 1, block.Block);
        blocks.Insert(blocks.IndexOf(behind) + 1, block);
        return block;
    }

    /// <summary>Cuts a block before one of its statements. The block keeps what comes first and all ways into it.</summary>
    internal EditableBlock Split(EditableBlock block, int index)
    {
        var rest = NewBlock(block, block.Region);
        rest.Block.Next = block.Block.Next;
        rest.Block.IsReachable = block.IsReachable;
        foreach (var statement in block.List.GetRange(index, block.List.Count - index))
            rest.Add(statement);
        block.List.RemoveRange(index, block.List.Count - index);
        rest.Exit = block.Exit;
        block.Exit = [];
        (rest.End, block.End) = (block.End, new BlockEnd(block));
        rest.End.Block = rest;
        block.Block.Next = rest.Block;
        block.IsChanged = true;
        // Statements that go on elsewhere start where the source had not said so again.
        if (rest.List.Count > 0)
            rest.List[0].Point ??= rest.List[0].Source;
        return rest;
    }

    /// <summary>Takes a statement out of its block; its sequence point goes to the next one.</summary>
    internal void Detach(Statement statement)
    {
        var block = statement.Block;
        var index = block.List.IndexOf(statement);
        block.List.RemoveAt(index);
        if (statement.Point is { } point && index < block.List.Count)
            block.List[index].Point ??= point;
        statement.Expression.Root = null;
    }

    private static void Demand(Statement statement)
    {
        if (!statement.IsPlaced || !statement.Block.List.Contains(statement))
            throw new EditRefusedException($"'{statement}' is not part of the body.");
    }
}
