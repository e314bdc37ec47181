using System;
using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>Custom attributes that go with a clone.</summary>
internal static class Attributes
{
    private static readonly string[] Debugging =
    [
        "System.Diagnostics.DebuggerHiddenAttribute",
        "System.Diagnostics.DebuggerNonUserCodeAttribute",
        "System.Diagnostics.DebuggerStepThroughAttribute",
        "System.Diagnostics.DebuggerStepperBoundaryAttribute",
        "System.Diagnostics.StackTraceHiddenAttribute",
        "System.Runtime.CompilerServices.PreserveBaseOverridesAttribute",
    ];

    /// <summary>Copies what steers debuggers, stack traces and the slot rules; the rest speaks to readers of the original.</summary>
    public static void CopyEssential(ICustomAttributeProvider from, ICustomAttributeProvider to)
    {
        if (!from.HasCustomAttributes)
            return;
        foreach (var attribute in from.CustomAttributes.Where(a => Array.IndexOf(Debugging, a.AttributeType.FullName) >= 0))
            to.CustomAttributes.Add(Copy(attribute));
    }

    public static CustomAttribute Copy(CustomAttribute attribute) => new(attribute.Constructor, attribute.GetBlob());
}
