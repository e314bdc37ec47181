// expect: 11 12
// expect: 1 2 3
// expect: 25
// expect: 6 6
// expect: local 3 generic x
// count: Program.Add 2
// count: Program.Emit 1
// count: Program.Square 1
// count: Program.Base 2
// allocates unevenly
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

public class Parent
{
    public virtual async Task<int> Value(int x)
    {
        await Task.Yield();
        return Program.Base(x);
    }
}

public sealed class Child : Parent
{
    public override async Task<int> Value(int x)
    {
        await Task.Yield();
        return await base.Value(x) + 1;
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        int ten = 10;
        Func<int, Task<int>> add = async x =>
        {
            await Task.Yield();
            return Add(x, ten);
        };
        output.WriteLine(add(1).Result + " " + add(2).Result);
        Func<int, IEnumerable<int>> make = Numbers;
        output.WriteLine(string.Join(" ", make(3).ToArray()));
        Func<Func<Task<int>>, Task<int>> call = async f => Square(await f());
        output.WriteLine(call(static async () => { await Task.Yield(); return 5; }).Result);
        output.WriteLine(new Child().Value(5).Result + " " + ((Parent)new Child()).Value(5).Result);
        output.WriteLine("local " + Local(1).Result + " generic " + Generic("x").Result);

        async Task<int> Local(int x)
        {
            await Task.Yield();
            return x + ten - 8;
        }

        static async Task<T> Generic<T>(T value)
        {
            await Task.Yield();
            return value;
        }
    }

    static IEnumerable<int> Numbers(int count)
    {
        Func<int, int> emit = Emit;
        for (int i = 1; i <= count; i++)
            yield return emit(i);
        Emit(0);
    }

    static int Emit(int x) => x;

    static int Add(int x, int y) => x + y;

    static int Square(int x) => x * x;

    public static int Base(int x) => x;
}
