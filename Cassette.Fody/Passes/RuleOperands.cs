using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Placement;
using Cassette.Fody.Rules;
using Mono.Cecil.Cil;
using CallSite = Cassette.Fody.Discovery.CallSite;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>Loads what a rule is given, converts it as the binding says, and calls the rule.</summary>
internal sealed class RuleOperands(CallLowering lowering, Instruction call, CallSite site, CallShape shape, SourceSpan? source)
{
    /// <summary>How many elements a tuple has before it has others in its last field.</summary>
    private const int TupleSize = 7;

    private readonly TypeUniverse types = lowering.Types;
    private readonly BlockWriter writer = lowering.Writer;
    private readonly RuntimeLibrary library = lowering.Library;
    private readonly List<Local> spilled = [];

    /// <summary>The call's arguments as rules count them, once they are spilled.</summary>
    public Local[] Arguments { get; set; } = [];

    /// <summary>Where the call's result is, or the address of it.</summary>
    public (Local Place, bool IsAddress)? Output { get; set; }

    /// <summary>What the call threw.</summary>
    public Local? Exception { get; set; }

    /// <summary>Puts the stack below the call away: a try begins and ends with an empty one (ECMA-335 I.12.4.2.8).</summary>
    public void Spill(StackType[] below)
    {
        for (var i = below.Length - 1; i >= 0; i--)
        {
            var type = below[i].Kind == StackKind.ByRef ? types.ByRef(below[i].Type!) : IsBox(below[i]) ? BoxOf(below[i].Type!) : below[i].Type ?? types.Object;
            var local = writer.Temporary(type);
            writer.Emit(Code.Stloc, local);
            spilled.Insert(0, local);
        }
    }

    /// <summary>Whether a stack value is the box of a value: its type then says what is in the box.</summary>
    public static bool IsBox(StackType value) => value.Kind == StackKind.Object && value.Type is { IsReferenceType: false };

    private TypeSymbol BoxOf(TypeSymbol content) =>
        content.Shape == TypeShape.Enum ? types.Core("Enum") : content.IsGenericParameter ? types.Object : types.Core("ValueType");

    public void Reload()
    {
        foreach (var local in spilled)
            writer.Emit(Code.Ldloc, local);
    }

    /// <summary>Calls a rule; <paramref name="kept"/> is what is on the stack below.</summary>
    public void EmitCall(RuleBinding binding, StackType[] kept)
    {
        TypeSymbol? callType = null;
        // Ahead of all operands: the JIT keeps what is on the stack in temporaries while something is called or stored.
        var swallowed = binding.Operands.FirstOrDefault(o => o.Source is OperandSource.ObjectArray or OperandSource.Tuple);
        var all = swallowed is null ? null : swallowed.Source == OperandSource.Tuple ? EmitTuple(swallowed) : EmitArray(swallowed);
        var place = binding.Operands.Any(o => o.Source == OperandSource.JoinPoint)
            ? lowering.JoinPoints.Emit(writer, call.Method, lowering.Clone.Author, source, site.Intrinsic) : null;
        foreach (var operand in binding.Operands)
        {
            if (operand.Source == OperandSource.Call)
                callType = EmitCallStruct();
            else if (operand.Source == OperandSource.JoinPoint)
                writer.Emit(Code.Ldloc, place);
            else if (operand == swallowed)
                writer.Emit(Code.Ldloc, all);
            else
                Emit(operand);
        }
        var rule = callType is null ? binding.Method : binding.MethodFor(callType);
        var variants = lowering.Helpers.RuleVariants;
        if (VariantPlanner.HasInner(site, binding) && variants.Of(rule, site.Goes) is { } variant)
        {
            lowering.EmitContexts(site.Goes.Depth, site.Level.Depth);
            lowering.WriteRule(variant, site, binding, kept, source);
        }
        else
        {
            lowering.WriteRule(site.Level.Outer is null ? variants.For(rule, site.Level) : rule, site, binding, kept, source);
        }
        if (place != null)
            writer.Release(place);
        if (all != null)
            writer.Release(all);
    }

    /// <summary>
    /// Drops what a rule returned. A struct goes into a temporary: for one that is popped the JIT makes a local of its own, which in code that is not optimised
    /// takes room in the frame for each call.
    /// </summary>
    public void EmitDiscard(RuleBinding binding)
    {
        var type = binding.Method.ReturnType;
        if (StackType.Of(type).Kind != StackKind.Value)
        {
            writer.Emit(Code.Pop);
            return;
        }
        var dropped = writer.Temporary(type);
        writer.Emit(Code.Stloc, dropped);
        writer.Release(dropped);
    }

    public void EmitTest(RuntimeTest test)
    {
        switch (test.Subject)
        {
            case OperandSource.Argument:
                writer.Emit(Code.Ldloc, Arguments[test.Argument]);
                break;
            case OperandSource.Output:
                EmitOutput();
                break;
            default:
                writer.Emit(Code.Ldloc, Exception);
                break;
        }
        EmitRead(test.Steps, (test.Steps & ConversionSteps.Load) != 0 ? test.Static.Element! : test.Static);
        writer.Emit(Code.Isinst, test.Type);
    }

    /// <summary>Converts a value that is on the stack; where the conversion wants something else in its place, nothing may be there.</summary>
    public void Convert(ValueConversion conversion, Action? load)
    {
        if ((conversion.Steps & ConversionSteps.Absent) != 0)
        {
            EmitDefault(conversion.To);
            return;
        }
        if ((conversion.Steps & ConversionSteps.Placeholder) != 0)
        {
            EmitPlaceholder(conversion);
            return;
        }
        load?.Invoke();
        EmitRead(conversion.Steps, conversion.Loaded);
        if ((conversion.Steps & ConversionSteps.Cast) != 0)
            writer.Emit(Code.Unbox_Any, conversion.To);
        if ((conversion.Steps & ConversionSteps.Wrap) != 0)
            writer.Emit(Code.Newobj, library.Method(conversion.To, ".ctor", 1));
    }

    /// <summary>Reads what a reference on the stack refers to, and boxes it, as far as either is asked for.</summary>
    private void EmitRead(ConversionSteps steps, TypeSymbol type)
    {
        var isBoxed = (steps & ConversionSteps.Box) != 0;
        if ((steps & ConversionSteps.Load) != 0)
            writer.Append(library.Read(type, isBoxed));
        else if (isBoxed)
            writer.Emit(Code.Box, type);
    }

    private void Emit(RuleOperand operand)
    {
        switch (operand.Source)
        {
            case OperandSource.Context:
                Convert(operand.Conversion, () => EmitContext(operand.Unwraps));
                break;
            case OperandSource.Output:
                Convert(operand.Conversion, EmitOutput);
                break;
            case OperandSource.Exception:
                Convert(operand.Conversion, () => writer.Emit(Code.Ldloc, Exception));
                break;
            case OperandSource.Argument:
                Convert(operand.Conversion, () => writer.Emit(Code.Ldloc, Arguments[operand.Argument]));
                break;
            default:
                throw new InvalidOperationException($"A rule's operand cannot come from {operand.Source}.");
        }
    }

    private void EmitContext(int unwraps)
    {
        if (unwraps == 0)
        {
            lowering.Contexts.Emit(writer, site.Level.Depth);
            return;
        }
        lowering.Contexts.EmitAddress(writer, site.Level.Depth);
        var type = site.Level.Innermost;
        for (var i = 0; i < unwraps; i++)
        {
            if (i > 0)
            {
                var inner = writer.Temporary(type);
                writer.Emit(Code.Stloc, inner);
                writer.Emit(Code.Ldloca, inner);
            }
            var getter = library.Method(type, "get_Context", 0);
            writer.Emit(Code.Call, getter);
            type = getter.ReturnType;
        }
    }

    private void EmitOutput()
    {
        if (Output is not { } output)
            throw new InvalidOperationException("A rule asks for the output of a call that has none.");
        writer.Emit(Code.Ldloc, output.Place);
        if (output.IsAddress)
            writer.Emit(Code.Ldobj, call.Method.DeclaringType);
    }

    /// <summary>Puts the arguments into an array, which a temporary then refers to.</summary>
    private Local EmitArray(RuleOperand operand)
    {
        var array = writer.Temporary(types.Vector(types.Object));
        var count = operand.Elements.Count;
        var maker = library.Type("Cassette.Runtime.ArgumentArray");
        if (count == 0)
        {
            writer.Emit(Code.Ldsfld, types.Field(maker.Definition!.Fields.First(f => f.Name == "None"), maker));
        }
        else if (count <= 4)
        {
            for (var i = 0; i < count; i++)
                EmitElement(operand, i);
            writer.Emit(Code.Call, library.Method(maker, "Of", count));
        }
        else
        {
            writer.Emit(Code.Ldc_I4, count);
            writer.Emit(Code.Newarr, types.Object);
            for (var i = 0; i < count; i++)
            {
                writer.Emit(Code.Dup);
                writer.Emit(Code.Ldc_I4, i);
                EmitElement(operand, i);
                writer.Emit(Code.Stelem_Ref);
            }
        }
        writer.Emit(Code.Stloc, array);
        return array;
    }

    private void EmitElement(RuleOperand operand, int index) => Convert(operand.Elements[index], () => writer.Emit(Code.Ldloc, Arguments[operand.Argument + index]));

    /// <summary>Puts the arguments into a tuple in a temporary, field by field, as join points are made.</summary>
    private Local EmitTuple(RuleOperand operand)
    {
        var local = writer.Temporary(operand.Type);
        if (operand.Elements.Count == 0)
        {
            writer.Emit(Code.Ldloca, local);
            writer.Emit(Code.Initobj, operand.Type);
        }
        for (var i = 0; i < operand.Elements.Count; i++)
        {
            var part = operand.Type;
            writer.Emit(Code.Ldloca, local);
            for (var rest = i; rest >= TupleSize; rest -= TupleSize)
            {
                var further = FieldOf(part, "Rest");
                writer.Emit(Code.Ldflda, further);
                part = further.Type;
            }
            EmitElement(operand, i);
            writer.Emit(Code.Stfld, FieldOf(part, "Item" + (i % TupleSize + 1)));
        }
        return local;
    }

    private FieldSymbol FieldOf(TypeSymbol tuple, string name) => types.Field(tuple.Definition!.Fields.First(f => f.Name == name), tuple);

    private TypeSymbol EmitCallStruct() => lowering.Helpers.CallStructs.Emit(lowering, call, site, shape, source, Arguments);

    private void EmitPlaceholder(ValueConversion conversion)
    {
        writer.Emit(Code.Ldtoken, conversion.From);
        writer.Emit(Code.Call, library.Method(types.Core("Type"), "GetTypeFromHandle", 1));
        writer.Emit(Code.Newobj, library.Method(library.Unboxable, ".ctor", 1));
        if (conversion.To != library.Unboxable)
            writer.Emit(Code.Box, library.Unboxable);
    }

    private void EmitDefault(TypeSymbol type)
    {
        if (type.IsReferenceType)
        {
            writer.Emit(Code.Ldnull);
            return;
        }
        var local = writer.Temporary(type);
        writer.Emit(Code.Ldloca, local);
        writer.Emit(Code.Initobj, type);
        writer.Emit(Code.Ldloc, local);
    }
}
