// expect: cat
// expect: cat
// expect: kitten
// count: Animal.Self 1
// count: Cat.Self 2
// count: Cat.Purr 2
// count: Animal.get_Name 3
using System.IO;

public class Animal
{
    public virtual Animal Self() => this;

    public virtual string Name => "animal";
}

public class Cat : Animal
{
    public override Cat Self() => this;

    public override string Name => "cat";

    public string Purr() => Name;
}

public sealed class Kitten : Cat
{
    public override Kitten Self() => this;

    public override string Name => "kitten";
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Animal animal = new Cat();
        output.WriteLine(animal.Self().Name);
        output.WriteLine(new Cat().Self().Purr());
        Cat cat = new Kitten();
        output.WriteLine(cat.Self().Purr());
    }
}
