// expect: none
// expect: 3
// expect: none
// expect: 5
// expect: none
// expect: none
// expect: text
// expect: nowhere
// expect: none
// expect: awaited none
// count: Program.Describe 2
// count: Program.Kept 1
// count: Program.Missing 1
// count: Program+Place.IsNowhere 1
// count: System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef 2
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

public static class Program
{
    public static void Run(TextWriter output)
    {
        int three = 3;
        output.WriteLine(Describe(ref Unsafe.NullRef<int>()));
        output.WriteLine(Describe(ref three));
        var known = new Dictionary<string, int> { ["five"] = 5 };
        output.WriteLine(Found(ref CollectionsMarshal.GetValueRefOrNullRef(known, "six")));
        output.WriteLine(Found(ref CollectionsMarshal.GetValueRefOrNullRef(known, "five")));
        output.WriteLine(Found(ref Missing()));
        string text = "text";
        output.WriteLine(Kept(in Unsafe.NullRef<string>(), 1) ?? "none");
        output.WriteLine(Passed(ref text));
        output.WriteLine(Unsafe.NullRef<Place>().IsNowhere() ? "nowhere" : "somewhere");
        output.WriteLine(Passed(ref Unsafe.NullRef<string>()));
        output.WriteLine("awaited " + Later(in Unsafe.NullRef<long>()).GetAwaiter().GetResult());
    }

    static string Describe(ref int value) => Unsafe.IsNullRef(ref value) ? "none" : value.ToString();

    static string Found(ref int value) => Unsafe.IsNullRef(ref value) ? "none" : value.ToString();

    static ref int Missing() => ref Unsafe.NullRef<int>();

    static string? Kept(in string value, int count) => Unsafe.IsNullRef(in value) ? null : value + count;

    static string Passed<T>(ref T value) => Unsafe.IsNullRef(ref value) ? "none" : value!.ToString()!;

    static Task<string> Later(in long value) => Task.FromResult(Unsafe.IsNullRef(in value) ? "none" : "some");

    struct Place
    {
        public long X, Y;

        public bool IsNowhere() => Unsafe.IsNullRef(ref this);
    }
}
