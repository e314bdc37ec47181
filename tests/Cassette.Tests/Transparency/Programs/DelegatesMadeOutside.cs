// expect: 3
// expect: 4
// expect: 5
// expect: hello
// count: System.Func`1.Invoke 4
using System;
using System.IO;

public static class Outside
{
    static int count = 2;

    // Made by static initialisers, which run natively.
    public static readonly Func<int> Counter = Next;
    public static readonly Func<string> Hello = new Instance().Say;

    static int Next() => ++count;

    public static void Reset() => count = 2;

    sealed class Instance
    {
        readonly string text = "hello";

        public string Say() => text;
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Outside.Reset();
        output.WriteLine(Outside.Counter());
        output.WriteLine(Outside.Counter());
        output.WriteLine(Outside.Counter());
        output.WriteLine(Outside.Hello());
    }
}
