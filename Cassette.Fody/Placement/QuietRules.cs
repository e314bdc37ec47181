using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Variants of rules for contexts whose hooks are disabled: the same bodies, but what they enter has no hooks. The seeds have it for free, as
/// their rules are generic in the context's hook toggle; here a rule's parameter has one type, the plain context.
/// </summary>
internal sealed class QuietRules
{
    private readonly TypeUniverse types;
    private readonly WeavePlan plan;
    private readonly Dictionary<(MethodDefinition, ContextStack), MethodDefinition> variants = [];

    public QuietRules(TypeUniverse types, WeavePlan plan)
    {
        this.types = types;
        this.plan = plan;
        foreach (var rule in plan.QuietRules)
        {
            var original = KickoffOf(rule);
            if (variants.ContainsKey((original, rule.Stack)))
                continue;
            var variant = new MethodDefinition(
                original.Name + "@" + rule.Stack.Name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, original.ReturnType)
            { ImplAttributes = original.ImplAttributes };
            new SignatureCloner(original, variant).Copy();
            Attributes.CopyEssential(original, variant);
            original.DeclaringType.Methods.Add(variant);
            variants.Add((original, rule.Stack), variant);
        }
    }

    /// <summary>The method to call for a rule under a stack.</summary>
    public MethodSymbol For(MethodSymbol rule, ContextStack stack) =>
        variants.TryGetValue((rule.Definition!, stack), out var variant) ? types.Method(variant, rule.DeclaringType, rule.MethodArguments) : rule;

    /// <summary>Writes the variants' bodies.</summary>
    public void Fill(BodyImporter importer, Helpers helpers, BodyEmitter emitter, MachineShells machines)
    {
        foreach (var rule in plan.QuietRules)
        {
            if (rule.Machine is { } machine)
            {
                Rewrite(rule, machine.Members.Single(m => m.Method == rule.Rule).Body!, helpers);
                continue;
            }
            // The planner has typed this body already, as a method that enters contexts.
            var body = importer.Import(rule.Rule).Body ?? throw new InvalidILException("a rule that was planned cannot be read", 0);
            Rewrite(rule, body, helpers);
            emitter.Emit(body, variants[(rule.Rule, rule.Stack)]);
        }
        foreach (var group in plan.QuietRules.Where(r => r.Machine != null).GroupBy(r => r.Machine!))
        {
            var kickoff = group.Key.Kickoff;
            var shell = machines.Of(kickoff)!;
            var variant = variants[(kickoff.Method, group.First().Stack)];
            foreach (var part in group.Key.Members.Append(kickoff))
                shell.Adapt(part, new ContextSource(part.Body!));
            emitter.Emit(kickoff.Body!, variant);
            shell.Emit(emitter, [variant]);
        }
    }

    private static void Rewrite(QuietRule rule, MethodIR body, Helpers helpers)
    {
        var entries = rule.Entries.ToDictionary(e => rule.Rule.Body.Instructions[e.Index].Offset, e => (e.Entry, e.IsQuiet));
        foreach (var instruction in body.Blocks.SelectMany(b => b.Instructions))
        {
            if (entries.TryGetValue(instruction.OriginalOffset, out var entry) && instruction.Operand is MethodSymbol callee)
                instruction.Operand = helpers.Entry(entry.Entry, callee, entry.IsQuiet);
        }
    }

    /// <summary>What the rule's call names: an async rule's own method only starts the code that enters.</summary>
    private static MethodDefinition KickoffOf(QuietRule rule) => rule.Machine?.Kickoff.Method ?? rule.Rule;
}
