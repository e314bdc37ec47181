using System;

/// <summary>Return over risk, with a hole in it.</summary>
static class Report
{
    public static double Better(double[] one, double[] other) => Math.Max(Sharpe(one), Sharpe(other));

    static double Sharpe(double[] prices)
    {
        double[] returns = Returns(prices);
        double mean = Mean(returns);
        return Ratio(mean, Math.Sqrt(Variance(returns, mean)));
    }

    static double[] Returns(double[] prices)
    {
        var returns = new double[prices.Length - 1];
        for (int day = 0; day < returns.Length; day++)
            returns[day] = prices[day + 1] / prices[day] - 1;
        return returns;
    }

    static double Mean(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }

    static double Variance(double[] values, double mean)
    {
        double sum = 0;
        foreach (double value in values)
            sum += Square(value - mean);
        return sum / values.Length;
    }

    static double Square(double x) => x * x;

    static double Ratio(double gain, double risk) => gain / risk;
}
