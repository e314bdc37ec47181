// expect: Int32 of Measured
// expect: 6
// count: Program.Mark 1
// count: Measured.Twice 1
using System;
using System.IO;
using System.Linq;

[AttributeUsage(AttributeTargets.All)]
public sealed class UnitAttribute<T>(string name) : Attribute
{
    public string Text => typeof(T).Name + " of " + name;
}

[Unit<int>("Measured")]
public sealed class Measured
{
    [Unit<string>("Twice")]
    public int Twice<[Unit<long>("T")] T>([Unit<double>("x")] int x) => x * 2;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Mark());
        output.WriteLine(new Measured().Twice<string>(3));
    }

    static string Mark() => typeof(Measured).GetCustomAttributes(false).OfType<UnitAttribute<int>>().Single().Text;
}
