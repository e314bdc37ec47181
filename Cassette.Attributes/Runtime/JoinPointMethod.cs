using System;
using System.Collections.Generic;
using System.Text;

namespace Cassette.Runtime;

/// <summary>A decoded method of a <see cref="JoinPointTable"/>.</summary>
internal sealed class JoinPointMethod(
    bool isStatic,
    string? intrinsic,
    string declaringType,
    string name,
    IReadOnlyList<string> genericArguments,
    IReadOnlyList<JoinPointParameter> parameters,
    string returnType)
{
    private string? _signature;

    public bool IsStatic => isStatic;

    /// <summary>For an instruction the name of its intrinsic.</summary>
    public string? Intrinsic => intrinsic;

    public string DeclaringType => declaringType;

    public string Name => name;

    public IReadOnlyList<string> GenericArguments => genericArguments;

    public IReadOnlyList<JoinPointParameter> Parameters => parameters;

    public string ReturnType => returnType;

    private bool IsField => intrinsic is not null && !(declaringType == "Cassette.Intrinsic" && name == intrinsic);

    /// <summary>The method as System.Diagnostics.StackTrace writes it; a field as C# writes its use.</summary>
    public string Signature => _signature ??= Format();

    private string Format()
    {
        var text = new StringBuilder();
        if (declaringType.Length > 0)
            text.Append(declaringType.Replace('+', '.')).Append('.');
        text.Append(name);
        if (IsField)
        {
            return parameters.Count > 0 ? text.Append(" = ").Append(SimpleName(parameters[0].Type)).ToString()
                : returnType.EndsWith('&') ? "ref " + text
                : text.ToString();
        }

        if (genericArguments.Count > 0)
        {
            text.Append('[');
            for (int i = 0; i < genericArguments.Count; i++)
                text.Append(i == 0 ? "" : ",").Append(SimpleName(genericArguments[i]));
            text.Append(']');
        }

        text.Append('(');
        for (int i = 0; i < parameters.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(SimpleName(parameters[i].Type));
            if (parameters[i].Name.Length > 0)
                text.Append(' ').Append(parameters[i].Name);
        }

        return text.Append(')').ToString();
    }

    /// <summary>
    /// What Type.Name would say of a type with this full name: no namespace, no enclosing types, no generic
    /// arguments, but the ranks, by-refs and pointers.
    /// </summary>
    private static string SimpleName(string fullName)
    {
        int end = fullName.AsSpan().IndexOfAny('[', '&', '*');
        if (end < 0)
            end = fullName.Length;
        int start = fullName.AsSpan(0, end).LastIndexOfAny('.', '+') + 1;
        int suffix = end;
        if (suffix + 1 < fullName.Length && fullName[suffix] == '[' && fullName[suffix + 1] is not (']' or ',' or '*'))
            suffix = EndOfArguments(fullName, suffix);
        return string.Concat(fullName.AsSpan(start, end - start), fullName.AsSpan(suffix));
    }

    private static int EndOfArguments(string fullName, int at)
    {
        int depth = 0;
        do
        {
            depth += fullName[at] switch { '[' => 1, ']' => -1, _ => 0 };
            at++;
        }
        while (depth > 0 && at < fullName.Length);
        return at;
    }
}
