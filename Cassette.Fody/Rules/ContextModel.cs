using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Rules;

/// <summary>A closed context type and its rules. <see cref="ContextModels"/> makes it.</summary>
public sealed class ContextModel
{
    private static readonly int Kinds = Enum.GetValues(typeof(RuleKind)).Length;

    private readonly RuleModel[][] byKind = new RuleModel[Kinds][];
    private readonly HashSet<string>?[] namesByKind = new HashSet<string>?[Kinds];
    private readonly bool[] looksAtCaller = new bool[Kinds];

    internal ContextModel(TypeSymbol context, TypeSymbol ruleContext, int unwraps, IReadOnlyList<RuleModel> rules)
    {
        Context = context;
        RuleContext = ruleContext;
        Unwraps = unwraps;
        Rules = rules;
        Instructions = IntrinsicInterest.Of(rules);
        for (var kind = 0; kind < Kinds; kind++)
        {
            var own = rules.Where(rule => (int)rule.Kind == kind).ToArray();
            byKind[kind] = own;
            namesByKind[kind] = own.All(rule => rule.Target.DeclaringType is not null) ? new HashSet<string>(own.SelectMany(NamesOf), StringComparer.Ordinal) : null;
            looksAtCaller[kind] = own.Any(rule => rule.Target.Pointcuts.Any(LooksAtCaller));
        }
    }

    /// <summary>The context as programs are run in it.</summary>
    public TypeSymbol Context { get; }

    /// <summary>The context that rules take: <see cref="Context"/> without its <c>WithoutHooks</c>.</summary>
    public TypeSymbol RuleContext { get; }

    /// <summary>How many <c>WithoutHooks</c> stand between the two.</summary>
    public int Unwraps { get; }

    /// <summary>All rules, in the order in which they are declared.</summary>
    public IReadOnlyList<RuleModel> Rules { get; }

    /// <summary>Which instructions the rules may want as calls; null for none.</summary>
    internal IntrinsicInterest? Instructions { get; }

    public bool HasRules => Rules.Count > 0;

    /// <summary>The rules of one kind.</summary>
    public IReadOnlyList<RuleModel> RulesOf(RuleKind kind) => byKind[(int)kind];

    /// <summary>Says quickly of most calls that no rule of a kind matches them: they need no <see cref="CallShape"/> at all.</summary>
    public bool MayMatch(RuleKind kind, MethodSymbol callee) =>
        byKind[(int)kind].Length > 0 && (namesByKind[(int)kind] is not { } names || names.Contains(callee.Name));

    /// <summary>The same for all kinds at once.</summary>
    public bool MayMatch(MethodSymbol callee)
    {
        for (var kind = 0; kind < Kinds; kind++)
        {
            if (MayMatch((RuleKind)kind, callee))
                return true;
        }
        return false;
    }

    /// <summary>Whether the answer for a kind depends on where the call stands.</summary>
    internal bool LooksAtCaller(RuleKind kind) => looksAtCaller[(int)kind];

    public override string ToString() => Context.DisplayName;

    private static IEnumerable<string> NamesOf(RuleModel rule)
    {
        var names = rule.Target.MemberList.Select(member => member.Name);
        // Allocations of objects are seen where their constructors are called.
        return IntrinsicLibrary.IsIntrinsics(rule.Target.DeclaringType?.Named) && names.Contains(IntrinsicLibrary.NewObject) ? names.Concat([".ctor"]) : names;
    }

    private static bool LooksAtCaller(Pointcut pointcut) => pointcut switch
    {
        OrPointcut or => or.Operands.Any(LooksAtCaller),
        AndPointcut and => and.Operands.Any(LooksAtCaller),
        NotPointcut not => LooksAtCaller(not.Operand),
        WithinPointcut => true,
        _ => false,
    };
}
