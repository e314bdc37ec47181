using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>Keeps a hostile pattern from overflowing the stack of the build.</summary>
internal sealed class NestingGuard(PatternTokenReader reader)
{
    public const int Limit = 100;

    private int _depth;

    public void Enter()
    {
        if (++_depth > Limit)
        {
            int offset = reader.Current.Offset;
            throw new PatternSyntaxException(DiagnosticCatalog.PatternTooDeep, offset, Limit, offset + 1);
        }
    }

    public void Leave() => _depth--;
}
