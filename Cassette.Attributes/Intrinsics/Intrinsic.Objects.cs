using System;
using System.Runtime.CompilerServices;

namespace Cassette;

public static partial class Intrinsic
{
    /// <summary><c>newarr</c>: makes an array.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="length">How many.</param>
    /// <returns>The array.</returns>
    /// <exception cref="OverflowException">The length is negative.</exception>
    public static T[] NewArray<T>(int length) => new T[length];

    /// <inheritdoc cref="NewArray{T}(int)"/>
    public static T[] NewArray<T>(nint length) => new T[length];

    /// <summary>Makes an array of two dimensions; the instruction is a <c>newobj</c>.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="length0">How many in the first dimension.</param>
    /// <param name="length1">How many in the second dimension.</param>
    /// <returns>The array.</returns>
    /// <exception cref="OverflowException">A length is negative.</exception>
    public static T[,] NewArray<T>(int length0, int length1) => new T[length0, length1];

    /// <summary>Makes an array of three dimensions.</summary>
    /// <inheritdoc cref="NewArray{T}(int, int)"/>
    /// <param name="length0">How many in the first dimension.</param>
    /// <param name="length1">How many in the second dimension.</param>
    /// <param name="length2">How many in the third dimension.</param>
    public static T[,,] NewArray<T>(int length0, int length1, int length2) => new T[length0, length1, length2];

    /// <summary>Makes an array of four dimensions.</summary>
    /// <inheritdoc cref="NewArray{T}(int, int)"/>
    /// <param name="length0">How many in the first dimension.</param>
    /// <param name="length1">How many in the second dimension.</param>
    /// <param name="length2">How many in the third dimension.</param>
    /// <param name="length3">How many in the fourth dimension.</param>
    public static T[,,,] NewArray<T>(int length0, int length1, int length2, int length3) => new T[length0, length1, length2, length3];

    /// <summary>
    /// <c>newobj</c> of a reference type: makes an object. Rules for it take the arguments of the constructor, and see the compiler's own objects
    /// too (closures, state machines, delegates), which have no arguments for them.
    /// </summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <returns>The object.</returns>
    /// <exception cref="NotSupportedException">Always: which constructor runs is for the instruction to say.</exception>
    public static T NewObject<T>() where T : class => throw NeedsInstruction(nameof(NewObject));

    /// <summary><c>box</c>: makes an object of a value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The object.</returns>
    public static object? Box<T>(T value) => value;

    /// <summary><c>unbox</c>: the place of the value in a box.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="box">The box.</param>
    /// <returns>A reference to the value.</returns>
    /// <exception cref="InvalidCastException">The object is no such box.</exception>
    /// <exception cref="NullReferenceException">There is no object.</exception>
    public static ref T Unbox<T>(object box) where T : struct => ref Unsafe.Unbox<T>(box);

    /// <summary><c>unbox.any</c>: the value in a box, or the object as another type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The object.</param>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidCastException">The object is of another type.</exception>
    /// <exception cref="NullReferenceException">There is no object, and the type is a value type.</exception>
    public static T UnboxAny<T>(object? value) => (T)value!;

    /// <summary><c>castclass</c>: an object as another type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The object.</param>
    /// <returns>The same object.</returns>
    /// <exception cref="InvalidCastException">The object is of another type.</exception>
    public static T? Cast<T>(object? value) where T : class? => (T?)value;

    /// <summary><c>isinst</c> for a reference type: an object as another type, or <see langword="null"/> if it is not of that type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The object.</param>
    /// <returns>The same object, or <see langword="null"/>.</returns>
    public static T? IsInstance<T>(object? value) where T : class? => value as T;

    /// <summary><c>isinst</c> for a value type or an open type parameter: a box, or <see langword="null"/> if it is not one of that type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The object.</param>
    /// <returns>The same object, or <see langword="null"/>.</returns>
    public static object? IsBox<T>(object? value) => value is T ? value : null;

    /// <summary><c>ldfld</c>: reads an object's field.</summary>
    /// <typeparam name="TObject">The type that the instruction finds the object to be.</typeparam>
    /// <typeparam name="TField">The type of the field.</typeparam>
    /// <param name="target">The object.</param>
    /// <returns>The field's value.</returns>
    /// <exception cref="NotSupportedException">Always: which field is for the instruction to say.</exception>
    public static TField LoadField<TObject, TField>(TObject target) where TObject : allows ref struct where TField : allows ref struct => throw NeedsInstruction(nameof(LoadField));

    /// <summary><c>ldfld</c>: reads a field of a struct at a place.</summary>
    /// <inheritdoc cref="LoadField{TObject, TField}(TObject)"/>
    public static TField LoadField<TObject, TField>(ref TObject target) where TObject : allows ref struct where TField : allows ref struct => throw NeedsInstruction(nameof(LoadField));

    /// <summary><c>ldfld</c>: reads a field of a struct that a pointer points to.</summary>
    /// <inheritdoc cref="LoadField{TObject, TField}(TObject)"/>
    public static unsafe TField LoadField<TObject, TField>(TObject* target) where TObject : unmanaged => throw NeedsInstruction(nameof(LoadField));

    /// <summary><c>stfld</c>: writes an object's field.</summary>
    /// <typeparam name="TObject">The type that the instruction finds the object to be.</typeparam>
    /// <typeparam name="TField">The type of the field.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="value">What to write.</param>
    /// <exception cref="NotSupportedException">Always: which field is for the instruction to say.</exception>
    public static void StoreField<TObject, TField>(TObject target, TField value) where TObject : class where TField : allows ref struct => throw NeedsInstruction(nameof(StoreField));

    /// <summary><c>stfld</c>: writes a field of a struct at a place.</summary>
    /// <inheritdoc cref="StoreField{TObject, TField}(TObject, TField)"/>
    public static void StoreField<TObject, TField>(ref TObject target, TField value) where TObject : struct, allows ref struct where TField : allows ref struct => throw NeedsInstruction(nameof(StoreField));

    /// <summary><c>stfld</c>: writes a field of a struct that a pointer points to.</summary>
    /// <inheritdoc cref="StoreField{TObject, TField}(TObject, TField)"/>
    public static unsafe void StoreField<TObject, TField>(TObject* target, TField value) where TObject : unmanaged => throw NeedsInstruction(nameof(StoreField));

    /// <summary><c>ldflda</c>: the place of an object's field.</summary>
    /// <typeparam name="TObject">The type that the instruction finds the object to be.</typeparam>
    /// <typeparam name="TField">The type of the field.</typeparam>
    /// <param name="target">The object.</param>
    /// <returns>A reference to the field.</returns>
    /// <exception cref="NotSupportedException">Always: which field is for the instruction to say.</exception>
    public static ref TField FieldAddress<TObject, TField>(TObject target) where TObject : class where TField : allows ref struct => throw NeedsInstruction(nameof(FieldAddress));

    /// <summary><c>ldflda</c>: the place of a field of a struct at a place.</summary>
    /// <inheritdoc cref="FieldAddress{TObject, TField}(TObject)"/>
    public static ref TField FieldAddress<TObject, TField>(ref TObject target) where TObject : struct, allows ref struct where TField : allows ref struct => throw NeedsInstruction(nameof(FieldAddress));

    /// <summary><c>ldflda</c>: the place of a field of a struct that a pointer points to, as a pointer.</summary>
    /// <inheritdoc cref="FieldAddress{TObject, TField}(TObject)"/>
    public static unsafe TField* FieldAddress<TObject, TField>(TObject* target) where TObject : unmanaged where TField : unmanaged => throw NeedsInstruction(nameof(FieldAddress));

    /// <summary><c>ldsfld</c>: reads a static field.</summary>
    /// <typeparam name="TField">The type of the field.</typeparam>
    /// <returns>The field's value.</returns>
    /// <exception cref="NotSupportedException">Always: which field is for the instruction to say.</exception>
    public static TField LoadStatic<TField>() => throw NeedsInstruction(nameof(LoadStatic));

    /// <summary><c>stsfld</c>: writes a static field.</summary>
    /// <typeparam name="TField">The type of the field.</typeparam>
    /// <param name="value">What to write.</param>
    /// <exception cref="NotSupportedException">Always: which field is for the instruction to say.</exception>
    public static void StoreStatic<TField>(TField value) => throw NeedsInstruction(nameof(StoreStatic));

    /// <summary><c>ldsflda</c>: the place of a static field.</summary>
    /// <typeparam name="TField">The type of the field.</typeparam>
    /// <returns>A reference to the field.</returns>
    /// <exception cref="NotSupportedException">Always: which field is for the instruction to say.</exception>
    public static ref TField StaticAddress<TField>() => throw NeedsInstruction(nameof(StaticAddress));

    private static NotSupportedException NeedsInstruction(string name) => new(
        $"Intrinsic.{name} stands for instructions that say more than its parameters do, so it cannot be called. Rules may name it as their target; "
        + "a rule that is to do what the instruction does takes the call (TCall call) and runs call.Fallback().");
}
