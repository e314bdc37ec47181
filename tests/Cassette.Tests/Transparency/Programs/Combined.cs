// expect: shape s9
// expect: 039
// expect: shape s8
// expect: 038
// expect: shape s4
// expect: 034
// expect: 14
// expect: 13
// expect: 608
// expect: [a0]ff<b1>[a2]f<a2>f<b3>
// expect: 6
// expect: x3
// expect: shape s-1False
// expect: 25
// count: Program.Mark 47
// allocates unevenly
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

public interface IShape
{
    string Name => "shape " + Program.Mark("s");

    double Area();
}

public struct Square(double side) : IShape, IComparable<Square>, IEquatable<Square>
{
    private readonly double side = side;

    public readonly double Area() => Program.Mark(side * side);

    public readonly int CompareTo(Square other) => Program.Mark(side.CompareTo(other.side));

    public readonly bool Equals(Square other) => Program.Mark(side == other.side);

    public override readonly bool Equals(object? other) => other is Square square && Equals(square);

    public override readonly int GetHashCode() => 1;
}

public class Circle(double radius) : IShape
{
    public virtual double Area() => Program.Mark(radius);
}

public sealed class Double(double radius) : Circle(radius)
{
    public override double Area() => base.Area() * 2;
}

public ref struct Cell<T>
{
    private readonly ref T value;
    private int count;

    public Cell(ref T value, Span<T> rest)
    {
        this.value = ref value;
        count = rest.Length;
    }

    public readonly ref T Value => ref value;

    [UnscopedRef]
    public ref int Count => ref count;
}

public sealed class Outer<TShape>
    where TShape : IShape
{
    public IEnumerable<string> All<TItem>(IEnumerable<TItem> items, Func<TItem, TShape> convert)
        where TItem : IComparable<TItem>
    {
        foreach (TItem item in items)
        {
            TShape shape = convert(item);
            yield return shape.Name + shape.Area();
            Func<string> inside = () =>
            {
                TItem[] array = [item];
                var cell = new Cell<TItem>(ref array[0], array);
                cell.Count += 2;
                return Compare(in cell.Value) + cell.Count + shape.Area();
            };
            yield return inside();
        }
    }

    private static string Compare<TItem>(in TItem item)
        where TItem : IComparable<TItem> => Program.Mark(item.CompareTo(item)).ToString();
}

public interface IAdds<T>
    where T : IAdds<T>
{
    static abstract T Zero { get; }

    static abstract T operator +(T a, T b);

    static virtual T Twice(T a) => a + a;
}

public readonly struct Whole(int value) : IAdds<Whole>
{
    public static Whole Zero => default;

    public int Value => value;

    public static Whole operator +(Whole a, Whole b) => new(Program.Mark(a.Value + b.Value));
}

public static class Algebra<T>
    where T : IAdds<T>
{
    public static T Sum(IEnumerable<T> items)
    {
        T sum = T.Zero;
        foreach (T item in items)
            sum += T.Twice(item);
        return sum;
    }

    public static class With<TOther>
        where TOther : IAdds<TOther>
    {
        public static TOther Twice(TOther other, T _) => TOther.Twice(other) + TOther.Zero;
    }
}

public class Repository
{
    public virtual T Get<T>(T item)
        where T : notnull => Program.Mark(item);
}

public sealed class Cached : Repository
{
    public override T Get<T>(T item) => base.Get(item);
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        foreach (string text in new Outer<IShape>().All([3, 4], x => x == 3 ? new Square(x) : new Double(x)))
            output.WriteLine(text);
        foreach (string text in new Outer<Square>().All(["x"], _ => new Square(2)))
            output.WriteLine(text);
        output.WriteLine(Algebra<Whole>.Sum([new(1), new(2)]).Value + Algebra<Whole>.With<Whole>.Twice(new(4), new(5)).Value);

        int[] array = [5, 6, 7];
        output.WriteLine(Add(in At(array, 1), At(array, 2)));
        output.WriteLine(Steps(3).Result);
        output.WriteLine(Filters(4).Result);
        var lambda = (int a = 3, params int[] rest) => Mark(a + rest.Length);
        output.WriteLine(lambda() + lambda(1, 2, 3));
        Repository repository = new Cached();
        Func<string, string> ofStrings = repository.Get;
        Func<int, int> ofNumbers = repository.Get;
        output.WriteLine(ofStrings("x") + ofNumbers(3));
        output.WriteLine(Compare(new Square(1), new Square(2)));
        Func<double> area = new Square(5).Area;
        output.WriteLine(area());
    }

    static ref readonly int At(int[] array, int index) => ref array[Mark(index)];

    static int Add(in int x, in int y) => Mark(x + y);

    static async Task<int> Steps(int n)
    {
        int total = 0;
        int steps = await Step(n);
        await foreach (string item in Repeat("z", 2))
            total += item.Length;
        return steps * 100 + total;

        async Task<int> Step(int k)
        {
            await Task.Yield();
            total += Mark(k);
            return k <= 0 ? 0 : k + await Step(k - 1);
        }

        async IAsyncEnumerable<T> Repeat<T>(T item, int times)
        {
            for (int i = 0; i < times; i++)
            {
                await Task.Yield();
                yield return Mark(item);
            }
        }
    }

    // Nested filters with awaits in every clause.
    static async Task<string> Filters(int n)
    {
        string log = "";
        for (int i = 0; i < n; i++)
        {
            try
            {
                try
                {
                    await Task.Yield();
                    throw i % 2 == 0 ? new ArgumentException(Mark("a" + i)) : new InvalidOperationException("b" + i);
                }
                catch (ArgumentException exception) when (Accepts(i))
                {
                    await Task.Yield();
                    log += "[" + exception.Message + "]";
                    if (i == 2)
                        throw;
                }
                finally
                {
                    await Task.Delay(0);
                    log += Mark("f");
                }
            }
            catch (Exception exception) when (exception.Message.Length == 2 && Mark(true))
            {
                await Task.Yield();
                log += "<" + exception.Message + ">";
            }
        }

        return log;
    }

    static bool Accepts(int i)
    {
        try
        {
            if (i == 0)
                throw new InvalidOperationException();
            return Mark(true);
        }
        catch when (Mark(false))
        {
            return false;
        }
        catch
        {
            return Mark(true);
        }
    }

    static string Compare<T>(T a, T b)
        where T : struct, IShape, IComparable<T>, IEquatable<T> => a.Name + a.CompareTo(b) + a.Equals(b);

    public static T Mark<T>(T x) => x;
}
