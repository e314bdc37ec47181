using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Variants of rules for contexts whose hooks are disabled, or that have other contexts inside them: the same bodies, but what they enter has no
/// hooks, or runs in the inner contexts too, which the variant takes last. The seeds have it for free, as their rules are generic in the
/// context's hook toggle and compiled anew for each inner pass; here a rule's parameter has one type, the plain context.
/// </summary>
internal sealed class RuleVariants
{
    private readonly TypeUniverse types;
    private readonly WeavePlan plan;
    private readonly Dictionary<(MethodDefinition, ContextStack), MethodDefinition> variants = [];

    public RuleVariants(TypeUniverse types, SymbolImporter symbols, WeavePlan plan)
    {
        this.types = types;
        this.plan = plan;
        foreach (var rule in plan.RuleVariants)
        {
            var original = KickoffOf(rule);
            if (variants.ContainsKey((original, rule.Stack)))
                continue;
            var variant = new MethodDefinition(
                MetadataNames.Fit(original.Name + "@" + rule.Stack.Name), MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, original.ReturnType)
            { ImplAttributes = original.ImplAttributes };
            new SignatureCloner(original, variant).Copy();
            foreach (var context in rule.Inner)
                variant.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, symbols.Import(context)));
            Attributes.CopyEssential(original, variant);
            original.DeclaringType.Methods.Add(variant);
            variants.Add((original, rule.Stack), variant);
        }
    }

    /// <summary>The method to call for a rule at a site where it is not handed the contexts inside its own.</summary>
    public MethodSymbol For(MethodSymbol rule, ContextStack level) => Of(rule, level) ?? rule;

    /// <summary>A rule's variant for a stack; null when there is none.</summary>
    public MethodSymbol? Of(MethodSymbol rule, ContextStack stack) =>
        variants.TryGetValue((rule.Definition!, stack), out var variant) ? types.Method(variant, rule.DeclaringType, rule.MethodArguments) : null;

    /// <summary>Writes the variants' bodies.</summary>
    public void Fill(BodyImporter importer, Helpers helpers, BodyEmitter emitter, MachineShells machines)
    {
        foreach (var rule in plan.RuleVariants)
        {
            if (rule.Machine is { } machine)
            {
                Rewrite(rule, machine.Members.Single(m => m.Method == rule.Rule).Body!, helpers);
                continue;
            }
            // The planner has typed this body already, as a method that enters contexts.
            var body = importer.Import(rule.Rule).Body ?? throw new InvalidILException("a rule that was planned cannot be read", 0);
            foreach (var context in rule.Inner)
                body.Arguments.Add(new Argument("context", context, body.Arguments.Count, isThis: false));
            Rewrite(rule, body, helpers);
            emitter.Emit(body, variants[(rule.Rule, rule.Stack)]);
        }
        foreach (var group in plan.RuleVariants.Where(r => r.Machine != null).GroupBy(r => r.Machine!))
        {
            var kickoff = group.Key.Kickoff;
            var shell = machines.Of(kickoff)!;
            var variant = variants[(kickoff.Method, group.First().Stack)];
            foreach (var part in group.Key.Members.Append(kickoff))
                shell.Adapt(part, ContextSource.InArguments(part.Body!, [], []));
            emitter.Emit(kickoff.Body!, variant);
            shell.Emit(emitter, [variant]);
        }
    }

    private static void Rewrite(RuleVariant rule, MethodIR body, Helpers helpers)
    {
        var entries = rule.Entries.ToDictionary(e => rule.Rule.Body.Instructions[e.Index].Offset);
        foreach (var block in body.Blocks)
        {
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                var call = block.Instructions[i];
                if (!entries.TryGetValue(call.OriginalOffset, out var entry) || call.Operand is not MethodSymbol callee)
                    continue;
                call.Operand = helpers.Entry(entry.Entry, callee, entry.Form);
                foreach (var context in body.Arguments.Skip(body.Arguments.Count - (entry.Form.Inner == 0 ? 0 : rule.Inner.Length)))
                    block.Instructions.Insert(i++, new IL.Instruction(Code.Ldarg, context));
            }
        }
    }

    /// <summary>What the rule's call names: an async rule's own method only starts the code that enters.</summary>
    private static MethodDefinition KickoffOf(RuleVariant rule) => rule.Machine?.Kickoff.Method ?? rule.Rule;
}
