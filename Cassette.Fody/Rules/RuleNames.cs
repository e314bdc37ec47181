using System.Text;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>How messages name rules: by their definition, so that a generic context's instantiations say the same.</summary>
internal static class RuleNames
{
    public static string Of(MethodDefinition rule) => Of(rule.DeclaringType) + "." + rule.Name;

    public static string Of(TypeReference type)
    {
        var text = new StringBuilder();
        if (type.DeclaringType is { } outer)
            text.Append(Of(outer)).Append('.');
        else if (type.Namespace.Length > 0)
            text.Append(type.Namespace).Append('.');
        var tick = type.Name.IndexOf('`');
        return text.Append(tick < 0 ? type.Name : type.Name.Substring(0, tick)).ToString();
    }
}
