// expect: 12
// expect: 12
// expect: 8
// expect: hooked 30
// expect: void done 3
// expect: 5 True
// count: Program.Twice 4
// count: Program.Later 4
// count: Program.Both 1
// count: Program.Value 1
// count: Program.OnBox 1
// count: Point.Sum 1
// count: Program.Fire 1
// count: Program.Mark 1
// count: Box`1.Get 1
// allocates unevenly
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

public struct Point(int x, int y)
{
    public async Task<int> Sum()
    {
        await Task.Yield();
        x++;
        return x + y;
    }

    public readonly int X => x;
}

public sealed class Box<T>(T value) where T : notnull
{
    public async Task<string> Get<TOther>(TOther other)
    {
        await Task.Yield();
        return other + " " + value;
    }
}

public static class Program
{
    static int marks;

    public static void Run(TextWriter output)
    {
        marks = 0;
        output.WriteLine(Later(6, true).GetAwaiter().GetResult());
        output.WriteLine(Later(6, false).GetAwaiter().GetResult());
        output.WriteLine(Both().Result);
        output.WriteLine(OnBox().AsTask().Result);
        var done = new ManualResetEventSlim();
        Fire(done);
        done.Wait();
        output.WriteLine("void done " + marks);
        var point = new Point(1, 3);
        output.WriteLine(point.Sum().Result + " " + (point.X == 1));
    }

    static async Task<int> Later(int x, bool yields)
    {
        if (yields)
            await Task.Yield();
        return Twice(x);
    }

    static async Task<int> Both() => await Later(1, true).ConfigureAwait(false) + await Later(3, false) + await Value();

    static async ValueTask<int> Value()
    {
        await Task.CompletedTask;
        return 0;
    }

    static async ValueTask<string> OnBox()
    {
        var box = new Box<int>(30);
        return await box.Get("hooked");
    }

    static async void Fire(ManualResetEventSlim done)
    {
        await Task.Delay(1);
        Mark(3);
        done.Set();
    }

    static void Mark(int x) => marks = x;

    static int Twice(int x) => 2 * x;
}
