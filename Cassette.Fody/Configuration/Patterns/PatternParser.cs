using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// Parses the pattern language, which attributes and XML share. Faults become diagnostics with the column
/// within the pattern in their message and the position in the file from the text's origin.
/// </summary>
public static class PatternParser
{
    /// <summary>Parses a pointcut, or reports why it is none and gives null.</summary>
    /// <example>
    /// <c>PatternParser.ParsePointcut("call(* MyLib..*.Get*(int, ..))", FixedOrigin.Unknown, bag)</c>
    /// </example>
    public static Pointcut? ParsePointcut(string text, ITextOrigin origin, DiagnosticBag diagnostics) =>
        Parse(text, origin, diagnostics, PatternGrammar.PointcutExample, static grammar => grammar.WholePointcut());

    /// <summary>Parses a method pattern of the XML, or reports why it is none and gives null.</summary>
    /// <example><c>PatternParser.ParseMethodPattern("MyLib.Model::Get*(int, ..)", origin, bag)</c></example>
    public static MethodPattern? ParseMethodPattern(string text, ITextOrigin origin, DiagnosticBag diagnostics) =>
        Parse(text, origin, diagnostics, PatternGrammar.MethodExample, static grammar => grammar.WholeMethodPattern());

    /// <summary>Parses a type pattern, or reports why it is none and gives null.</summary>
    /// <example><c>PatternParser.ParseTypePattern("MyLib..*+", origin, bag)</c></example>
    public static TypePattern? ParseTypePattern(string text, ITextOrigin origin, DiagnosticBag diagnostics) =>
        Parse(text, origin, diagnostics, PatternGrammar.TypeExample, static grammar => grammar.WholeType());

    private delegate T Rule<out T>(PatternGrammar grammar);

    private static T? Parse<T>(
        string text, ITextOrigin origin, DiagnosticBag diagnostics, string example, Rule<T> rule)
        where T : class
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            diagnostics.Report(DiagnosticCatalog.EmptyPattern, origin.PositionOf(0), example);
            return null;
        }

        try
        {
            return rule(new PatternGrammar(text, example));
        }
        catch (PatternSyntaxException fault)
        {
            diagnostics.Add(fault.ToDiagnostic(origin.PositionOf(fault.Offset)));
            return null;
        }
    }
}
