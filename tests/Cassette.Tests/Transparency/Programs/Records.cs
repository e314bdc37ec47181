// expect: Person { Name = Ann, Age = 30 }
// expect: True False
// expect: Person { Name = Ann, Age = 31 }
// expect: Student { Name = Bob, Age = 20, School = MIT }
// expect: False
// expect: Ann 30
// expect: True
// expect: Money { Amount = 5, Currency = EUR } True
// expect: Student { Name = Eve, Age = 20, School = MIT }
// count: Person..ctor 5
// count: Student..ctor 1
// count: Money..ctor 2
// count: Person.op_Equality 2
// count: Money.op_Equality 1
// count: Person.Deconstruct 1
// count: Person.<Clone>$ 2
using System.IO;

public record Person(string Name, int Age);

public sealed record Student(string Name, int Age, string School) : Person(Name, Age);

public readonly record struct Money(decimal Amount, string Currency);

public static class Program
{
    public static void Run(TextWriter output)
    {
        var ann = new Person("Ann", 30);
        output.WriteLine(ann.ToString());
        output.WriteLine((ann == new Person("Ann", 30)) + " " + (ann == new Person("Ann", 31)));
        output.WriteLine((ann with { Age = 31 }).ToString());
        Person bob = new Student("Bob", 20, "MIT");
        output.WriteLine(bob.ToString());
        output.WriteLine(bob.Equals(new Person("Bob", 20)));
        var (name, age) = ann;
        output.WriteLine(name + " " + age);
        output.WriteLine(ann.GetHashCode() == new Person("Ann", 30).GetHashCode());
        var money = new Money(5, "EUR");
        output.WriteLine(money + " " + (money == new Money(5, "EUR")));
        output.WriteLine((bob with { Name = "Eve" }).ToString());
    }
}
