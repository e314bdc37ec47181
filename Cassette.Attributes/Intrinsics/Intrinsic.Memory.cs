using System;
using System.Runtime.CompilerServices;

namespace Cassette;

public static partial class Intrinsic
{
    /// <summary><c>ldelem</c>: reads an element of an array.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="array">The array.</param>
    /// <param name="index">Which one.</param>
    /// <returns>The element.</returns>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public static T LoadElement<T>(T[] array, int index) => array[index];

    /// <inheritdoc cref="LoadElement{T}(T[], int)"/>
    public static T LoadElement<T>(T[] array, nint index) => array[index];

    /// <summary>Reads an element of an array of two dimensions; the instruction is a call of the array's <c>Get</c>.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="array">The array.</param>
    /// <param name="index0">The index in the first dimension.</param>
    /// <param name="index1">The index in the second dimension.</param>
    /// <returns>The element.</returns>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public static T LoadElement<T>(T[,] array, int index0, int index1) => array[index0, index1];

    /// <summary>Reads an element of an array of three dimensions.</summary>
    /// <inheritdoc cref="LoadElement{T}(T[,], int, int)"/>
    /// <param name="array">The array.</param>
    /// <param name="index0">The index in the first dimension.</param>
    /// <param name="index1">The index in the second dimension.</param>
    /// <param name="index2">The index in the third dimension.</param>
    public static T LoadElement<T>(T[,,] array, int index0, int index1, int index2) => array[index0, index1, index2];

    /// <summary>Reads an element of an array of four dimensions.</summary>
    /// <inheritdoc cref="LoadElement{T}(T[,], int, int)"/>
    /// <param name="array">The array.</param>
    /// <param name="index0">The index in the first dimension.</param>
    /// <param name="index1">The index in the second dimension.</param>
    /// <param name="index2">The index in the third dimension.</param>
    /// <param name="index3">The index in the fourth dimension.</param>
    public static T LoadElement<T>(T[,,,] array, int index0, int index1, int index2, int index3) => array[index0, index1, index2, index3];

    /// <summary><c>stelem</c>: writes an element of an array.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="array">The array.</param>
    /// <param name="index">Which one.</param>
    /// <param name="value">What to write.</param>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    /// <exception cref="ArrayTypeMismatchException">The array holds objects of a narrower type.</exception>
    public static void StoreElement<T>(T[] array, int index, T value) => array[index] = value;

    /// <inheritdoc cref="StoreElement{T}(T[], int, T)"/>
    public static void StoreElement<T>(T[] array, nint index, T value) => array[index] = value;

    /// <summary>Writes an element of an array of two dimensions; the instruction is a call of the array's <c>Set</c>.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="array">The array.</param>
    /// <param name="index0">The index in the first dimension.</param>
    /// <param name="index1">The index in the second dimension.</param>
    /// <param name="value">What to write.</param>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public static void StoreElement<T>(T[,] array, int index0, int index1, T value) => array[index0, index1] = value;

    /// <summary>Writes an element of an array of three dimensions.</summary>
    /// <inheritdoc cref="StoreElement{T}(T[,], int, int, T)"/>
    /// <param name="array">The array.</param>
    /// <param name="index0">The index in the first dimension.</param>
    /// <param name="index1">The index in the second dimension.</param>
    /// <param name="index2">The index in the third dimension.</param>
    /// <param name="value">What to write.</param>
    public static void StoreElement<T>(T[,,] array, int index0, int index1, int index2, T value) => array[index0, index1, index2] = value;

    /// <summary>Writes an element of an array of four dimensions.</summary>
    /// <inheritdoc cref="StoreElement{T}(T[,], int, int, T)"/>
    /// <param name="array">The array.</param>
    /// <param name="index0">The index in the first dimension.</param>
    /// <param name="index1">The index in the second dimension.</param>
    /// <param name="index2">The index in the third dimension.</param>
    /// <param name="index3">The index in the fourth dimension.</param>
    /// <param name="value">What to write.</param>
    public static void StoreElement<T>(T[,,,] array, int index0, int index1, int index2, int index3, T value) => array[index0, index1, index2, index3] = value;

    /// <summary><c>ldelema</c>: the place of an element of an array.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="array">The array.</param>
    /// <param name="index">Which one.</param>
    /// <returns>A reference to the element.</returns>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    /// <exception cref="ArrayTypeMismatchException">The array holds objects of another type.</exception>
    public static ref T ElementAddress<T>(T[] array, int index) => ref array[index];

    /// <inheritdoc cref="ElementAddress{T}(T[], int)"/>
    public static ref T ElementAddress<T>(T[] array, nint index) => ref array[index];

    /// <summary>The place of an element of an array of two dimensions; the instruction is a call of the array's <c>Address</c>.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="array">The array.</param>
    /// <param name="index0">The index in the first dimension.</param>
    /// <param name="index1">The index in the second dimension.</param>
    /// <returns>A reference to the element.</returns>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public static ref T ElementAddress<T>(T[,] array, int index0, int index1) => ref array[index0, index1];

    /// <summary>The place of an element of an array of three dimensions.</summary>
    /// <inheritdoc cref="ElementAddress{T}(T[,], int, int)"/>
    /// <param name="array">The array.</param>
    /// <param name="index0">The index in the first dimension.</param>
    /// <param name="index1">The index in the second dimension.</param>
    /// <param name="index2">The index in the third dimension.</param>
    public static ref T ElementAddress<T>(T[,,] array, int index0, int index1, int index2) => ref array[index0, index1, index2];

    /// <summary>The place of an element of an array of four dimensions.</summary>
    /// <inheritdoc cref="ElementAddress{T}(T[,], int, int)"/>
    /// <param name="array">The array.</param>
    /// <param name="index0">The index in the first dimension.</param>
    /// <param name="index1">The index in the second dimension.</param>
    /// <param name="index2">The index in the third dimension.</param>
    /// <param name="index3">The index in the fourth dimension.</param>
    public static ref T ElementAddress<T>(T[,,,] array, int index0, int index1, int index2, int index3) => ref array[index0, index1, index2, index3];

    /// <summary><c>ldlen</c>: how many elements an array has.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="array">The array.</param>
    /// <returns>The number, as the instruction leaves it.</returns>
    public static nuint ArrayLength<T>(T[] array) => (nuint)array.LongLength;

    /// <summary><c>ldobj</c> and <c>ldind</c>: reads what a reference refers to.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="address">Where it is.</param>
    /// <returns>The value.</returns>
    public static T LoadIndirect<T>(ref T address) where T : allows ref struct => address;

    /// <summary><c>ldobj</c> and <c>ldind</c>: reads what a pointer points to.</summary>
    /// <inheritdoc cref="LoadIndirect{T}(ref T)"/>
    public static unsafe T LoadIndirect<T>(T* address) where T : unmanaged => *address;

    /// <summary><c>stobj</c> and <c>stind</c>: writes what a reference refers to.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="address">Where to.</param>
    /// <param name="value">What to write.</param>
    public static void StoreIndirect<T>(ref T address, T value) => address = value;

    /// <summary><c>stobj</c> and <c>stind</c>: writes what a pointer points to.</summary>
    /// <inheritdoc cref="StoreIndirect{T}(ref T, T)"/>
    public static unsafe void StoreIndirect<T>(T* address, T value) where T : unmanaged => *address = value;

    /// <summary><c>initobj</c>: makes what a reference refers to zero.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="address">Where it is.</param>
    public static void InitObject<T>(ref T address) => address = default!;

    /// <summary><c>initobj</c>: makes what a pointer points to zero.</summary>
    /// <inheritdoc cref="InitObject{T}(ref T)"/>
    public static unsafe void InitObject<T>(T* address) where T : unmanaged => *address = default;

    /// <summary><c>cpobj</c>: copies a value from one place to another.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="destination">Where to.</param>
    /// <param name="source">Where from.</param>
    public static void CopyObject<T>(ref T destination, ref T source) => destination = source;

    /// <inheritdoc cref="CopyObject{T}(ref T, ref T)"/>
    public static unsafe void CopyObject<T>(T* destination, T* source) where T : unmanaged => *destination = *source;

    /// <summary><c>cpblk</c>: copies bytes.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="source">Where from.</param>
    /// <param name="count">How many.</param>
    public static unsafe void CopyBlock(void* destination, void* source, uint count) => Unsafe.CopyBlockUnaligned(destination, source, count);

    /// <inheritdoc cref="CopyBlock(void*, void*, uint)"/>
    public static void CopyBlock(ref byte destination, ref byte source, uint count) => Unsafe.CopyBlockUnaligned(ref destination, ref source, count);

    /// <summary><c>initblk</c>: sets bytes.</summary>
    /// <param name="destination">Where.</param>
    /// <param name="value">To what.</param>
    /// <param name="count">How many.</param>
    public static unsafe void InitBlock(void* destination, byte value, uint count) => Unsafe.InitBlockUnaligned(destination, value, count);

    /// <inheritdoc cref="InitBlock(void*, byte, uint)"/>
    public static void InitBlock(ref byte destination, byte value, uint count) => Unsafe.InitBlockUnaligned(ref destination, value, count);

    /// <summary><c>localloc</c>: takes memory from the method's own stack frame, for as long as it runs.</summary>
    /// <param name="size">How many bytes.</param>
    /// <returns>Where they are.</returns>
    /// <exception cref="NotSupportedException">Always: a method cannot give away its own frame.</exception>
    public static unsafe void* StackAllocate(nuint size) => throw NeedsInstruction(nameof(StackAllocate));
}
