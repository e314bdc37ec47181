// expect: True
// expect: True
// expect: False
// expect: 2
// expect: Hello Program
// expect: True True
// expect: removed 1
// count: Program.Hello 0
// count: Target.Hit 0
// count: Target..ctor 2
// count: System.Delegate.op_Equality 3
// count: System.Delegate.Combine 2
// count: System.Delegate.Remove 1
// count: System.Delegate.GetInvocationList 2
using System;
using System.IO;

public sealed class Target
{
    public void Hit()
    {
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Action first = Hello, second = Hello;
        output.WriteLine(first == second);
        var target = new Target();
        Action a = target.Hit, b = target.Hit, c = new Target().Hit;
        output.WriteLine(a == b);
        output.WriteLine(a == c);
        output.WriteLine((a + c).GetInvocationList().Length);
        output.WriteLine(first.Method.Name + " " + first.Method.DeclaringType!.Name);
        output.WriteLine((a.Target == target) + " " + (first.Target == null));
        Action both = a + c;
        both -= target.Hit;
        output.WriteLine("removed " + both!.GetInvocationList().Length);
    }

    static void Hello()
    {
    }
}
