using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// Tells a body as statements over named values, block by block: the evaluation stack is gone, as in the seeds' lowered form. It follows
/// broken code as far as it goes, so that a body can be looked at while it is being worked on.
/// </summary>
internal sealed class IRNarrator
{
    private readonly MethodIR body;
    private readonly IRNames names;
    private readonly HashSet<object> addressed = new(ReferenceComparer<object>.Instance);
    private readonly Dictionary<Block, int> numbers = new(ReferenceComparer<Block>.Instance);
    private readonly Dictionary<Block, List<Block>> sources = new(ReferenceComparer<Block>.Instance);
    private readonly Dictionary<Block, List<IRValue>> exits = new(ReferenceComparer<Block>.Instance);
    private readonly List<(IRStatement Statement, Block Block, int Slot)> joins = [];
    private readonly StackMachine machine;
    private List<IRStatement> statements = [];
    private List<IRValue> stack = [];
    private SourceSpan? source;
    private bool isTyped;
    private int next = 1;

    public IRNarrator(MethodIR body)
    {
        this.body = body;
        names = new IRNames(body);
        machine = new StackMachine(body);
        for (var i = 0; i < body.Blocks.Count; i++)
            numbers[body.Blocks[i]] = i + 1;
        foreach (var block in body.Blocks)
        {
            foreach (var target in IRPrinter.Targets(block))
            {
                if (!sources.TryGetValue(target, out var list))
                    sources.Add(target, list = []);
                if (block.IsReachable && !list.Contains(block))
                    list.Add(block);
            }
            foreach (var instruction in block.Instructions)
            {
                if (instruction.Code is Code.Ldloca or Code.Ldarga)
                    addressed.Add(instruction.Operand!);
            }
        }
    }

    /// <summary>The statements of each block, in layout order.</summary>
    public List<List<IRStatement>> Tell()
    {
        var told = new List<List<IRStatement>>();
        for (var i = 0; i < body.Blocks.Count; i++)
        {
            statements = [];
            told.Add(statements);
            Tell(body.Blocks[i], i);
        }
        foreach (var (statement, block, slot) in joins)
            statement.Text = "φ (" + string.Join(", ", sources[block].Select(s => Label(s) + " => " + ExitValue(s, slot))) + ")";
        return told;
    }

    private string ExitValue(Block block, int slot) => exits.TryGetValue(block, out var values) && slot < values.Count ? values[slot].Use() : "?";

    private string Label(Block block) => numbers.TryGetValue(block, out var number) ? "#" + number.ToString(CultureInfo.InvariantCulture) : "#?";

    private void Tell(Block block, int index)
    {
        source = null;
        stack = [];
        Enter(block);
        isTyped = block.IsReachable;
        machine.Enter(block);
        foreach (var instruction in block.Instructions)
        {
            source = instruction.Source ?? source;
            if (!block.IsReachable)
                Say(Raw(instruction), false);
            else
                Tell(instruction);
            Type(instruction);
        }
        exits[block] = stack;
        if (block.Next is { } follower && (index + 1 == body.Blocks.Count || body.Blocks[index + 1] != follower))
            Say("goto " + Label(follower), false);
    }

    private void Type(Instruction instruction)
    {
        if (!isTyped)
            return;
        try
        {
            machine.Apply(instruction);
        }
        catch (InvalidILException)
        {
            // The listing goes on without types: only unsigned comparisons read less well.
            isTyped = false;
        }
    }

    private void Enter(Block block)
    {
        if (block.EntryStack.Length == 0)
            return;
        var region = block.Region;
        if (FlowRules.IsHandler(region) && region.Entry == block)
        {
            stack.Add(new IRValue("exception"));
            return;
        }
        if (!sources.TryGetValue(block, out var from))
            sources.Add(block, from = []);
        if (from.Count == 1 && exits.TryGetValue(from[0], out var values))
        {
            stack.AddRange(values);
            return;
        }
        for (var slot = 0; slot < block.EntryStack.Length; slot++)
        {
            Yield("φ");
            joins.Add((statements[statements.Count - 1], block, slot));
        }
    }

    private void Tell(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case Code.Nop or Code.Break:
                if (instruction.Code == Code.Break)
                    Say("break", false);
                break;
            case Code.Ldarg:
                stack.Add(new IRValue(Variable(instruction.Operand), instruction.Operand));
                break;
            case Code.Ldloc:
                stack.Add(new IRValue(Variable(instruction.Operand), instruction.Operand));
                break;
            case Code.Ldarga or Code.Ldloca:
                stack.Add(new IRValue("ref " + Variable(instruction.Operand)));
                break;
            case Code.Starg or Code.Stloc:
                Store(instruction.Operand!);
                break;
            case Code.Ldnull:
                stack.Add(new IRValue("null"));
                break;
            case Code.Ldc_I4 or Code.Ldc_I8 or Code.Ldc_R4 or Code.Ldc_R8 or Code.Ldstr:
                stack.Add(new IRValue(IRNames.Constant(instruction.Operand!)));
                break;
            case Code.Dup:
                var value = PopValue();
                stack.Add(value);
                stack.Add(value);
                break;
            case Code.Pop:
                // A statement's value that nobody uses is a statement without a number.
                if (PopValue() is { Producer: null } dead)
                    Say("pop " + dead.Use(), false);
                break;
            case Code.Ldtoken:
                stack.Add(new IRValue("token(" + Member(instruction.Operand) + ")"));
                break;
            case Code.Ldftn:
                stack.Add(new IRValue("&" + Member(instruction.Operand)));
                break;
            case Code.Sizeof:
                stack.Add(new IRValue("sizeof(" + IRNames.Of(instruction.Type) + ")"));
                break;
            default:
                if (!IRExpressions.Flow(this, instruction) && !IRExpressions.Call(this, instruction) && !IRExpressions.Memory(this, instruction))
                    IRExpressions.Operator(this, instruction);
                break;
        }
    }

    internal MethodIR Body => body;

    internal string Target(object? operand) => operand is Block block ? Label(block) : "#?";

    internal IEnumerable<string> Targets(object? operand) => operand is Block[] blocks ? blocks.Select(Label) : [];

    /// <summary>The kind of the value at a depth, where the code is typed that far.</summary>
    internal StackKind? KindAt(int depth) => isTyped && machine.Stack.Count > depth ? machine.Stack[machine.Stack.Count - 1 - depth].Kind : null;

    internal string Pop() => PopValue().Use();

    /// <summary>The operand as the type asks: 1 for a bool is true.</summary>
    internal static string As(TypeSymbol type, string text) => type.Shape != TypeShape.Boolean ? text : text == "0" ? "false" : text == "1" ? "true" : text;

    /// <summary>Pops a call's arguments.</summary>
    internal List<string> Pop(IReadOnlyList<TypeSymbol> types)
    {
        var values = new string[types.Count];
        for (var i = types.Count - 1; i >= 0; i--)
            values[i] = As(types[i], Pop());
        return [.. values];
    }

    internal void Clear() => stack.Clear();

    internal int Depth => stack.Count;

    internal void Yield(string text)
    {
        Say(text, true);
        stack.Add(new IRValue(statements[statements.Count - 1]));
    }

    internal void Say(string text, bool yields)
    {
        statements.Add(new IRStatement(next++, text, yields) { Source = source });
    }

    /// <summary>Code that may write to any variable whose address was taken: what is on the stack of those is kept under a number.</summary>
    internal void MayWrite() => Keep(variable => addressed.Contains(variable));

    internal static string Member(object? operand) => operand switch
    {
        TypeSymbol type => IRNames.Of(type),
        MethodSymbol method => IRNames.Of(method.DeclaringType) + "." + IRNames.Of(method),
        FieldSymbol field => IRNames.Of(field.DeclaringType) + "." + field.Name,
        _ => "?",
    };

    private IRValue PopValue()
    {
        if (stack.Count == 0)
            return new IRValue("?");
        var value = stack[stack.Count - 1];
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private void Store(object variable)
    {
        var value = PopValue();
        Keep(v => v == variable);
        var type = variable is Local local ? local.Type : ((Argument)variable).Type;
        var last = statements.Count > 0 ? statements[statements.Count - 1] : null;
        var isFresh = value.Producer is { IsUsed: false } producer && producer == last && !stack.Exists(v => v.Producer == producer)
            && !joins.Exists(j => j.Statement == producer);
        if (isFresh)
        {
            last!.Text = Variable(variable) + " = " + last.Text;
            last.Yields = false;
        }
        else
        {
            Say(Variable(variable) + " = " + As(type, value.Use()), false);
        }
    }

    private void Keep(Func<object, bool> isWritten)
    {
        for (var i = 0; i < stack.Count; i++)
        {
            if (stack[i].Variable is not { } variable || !isWritten(variable))
                continue;
            Say(stack[i].Use(), true);
            stack[i] = new IRValue(statements[statements.Count - 1]);
        }
    }

    private string Variable(object? operand) => operand switch
    {
        Local local => names.Of(local),
        Argument { IsThis: true } => "this",
        Argument argument => argument.Name,
        _ => "?",
    };

    private string Raw(Instruction instruction)
    {
        var operand = instruction.Operand switch
        {
            null => "",
            Block => " " + Target(instruction.Operand),
            Block[] => " " + string.Join(", ", Targets(instruction.Operand)),
            Local or Argument => " " + Variable(instruction.Operand),
            TypeSymbol or MethodSymbol or FieldSymbol => " " + Member(instruction.Operand),
            CallSignature => " (function pointer)",
            var constant => " " + IRNames.Constant(constant),
        };
        return instruction.Code.ToString().ToLowerInvariant().Replace('_', '.') + operand;
    }
}
