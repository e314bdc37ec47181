// expect: 3 2 1
// expect: c b a
// expect: Int32/String
// expect: 1 1 2
// expect: inner Int32 String
// expect: made Program+Made
// count: Stack`1.Push 6
// count: Stack`1.Pop 6
// count: Outer`1+Inner`1.Describe 1
// count: Program.Make 1
using System.IO;

public sealed class Stack<T>
{
    T[] items = new T[2];
    int count;

    public void Push(T item)
    {
        if (count == items.Length)
            System.Array.Resize(ref items, count * 2);
        items[count++] = item;
    }

    public T Pop() => items[--count];
}

public sealed class Statics<T>
{
    public static int Count;

    public static int Next() => ++Count;
}

public class Outer<T>
{
    public sealed class Inner<U>
    {
        public string Describe() => "inner " + typeof(T).Name + " " + typeof(U).Name;
    }
}

public class Pair<A, B>
{
    public virtual string Names() => typeof(A).Name + "/" + typeof(B).Name;
}

public sealed class Swapped<A> : Pair<int, A>;

public static class Program
{
    public sealed class Made;

    public static void Run(TextWriter output)
    {
        var numbers = new Stack<int>();
        var words = new Stack<string>();
        for (int i = 1; i <= 3; i++)
        {
            numbers.Push(i);
            words.Push(((char)('a' + i - 1)).ToString());
        }

        output.WriteLine(numbers.Pop() + " " + numbers.Pop() + " " + numbers.Pop());
        output.WriteLine(words.Pop() + " " + words.Pop() + " " + words.Pop());
        output.WriteLine(new Swapped<string>().Names());
        Statics<int>.Count = 0;
        Statics<string>.Count = 0;
        output.WriteLine(Statics<int>.Next() + " " + Statics<string>.Next() + " " + Statics<int>.Next());
        output.WriteLine(new Outer<int>.Inner<string>().Describe());
        output.WriteLine("made " + Make<Made>());
    }

    static object Make<T>() where T : new() => new T();
}
