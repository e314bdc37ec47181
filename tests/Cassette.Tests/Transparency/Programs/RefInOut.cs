// expect: 2 1
// expect: True 7
// expect: 12
// expect: 5
// expect: 9
// expect: 3 30
// expect: alias 8
// count: Program.Swap 1
// count: Program.TryGet 1
// count: Program.Sum 1
// count: Program.Largest 2
// count: Program.Peek 1
using System.IO;

public struct Big
{
    public int A, B, C;
}

public static class Program
{
    static int stored = 1;

    public static void Run(TextWriter output)
    {
        int x = 1, y = 2;
        Swap(ref x, ref y);
        output.WriteLine(x + " " + y);
        bool got = TryGet(out int value);
        output.WriteLine(got + " " + value);
        output.WriteLine(Sum(new Big { A = 3, B = 4, C = 5 }));
        int[] numbers = [1, 5, 3];
        output.WriteLine(Largest(numbers));
        Largest(numbers) = 9;
        output.WriteLine(numbers[1]);
        ref int local = ref numbers[2];
        string before = local.ToString();
        local *= 10;
        output.WriteLine(before + " " + numbers[2]);
        stored = 8;
        ref readonly int alias = ref Peek();
        output.WriteLine("alias " + alias);
    }

    static void Swap<T>(ref T a, ref T b)
    {
        T t = a;
        a = b;
        b = t;
    }

    static bool TryGet(out int value)
    {
        value = 7;
        return true;
    }

    static int Sum(in Big big) => big.A + big.B + big.C;

    static ref int Largest(int[] numbers)
    {
        ref int largest = ref numbers[0];
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] > largest)
                largest = ref numbers[i];
        }

        return ref largest;
    }

    static ref readonly int Peek() => ref stored;
}
