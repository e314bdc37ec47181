// expect: made 3
// expect: 9
// expect: changed
// expect: 4
// count: Halves.Square 1
// count: Halves.get_Side 2
// count: Halves.set_Side 1
using System;
using System.IO;

public sealed partial class Halves
{
    public partial Halves(int side);

    public partial int Side { get; set; }

    public partial int Square();

    public partial event Action? Changed;

    partial void Ignored();
}

public sealed partial class Halves
{
    int side;
    Action? changed;

    public partial Halves(int side)
    {
        this.side = side;
        Ignored();
    }

    public partial int Side
    {
        get => side;
        set
        {
            side = value;
            changed?.Invoke();
        }
    }

    public partial int Square() => side * side;

    public partial event Action? Changed
    {
        add => changed += value;
        remove => changed -= value;
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var halves = new Halves(3);
        output.WriteLine("made " + halves.Side);
        output.WriteLine(halves.Square());
        halves.Changed += () => output.WriteLine("changed");
        halves.Side = 4;
        output.WriteLine(halves.Side);
    }
}
