// expect: a1
// expect: b1
// expect: a1
// expect: 20
// expect: b2
// count: System.Action`1.Invoke 2
// count: System.Func`1.Invoke 1
// count: System.Delegate.Combine 3
// count: System.Delegate.Remove 2
using System;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        Action<int> a = x => output.WriteLine("a" + x), b = x => output.WriteLine("b" + x);
        Action<int> all = a + b + a;
        all(1);
        Func<int> ten = () => 10, twenty = () => 20;
        Func<int> sum = ten + twenty;              // the last one's result
        output.WriteLine(sum());
        Action<int> rest = all - a - a;
        rest(2);
    }
}
