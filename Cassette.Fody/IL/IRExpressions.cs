using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>How each kind of instruction reads in a listing.</summary>
internal static class IRExpressions
{
    /// <summary>Branches and ends.</summary>
    public static bool Flow(IRNarrator n, Instruction instruction)
    {
        var code = instruction.Code;
        switch (code)
        {
            case Code.Br:
                n.Say("goto " + n.Target(instruction.Operand), false);
                return true;
            case Code.Leave:
                n.Clear();
                n.Say("leave " + n.Target(instruction.Operand), false);
                return true;
            case Code.Brtrue or Code.Brfalse:
                var tested = n.Pop();
                n.Say($"if ({(code == Code.Brtrue ? "" : "!")}{tested}) goto {n.Target(instruction.Operand)}", false);
                return true;
            case >= Code.Beq and <= Code.Blt_Un:
                n.Say($"if ({Comparison(n, code)}) goto {n.Target(instruction.Operand)}", false);
                return true;
            case Code.Switch:
                var chosen = n.Pop();
                n.Say($"switch ({chosen}) {{ {string.Join(", ", n.Targets(instruction.Operand).Select((label, i) => $"{i}: goto {label}"))} }}", false);
                return true;
            case Code.Ret:
                n.Say(n.Depth == 0 ? "return" : "return " + IRNarrator.As(n.Body.ReturnType, n.Pop()), false);
                return true;
            case Code.Throw:
                n.Say("throw " + n.Pop(), false);
                return true;
            case Code.Rethrow:
                n.Say("rethrow", false);
                return true;
            case Code.Endfinally:
                n.Say("end handler", false);
                return true;
            case Code.Endfilter:
                n.Say("end filter " + n.Pop(), false);
                return true;
            case Code.Jmp:
                n.Say("jump " + IRNarrator.Member(instruction.Operand), false);
                return true;
            default:
                return false;
        }
    }

    public static bool Call(IRNarrator n, Instruction instruction)
    {
        switch (instruction.Code)
        {
            case Code.Calli when instruction.Operand is CallSignature signature:
                var pointer = n.Pop();
                var arguments = n.Pop(signature.Parameters);
                if (signature is { HasThis: true, ExplicitThis: false })
                    arguments.Insert(0, n.Pop());
                Result(n, signature.ReturnType, $"({pointer})({string.Join(", ", arguments)})");
                return true;
            case Code.Newobj when instruction.Operand is MethodSymbol constructor:
                var values = n.Pop([.. constructor.Parameters, .. constructor.VarArgs]);
                n.MayWrite();
                n.Yield($"new {IRNames.Of(constructor.DeclaringType)}({string.Join(", ", values)})");
                return true;
            case Code.Call or Code.Callvirt when instruction.Operand is MethodSymbol method:
                Call(n, instruction, method);
                return true;
            case Code.Ldvirtftn when instruction.Operand is MethodSymbol loaded:
                n.Yield($"&{Receiver(n.Pop())}.{IRNames.Of(loaded)}");
                return true;
            default:
                return false;
        }
    }

    public static bool Memory(IRNarrator n, Instruction instruction)
    {
        var code = instruction.Code;
        switch (code)
        {
            case Code.Ldfld or Code.Ldflda:
                n.Yield($"{(code == Code.Ldflda ? "ref " : "")}{Receiver(n.Pop())}.{instruction.Field.Name}");
                return true;
            case Code.Ldsfld or Code.Ldsflda:
                n.Yield((code == Code.Ldsflda ? "ref " : "") + IRNarrator.Member(instruction.Operand));
                return true;
            case Code.Stfld:
                var stored = IRNarrator.As(instruction.Field.Type, n.Pop());
                Write(n, $"{Receiver(n.Pop())}.{instruction.Field.Name}", stored);
                return true;
            case Code.Stsfld:
                Write(n, IRNarrator.Member(instruction.Operand), IRNarrator.As(instruction.Field.Type, n.Pop()));
                return true;
            case Code.Ldlen:
                n.Yield(n.Pop() + ".Length");
                return true;
            case Code.Ldelema or Code.Ldelem_Any or (>= Code.Ldelem_I1 and <= Code.Ldelem_Ref):
                var index = n.Pop();
                n.Yield($"{(code == Code.Ldelema ? "ref " : "")}{n.Pop()}[{index}]");
                return true;
            case Code.Stelem_Any or (>= Code.Stelem_I and <= Code.Stelem_Ref):
                var (element, at) = (n.Pop(), n.Pop());
                Write(n, $"{n.Pop()}[{at}]", element);
                return true;
            case Code.Ldobj or (>= Code.Ldind_I1 and <= Code.Ldind_Ref):
                n.Yield(Deref(n.Pop()));
                return true;
            case Code.Stobj or (>= Code.Stind_Ref and <= Code.Stind_R8) or Code.Stind_I:
                var written = n.Pop();
                Write(n, Deref(n.Pop()), written);
                return true;
            case Code.Initobj:
                Write(n, Deref(n.Pop()), $"default({IRNames.Of(instruction.Type)})");
                return true;
            case Code.Cpobj:
                var from = n.Pop();
                Write(n, Deref(n.Pop()), Deref(from));
                return true;
            case Code.Cpblk or Code.Initblk:
                var (size, second) = (n.Pop(), n.Pop());
                n.MayWrite();
                n.Say($"{(code == Code.Cpblk ? "copy" : "fill")}({n.Pop()}, {second}, {size})", false);
                return true;
            default:
                return false;
        }
    }

    public static void Operator(IRNarrator n, Instruction instruction)
    {
        var code = instruction.Code;
        switch (code)
        {
            case Code.Ceq or (>= Code.Cgt and <= Code.Clt_Un):
                n.Yield(Comparison(n, code));
                break;
            case Code.Neg or Code.Not:
                n.Yield((code == Code.Neg ? "-" : "~") + n.Pop());
                break;
            case Code.Newarr:
                n.Yield($"new {IRNames.Of(instruction.Type)}[{n.Pop()}]");
                break;
            case Code.Castclass or Code.Unbox_Any:
                n.Yield($"({IRNames.Of(instruction.Type)}){n.Pop()}");
                break;
            case Code.Isinst:
                n.Yield($"{n.Pop()} as {IRNames.Of(instruction.Type)}");
                break;
            case Code.Box:
                n.Yield($"box({IRNarrator.As(instruction.Type, n.Pop())})");
                break;
            case Code.Unbox:
                n.Yield($"ref ({IRNames.Of(instruction.Type)}){n.Pop()}");
                break;
            case Code.Localloc:
                n.Yield($"stackalloc({n.Pop()})");
                break;
            case Code.Arglist:
                n.Yield("__arglist");
                break;
            case Code.Mkrefany:
                n.Yield($"__makeref({Deref(n.Pop())})");
                break;
            case Code.Refanyval:
                n.Yield($"ref __refvalue({n.Pop()}, {IRNames.Of(instruction.Type)})");
                break;
            case Code.Refanytype:
                n.Yield($"__reftype({n.Pop()})");
                break;
            case Code.Ckfinite:
                n.Yield($"finite({n.Pop()})");
                break;
            default:
                if (Symbol(code) is { } symbol)
                    Binary(n, code, symbol);
                else
                    Convert(n, code);
                break;
        }
    }

    private static void Call(IRNarrator n, Instruction instruction, MethodSymbol method)
    {
        var arguments = string.Join(", ", n.Pop([.. method.Parameters, .. method.VarArgs]));
        var text = $"{IRNames.Of(method)}({arguments})";
        if (!method.HasThis)
        {
            text = $"{IRNames.Of(instruction.Constrained ?? method.DeclaringType)}.{text}";
        }
        else
        {
            var receiver = n.Pop();
            var own = receiver == "this" && !method.DeclaringType.IsValueType;
            var isBase = own && instruction.Code == Code.Call && method.DeclaringType.Definition != n.Body.Origin.DeclaringType;
            text = own && method.IsConstructor ? $"{(isBase ? "base" : "this")}({arguments})"
                : isBase && method.IsVirtual ? "base." + text
                : method.IsConstructor ? $"{Receiver(receiver)} = new {IRNames.Of(method.DeclaringType)}({arguments})"
                : $"{Receiver(receiver)}.{text}";
        }
        Result(n, method.ReturnType, ((instruction.Prefixes & Prefixes.Tail) != 0 ? "tail " : "") + text);
    }

    private static void Result(IRNarrator n, TypeSymbol type, string text)
    {
        n.MayWrite();
        if (type.Shape == TypeShape.Void)
            n.Say(text, false);
        else
            n.Yield(text);
    }

    private static void Write(IRNarrator n, string place, string value)
    {
        n.MayWrite();
        n.Say(place + " = " + value, false);
    }

    private static void Binary(IRNarrator n, Code code, string symbol)
    {
        var right = n.Pop();
        var text = $"{n.Pop()} {symbol} {right}";
        n.Yield(code.ToString().Contains("Ovf") ? (code.ToString().EndsWith("_Un", System.StringComparison.Ordinal) ? $"checked unsigned({text})" : $"checked({text})")
            : code is Code.Div_Un or Code.Rem_Un ? $"unsigned({text})" : text);
    }

    private static string? Symbol(Code code) => code switch
    {
        Code.Add or Code.Add_Ovf or Code.Add_Ovf_Un => "+",
        Code.Sub or Code.Sub_Ovf or Code.Sub_Ovf_Un => "-",
        Code.Mul or Code.Mul_Ovf or Code.Mul_Ovf_Un => "*",
        Code.Div or Code.Div_Un => "/",
        Code.Rem or Code.Rem_Un => "%",
        Code.And => "&",
        Code.Or => "|",
        Code.Xor => "^",
        Code.Shl => "<<",
        Code.Shr => ">>",
        Code.Shr_Un => ">>>",
        _ => null,
    };

    private static void Convert(IRNarrator n, Code code)
    {
        // Conv_Ovf_I4_Un reads "checked unsigned((int)x)".
        var parts = code.ToString().Split('_');
        var isUnsigned = parts[parts.Length - 1] == "Un";
        var type = parts[isUnsigned && code != Code.Conv_R_Un ? parts.Length - 2 : code == Code.Conv_R_Un ? 1 : parts.Length - 1] switch
        {
            "I1" => "sbyte",
            "U1" => "byte",
            "I2" => "short",
            "U2" => "ushort",
            "I4" => "int",
            "U4" => "uint",
            "I8" => "long",
            "U8" => "ulong",
            "I" => "nint",
            "U" => "nuint",
            "R4" => "float",
            _ => "double",
        };
        var text = $"({type}){n.Pop()}";
        var wrapper = (code.ToString().Contains("Ovf") ? "checked " : "") + (isUnsigned ? "unsigned" : "");
        n.Yield(wrapper.Length == 0 ? text : $"{wrapper.Trim()}({text})");
    }

    private static string Comparison(IRNarrator n, Code code)
    {
        var kind = n.KindAt(0);
        var (right, left) = (n.Pop(), n.Pop());
        switch (code)
        {
            case Code.Ceq or Code.Beq:
                return $"{left} == {right}";
            case Code.Bne_Un:
                return $"{left} != {right}";
            // Greater than nothing, unsigned, is how compilers say "is not".
            case Code.Cgt_Un when kind == StackKind.Object || right == "0" && kind != StackKind.Float:
                return $"{left} != {right}";
            case Code.Cgt or Code.Bgt:
                return $"{left} > {right}";
            case Code.Clt or Code.Blt:
                return $"{left} < {right}";
            case Code.Bge:
                return $"{left} >= {right}";
            case Code.Ble:
                return $"{left} <= {right}";
        }
        // For floating point "un" says "or unordered", for integers "unsigned".
        var isFloat = kind == StackKind.Float;
        var symbol = code switch
        {
            Code.Cgt_Un or Code.Bgt_Un => isFloat ? "<=" : ">",
            Code.Clt_Un or Code.Blt_Un => isFloat ? ">=" : "<",
            Code.Bge_Un => isFloat ? "<" : ">=",
            _ => isFloat ? ">" : "<=",
        };
        return isFloat ? $"!({left} {symbol} {right})" : $"unsigned({left} {symbol} {right})";
    }

    private static string Receiver(string text) => text.StartsWith("ref ", System.StringComparison.Ordinal) ? text.Substring(4) : text;

    private static string Deref(string text) => text.StartsWith("ref ", System.StringComparison.Ordinal) ? text.Substring(4) : "*" + text;
}
