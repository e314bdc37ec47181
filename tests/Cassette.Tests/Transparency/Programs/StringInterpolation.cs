// expect: 3 + 4 = 7
// expect: [  5] [5  ]
// expect: 2.50
// expect: nested 9!
// expect: {braces} "quoted"
// expect: handled:1,b;
// expect: constant
// count: Program.Add 1
// count: Program.Square 1
using System;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;

[InterpolatedStringHandler]
public ref struct Handler(int literals, int holes)
{
    readonly StringBuilder text = new();

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted<T>(T value) => text.Append(value);

    public string Text => text.ToString();
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine($"{3} + {4} = {Add(3, 4)}");
        output.WriteLine($"[{5,3}] [{5,-3}]");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{2.5:0.00}"));
        output.WriteLine($"nested {$"{Square(3)}!"}");
        output.WriteLine($$"""{braces} "{{"quoted"}}" """.TrimEnd());
        Custom(output, $"{1},{"b"};");
        output.WriteLine($"{nameof(String).Length switch { 6 => "constant", _ => "" }}");
    }

    static int Add(int x, int y) => x + y;

    static int Square(int x) => x * x;

    static void Custom(TextWriter output, Handler handler) => output.WriteLine("handled:" + handler.Text);
}
