// expect: 6
// expect: 9
// expect: 3
// expect: 5 8
// expect: 42
// expect: 12
// count: Program.SumPointer 1
using System;
using System.IO;

public unsafe struct Buffer
{
    public fixed int Cells[4];
}

public static unsafe class Program
{
    public static void Run(TextWriter output)
    {
        int[] numbers = [1, 2, 3];
        fixed (int* p = numbers)
        {
            output.WriteLine(SumPointer(p, numbers.Length));
            *(p + 1) = 9;
        }

        output.WriteLine(numbers[1]);
        int* stack = stackalloc int[2];
        stack[0] = 1;
        stack[1] = 2;
        output.WriteLine(stack[0] + stack[1]);
        var buffer = new Buffer();
        buffer.Cells[2] = 5;
        output.WriteLine(buffer.Cells[2] + " " + sizeof(long));
        int local = 41;
        Increment(&local);
        output.WriteLine(local);
        fixed (char* text = "hello, world")
        {
            int length = 0;
            for (char* c = text; *c != '\0'; c++)
                length++;
            output.WriteLine(length);
        }
    }

    static int SumPointer(int* p, int count)
    {
        int sum = 0;
        for (int* end = p + count; p < end; p++)
            sum += *p;
        return sum;
    }

    static void Increment(int* p) => (*p)++;
}
