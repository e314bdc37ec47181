// expect: 3
// expect: 1 2 4
// expect: found 2,1
// expect: 10
// expect: 5
// count: System.String.Concat 4
// count: System.Int32.ToString 5
// count: System.IO.TextWriter.WriteLine 5
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        int i = 0;
    again:
        i++;
        if (i < 3)
            goto again;
        output.WriteLine(i);

        string text = "";
        for (int x = 1; x <= 5; x++)
        {
            if (x == 3)
                continue;
            if (x == 5)
                break;
            text += (text.Length == 0 ? "" : " ") + x;
        }

        output.WriteLine(text);
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                if (row * 3 + column == 7)
                {
                    output.WriteLine("found " + row + "," + column);
                    goto done;
                }
            }
        }

    done:
        int sum = 0;
        do
        {
            sum += 5;
        }
        while (sum < 10);
        output.WriteLine(sum);
        while (true)
        {
            if (--sum == 5)
                break;
        }

        output.WriteLine(sum);
    }
}
