using System;
using System.Collections.Generic;
using System.Threading;

/// <summary>The program under the profiler: slow in one place, and it throws in another.</summary>
static class Shop
{
    private static readonly HashSet<string> _stock = ["apple", "pear"];

    public static string Checkout(params string[] items)
    {
        int total = 0;
        int refused = 0;
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
        if (!_stock.Contains(item))
            throw new InvalidOperationException(item);
    }

    static string Receipt(int total, int refused) => $"total {total}, refused {refused}";
}
