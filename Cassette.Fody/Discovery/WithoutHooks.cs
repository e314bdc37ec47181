using Cassette.Fody.Metadata;

namespace Cassette.Fody.Discovery;

/// <summary>Looks through the type that <c>ctx.DisableHooks()</c> gives.</summary>
internal static class WithoutHooks
{
    /// <summary>The context whose hooks are disabled; null for a context of its own.</summary>
    public static TypeSymbol? Of(TypeSymbol context)
    {
        TypeSymbol? inner = null;
        while (context is { Named: { Name: "WithoutHooks`1", Namespace: "Cassette" }, Arguments.Length: 1 })
            inner = context = context.Arguments[0];
        return inner;
    }
}
