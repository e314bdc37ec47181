// expect: 5
// expect: 8
// expect: 3 4
// expect: copied 7
// count: System.Threading.Interlocked.Increment 1
// count: System.Threading.Volatile.Read 1
// count: System.Runtime.CompilerServices.Unsafe.CopyBlock 1
// count: System.Runtime.CompilerServices.Unsafe.As 2
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

public static class Program
{
    static volatile int flag;
    static int counter;

    [StructLayout(LayoutKind.Explicit)]
    struct Union
    {
        [FieldOffset(0)]
        public int Whole;
        [FieldOffset(0)]
        public short Low;
        [FieldOffset(2)]
        public short High;
    }

    public static void Run(TextWriter output)
    {
        flag = 5;
        output.WriteLine(flag);
        counter = 7;
        Interlocked.Increment(ref counter);
        output.WriteLine(Volatile.Read(ref counter));
        var union = new Union { Low = 3, High = 4 };
        output.WriteLine((union.Whole & 0xFFFF) + " " + (union.Whole >> 16));
        var source = new Union { Whole = 7 };
        var target = new Union();
        Unsafe.CopyBlock(ref Unsafe.As<Union, byte>(ref target), ref Unsafe.As<Union, byte>(ref source), 4);
        output.WriteLine("copied " + target.Whole);
    }
}
