using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>
/// Makes expressions for a body. Each is typed when it is made: operands that do not fit are refused there. Conversions are never made silently;
/// <see cref="Convert(Expression, TypeSymbol)"/> makes them.
/// </summary>
public sealed class ExpressionFactory
{
    private readonly EditableBody body;

    internal ExpressionFactory(EditableBody body) => this.body = body;

    private TypeUniverse Types => body.Types;

    // ---- Constants

    /// <summary>A number, a text, a truth value or a character.</summary>
    public Expression Constant(object? value)
    {
        switch (value)
        {
            case null:
                return Operation(Code.Ldnull, null);
            case bool truth:
                return Typed(Types.Boolean, truth ? 1 : 0);
            case char character:
                return Typed(Types.Char, character);
            case sbyte or byte or short or ushort:
                return Typed(body.Symbols.Type(value.GetType()), System.Convert.ToInt32(value, null));
            case int number:
                return Operation(Code.Ldc_I4, number);
            case uint number:
                return Typed(Types.UInt32, unchecked((int)number));
            case long number:
                return Operation(Code.Ldc_I8, number);
            case ulong number:
                var wide = Operation(Code.Ldc_I8, unchecked((long)number));
                wide.StackType = StackType.Of(Types.UInt64);
                return wide;
            case float number:
                return Operation(Code.Ldc_R4, number);
            case double number:
                return Operation(Code.Ldc_R8, number);
            case string text:
                return Operation(Code.Ldstr, text);
            default:
                throw new EditRefusedException($"A {value.GetType()} is no constant.");
        }
    }

    private Expression Typed(TypeSymbol type, int value)
    {
        var constant = Operation(Code.Ldc_I4, value);
        constant.StackType = StackType.Of(type);
        return constant;
    }

    /// <summary>The null reference.</summary>
    public Expression Null() => Operation(Code.Ldnull, null);

    /// <summary>The <see cref="System.Type"/> object of a type: C#'s <c>typeof</c>.</summary>
    public Expression TypeOf(TypeSymbol type) =>
        Call(body.Symbols.Method(Types.Core("Type"), "GetTypeFromHandle"), Operation(Code.Ldtoken, type));

    // ---- Variables

    /// <summary>A local's value.</summary>
    public Expression Load(Local local) => Operation(Code.Ldloc, Own(local));

    /// <summary>A parameter's value.</summary>
    public Expression Load(Argument argument) => Operation(Code.Ldarg, argument);

    /// <summary>Stores a value to a local.</summary>
    public Expression Store(Local local, Expression value) => Operation(Code.Stloc, Own(local), value);

    /// <summary>Stores a value to a parameter.</summary>
    public Expression Store(Argument argument, Expression value) => Operation(Code.Starg, argument, value);

    /// <summary>A local's address, as <c>ref</c> passes it.</summary>
    public Expression AddressOf(Local local)
    {
        body.Exposed.Add(local);
        return Operation(Code.Ldloca, Own(local));
    }

    /// <summary>A parameter's address, as <c>ref</c> passes it.</summary>
    public Expression AddressOf(Argument argument)
    {
        body.Exposed.Add(argument);
        return Operation(Code.Ldarga, argument);
    }

    /// <summary>The context that the body runs under: the seeds' <c>:contextslot</c> and <c>OVERDUB_CONTEXT_NAME</c>.</summary>
    public Expression Context() => body.PlainContext is { } plain ? Load(plain) : Load(ContextArgument);

    /// <summary>The context's metadata: the seeds' <c>getfield(ctx, :metadata)</c>.</summary>
    public Expression Metadata() => Member("Metadata");

    /// <summary>A property or field of the context.</summary>
    public Expression Member(string name)
    {
        var context = Context().Type;
        for (var type = context; type is not null; type = type.BaseType)
        {
            if (type.Definition?.Methods.FirstOrDefault(m => m.Name == "get_" + name && !m.IsStatic) is { } getter)
                return MarkNative(Call(Types.Method(getter, type, TypeSymbol.None), Receiver(type.IsValueType)));
            if (type.Definition?.Fields.FirstOrDefault(f => f.Name == name && !f.IsStatic) is { } field)
                return Operation(Code.Ldfld, Types.Field(field, type), Receiver(type.IsValueType));
        }
        foreach (var @interface in context.Interfaces)
        {
            if (@interface.Definition?.Methods.FirstOrDefault(m => m.Name == "get_" + name && !m.IsStatic) is not { } getter)
                continue;
            var instruction = new Instruction(Code.Callvirt, Types.Method(getter, @interface, TypeSymbol.None)) { Constrained = context, NoOverdub = true };
            return Typed(instruction, [Receiver(byAddress: true)]);
        }
        throw new EditRefusedException($"The context {context} has no {name}.");

        Expression Receiver(bool byAddress) => !byAddress ? Context() : body.PlainContext is { } plain ? Operation(Code.Ldloca, plain) : Operation(Code.Ldarga, ContextArgument);
    }

    /// <summary>
    /// The values of the method's parameters, <c>this</c> first: the seeds' <c>OVERDUB_ARGUMENTS_NAME</c>, one by one. Those of an async method or an
    /// iterator are loaded from its state machine.
    /// </summary>
    /// <exception cref="EditRefusedException">A state machine does not keep one of them, because the author's code does not use it.</exception>
    public Expression[] Arguments() => [.. Enumerable.Range(0, body.Machine?.Fields.Count ?? body.Parameters.Count).Select(ArgumentAt)];

    /// <summary>The value of one of the method's parameters, counted from <c>this</c> where there is one.</summary>
    /// <inheritdoc cref="Arguments"/>
    public Expression ArgumentAt(int index)
    {
        if (body.Machine is not { } machine)
            return Load(body.Parameters[index]);
        return machine.Fields[index] is { } field ? Field(field, Load(body.Parameters[0]))
            : throw new EditRefusedException($"The state machine of {machine.Method.Name} does not keep '{machine.NameOf(index)}', which the method does not use.");
    }

    // ---- Calls

    /// <summary>Calls a method: statically, or as C# does with the receiver as the first argument (a struct's by its address).</summary>
    public Expression Call(MethodSymbol method, params Expression[] arguments)
    {
        if (method.IsConstructor)
            throw new EditRefusedException($"{method} is a constructor; make the object with New.");
        var isVirtual = method.HasThis && !method.DeclaringType.IsValueType;
        return Typed(new Instruction(isVirtual ? Code.Callvirt : Code.Call, method), arguments);
    }

    /// <summary>Calls the overload of a method that takes these values.</summary>
    public Expression Call(Type type, string name, params Expression[] arguments) => Call(body.Symbols.Type(type), name, arguments);

    /// <inheritdoc cref="Call(Type, string, Expression[])"/>
    public Expression Call(string type, string name, params Expression[] arguments) => Call(body.Symbols.Type(type), name, arguments);

    /// <inheritdoc cref="Call(Type, string, Expression[])"/>
    public Expression Call(TypeSymbol type, string name, params Expression[] arguments) =>
        Call(body.Symbols.Method(type, name, arguments, body.Typing), arguments);

    /// <summary>As <see cref="Call(MethodSymbol, Expression[])"/>, and the overdub transformation leaves the call alone: the seeds' <c>:nooverdub</c>.</summary>
    public Expression CallNative(MethodSymbol method, params Expression[] arguments) => MarkNative(Call(method, arguments));

    /// <inheritdoc cref="CallNative(MethodSymbol, Expression[])"/>
    public Expression CallNative(Type type, string name, params Expression[] arguments) => MarkNative(Call(type, name, arguments));

    /// <inheritdoc cref="CallNative(MethodSymbol, Expression[])"/>
    public Expression CallNative(string type, string name, params Expression[] arguments) => MarkNative(Call(type, name, arguments));

    /// <summary>Makes an object, or a struct's value.</summary>
    public Expression NewObject(MethodSymbol constructor, params Expression[] arguments) => Typed(new Instruction(Code.Newobj, constructor), arguments);

    /// <inheritdoc cref="NewObject(MethodSymbol, Expression[])"/>
    public Expression NewObject(Type type, params Expression[] arguments) => NewObject(body.Symbols.Type(type), arguments);

    /// <inheritdoc cref="NewObject(MethodSymbol, Expression[])"/>
    public Expression NewObject(TypeSymbol type, params Expression[] arguments) =>
        NewObject(body.Symbols.Method(type, ".ctor", arguments, body.Typing, isConstructor: true), arguments);

    /// <summary>A delegate over a method: static with a null target, or of the target.</summary>
    public Expression Delegate(TypeSymbol delegateType, MethodSymbol method, Expression? target = null)
    {
        var constructor = body.Symbols.Method(delegateType, ".ctor", Types.Object, Types.IntPtr);
        return NewObject(constructor, target ?? Null(), Operation(Code.Ldftn, method));
    }

    // ---- Fields and arrays

    /// <summary>A field's value, of an object, a struct's value or address; of a static field without owner.</summary>
    public Expression Field(FieldSymbol field, Expression? owner = null) => owner is null ? Operation(Code.Ldsfld, field) : Operation(Code.Ldfld, field, owner);

    /// <summary>Stores to a static field.</summary>
    public Expression StoreField(FieldSymbol field, Expression value) => Operation(Code.Stsfld, field, value);

    /// <summary>Stores to a field of an object, or of a struct by its address.</summary>
    public Expression StoreField(FieldSymbol field, Expression owner, Expression value) => Operation(Code.Stfld, field, owner, value);

    /// <summary>A new array of a length.</summary>
    public Expression NewArray(TypeSymbol element, Expression length) => Operation(Code.Newarr, element, length);

    /// <summary>An element of an array.</summary>
    public Expression Element(Expression array, Expression index) => Operation(Code.Ldelem_Any, ElementOf(array), array, index);

    /// <summary>Stores an element of an array.</summary>
    public Expression StoreElement(Expression array, Expression index, Expression value) => Operation(Code.Stelem_Any, ElementOf(array), array, index, value);

    /// <summary>The address of an element of an array.</summary>
    public Expression ElementAddress(Expression array, Expression index) => Operation(Code.Ldelema, ElementOf(array), array, index);

    /// <summary>The length of an array, as an <c>int</c>.</summary>
    public Expression Length(Expression array) => Operation(Code.Conv_I4, null, Operation(Code.Ldlen, null, array));

    private static TypeSymbol ElementOf(Expression array) => array.Type is { Shape: TypeShape.Vector } vector ? vector.Element!
        : throw new EditRefusedException($"'{array}' of type {array.Type} is no array.");

    // ---- Operators

    public Expression Add(Expression left, Expression right) => Operation(Code.Add, null, left, right);

    public Expression Subtract(Expression left, Expression right) => Operation(Code.Sub, null, left, right);

    public Expression Multiply(Expression left, Expression right) => Operation(Code.Mul, null, left, right);

    public Expression Divide(Expression left, Expression right) => Operation(Code.Div, null, left, right);

    public Expression Remainder(Expression left, Expression right) => Operation(Code.Rem, null, left, right);

    public Expression And(Expression left, Expression right) => Operation(Code.And, null, left, right);

    public Expression Or(Expression left, Expression right) => Operation(Code.Or, null, left, right);

    public Expression ExclusiveOr(Expression left, Expression right) => Operation(Code.Xor, null, left, right);

    public Expression ShiftLeft(Expression value, Expression count) => Operation(Code.Shl, null, value, count);

    public Expression ShiftRight(Expression value, Expression count) => Operation(Code.Shr, null, value, count);

    public Expression Negate(Expression value) => Operation(Code.Neg, null, value);

    /// <summary>Logical negation: whether a value is zero, false or null.</summary>
    public Expression Not(Expression value) => value.StackType is { Kind: StackKind.Object }
        ? Operation(Code.Ceq, null, value, Null())
        : Operation(Code.Ceq, null, value, Convert(Constant(0), value.Type));

    public Expression Equal(Expression left, Expression right) => Operation(Code.Ceq, null, left, right);

    public Expression NotEqual(Expression left, Expression right) => Not(Equal(left, right));

    /// <summary>Whether one number is less than another; both signed, or floating point.</summary>
    public Expression Less(Expression left, Expression right) => Operation(IsUnsigned(left) ? Code.Clt_Un : Code.Clt, null, left, right);

    public Expression Greater(Expression left, Expression right) => Operation(IsUnsigned(left) ? Code.Cgt_Un : Code.Cgt, null, left, right);

    private static bool IsUnsigned(Expression value) => value.Type.Underlying.Shape is TypeShape.Byte or TypeShape.UInt16 or TypeShape.Char or TypeShape.UInt32 or TypeShape.UInt64 or TypeShape.UIntPtr;

    // ---- Conversions

    /// <inheritdoc cref="Convert(Expression, TypeSymbol)"/>
    public Expression Convert(Expression value, Type type) => Convert(value, body.Symbols.Type(type));

    /// <summary>Converts as a C# cast does: between numbers, boxing and unboxing, and between references (a check at run time where one is needed).</summary>
    public Expression Convert(Expression value, TypeSymbol type)
    {
        var from = value.StackType ?? throw new EditRefusedException($"'{value}' yields no value.");
        if (value.Type == type)
            return value;
        var to = StackType.Of(type);
        if (from.Kind == StackKind.Object)
        {
            if (from.IsNull && to.Kind == StackKind.Object || to.Kind == StackKind.Object && body.Typing.Fits(from, type))
                return value;
            return type.IsValueType || type.IsGenericParameter ? Operation(Code.Unbox_Any, type, value) : Operation(Code.Castclass, type, value);
        }
        if (to.Kind == StackKind.Object)
        {
            var box = Operation(Code.Box, value.Type, value);
            return body.Typing.Fits(box.StackType!.Value, type) ? box
                : throw new EditRefusedException($"A boxed {value.Type} is no {type}.");
        }
        if (Number(type.Underlying.Shape, IsUnsigned(value)) is not { } code || from.Kind is StackKind.Value or StackKind.ByRef)
            throw new EditRefusedException($"'{value}' of type {value.Type} does not convert to {type}.");
        var converted = Operation(code, null, value);
        converted.StackType = to;
        return converted;
    }

    private static Code? Number(TypeShape shape, bool isUnsigned) => shape switch
    {
        TypeShape.Boolean or TypeShape.Byte => Code.Conv_U1,
        TypeShape.SByte => Code.Conv_I1,
        TypeShape.Int16 => Code.Conv_I2,
        TypeShape.UInt16 or TypeShape.Char => Code.Conv_U2,
        TypeShape.Int32 => Code.Conv_I4,
        TypeShape.UInt32 => Code.Conv_U4,
        TypeShape.Int64 => isUnsigned ? Code.Conv_U8 : Code.Conv_I8,
        TypeShape.UInt64 => isUnsigned ? Code.Conv_U8 : Code.Conv_I8,
        TypeShape.IntPtr => isUnsigned ? Code.Conv_U : Code.Conv_I,
        TypeShape.UIntPtr => isUnsigned ? Code.Conv_U : Code.Conv_I,
        TypeShape.Single => Code.Conv_R4,
        TypeShape.Double => Code.Conv_R8,
        _ => null,
    };

    /// <summary>Boxes a value.</summary>
    public Expression Box(Expression value) => value.StackType is { Kind: StackKind.Object } ? value : Operation(Code.Box, value.Type, value);

    /// <summary>The value as an object of a type, or null: C#'s <c>as</c>.</summary>
    public Expression As(Expression value, TypeSymbol type) => Operation(Code.Isinst, type, value);

    // ---- Anything

    /// <summary>Throws an exception.</summary>
    public Expression Throw(Expression exception) => Operation(Code.Throw, null, exception);

    /// <summary>Any instruction.</summary>
    /// <param name="code">The instruction, in its general form: <c>ldarg</c>, not <c>ldarg.0</c>.</param>
    /// <param name="operand">Its own operand.</param>
    /// <param name="operands">What it takes off the stack, first to last.</param>
    public Expression Operation(Code code, object? operand, params Expression[] operands) => Typed(new Instruction(code, operand), operands);

    /// <summary>The same expression once more: evaluating it twice has its effects twice.</summary>
    public Expression Copy(Expression expression)
    {
        var copy = new Expression(body, BodyLifter.Copy(expression.Instruction), [.. expression.Operands.Select(Copy)], expression.StackType);
        return copy;
    }

    /// <summary>The same instruction with other operands: a call with other arguments, a sum of other numbers.</summary>
    public Expression With(Expression expression, params Expression[] operands) => Typed(BodyLifter.Copy(expression.Instruction), operands);

    private Argument ContextArgument => body.ContextArgument ?? throw new EditRefusedException("The body runs under no context.");

    private Local Own(Local local) => body.Owns(local) ? local : throw new EditRefusedException($"The local '{local}' belongs to another body.");

    private static Expression MarkNative(Expression call)
    {
        call.Instruction.NoOverdub = true;
        return call;
    }

    private Expression Typed(Instruction instruction, IReadOnlyList<Expression> operands)
    {
        body.Guard.Check();
        foreach (var operand in operands)
        {
            if (operand.Body != body)
                throw new EditRefusedException($"'{operand}' belongs to another body.");
        }
        return new Expression(body, instruction, [.. operands], body.Typing.TypeOf(instruction, operands));
    }
}
