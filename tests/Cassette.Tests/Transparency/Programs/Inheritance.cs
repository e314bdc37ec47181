// expect: protected 3
// expect: nested private 4
// expect: abstract property 5
// expect: generic base 6
// expect: Template: first, second!
// count: Template.Run 1
// count: Template.First 1
// count: Template.Second 2
using System.IO;

public abstract class Base
{
    protected int Field = 3;

    protected virtual int Get() => Field;

    public abstract int Property { get; set; }
}

public sealed class Derived : Base
{
    public override int Property { get; set; } = 5;

    public int Read() => Get();

    public int Nested() => new Inner(this).Peek();

    sealed class Inner(Derived outer)
    {
        public int Peek() => outer.Field + 1;
    }
}

public abstract class Generic<T>
{
    protected abstract T Make();

    public string Show() => "generic base " + Make();
}

public sealed class Numbers : Generic<int>
{
    protected override int Make() => 6;
}

public abstract class Template
{
    public string Run() => "Template: " + First() + ", " + Second();

    protected abstract string First();

    protected virtual string Second() => "second";
}

public sealed class Filled : Template
{
    protected override string First() => "first";

    protected override string Second() => base.Second() + "!";
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var derived = new Derived();
        output.WriteLine("protected " + derived.Read());
        output.WriteLine("nested private " + derived.Nested());
        Base abstracted = derived;
        output.WriteLine("abstract property " + abstracted.Property);
        output.WriteLine(new Numbers().Show());
        output.WriteLine(new Filled().Run());
    }
}
