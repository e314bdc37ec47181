// Queries over objects: grouping, joining, ordering by keys and by comparers of the program's own, records and structs as keys, lazy and cached
// sequences, a query operator and a sequence of its own, lookups, sets, aggregates, zips, parallel queries.
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;

public static class Program
{
    public static void Run(TextWriter output)
    {
        var shop = new Shop();
        var byCity =
            from order in shop.Orders
            join customer in shop.Customers on order.Customer equals customer.Id
            let total = order.Lines.Sum(line => line.Price * line.Count)
            where total > 10
            group total by customer.City into city
            orderby city.Sum() descending, city.Key
            select new { city.Key, Sum = city.Sum(), Count = city.Count() };
        foreach (var row in byCity)
            output.WriteLine(row);

        output.WriteLine(string.Join(" ", shop.Customers.OrderBy(customer => customer.Name, new ByLength()).Select(customer => customer.Name)));
        output.WriteLine(string.Join(" ", shop.Customers.DistinctBy(customer => customer.City, new IgnoringCase())));
        output.WriteLine(string.Join(" ", shop.Orders.ToLookup(order => new Money(order.Lines.Count, "pcs")).Select(group => $"{group.Key}={group.Count()}")));
        output.WriteLine(string.Join(" ", shop.Orders.SelectMany(order => order.Lines).Select(line => new Money(line.Price, "EUR")).Order().Distinct()));
        output.WriteLine(new Money(1, "EUR") + new Money(2, "EUR"));
        output.WriteLine(new Countdown(5).Where(IsOdd).Select(Square).EveryOther().Aggregate(0, (a, b) => a * 100 + b));
        output.WriteLine(new Countdown(4).Zip(new Countdown(3), (a, b) => a * b).Sum());
        output.WriteLine(string.Join(",", Primes().Skip(3).TakeWhile(prime => prime < 40)));
        output.WriteLine(Enumerable.Range(1, 200).AsParallel().Where(IsOdd).Select(Square).Sum());
        output.WriteLine(shop.Customers.ToDictionary(customer => customer, customer => customer.Name.Length).Values.Sum());
        output.WriteLine(shop.Customers.Max()!.Name + shop.Customers.MinBy(customer => customer.Name)!.Name);
        output.WriteLine(new HashSet<Customer>(shop.Customers) { new(1, "Ada", "Oslo") }.Count);
        output.WriteLine(shop.Customers.Contains(new Customer(2, "Bo", "Rome")));
        IEnumerable<object> mixed = [1, "two", new Money(3, "x"), 4.0];
        output.WriteLine(string.Concat(mixed.OfType<Money>()) + mixed.Count(item => item is IFormattable));
        output.WriteLine(shop.Customers.Chunk(2).Select(chunk => chunk.Length).Aggregate(string.Empty, (text, length) => text + length));
        output.WriteLine(Pivot([[1, 2, 3], [4, 5, 6]]));
        var lazy = new Lazy<int>(() => shop.Orders.Count(order => order.Lines.Any()));
        output.WriteLine(lazy.Value + lazy.Value);
        int[] numbers = [5, 2, 8, 1];
        Array.Sort(numbers, new Backwards());
        output.WriteLine(string.Join("", numbers) + Array.Find(numbers, IsOdd) + numbers.ToList().FindIndex(number => number == 8));
        output.WriteLine(string.Format(new Shouting(), "{0} {1}", "hello", new Money(2, "usd")));
    }

    private static bool IsOdd(int x) => x % 2 == 1;

    private static int Square(int x) => x * x;

    private static string Pivot(int[][] rows) =>
        string.Join(";", Enumerable.Range(0, rows[0].Length).Select(column => string.Join(",", rows.Select(row => row[column]))));

    private static IEnumerable<int> Primes()
    {
        var known = new List<int>();
        for (int candidate = 2; ; candidate++)
        {
            if (known.TrueForAll(prime => candidate % prime != 0))
            {
                known.Add(candidate);
                yield return candidate;
            }
        }
    }

    private static IEnumerable<T> EveryOther<T>(this IEnumerable<T> source)
    {
        using IEnumerator<T> items = source.GetEnumerator();
        while (items.MoveNext())
        {
            yield return items.Current;
            if (!items.MoveNext())
                yield break;
        }
    }
}

public sealed class Shop
{
    public IReadOnlyList<Customer> Customers { get; } = [new(1, "Ada", "Oslo"), new(2, "Bo", "Rome"), new(3, "Cleo", "oslo")];

    public IReadOnlyList<Order> Orders { get; } =
    [
        new(1, [new("pen", 2, 3), new("ink", 7, 1)]),
        new(2, [new("cup", 5, 4)]),
        new(3, []),
        new(1, [new("map", 1, 1)]),
        new(3, [new("box", 9, 2), new("pen", 2, 10)]),
    ];
}

public sealed record Customer(int Id, string Name, string City) : IComparable<Customer>
{
    public int CompareTo(Customer? other) => Id.CompareTo(other?.Id ?? 0);
}

public sealed record Order(int Customer, IReadOnlyList<Line> Lines);

public readonly record struct Line(string Article, int Price, int Count);

public readonly struct Money(int amount, string unit) : IEquatable<Money>, IComparable<Money>, IFormattable
{
    private readonly int amount = amount;
    private readonly string unit = unit;

    public static Money operator +(Money a, Money b) => new(a.amount + b.amount, a.unit);

    public bool Equals(Money other) => amount == other.amount && unit == other.unit;

    public override bool Equals(object? obj) => obj is Money other && Equals(other);

    public override int GetHashCode() => amount;

    public int CompareTo(Money other) => amount.CompareTo(other.amount);

    public override string ToString() => amount + unit;

    public string ToString(string? format, IFormatProvider? provider) => ToString();
}

public sealed class ByLength : IComparer<string>
{
    public int Compare(string? x, string? y) => y!.Length.CompareTo(x!.Length);
}

public sealed class Backwards : Comparer<int>
{
    public override int Compare(int x, int y) => y.CompareTo(x);
}

public sealed class IgnoringCase : IEqualityComparer<string>
{
    public bool Equals(string? x, string? y) => Normal(x) == Normal(y);

    public int GetHashCode(string text) => Normal(text)!.GetHashCode(StringComparison.Ordinal);

    private static string? Normal(string? text) => text?.ToUpperInvariant();
}

public sealed class Shouting : IFormatProvider, ICustomFormatter
{
    public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

    public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg?.ToString()?.ToUpperInvariant() ?? "";
}

public sealed class Countdown(int from) : IEnumerable<int>
{
    public IEnumerator<int> GetEnumerator() => new Enumerator(from);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Enumerator(int from) : IEnumerator<int>
    {
        private int current = from + 1;

        public int Current => current;

        object IEnumerator.Current => current;

        public bool MoveNext() => --current > 0;

        public void Reset() => current = from + 1;

        public void Dispose()
        {
        }
    }
}
