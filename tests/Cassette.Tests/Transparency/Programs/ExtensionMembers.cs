// expect: 3 words
// expect: twice 8
// expect: True
// expect: zero 0
// expect: old style
// expect: sum 6
// expect: 1 1
// count: Extensions.get_WordCount 1
// count: Extensions.Twice 1
// count: Extensions.Shout 1
using System.Collections.Generic;
using System.IO;

public static class Extensions
{
    extension(string text)
    {
        public int WordCount => text.Split(' ').Length;

        public bool IsShort() => text.Length < 5;
    }

    extension(int)
    {
        public static int Zero => 0;
    }

    extension<T>(IEnumerable<T> items) where T : System.Numerics.INumber<T>
    {
        public T Total()
        {
            T sum = T.Zero;
            foreach (T item in items)
                sum += item;
            return sum;
        }
    }

    extension(ref int x)
    {
        public void Bump() => x++;
    }

    public static int Twice(this int x) => 2 * x;

    public static string Shout(this string text) => text + " style";
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine("a b c".WordCount + " words");
        output.WriteLine("twice " + 4.Twice());
        output.WriteLine("abc".IsShort());
        output.WriteLine("zero " + int.Zero);
        output.WriteLine("old".Shout());
        output.WriteLine("sum " + new[] { 1, 2, 3 }.Total());
        int x = 0;
        x.Bump();
        output.WriteLine(x + " " + x);
    }
}
