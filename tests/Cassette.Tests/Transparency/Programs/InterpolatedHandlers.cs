// expect: <a=1 b=[two]>
// expect: skipped
// expect: 0 evaluated
// expect: <x 0A>
// count: Program.Log 3
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;

[InterpolatedStringHandler]
public ref struct LogHandler
{
    readonly StringBuilder? text;

    public LogHandler(int literalLength, int formattedCount, bool enabled, out bool shouldAppend)
    {
        shouldAppend = enabled;
        text = enabled ? new StringBuilder() : null;
    }

    public void AppendLiteral(string literal) => text!.Append(literal);

    public void AppendFormatted<T>(T value) => text!.Append(value);

    public void AppendFormatted(string value) => text!.Append('[').Append(value).Append(']');

    public void AppendFormatted(int value, string format) => text!.Append(value.ToString(format));

    public override string ToString() => text is null ? "skipped" : "<" + text + ">";
}

public static class Program
{
    static int evaluated;

    public static void Run(TextWriter output)
    {
        evaluated = 0;
        output.WriteLine(Log(true, $"a={1} b={"two"}"));
        output.WriteLine(Log(false, $"never {Evaluate()}"));
        output.WriteLine(evaluated + " evaluated");
        output.WriteLine(Log(true, $"x {10:X2}"));
    }

    static int Evaluate() => ++evaluated;

    static string Log(bool enabled, [InterpolatedStringHandlerArgument(nameof(enabled))] LogHandler handler) => handler.ToString();
}
