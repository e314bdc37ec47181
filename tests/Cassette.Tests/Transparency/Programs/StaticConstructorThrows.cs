// expect: TypeInitializationException InvalidOperationException bad
// expect: TypeInitializationException InvalidOperationException bad
// count: Broken.Get 2
// count: Broken.Fail 0
using System;
using System.IO;

public static class Broken
{
    public static int Value = Fail();

    static Broken()
    {
    }

    static int Fail() => throw new InvalidOperationException("bad");

    public static int Get() => Value;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        for (int i = 0; i < 2; i++)
        {
            try
            {
                output.WriteLine(Broken.Get());
            }
            catch (TypeInitializationException exception)
            {
                output.WriteLine(exception.GetType().Name + " " + exception.InnerException!.GetType().Name + " " + exception.InnerException.Message);
            }
        }
    }
}
