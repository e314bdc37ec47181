using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Rules;

/// <summary>
/// Which instructions the rules of contexts may want as calls: known ahead, so that no other instruction is looked at. Rules without a target, and
/// patterns for calls in general, want none.
/// </summary>
internal sealed class IntrinsicInterest
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> fields = new(StringComparer.Ordinal);
    private bool wantsAll;
    private bool wantsAnyField;

    private IntrinsicInterest(params IntrinsicInterest[] parts)
    {
        foreach (var part in parts)
        {
            names.UnionWith(part.names);
            fields.UnionWith(part.fields);
            wantsAll |= part.wantsAll;
            wantsAnyField |= part.wantsAnyField;
        }
    }

    /// <summary>Whether the rules may want objects' allocations.</summary>
    public bool WantsAllocations => Wants(IntrinsicLibrary.NewObject, null);

    /// <summary>What the rules want; null where they want nothing.</summary>
    public static IntrinsicInterest? Of(IEnumerable<RuleModel> rules)
    {
        var interest = new IntrinsicInterest();
        foreach (var rule in rules)
            interest.Add(rule.Target);
        return interest.wantsAll || interest.wantsAnyField || interest.names.Count + interest.fields.Count > 0 ? interest : null;
    }

    /// <summary>What any of several contexts wants; null where none wants anything.</summary>
    public static IntrinsicInterest? Join(IEnumerable<IntrinsicInterest?> interests)
    {
        IntrinsicInterest? joined = null;
        foreach (var interest in interests)
        {
            if (interest is null || interest == joined)
                continue;
            joined = joined is null ? interest : new IntrinsicInterest(joined, interest);
        }
        return joined;
    }

    /// <summary>Whether a rule may want an instruction.</summary>
    /// <param name="name">Its intrinsic.</param>
    /// <param name="field">The field that it names, if any.</param>
    public bool Wants(string name, FieldSymbol? field) =>
        wantsAll || names.Contains(name) || field != null && (wantsAnyField || fields.Contains(field.Name));

    /// <summary>Whether a target means instructions.</summary>
    public static bool MeansInstructions(RuleTarget target) =>
        IntrinsicLibrary.IsIntrinsics(target.DeclaringType?.Named) || target.Fields.Count > 0 || target.DeclaringType is null && target.Pointcuts.Any(InstructionPatterns.MeanInstructions);

    private void Add(RuleTarget target)
    {
        if (IntrinsicLibrary.IsIntrinsics(target.DeclaringType?.Named))
        {
            wantsAll |= target.Name is null;
            names.UnionWith(target.MemberList.Select(m => m.Name));
        }
        else if (target.DeclaringType != null)
        {
            fields.UnionWith(target.Fields.Select(f => f.Name));
        }
        else if (MeansInstructions(target))
        {
            foreach (var member in target.Pointcuts.SelectMany(InstructionPatterns.MembersMeant))
            {
                if (member.IsField)
                    wantsAnyField = true;
                else if (member.Pattern.Name.IndexOf('*') < 0)
                    names.Add(member.Pattern.Name);
                else
                    wantsAll = true;
            }
        }
    }
}
