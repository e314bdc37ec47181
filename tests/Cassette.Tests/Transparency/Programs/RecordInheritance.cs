// expect: Dog { Name = Rex, Age = 3, Tricks = 2 }
// expect: True False False
// expect: Dog { Name = Rex, Age = 4, Tricks = 2 }
// expect: Rex 3 2
// expect: True
// expect: Cat { Name = Tom, Age = 5 }
// count: Program.Older 2
// count: Animal.Describe 1
using System.IO;

public abstract record Animal(string Name, int Age)
{
    public virtual string Describe() => ToString();
}

public record Dog(string Name, int Age, int Tricks) : Animal(Name, Age);

public sealed record Puppy(string Name) : Dog(Name, 0, 0);

public sealed record Cat(string Name, int Age) : Animal(Name, Age);

public readonly record struct Tag(int Id);

public static class Program
{
    public static void Run(TextWriter output)
    {
        Animal rex = new Dog("Rex", 3, 2);
        output.WriteLine(rex.Describe());
        output.WriteLine((rex == new Dog("Rex", 3, 2)) + " " + rex.Equals(new Cat("Rex", 3)) + " " + (new Dog("Rex", 0, 0) == new Puppy("Rex")));
        output.WriteLine(Older(rex));
        var (name, age, tricks) = (Dog)rex;
        output.WriteLine(name + " " + age + " " + tricks);
        output.WriteLine(new Tag(1) == new Tag(2) with { Id = 1 });
        output.WriteLine(Older(new Cat("Tom", 4)));
    }

    static Animal Older(Animal animal) => animal with { Age = animal.Age + 1 };
}
