using System.Collections.Generic;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>Which calls a rule applies to, before its parameters are looked at: a type's members, a pointcut, both or neither.</summary>
public sealed class RuleTarget
{
    private readonly HashSet<MethodDefinition> members;

    internal RuleTarget(
        TypeSymbol? declaringType, string? name, TargetAccess access, IReadOnlyList<MethodDefinition> members, IReadOnlyList<Pointcut> pointcuts,
        IReadOnlyList<FieldDefinition>? fields = null)
    {
        Fields = fields ?? [];
        DeclaringType = declaringType;
        Name = name;
        Access = access;
        Pointcuts = pointcuts;
        MemberList = members;
        this.members = new HashSet<MethodDefinition>(members);
        Rank = declaringType is null ? pointcuts.Count > 0 ? TargetRank.Pattern : TargetRank.None
            : name is null ? TargetRank.Type : TargetRank.Member;
    }

    /// <summary>The type that declares or inherits the members; <c>List&lt;&gt;</c> without arguments stands for all its instantiations.</summary>
    public TypeSymbol? DeclaringType { get; }

    /// <summary>A method's, property's, event's or field's name; null for all members.</summary>
    public string? Name { get; }

    public TargetAccess Access { get; }

    /// <summary>The rule's own pointcut and those that the XML narrows it by; all of them have to match.</summary>
    public IReadOnlyList<Pointcut> Pointcuts { get; }

    public TargetRank Rank { get; }

    /// <summary>Whether the target is a generic type with any arguments.</summary>
    public bool IsAnyInstantiation => DeclaringType is { Arguments.Length: 0, Definition.HasGenericParameters: true };

    /// <summary>The methods that stand behind the named members, in declaration order; with a name inherited ones too.</summary>
    internal IReadOnlyList<MethodDefinition> MemberList { get; }

    /// <summary>The fields of the name, whose reads, writes and addresses are meant; inherited ones too.</summary>
    internal IReadOnlyList<FieldDefinition> Fields { get; }

    internal bool HasMember(MethodDefinition method) => members.Contains(method);

    /// <summary><c>System.Math.Sin</c>; for messages.</summary>
    public string DisplayName => DeclaringType is null ? "every call" : Name is null ? DeclaringType.DisplayName : DeclaringType.DisplayName + "." + Name;
}
