using Cassette.Benchmarks.Contexts;

namespace Cassette.Benchmarks.Subjects;

/// <summary>Arithmetic in loops, as it is and with every operation counted by hand.</summary>
public static class Arithmetic
{
    public static double Rosenbrock(double[] x)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            double valley = x[i + 1] - x[i] * x[i];
            double slope = 1.0 - x[i];
            sum += 100.0 * valley * valley + slope * slope;
        }

        return sum;
    }

    public static double RosenbrockByHand(double[] x, Operations operations)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            operations.Multiplications++;
            double square = x[i] * x[i];
            operations.Additions++;
            double valley = x[i + 1] - square;
            operations.Additions++;
            double slope = 1.0 - x[i];
            operations.Multiplications++;
            double scaled = 100.0 * valley;
            operations.Multiplications++;
            double first = scaled * valley;
            operations.Multiplications++;
            double second = slope * slope;
            operations.Additions++;
            double term = first + second;
            operations.Additions++;
            sum += term;
        }

        return sum;
    }

    /// <summary>The subject of the other benchmarks, its squares by a helper.</summary>
    public static double RosenbrockBySquaresByHand(double[] x, Operations operations)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            double inner = Square(x[i], operations);
            operations.Additions++;
            double outer = Square(x[i + 1] - inner, operations);
            operations.Multiplications++;
            double first = 100.0 * outer;
            operations.Additions++;
            double second = Square(1.0 - x[i], operations);
            operations.Additions++;
            double term = first + second;
            operations.Additions++;
            sum += term;
        }

        return sum;
    }

    private static double Square(double x, Operations operations)
    {
        operations.Multiplications++;
        return x * x;
    }

    public static double Product(double[][] a, double[][] b, double[][] c)
    {
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b[0].Length; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < b.Length; k++)
                    sum += a[i][k] * b[k][j];
                c[i][j] = sum;
            }
        }

        return c[0][0];
    }

    public static double ProductByHand(double[][] a, double[][] b, double[][] c, Operations operations)
    {
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b[0].Length; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < b.Length; k++)
                {
                    operations.Multiplications++;
                    double product = a[i][k] * b[k][j];
                    operations.Additions++;
                    sum += product;
                }

                c[i][j] = sum;
            }
        }

        return c[0][0];
    }
}
