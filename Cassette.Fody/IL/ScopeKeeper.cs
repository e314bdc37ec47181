using System.Collections.Generic;

namespace Cassette.Fody.IL;

/// <summary>Keeps the author's scopes on instructions that are still there.</summary>
internal sealed class ScopeKeeper(MethodIR body)
{
    /// <summary>Lets scopes that start or end at an instruction do so at another one; null stands for the end of the body.</summary>
    public void Move(Instruction from, Instruction? to, bool startsOnly = false)
    {
        if (body.Scope is { } scope && from != to)
            Move(scope, from, to, startsOnly);
    }

    private static void Move(DebugScope scope, Instruction from, Instruction? to, bool startsOnly)
    {
        if (scope.Start == from)
            scope.Start = to;
        if (!startsOnly && scope.End == from)
            scope.End = to;
        foreach (var child in scope.Children)
            Move(child, from, to, startsOnly);
        // A scope that would start at the end of the body holds nothing any more.
        if (to is null)
            scope.Children.RemoveAll(child => child.Start is null && child.Children.Count == 0);
    }
}
