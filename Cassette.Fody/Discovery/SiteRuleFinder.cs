using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>Finds the rules for the calls of a clone.</summary>
internal sealed class SiteRuleFinder
{
    /// <summary>Whether a type may be entered as a context; reports it when not.</summary>
    public bool CheckContext(TypeSymbol context, MethodDefinition caller, SourceSpan? source) => !context.IsOpen;

    /// <summary>Null when the clone's context has no rules at all.</summary>
    public ForClone? For(PlannedClone clone) => null;

    internal sealed class ForClone
    {
        public SiteRules? Find(Instruction call, StackMachine machine, CallSite site) => null;
    }
}
