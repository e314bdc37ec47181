namespace Cassette.Fody.Configuration.Patterns;

/// <summary>Matches names with <c>*</c> for any characters, without allocating.</summary>
internal static class Glob
{
    /// <summary>Whether <paramref name="pattern"/> matches <paramref name="text"/> from start to end.</summary>
    public static bool Matches(string pattern, string text, int start, int end, bool ignoreCase = false)
    {
        int position = start;
        int index = 0;
        int starIndex = -1;
        int starPosition = start;
        while (position < end)
        {
            if (index < pattern.Length && pattern[index] == '*')
            {
                starIndex = index++;
                starPosition = position;
            }
            else if (index < pattern.Length && Same(pattern[index], text[position], ignoreCase))
            {
                index++;
                position++;
            }
            else if (starIndex >= 0)
            {
                // Only the last star can need to take more: what the earlier ones matched stays the leftmost match.
                index = starIndex + 1;
                position = ++starPosition;
            }
            else
            {
                return false;
            }
        }

        while (index < pattern.Length && pattern[index] == '*')
            index++;
        return index == pattern.Length;
    }

    private static bool Same(char first, char second, bool ignoreCase) =>
        first == second
        || (ignoreCase && char.ToUpperInvariant(first) == char.ToUpperInvariant(second));
}
