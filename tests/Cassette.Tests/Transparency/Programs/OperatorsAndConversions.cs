// expect: (4, 6)
// expect: (-1, -2)
// expect: (3, 6)
// expect: True False
// expect: 5
// expect: (2, 2)
// expect: yes
// expect: (6, 7)
// expect: (7, 9)
// count: Vector.op_Addition 1
// count: Vector.op_UnaryNegation 1
// count: Vector.op_Multiply 1
// count: Vector.op_Equality 1
// count: Vector.op_Inequality 1
// count: Vector.op_Explicit 1
// count: Vector.op_Implicit 1
// count: Vector.op_True 1
// count: Vector.op_Increment 1
// count: Vector.op_AdditionAssignment 1
using System;
using System.IO;

public struct Vector(int x, int y) : IEquatable<Vector>
{
    int X = x, Y = y;

    public static Vector operator +(Vector a, Vector b) => new(a.X + b.X, a.Y + b.Y);

    public static Vector operator -(Vector a) => new(-a.X, -a.Y);

    public static Vector operator *(int k, Vector a) => new(k * a.X, k * a.Y);

    public static bool operator ==(Vector a, Vector b) => a.X == b.X && a.Y == b.Y;

    public static bool operator !=(Vector a, Vector b) => !(a == b);

    public static explicit operator int(Vector a) => a.X * a.X + a.Y * a.Y;

    public static implicit operator Vector(int k) => new(k, k);

    public static bool operator true(Vector a) => a.X != 0;

    public static bool operator false(Vector a) => a.X == 0;

    public static Vector operator ++(Vector a) => new(a.X + 1, a.Y + 1);

    // The instance compound operator of C# 14.
    public void operator +=(Vector b)
    {
        X += b.X;
        Y += b.Y;
    }

    public bool Equals(Vector other) => X == other.X && Y == other.Y;

    public override bool Equals(object? other) => other is Vector vector && Equals(vector);

    public override int GetHashCode() => X * 31 + Y;

    public override string ToString() => "(" + X + ", " + Y + ")";
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Vector a = new(1, 2), b = new(3, 4);
        output.WriteLine((a + b).ToString());
        output.WriteLine((-a).ToString());
        output.WriteLine((3 * a).ToString());
        bool same = a.Equals(new Vector(1, 2)), differs = a != new Vector(1, 2);
        output.WriteLine(same + " " + differs);
        output.WriteLine((int)a);
        Vector two = 2;
        output.WriteLine(two.ToString());
        if (b)
            output.WriteLine("yes");
        Vector c = new(5, 6);
        c++;
        output.WriteLine(c.ToString());
        c += a;
        output.WriteLine(c.ToString());
    }
}
