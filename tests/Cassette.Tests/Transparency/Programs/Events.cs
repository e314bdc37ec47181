// expect: first 1
// expect: second 1
// expect: second 2
// expect: none
// expect: custom 3
// expect: removed
// count: Source.add_Happened 2
// count: Source.remove_Happened 2
// count: Source.Raise 3
// count: Source.add_Custom 1
// count: Source.remove_Custom 1
using System;
using System.IO;

public sealed class Source
{
    Action<int>? custom;

    public event Action<int>? Happened;

    public event Action<int> Custom
    {
        add => custom += value;
        remove => custom -= value;
    }

    public bool Raise(int x)
    {
        if (Happened == null)
            return false;
        Happened(x);
        return true;
    }

    public bool RaiseCustom(int x)
    {
        custom?.Invoke(x);
        return custom != null;
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var source = new Source();
        void First(int x) => output.WriteLine("first " + x);
        void Second(int x) => output.WriteLine("second " + x);
        void Third(int x) => output.WriteLine("custom " + x);
        source.Happened += First;
        source.Happened += Second;
        source.Raise(1);
        source.Happened -= First;
        source.Raise(2);
        source.Happened -= Second;
        if (!source.Raise(3))
            output.WriteLine("none");
        source.Custom += Third;
        source.RaiseCustom(3);
        source.Custom -= Third;
        if (!source.RaiseCustom(4))
            output.WriteLine("removed");
    }
}
