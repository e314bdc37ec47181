// expect: Cm 250
// expect: In 3
// expect: 5
// expect: default name
// expect: own name
// expect: made Metre
// count: Program.Show 2
// count: IUnit`1.get_Symbol 2
// count: INamed.Name 2
using System.IO;

public interface IUnit<T> where T : IUnit<T>
{
    static abstract string Symbol { get; }

    static abstract T Create(int value);

    int Value { get; }

    static abstract T operator +(T a, T b);
}

public readonly struct Centi(int value) : IUnit<Centi>
{
    public static string Symbol => "Cm";

    public static Centi Create(int value) => new(value);

    public int Value => value;

    public static Centi operator +(Centi a, Centi b) => new(a.Value + b.Value);
}

public sealed class Inch(int value) : IUnit<Inch>
{
    static string IUnit<Inch>.Symbol => "In";

    public static Inch Create(int value) => new(value);

    public int Value => value;

    public static Inch operator +(Inch a, Inch b) => new(a.Value + b.Value);
}

public interface INamed
{
    static virtual string Name() => "default name";
}

public sealed class Anonymous : INamed;

public sealed class Metre : INamed
{
    public static string Name() => "own name";
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Show<Centi>(250));
        output.WriteLine(Show<Inch>(3));
        output.WriteLine(Sum(Centi.Create(2), Centi.Create(3)).Value);
        output.WriteLine(NameOf<Anonymous>());
        output.WriteLine(NameOf<Metre>());
        output.WriteLine("made " + Make<Metre>().GetType().Name);
    }

    static string Show<T>(int value) where T : IUnit<T> => T.Symbol + " " + T.Create(value).Value;

    static T Sum<T>(T a, T b) where T : IUnit<T> => a + b;

    static string NameOf<T>() where T : INamed => T.Name();

    static T Make<T>() where T : class, INamed, new() => new T();
}
