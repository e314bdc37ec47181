// expect: 6
// expect: 7
// expect: Money 30
// expect: 60
// expect: 5
// expect: default of One
// expect: own of Two
// expect: Unit 0
// expect: 11
// expect: True
// expect: parsed 4
// count: Program.Mark 21
using System;
using System.Globalization;
using System.IO;
using System.Numerics;

public interface IMonoid<T> where T : IMonoid<T>
{
    static abstract T Zero { get; }

    static abstract T operator +(T a, T b);

    static virtual string Name() => Program.Mark("default of ") + typeof(T).Name;
}

public readonly record struct Money(int Cents) : IMonoid<Money>
{
    public static Money Zero => new(Program.Mark(0));

    public static Money operator +(Money a, Money b) => new(Program.Mark(a.Cents + b.Cents));

    public override string ToString() => "Money " + Cents;
}

public sealed class Vector(int x) : IMonoid<Vector>
{
    static Vector IMonoid<Vector>.Zero => new(Program.Mark(0));

    public static Vector operator +(Vector a, Vector b) => new(Program.Mark(a.X + b.X));

    public int X => x;
}

public sealed class One : IMonoid<One>
{
    public static One Zero => new();

    public static One operator +(One a, One b) => a;
}

public sealed class Two : IMonoid<Two>
{
    public static Two Zero => new();

    public static Two operator +(Two a, Two b) => a;

    public static string Name() => Program.Mark("own of ") + nameof(Two);
}

// The framework's interfaces, on a type of the program.
public readonly struct Unit(int value) : IAdditionOperators<Unit, Unit, Unit>, IAdditiveIdentity<Unit, Unit>, IComparisonOperators<Unit, Unit, bool>, IParsable<Unit>
{
    public static Unit AdditiveIdentity => new(Program.Mark(0));

    public int Value => value;

    public static Unit operator +(Unit a, Unit b) => new(Program.Mark(a.Value + b.Value));

    public static bool operator <(Unit a, Unit b) => Program.Mark(a.Value < b.Value);

    public static bool operator >(Unit a, Unit b) => a.Value > b.Value;

    public static bool operator <=(Unit a, Unit b) => a.Value <= b.Value;

    public static bool operator >=(Unit a, Unit b) => a.Value >= b.Value;

    public static bool operator ==(Unit a, Unit b) => a.Value == b.Value;

    public static bool operator !=(Unit a, Unit b) => a.Value != b.Value;

    public static Unit Parse(string s, IFormatProvider? provider) => new(Program.Mark(int.Parse(s, provider)));

    public static bool TryParse(string? s, IFormatProvider? provider, out Unit result) => throw new NotSupportedException();

    public override bool Equals(object? other) => other is Unit unit && unit == this;

    public override int GetHashCode() => value;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Add([1, 2, 3]));                                           // native: no method of the program
        output.WriteLine(Add([2.5, 4.5]).ToString(CultureInfo.InvariantCulture));
        output.WriteLine(Sum(new Money(10), new Money(20)));                        // Zero and 2 sums: 3
        output.WriteLine(Sum(new Vector(10), new Vector(20), new Vector(30)).X);    // 7
        output.WriteLine((new Money(2) + new Money(3)).Cents);                      // 8
        output.WriteLine(Name<One>());                                              // 9
        output.WriteLine(Name<Two>());                                              // 10
        output.WriteLine("Unit " + Add<Unit>([]).Value);                            // 11
        output.WriteLine(Add([new Unit(5), new Unit(6)]).Value);                    // 14
        output.WriteLine(Less(new Unit(1), new Unit(2)) && Less(1, 2));             // 15
        output.WriteLine("parsed " + Parse<Unit>("4").Value);                       // 16
        output.Write(Twice(new Money(1)) == new Money(2) ? "" : "?");               // 17
        output.Write(Twice(new Vector(1)).X == 2 ? "" : "?");                       // 18
        Func<Unit, Unit, Unit> add = Add;
        output.Write(add(new Unit(1), new Unit(1)).Value == 2 ? "" : "?");          // 19
        output.Write(Twice(Money.Zero) == default ? "" : "?");                      // 21
    }

    static T Add<T>(T[] values) where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        T sum = T.AdditiveIdentity;
        foreach (T value in values)
            sum += value;
        return sum;
    }

    static T Add<T>(T a, T b) where T : IAdditionOperators<T, T, T> => a + b;

    static T Sum<T>(params T[] values) where T : IMonoid<T>
    {
        T sum = T.Zero;
        foreach (T value in values)
            sum += value;
        return sum;
    }

    static T Twice<T>(T value) where T : IMonoid<T> => value + value;

    static string Name<T>() where T : IMonoid<T> => T.Name();

    static bool Less<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a < b;

    static T Parse<T>(string text) where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);

    public static T Mark<T>(T value) => value;
}
