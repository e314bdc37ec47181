// expect: 4
// expect: 2 3
// expect: llo
// expect: he
// expect: 3
// expect: 20
// count: Window..ctor 1
// count: Window.get_Length 2
// count: Window.get_Item 1
// count: Window.Slice 1
using System;
using System.IO;

public sealed class Window(int[] items)
{
    public int Length => items.Length;

    public int this[int index] => items[index] * 10;

    public int Slice(int start, int length) => length;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        int[] numbers = [1, 2, 3, 4];
        output.WriteLine(numbers[^1]);
        int[] middle = numbers[1..3];
        output.WriteLine(middle[0] + " " + middle[1]);
        output.WriteLine("hello"[2..]);
        System.Range range = ..2;
        output.WriteLine("hello"[range]);
        var window = new Window(numbers);
        output.WriteLine(window[1..]);
        output.WriteLine(window[^3]);
    }
}
