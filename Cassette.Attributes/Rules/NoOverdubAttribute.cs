using System;

namespace Cassette;

/// <summary>
/// Keeps every context out of what it marks: it is never cloned, and calls of it stay native. The report lists such
/// calls as intended, so that <c>Strict</c> accepts them.
/// </summary>
/// <remarks>Rules still see the calls of it; what is kept out is its body.</remarks>
/// <example>
/// <code>
/// [NoOverdub]
/// static void WriteLog(string text) => Console.Error.WriteLine(text);
/// </code>
/// </example>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property
    | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Assembly,
    Inherited = false)]
public sealed class NoOverdubAttribute : Attribute;
