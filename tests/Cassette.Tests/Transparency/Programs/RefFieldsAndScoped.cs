// expect: 5 9
// expect: 7
// expect: 12
// expect: 3
// expect: 40
// count: Window.First 2
// count: Program.Largest 2
// count: Counter.Slot 2
using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;

public readonly ref struct Window
{
    readonly ref int first;
    readonly ref readonly int limit;

    public Window(ref int first, in int limit)
    {
        this.first = ref first;
        this.limit = ref limit;
    }

    public ref int First() => ref first;

    public int Limit => limit;
}

public struct Counter
{
    int count;

    [UnscopedRef]
    public ref int Slot() => ref count;

    public readonly int Count => count;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        int x = 5, limit = 9;
        var window = new Window(ref x, in limit);
        output.WriteLine(window.First() + " " + window.Limit);
        window.First() += 2;
        output.WriteLine(x);
        int[] numbers = [4, 12, 3];
        ref int largest = ref Largest(numbers);
        output.WriteLine(largest);
        largest = 1;
        output.WriteLine(Sum(new Span<int>(ref Largest(numbers))) - 1);
        var counter = new Counter();
        counter.Slot() = 38;
        counter.Slot() += 2;
        output.WriteLine(counter.Count);
    }

    static ref int Largest(int[] numbers)
    {
        ref int found = ref numbers[0];
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] > found)
                found = ref numbers[i];
        }

        return ref found;
    }

    static int Sum(scoped ReadOnlySpan<int> numbers)
    {
        int sum = 0;
        foreach (int number in numbers)
            sum += number;
        return sum;
    }
}
