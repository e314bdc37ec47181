// expect: 5,6
// expect: 7
// expect: m3,n2,a,b,d,n1,n27
// expect: 2
// expect: HELLO
// expect: 1 2
// expect: 2
// count: Program.Mark 10
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Linq.Expressions;
using System.Text;
using System.Threading.Tasks;

public class Logged<T> : Collection<T>
{
    protected override void InsertItem(int index, T item)
    {
        Program.Mark(index);
        base.InsertItem(index, item);
    }

    // Through the class, its base, a lambda, an iterator and an async method.
    public void Put(T item) => InsertItem(0, item);

    public Action<int, T> Insert() => base.InsertItem;

    public void PutLater(T item)
    {
        Action later = () => base.InsertItem(Count, item);
        later();
    }

    public IEnumerable<int> PutAll<U>(IEnumerable<U> items, Func<U, T> convert)
    {
        foreach (U item in items)
        {
            InsertItem(Count, convert(item));
            base.SetItem(0, convert(item));
            yield return Program.Mark(Count);
        }
    }

    public async Task<int> PutAsync<U>(U item, Func<U, T> convert)
    {
        await Task.Yield();
        base.InsertItem(0, convert(item));
        return Program.Mark(Count);
    }

    public void PutInto<U>(Logged<U> other, U item) => other.InsertItem(0, item);
}

public class Middle<T> : Collection<T>
{
    public void Put(T item) => InsertItem(Count, item);
}

public sealed class Last<T> : Middle<T>
{
    protected override void InsertItem(int index, T item)
    {
        Program.Mark(item);
        base.InsertItem(index, item);
    }
}

public sealed class Upper : TextWriter
{
    private readonly StringBuilder text = new();

    public Upper()
    {
        // A protected field outside.
        CoreNewLine = Program.Mark("|").ToCharArray();
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => text.Append(char.ToUpperInvariant(value));

    public override string ToString() => text.ToString() + CoreNewLine.Length;

    public int LengthBy() => new Func<int>(() => CoreNewLine.Length + Program.Mark(1))();
}

public sealed class Counter : ExpressionVisitor
{
    public int Constants { get; private set; }

    // Called by the framework only.
    protected override Expression VisitConstant(ConstantExpression node)
    {
        Constants++;
        return base.VisitConstant(node);
    }

    protected override Expression VisitLambda<T>(Expression<T> node) => base.VisitLambda(node);
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var logged = new Logged<string>();
        logged.Put("a");                                                                    // 1
        logged.Add("b");                                                                    // by the framework
        logged.Insert()(0, "c");
        logged.PutLater("d");
        output.WriteLine(string.Join(",", logged.PutAll([1, 2], x => "n" + x)));            // 2 * 2
        output.WriteLine(logged.PutAsync(3, x => "m" + x).Result);                          // 1
        var numbers = new Logged<int>();
        logged.PutInto(numbers, 7);                                                         // 1
        output.WriteLine(string.Join(",", logged) + numbers[0]);

        var last = new Last<int>();
        Middle<int> middle = last;
        middle.Put(5);                                                                      // 1
        middle.Add(6);                                                                      // by the framework
        output.WriteLine(middle.Count);

        using var upper = new Upper();                                                      // 1
        upper.WriteLine("hello");
        output.WriteLine(upper + " " + upper.LengthBy());                                   // 1

        var counter = new Counter();
        counter.Visit((Expression<Func<int, int>>)(x => x * 2 + 1));
        output.WriteLine(counter.Constants);
    }

    public static T Mark<T>(T x) => x;
}
