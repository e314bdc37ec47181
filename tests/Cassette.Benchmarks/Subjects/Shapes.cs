namespace Cassette.Benchmarks.Subjects;

internal interface IShape
{
    int Corners(int x);
}

internal abstract class InternalShape : IShape
{
    public abstract int Corners(int x);

    public virtual int Sides(int x) => x ^ 2;
}

internal sealed class InternalTriangle : InternalShape
{
    public override int Corners(int x) => x + 3;

    public override int Sides(int x) => x + 3;
}

internal sealed class InternalSquare : InternalShape
{
    public override int Corners(int x) => x ^ 4;

    public override int Sides(int x) => x ^ 4;
}

internal sealed class InternalPentagon : InternalShape
{
    public override int Corners(int x) => x - 5;

    public override int Sides(int x) => x - 5;
}

/// <summary>Any assembly can derive from these, one that was never woven too.</summary>
public class PublicShape
{
    public virtual int Sides(int x) => x ^ 2;
}

public class PublicTriangle : PublicShape
{
    public override int Sides(int x) => x + 3;
}

public class PublicSquare : PublicShape
{
    public override int Sides(int x) => x ^ 4;
}
