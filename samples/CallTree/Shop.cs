using System;
using System.Threading;

/// <summary>The program under the profiler: slow in one place, and it throws in another.</summary>
static class Shop
{
    public static string Checkout(params string[] items)
    {
        int total = 0, refused = 0;
        foreach (string item in items)
        {
            try
            {
                total += Price(item);
            }
            catch (InvalidOperationException)
            {
                refused++;
            }
        }

        return Receipt(total, refused);
    }

    static int Price(string item)
    {
        CheckStock(item);
        Thread.Sleep(20);
        return item.Length;
    }

    static void CheckStock(string item)
    {
        if (IsForbidden(item))
            throw new InvalidOperationException(item);
    }

    static bool IsForbidden(string item) => item == "durian";

    static string Receipt(int total, int refused) => "total " + total + ", refused " + refused;
}
