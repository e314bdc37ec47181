using System;
using System.Collections.Generic;

namespace Cassette.Fody.Reporting;

/// <summary>Finds what a misspelled word was meant to be.</summary>
public static class SuggestionFinder
{
    /// <summary>
    /// The candidate nearest to <paramref name="given"/> by insertions, deletions, replacements and swaps of
    /// neighbours, or null where none is near enough: one edit up to four letters, a third of the length
    /// beyond. Differences in case alone always count as near. Ties go to the ordinally first candidate.
    /// </summary>
    /// <example><c>SuggestionFinder.Find("Stirct", ["Strict", "Report"])</c> is <c>"Strict"</c>.</example>
    public static string? Find(string given, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            if (string.Equals(candidate, given, StringComparison.Ordinal))
                continue;
            int limit = Math.Min(Threshold(Math.Max(given.Length, candidate.Length)), bestDistance);
            int distance = string.Equals(candidate, given, StringComparison.OrdinalIgnoreCase)
                ? 0
                : Distance(given, candidate, limit);
            if (distance > limit)
                continue;
            if (distance < bestDistance || string.CompareOrdinal(candidate, best) < 0)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary><c>"Did you mean 'X'? "</c>, ready to stand before a remedy, or the empty string.</summary>
    public static string Phrase(string given, IEnumerable<string> candidates) => Phrase(Find(given, candidates));

    /// <summary><c>"Did you mean 'X'? "</c> for a suggestion already found, or the empty string for null.</summary>
    public static string Phrase(string? suggestion) =>
        suggestion is null ? "" : "Did you mean '" + suggestion + "'? ";

    /// <summary>
    /// The restricted Damerau-Levenshtein distance without regard to case, or <paramref name="limit"/> + 1
    /// where it is greater than <paramref name="limit"/>.
    /// </summary>
    internal static int Distance(string first, string second, int limit)
    {
        if (Math.Abs(first.Length - second.Length) > limit)
            return limit + 1;

        // Three rows suffice: a swap looks back two.
        int[] beforePrevious = new int[second.Length + 1];
        int[] previous = new int[second.Length + 1];
        int[] current = new int[second.Length + 1];
        for (int column = 0; column <= second.Length; column++)
            previous[column] = column;

        for (int row = 1; row <= first.Length; row++)
        {
            current[0] = row;
            int rowMinimum = row;
            for (int column = 1; column <= second.Length; column++)
            {
                int cost = Same(first[row - 1], second[column - 1]) ? 0 : 1;
                int value = Math.Min(
                    Math.Min(previous[column] + 1, current[column - 1] + 1), previous[column - 1] + cost);
                if (row > 1 && column > 1
                    && Same(first[row - 1], second[column - 2]) && Same(first[row - 2], second[column - 1]))
                {
                    value = Math.Min(value, beforePrevious[column - 2] + 1);
                }

                current[column] = value;
                rowMinimum = Math.Min(rowMinimum, value);
            }

            // A swap can undercut the row's minimum by looking back, but never below the previous row's,
            // so giving up needs one row of slack.
            if (rowMinimum > limit + 1)
                return limit + 1;
            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return Math.Min(previous[second.Length], limit + 1);
    }

    private static int Threshold(int length) => length <= 4 ? 1 : length / 3;

    private static bool Same(char first, char second) =>
        first == second || char.ToUpperInvariant(first) == char.ToUpperInvariant(second);
}
