using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.IL;

/// <summary>Short names for a listing: no namespaces, distinct locals, constants as an author writes them.</summary>
internal sealed class IRNames
{
    private readonly Dictionary<Local, string> locals = new(ReferenceComparer<Local>.Instance);

    public IRNames(MethodIR body)
    {
        var taken = new HashSet<string>(body.Arguments.Select(a => a.Name));
        foreach (var local in body.Locals)
        {
            var wanted = local.ToString();
            var name = local.Name is null && local.OriginalIndex < 0 ? wanted + "1" : wanted;
            for (var n = 2; !taken.Add(name); n++)
                name = local.Name is null ? wanted + n : wanted + "_" + n;
            locals.Add(local, name);
        }
    }

    /// <summary>A local that is not the body's own has no name among the others, but a listing of a broken body still shows it.</summary>
    public string Of(Local local) => locals.TryGetValue(local, out var name) ? name : "?" + local;

    public static string Of(TypeSymbol type)
    {
        switch (type.Shape)
        {
            case TypeShape.Vector:
                return Of(type.Element!) + "[]";
            case TypeShape.Array:
                return Of(type.Element!) + "[" + new string(',', type.Rank - 1) + "]";
            case TypeShape.ByRef:
                return Of(type.Element!) + "&";
            case TypeShape.Pointer:
                return Of(type.Element!) + "*";
            case TypeShape.Class or TypeShape.Interface or TypeShape.Struct or TypeShape.Enum or TypeShape.Unresolved:
                return Nested(type);
            default:
                return type.DisplayName;
        }
    }

    /// <summary>A method's own name with its generic arguments, as it stands behind a dot.</summary>
    public static string Of(MethodSymbol method) =>
        method.MethodArguments.Length == 0 ? method.Name : method.Name + "<" + string.Join(", ", method.MethodArguments.Select(Of)) + ">";

    public static string Constant(object value)
    {
        switch (value)
        {
            case string text:
                return Quote(text);
            case double number:
                return Real(number, number.ToString("R", CultureInfo.InvariantCulture), "");
            case float number:
                return Real(number, number.ToString("R", CultureInfo.InvariantCulture), "f");
            case long number:
                return number.ToString(CultureInfo.InvariantCulture) + "L";
            default:
                return ((int)value).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string Real(double value, string digits, string suffix) =>
        double.IsNaN(value) ? "NaN" + suffix
        : double.IsInfinity(value) ? (value < 0 ? "-Infinity" : "Infinity") + suffix
        : suffix.Length == 0 && digits.IndexOfAny(['.', 'E']) < 0 ? digits + ".0" : digits + suffix;

    private static string Nested(TypeSymbol type)
    {
        var chain = new Stack<string>();
        for (var part = type.Named; part is not null; part = part.DeclaringType)
            chain.Push(part.Name);
        var text = new StringBuilder();
        var next = 0;
        foreach (var name in chain)
        {
            var tick = name.LastIndexOf('`');
            text.Append(text.Length > 0 ? "." : "").Append(tick < 0 ? name : name.Substring(0, tick));
            if (tick < 0 || !int.TryParse(name.Substring(tick + 1), out var count) || next + count > type.Arguments.Length)
                continue;
            text.Append('<').Append(string.Join(", ", type.Arguments.Skip(next).Take(count).Select(Of))).Append('>');
            next += count;
        }
        return text.ToString();
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\0' => "\\0",
                < ' ' or (>= '\x7f' and < '\xa0') or (>= '\ud800' and < '\ue000') or '\u2028' or '\u2029' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }
}
