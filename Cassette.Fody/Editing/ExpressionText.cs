using System.Globalization;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Editing;

/// <summary>An expression as one line, for messages and debuggers.</summary>
internal static class ExpressionText
{
    public static string Of(Expression expression)
    {
        var operands = string.Join(", ", expression.Operands.Select(Of));
        switch (expression.Code)
        {
            case Code.Ldloc or Code.Ldarg:
                return expression.Operand!.ToString()!;
            case Code.Ldnull:
                return "null";
            case Code.Ldc_I4 or Code.Ldc_I8 or Code.Ldc_R4 or Code.Ldc_R8:
                return string.Format(CultureInfo.InvariantCulture, "{0}", expression.Operand);
            case Code.Ldstr:
                return "\"" + expression.Operand + "\"";
            case Code.Stloc or Code.Starg:
                return $"{expression.Operand} = {operands}";
            case Code.Call or Code.Callvirt:
                return $"{TypeDisplay.Of(((MethodSymbol)expression.Operand!).DeclaringType)}.{((MethodSymbol)expression.Operand!).Name}({operands})";
            case Code.Newobj:
                return $"new {((MethodSymbol)expression.Operand!).DeclaringType}({operands})";
            default:
                var operand = expression.Operand is Block or Block[] or null or CallSignature ? "" : " " + expression.Operand;
                return expression.Code.ToString().ToLowerInvariant().Replace('_', '.') + operand + (operands.Length > 0 ? "(" + operands + ")" : "");
        }
    }
}
