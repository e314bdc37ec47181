// expect: 6
// count: System.Runtime.CompilerServices.Unsafe.IsAddressLessThan 4
// count: System.Runtime.CompilerServices.Unsafe.Add 4
// count: System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference 1
using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

public static class Program
{
    // A hash code is kept in front of an object: right behind the end of the array that was made before it.
    public static void Run(TextWriter output)
    {
        string[] words = ["a", "bb", "ccc"];
        var next = new object();
        RuntimeHelpers.GetHashCode(next);
        int length = 0;
        ref string word = ref MemoryMarshal.GetArrayDataReference(words);
        ref string end = ref Unsafe.Add(ref word, words.Length);
        while (Unsafe.IsAddressLessThan(ref word, ref end))
        {
            length += word.Length;
            word = ref Unsafe.Add(ref word, 1);
        }
        GC.KeepAlive(next);
        output.WriteLine(length);
    }
}
