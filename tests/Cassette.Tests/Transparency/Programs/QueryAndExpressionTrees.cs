// expect: 7
// expect: x => (x + 2)
// expect: 3
// count: Program.One 0
// count: System.Func`1.Invoke 1
// count: System.Func`2.Invoke 1
// allocates unevenly
using System;
using System.IO;
using System.Linq.Expressions;

public static class Program
{
    public static void Run(TextWriter output)
    {
        Expression<Func<int, int>> addTwo = x => x + 2;
        output.WriteLine(addTwo.Compile()(5));
        output.WriteLine(addTwo.ToString());
        Expression<Func<int>> call = () => One() + 2;
        output.WriteLine(call.Compile()());
    }

    public static int One() => 1;
}
