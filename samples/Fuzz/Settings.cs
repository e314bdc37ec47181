using System;

namespace Fuzz;

/// <summary>The program under test: a parser of <c>name=value;name=value</c>. It knows nothing of fuzzing, and has a bug.</summary>
internal static class Settings
{
    /// <summary>How many settings a text has.</summary>
    /// <exception cref="FormatException">A setting has no name.</exception>
    public static int Count(string text)
    {
        int count = 0;
        foreach (string part in text.Split(';'))
        {
            int equals = part.IndexOf('=');
            if (equals == 0)
                throw new FormatException("A setting has no name.");
            if (equals > 0)
                count += IsSwitch(part) ? 2 : 1;
        }

        return count;
    }

    /// <summary>Whether a setting is the switch <c>loop</c>, which has not been thought through.</summary>
    private static bool IsSwitch(string part)
    {
        if (part[0] == 'l')
        {
            if (part[1] == 'o')
            {
                if (part[2] == 'o')
                {
                    if (part[3] == 'p')
                        throw new NotSupportedException("No one writes loop.");
                }
            }
        }

        return false;
    }
}
