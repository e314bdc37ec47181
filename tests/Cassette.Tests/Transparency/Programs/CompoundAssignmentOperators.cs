// expect: 5 same
// expect: 6
// expect: 12
// expect: 3
// count: Tank.op_AdditionAssignment 2
// count: Tank.op_IncrementAssignment 1
// count: Amount.op_MultiplicationAssignment 1
// count: Amount.op_Subtraction 1
using System.IO;

public sealed class Tank(int level)
{
    public int Level = level;

    public void operator +=(int more) => Level += more;

    public void operator ++() => Level++;
}

public struct Amount(int value)
{
    public int Value = value;

    public void operator *=(int factor) => Value *= factor;

    public static Amount operator -(Amount left, int right) => new(left.Value - right);
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var tank = new Tank(1);
        Tank same = tank;
        tank += 3;
        tank += 1;
        output.WriteLine(tank.Level + (ReferenceEquals(tank, same) ? " same" : " other"));
        ++tank;
        output.WriteLine(same.Level);
        var amount = new Amount(4);
        amount *= 3;
        output.WriteLine(amount.Value);
        amount -= 9;
        output.WriteLine(amount.Value);
    }
}
