// expect: Ann 30
// expect: fixed 5
// expect: Bob 31
// expect: 2 nested
// expect: 1 2 3
// expect: a=1
// count: Person.set_Name 2
// count: Person.set_Age 2
using System.Collections.Generic;
using System.IO;
using System.Linq;

public sealed class Person
{
    public required string Name { get; init; }

    public int Age { get; init; }

    public List<int> Numbers { get; } = [];

    public Person? Friend { get; set; }
}

public sealed class Fixed
{
    public readonly int Value;

    public int Init
    {
        init => Value = value;
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var ann = new Person { Name = "Ann", Age = 30 };
        output.WriteLine(ann.Name + " " + ann.Age);
        output.WriteLine("fixed " + new Fixed { Init = 5 }.Value);
        var bob = new Person { Name = "Bob", Age = 31, Numbers = { 1, 2 }, Friend = ann };
        output.WriteLine(bob.Name + " " + bob.Age);
        output.WriteLine(bob.Numbers.Count + " nested");
        List<int> list = [1, .. bob.Numbers.Skip(1), 3];
        output.WriteLine(string.Join(" ", list));
        var map = new Dictionary<string, int> { ["a"] = 1 };
        output.WriteLine("a=" + map["a"]);
    }
}
