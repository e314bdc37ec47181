using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Cassette.Runtime;

namespace Cassette;

/// <summary>
/// One place in the program that calls something: what is called, by which method, and where that stands in the
/// source. It takes the place of the function argument of the seeds' hooks.
/// </summary>
/// <remarks>
/// It is static data: two words that refer to a table in the woven assembly. Passing one around allocates
/// nothing; the texts are decoded when they are first asked for and kept. Join points are equal if they stand
/// for the same place; calls of the same callee on one line of one method are one place.
/// A default value stands for no place: its texts are empty and its line is 0.
/// </remarks>
/// <example>
/// <code>
/// [Prehook]
/// static void Before(TraceCtx ctx, JoinPoint f) =>
///     ctx.Metadata.Add($"{f.DeclaringType} {f.Name} at {f.File}:{f.Line}");
/// </code>
/// </example>
public readonly struct JoinPoint : IEquatable<JoinPoint>
{
    private readonly JoinPointTable? _table;
    private readonly int _index;

    /// <summary>For woven code: the entry of a table.</summary>
    /// <param name="table">The woven assembly's table.</param>
    /// <param name="index">The entry's index.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public JoinPoint(JoinPointTable table, int index)
    {
        _table = table;
        _index = index;
    }

    /// <summary>Whether this is a default value, which stands for no place.</summary>
    [MemberNotNullWhen(false, nameof(_table))]
    public bool IsDefault => _table is null;

    /// <summary>
    /// The full name of the type that declares the callee, as <see cref="Type.FullName"/> writes it, such as
    /// <c>System.Math</c> or <c>System.Collections.Generic.List`1</c>.
    /// </summary>
    public string DeclaringType => IsDefault ? "" : _table.Site(_index).Callee.DeclaringType;

    /// <summary>The callee's name, such as <c>Sin</c>, <c>get_Length</c> or <c>.ctor</c>.</summary>
    public string Name => IsDefault ? "" : _table.Site(_index).Callee.Name;

    /// <summary>
    /// For an instruction that a rule sees as a call the name of its <see cref="Cassette.Intrinsic"/> method, such as <c>Add</c> or
    /// <c>StoreField</c>; <see langword="null"/> for a call. Of a field's read or write the declaring type and the name are the field's.
    /// </summary>
    public string? Intrinsic => IsDefault ? null : _table.Site(_index).Callee.Intrinsic;

    /// <summary>
    /// The callee as a stack frame shows it: <c>System.Math.Sin(Double a)</c>; a field as C# writes its use: <c>Bank.Account.Balance</c>,
    /// <c>Bank.Account.Balance = Decimal</c>, <c>ref Bank.Account.Balance</c>.
    /// </summary>
    public string Signature => IsDefault ? "" : _table.Site(_index).Callee.Signature;

    /// <summary>Whether the callee is static, so that the call has no receiver among its arguments.</summary>
    public bool IsStatic => !IsDefault && _table.Site(_index).Callee.IsStatic;

    /// <summary>The callee's generic arguments, or type parameters where they are not known; mostly none.</summary>
    public IReadOnlyList<string> GenericArguments => IsDefault ? [] : _table.Site(_index).Callee.GenericArguments;

    /// <summary>The callee's parameters, without the receiver.</summary>
    public IReadOnlyList<JoinPointParameter> Parameters => IsDefault ? [] : _table.Site(_index).Callee.Parameters;

    /// <summary>The full name of the type that the callee returns, such as <c>System.Double</c>.</summary>
    public string ReturnType => IsDefault ? "" : _table.Site(_index).Callee.ReturnType;

    /// <summary>The calling method as a stack frame shows it: <c>Model.Predict(Double x)</c>.</summary>
    public string Caller => IsDefault ? "" : _table.Site(_index).Caller.Signature;

    /// <summary>The source file that the call stands in, or <see langword="null"/> where that is not known.</summary>
    public string? File => IsDefault ? null : _table.Site(_index).File;

    /// <summary>The line that the call stands on, counted from 1, or 0 where that is not known.</summary>
    public int Line => IsDefault ? 0 : _table.Site(_index).Line;

    /// <inheritdoc/>
    public bool Equals(JoinPoint other) => ReferenceEquals(_table, other._table) && _index == other._index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JoinPoint other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_table), _index);

    /// <summary>
    /// The call as a stack frame would read: <c>System.Math.Sin(Double a) in Model.cs:line 12</c>, without the
    /// last part where there is no position.
    /// </summary>
    /// <returns>The text.</returns>
    public override string ToString() => IsDefault ? "" : _table.Site(_index).Text;

    /// <summary>Whether both stand for the same place.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> if they do.</returns>
    public static bool operator ==(JoinPoint left, JoinPoint right) => left.Equals(right);

    /// <summary>Whether they stand for different places.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> if they do.</returns>
    public static bool operator !=(JoinPoint left, JoinPoint right) => !left.Equals(right);
}

/// <summary>One parameter of a callee.</summary>
/// <param name="Type">The full name of its type, such as <c>System.Double</c>.</param>
/// <param name="Name">Its name; empty where metadata has none.</param>
public readonly record struct JoinPointParameter(string Type, string Name);
