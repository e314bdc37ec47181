using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Tour;

/// <summary>What the tour's contexts are tried on. It knows nothing of them.</summary>
sealed class Account(string owner)
{
    public string Owner => owner;

    public int Balance { get; private set; }

    public void Deposit(int amount) => Balance += amount;

    public void Withdraw(int amount)
    {
        if (amount > Balance)
            throw new InvalidOperationException($"{Owner} lacks {amount - Balance}");
        Balance -= amount;
    }
}

static class Bank
{
    public static int Transfer(Account from, Account to, int amount)
    {
        from.Withdraw(amount);
        to.Deposit(Fees.Deduct(amount));
        return to.Balance;
    }

    public static bool TryTransfer(Account from, Account to, int amount)
    {
        try
        {
            Transfer(from, to, amount);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static int Audit(params List<Account> accounts)
    {
        int sum = 0;
        foreach (Account account in accounts)
            sum += Check(account);
        return sum;
    }

    static int Check(Account account) => account.Balance;
}

static class Fees
{
    public static int Deduct(int amount) => amount - Of(amount);

    public static int Of(int amount) => amount / 10;
}

static class Exchange
{
    public static async Task<int> Convert(int amount, int days) => amount * await Rate(days);

    static async Task<int> Rate(int days)
    {
        await Task.Delay(1);
        return 100 / days;
    }
}

static class Text
{
    public static string Describe(object value) => "a " + value.GetType().Name;

    public static string DescribeAll(params object[] values)
    {
        var parts = new List<string>();
        foreach (object value in values)
            parts.Add(Describe(value));
        return string.Join(", ", parts);
    }
}

static class Clock
{
    public static string Stamp() => DateTime.UtcNow.Year + " " + new Random().Next(1000) + " " + Environment.MachineName;
}
