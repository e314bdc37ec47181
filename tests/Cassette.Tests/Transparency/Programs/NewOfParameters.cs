// expect: wheel bigwheel wheel
// expect: 5 0 0
// expect: wheel 5
// expect: Wheel Wheel
// expect: wheel 5 bigwheel
// expect: 0 Object Hidden
// expect: wheelwheel
// expect: InvalidOperationException broken, FormatException struct, MissingMethodException
// expect: System.InvalidOperationException: broken
// expect: Wheel,Wheel,BigWheel,Wheel,Point,Wheel,Point,Wheel,Wheel,Wheel,Box of Wheel,Point,Box of Point,Wheel,BigWheel,Box of BigWheel,Hidden,Wheel,Wheel,Broken,Failing,Broken
// more: 424 frames between a constructor and its caller, which the exceptions record
// count: Log.Add 19
// count: Program.Make 14
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

public static class Log
{
    public static readonly List<string> Made = new();

    public static void Add(string what) => Made.Add(what);
}

public interface IPart
{
    string Name { get; }
}

public class Wheel : IPart
{
    public Wheel() => Log.Add("Wheel");

    public virtual string Name => "wheel";
}

public sealed class BigWheel : Wheel
{
    public BigWheel() => Log.Add("BigWheel");

    public override string Name => "bigwheel";
}

public sealed class Holding
{
    public readonly Wheel Inner = new();
}

public struct Point
{
    public int X;

    public Point()
    {
        X = 5;
        Log.Add("Point");
    }
}

public struct Plain
{
    public int X;
}

public struct Failing
{
    public Failing()
    {
        Log.Add("Failing");
        throw new FormatException("struct");
    }
}

public sealed class Broken
{
    public Broken()
    {
        Log.Add("Broken");
        throw new InvalidOperationException("broken");
    }
}

public sealed class Box<T> where T : new()
{
    public readonly T Content = new();

    public Box() => Log.Add("Box of " + typeof(T).Name);
}

public static class Program
{
    private sealed class Hidden
    {
        public Hidden() => Log.Add("Hidden");
    }

    static T Make<T>() where T : new() => new T();

    static T MakePart<T>() where T : class, IPart, new() => new T();

    static Func<T> Maker<T>() where T : new() => () => new T();

    static object Any<T>() => Activator.CreateInstance<T>()!;

    // Its type argument is open: the box is made natively, as is what it holds.
    static Box<T> Boxed<T>() where T : new() => Make<Box<T>>();

    static IEnumerable<T> Some<T>(int count) where T : new()
    {
        for (int i = 0; i < count; i++)
            yield return new T();
    }

    static string Fails(Action action)
    {
        try
        {
            action();
            return "nothing";
        }
        catch (TargetInvocationException wrapped)
        {
            return wrapped.InnerException!.GetType().Name + " " + wrapped.InnerException.Message;
        }
        catch (Exception other)
        {
            return other.GetType().Name;
        }
    }

    public static void Run(TextWriter output)
    {
        Log.Made.Clear();
        output.WriteLine(Make<Wheel>().Name + " " + MakePart<BigWheel>().Name + " " + Make<Holding>().Inner.Name);
        output.WriteLine(Make<Point>().X + " " + Make<Plain>().X + " " + Make<int>());
        output.WriteLine(Maker<Wheel>()().Name + " " + Maker<Point>()().X);
        output.WriteLine(Any<Wheel>().GetType().Name + " " + Activator.CreateInstance<Wheel>().GetType().Name);
        output.WriteLine(Make<Box<Wheel>>().Content.Name + " " + Make<Box<Point>>().Content.X + " " + Boxed<BigWheel>().Content.Name);
        output.WriteLine(Make<List<int>>().Count + " " + Make<object>().GetType().Name + " " + Make<Hidden>().GetType().Name);
        output.WriteLine(string.Concat(Some<Wheel>(2).Select(wheel => wheel.Name)));
        output.WriteLine(Fails(() => Make<Broken>()) + ", " + Fails(() => Make<Failing>()) + ", " + Fails(() => Any<IPart>()));
        try
        {
            Make<Broken>();
        }
        catch (Exception exception)
        {
            output.WriteLine(exception.InnerException!.ToString().Split('\n')[0].Trim());
        }

        output.WriteLine(string.Join(",", Log.Made));
    }
}
