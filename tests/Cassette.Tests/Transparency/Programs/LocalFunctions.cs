// expect: 120
// expect: 15
// expect: 8
// expect: True
// expect: 6
// expect: 2 2
// count: Program.<Run>g__Factorial|0_0 5
// count: Program.<Run>g__Add|0_1 5
// count: Program.<Run>g__Even|0_3 6
// count: Program.<Run>g__Odd|0_4 5
// count: Program.Outer 1
// count: Program+Holder.Get 2
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        static int Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
        output.WriteLine(Factorial(5));

        int sum = 0;
        void Add(int x) => sum += x;             // captures by reference to a struct
        for (int i = 1; i <= 5; i++)
            Add(i);
        output.WriteLine(sum);

        T Twice<T>(T x) where T : System.Numerics.IAdditionOperators<T, T, T> => x + x;
        output.WriteLine(Twice(4));

        bool Even(int n) => n == 0 || Odd(n - 1);
        bool Odd(int n) => n != 0 && Even(n - 1);
        output.WriteLine(Even(10));

        output.WriteLine(Outer(1));
        output.WriteLine(new Holder().Get() + " " + new Holder().Get());
    }

    static int Outer(int a)
    {
        int b = 2;
        int Middle()
        {
            int c = 3;
            int Inner() => a + b + c;
            return Inner();
        }

        return Middle();
    }

    sealed class Holder
    {
        int field = 1;

        public int Get()
        {
            void Bump() => field++;
            Bump();
            return field;
        }
    }
}
