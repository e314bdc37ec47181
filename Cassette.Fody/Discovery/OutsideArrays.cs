using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Where a body puts delegates into arrays that come from code outside, which may call them there: those that a field outside holds or a method
/// outside returns, as far as the body's stack and its locals show it.
/// </summary>
/// <remarks>An element is no place that a carrying delegate could be told from the program's own again, so these are reported and not bound.</remarks>
internal sealed class OutsideArrays
{
    private readonly MethodIR body;
    private readonly ModuleDefinition module;
    private readonly Dictionary<Block, object?[]> entries = [];
    private readonly Dictionary<Local, object> locals = [];
    private readonly Dictionary<Instruction, object> found = new(ReferenceComparer<Instruction>.Instance);
    private bool isChanged;

    private OutsideArrays(MethodIR body, ModuleDefinition module)
    {
        this.body = body;
        this.module = module;
    }

    /// <summary>The instructions that put a delegate into such an array, each with the field or the method that the array comes from.</summary>
    public static IReadOnlyDictionary<Instruction, object> Find(MethodIR body, ModuleDefinition module)
    {
        var arrays = new OutsideArrays(body, module);
        if (!body.Blocks.Exists(b => b.IsReachable && b.Instructions.Exists(IsStore)) || !body.Blocks.Exists(b => b.IsReachable && b.Instructions.Exists(i => arrays.OriginOf(i) != null)))
            return arrays.found;
        do
        {
            arrays.isChanged = false;
            foreach (var block in body.Blocks.Where(b => b.IsReachable))
                arrays.Visit(block);
        }
        while (arrays.isChanged);
        return arrays.found;
    }

    private static bool IsStore(Instruction instruction) =>
        instruction.Code == Code.Stelem_Ref || instruction.Code == Code.Stelem_Any && instruction.Type.Definition is { } type && CallRouter.IsDelegate(type);

    /// <summary>The field or the method outside by which an instruction gets an array of delegates; null where it does not.</summary>
    private object? OriginOf(Instruction instruction) => instruction.Code switch
    {
        Code.Ldfld or Code.Ldsfld when instruction.Field is { Definition: { } field } symbol && field.Module != module && IsArray(field.FieldType, symbol.Type) => symbol,
        Code.Call or Code.Callvirt when instruction.Operand is MethodSymbol { Definition: { } method } symbol && method.Module != module && IsArray(method.ReturnType, symbol.ReturnType) => symbol,
        _ => null,
    };

    /// <summary>What is generic over the delegate's type makes the array for its caller, or only keeps it.</summary>
    private static bool IsArray(TypeReference declared, TypeSymbol type) =>
        declared is ArrayType { ElementType: not GenericParameter } && type.Shape == TypeShape.Vector && HandedDelegates.DelegateTypeOf(type) != null;

    private void Visit(Block block)
    {
        var stack = new List<object?>(entries.TryGetValue(block, out var entry) ? entry : new object?[block.EntryStack.Length]);
        foreach (var instruction in block.Instructions)
        {
            Apply(instruction, stack);
            if (instruction.Operand is Block target && instruction.Code != Code.Leave)
                Reach(target, stack);
            foreach (var one in instruction.Operand as Block[] ?? [])
                Reach(one, stack);
        }
        if (block.Next != null)
            Reach(block.Next, stack);
    }

    private void Apply(Instruction instruction, List<object?> stack)
    {
        var pops = instruction.Code is Code.Leave or Code.Throw or Code.Rethrow or Code.Endfinally ? stack.Count : OpcodeTable.Pops(instruction, body);
        var consumed = stack.GetRange(stack.Count - pops, pops);
        stack.RemoveRange(stack.Count - pops, pops);
        if (IsStore(instruction) && consumed[0] is { } array)
            found[instruction] = array;
        if (instruction is { Code: Code.Stloc, Operand: Local stored } && consumed[0] is { } kept && !locals.ContainsKey(stored))
        {
            locals.Add(stored, kept);
            isChanged = true;
        }
        var pushed = instruction switch
        {
            { Code: Code.Dup or Code.Castclass or Code.Isinst } => consumed[0],
            { Code: Code.Ldloc, Operand: Local local } => locals.TryGetValue(local, out var origin) ? origin : null,
            _ => OriginOf(instruction),
        };
        for (var i = OpcodeTable.Pushes(instruction); i > 0; i--)
            stack.Add(pushed);
    }

    private void Reach(Block block, List<object?> stack)
    {
        if (!entries.TryGetValue(block, out var known))
        {
            entries.Add(block, [.. stack]);
            isChanged = true;
            return;
        }
        for (var i = 0; i < known.Length && i < stack.Count; i++)
        {
            if (known[i] != null || stack[i] is null)
                continue;
            known[i] = stack[i];
            isChanged = true;
        }
    }
}
