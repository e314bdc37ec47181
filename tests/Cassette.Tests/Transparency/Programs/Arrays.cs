// expect: 5
// expect: 2x3 6
// expect: 1 2
// expect: a b
// expect: 9 9
// expect: 1-based 4
// expect: covariant x
// count: Program.Fill 1
using System;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        int[] one = new int[5];
        output.WriteLine(one.Length);
        int[,] two = new int[2, 3];
        Fill(two);
        output.WriteLine(two.GetLength(0) + "x" + two.GetLength(1) + " " + two[1, 2]);
        int[][] jagged = [[1], [1, 2]];
        output.WriteLine(jagged[1][0] + " " + jagged[1][1]);
        string[] words = ["a", "b"];
        output.WriteLine(words[0] + " " + words[1]);
        ref int cell = ref two[0, 1];
        cell = 9;
        output.WriteLine(cell + " " + two[0, 1]);
        Array based = Array.CreateInstance(typeof(int), [2], [1]);
        based.SetValue(4, 1);
        output.WriteLine("1-based " + based.GetValue(1));
        object[] objects = new string[] { "x" };
        output.WriteLine("covariant " + objects[0]);
    }

    static void Fill(int[,] cells)
    {
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 3; j++)
                cells[i, j] = i * 3 + j + 1;
        }
    }
}
