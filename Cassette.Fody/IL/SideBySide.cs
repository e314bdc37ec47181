using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Cassette.Fody.IL;

/// <summary>Two listings in two columns. Runs of statements of one source line are paired in order and padded to the same height.</summary>
internal static class SideBySide
{
    public static string Print(string leftTitle, List<IRLine> left, string rightTitle, List<IRLine> right)
    {
        var numberWidth = left.Concat(right).Select(l => l.LineNumber.Length).DefaultIfEmpty(0).Max();
        var leftWidth = left.Select(l => l.Text.Length).Append(leftTitle.Length).Max();
        var text = new StringBuilder();
        Append(text, new string(' ', numberWidth), leftTitle, leftWidth, rightTitle);
        foreach (var (a, b) in Pair(Runs(left), Runs(right)))
        {
            var height = System.Math.Max(a?.Count ?? 0, b?.Count ?? 0);
            for (var i = 0; i < height; i++)
            {
                var l = a is not null && i < a.Count ? a[i] : null;
                var r = b is not null && i < b.Count ? b[i] : null;
                var number = l is { LineNumber.Length: > 0 } ? l.LineNumber : r?.LineNumber ?? "";
                Append(text, number.PadLeft(numberWidth), l?.Text ?? "", leftWidth, r?.Text ?? "");
            }
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, string number, string left, int width, string right) =>
        text.Append(string.Format(CultureInfo.InvariantCulture, "{0} {1}  ║ {2}", number, left.PadRight(width), right).TrimEnd()).Append('\n');

    private static List<List<IRLine>> Runs(List<IRLine> lines)
    {
        var runs = new List<List<IRLine>>();
        foreach (var line in lines)
        {
            if (runs.Count == 0 || runs[runs.Count - 1][0].SourceLine != line.SourceLine)
                runs.Add([]);
            runs[runs.Count - 1].Add(line);
        }
        return runs;
    }

    /// <summary>The longest common sequence of source lines: what one side has alone stands opposite of nothing.</summary>
    private static IEnumerable<(List<IRLine>? Left, List<IRLine>? Right)> Pair(List<List<IRLine>> left, List<List<IRLine>> right)
    {
        var best = new int[left.Count + 1, right.Count + 1];
        for (var i = left.Count - 1; i >= 0; i--)
        {
            for (var j = right.Count - 1; j >= 0; j--)
            {
                best[i, j] = left[i][0].SourceLine == right[j][0].SourceLine
                    ? best[i + 1, j + 1] + 1
                    : System.Math.Max(best[i + 1, j], best[i, j + 1]);
            }
        }
        var (a, b) = (0, 0);
        while (a < left.Count || b < right.Count)
        {
            if (a < left.Count && b < right.Count && left[a][0].SourceLine == right[b][0].SourceLine)
                yield return (left[a++], right[b++]);
            else if (b == right.Count || a < left.Count && best[a + 1, b] >= best[a, b + 1])
                yield return (left[a++], null);
            else
                yield return (null, right[b++]);
        }
    }
}
