using System;
using System.Globalization;
using System.Linq;

namespace Cassette.Benchmarks.Weaving;

/// <summary>What a measuring process found, as it tells it on its last line.</summary>
internal sealed record WeavingFigures(int Methods, int Clones, double Milliseconds, double PeakMegabytes)
{
    public static WeavingFigures Parse(string output)
    {
        string[] parts = output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Last().Split(' ');
        return new WeavingFigures(
            int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture),
            double.Parse(parts[2], CultureInfo.InvariantCulture), double.Parse(parts[3], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Methods} {Clones} {Milliseconds} {PeakMegabytes}");
}
