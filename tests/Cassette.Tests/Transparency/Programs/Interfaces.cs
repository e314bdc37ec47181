// expect: implicit
// expect: explicit
// expect: own
// expect: default of Plain
// expect: replaced
// expect: from derived
// expect: variant x
// expect: 3
// count: IGreet.Greet 2
// count: IOther.Greet 1
// count: IDefault.Tell 2
// count: IReimplemented.Get 1
using System.Collections.Generic;
using System.IO;

public interface IGreet
{
    string Greet();
}

public interface IOther
{
    string Greet();
}

public interface IDefault
{
    string Name { get; }

    string Tell() => "default of " + Name;
}

public interface IReimplemented
{
    string Get();
}

public interface ISource<out T>
{
    T Next();
}

public sealed class Implicit : IGreet
{
    public string Greet() => "implicit";
}

public sealed class Explicit : IGreet, IOther
{
    string IGreet.Greet() => "explicit";

    string IOther.Greet() => "own";
}

public sealed class Plain : IDefault
{
    public string Name => "Plain";
}

public sealed class Replaced : IDefault
{
    public string Name => "unused";

    public string Tell() => "replaced";
}

public class First : IReimplemented
{
    public string Get() => "from base";
}

public sealed class Second : First, IReimplemented
{
    string IReimplemented.Get() => "from derived";
}

public sealed class Words : ISource<string>
{
    public string Next() => "x";
}

public sealed class Sizes : IReadOnlyCollection<int>
{
    public int Count => 3;

    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)new int[3]).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        IGreet greet = new Implicit();
        output.WriteLine(greet.Greet());
        greet = new Explicit();
        output.WriteLine(greet.Greet());
        output.WriteLine(((IOther)greet).Greet());
        IDefault plain = new Plain(), replaced = new Replaced();
        output.WriteLine(plain.Tell());
        output.WriteLine(replaced.Tell());
        IReimplemented reimplemented = new Second();
        output.WriteLine(reimplemented.Get());
        ISource<object> source = new Words();
        output.WriteLine("variant " + source.Next());
        IReadOnlyCollection<int> sizes = new Sizes();
        output.WriteLine(sizes.Count);
    }
}
