// expect: cat
// expect: took cat
// expect: cat cat
// expect: made cat
// expect: fed cat
// count: ISource`1.Get 2
// count: ISink`1.Put 1
using System;
using System.IO;

public interface ISource<out T>
{
    T Get();
}

public interface ISink<in T>
{
    string Put(T item);
}

public class Animal
{
    public virtual string Name => "animal";
}

public sealed class Cat : Animal
{
    public override string Name => "cat";
}

public sealed class Cats : ISource<Cat>
{
    public Cat Get() => new();
}

public sealed class Shelter : ISink<Animal>
{
    public string Put(Animal item) => "took " + item.Name;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        ISource<Animal> source = new Cats();
        output.WriteLine(source.Get().Name);
        ISink<Cat> sink = new Shelter();
        output.WriteLine(sink.Put(new Cat()));
        output.WriteLine(Names(new Cats()) + " " + new Cat().Name);
        Func<Cat> make = () => new Cat();
        Func<Animal> widened = make;
        output.WriteLine("made " + widened().Name);
        Action<Animal> feed = animal => output.WriteLine("fed " + animal.Name);
        Action<Cat> narrowed = feed;
        narrowed(new Cat());
    }

    static string Names(ISource<Animal> source) => source.Get().Name;
}
