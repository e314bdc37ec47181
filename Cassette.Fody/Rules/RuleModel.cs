using System.Diagnostics;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>
/// One rule of one closed context: a static method and one of its rule attributes. A method with two attributes is two rules.
/// </summary>
/// <remarks>
/// <para>The law of parameters. They come in this order: the context; a posthook's output or a throwhook's exception; optionally the
/// <c>JoinPoint</c>; the call's arguments, the receiver first.</para>
/// <para>Output. A posthook's parameter after the context is the output, unless it is the <c>JoinPoint</c>,
/// <c>params object?[]</c>, or a last <c>TArgs : struct, ITuple</c>. So <c>(Ctx ctx)</c>, <c>(Ctx ctx, JoinPoint f)</c> and
/// <c>(Ctx ctx, JoinPoint f, double x)</c> take no output and see calls whatever they return;
/// <c>(Ctx ctx, double output, ...)</c> sees calls that return a <c>double</c>, or an object that turns out to be one;
/// <c>(Ctx ctx, object? output, ...)</c> sees every call, those that return nothing with <c>null</c>;
/// <c>&lt;T&gt;(Ctx ctx, T output, ...)</c> sees every call whose result satisfies the constraints, those that return nothing with
/// <c>T = Nothing</c>. A posthook that returns a value replaces the output by it.</para>
/// <para>Arguments. Without a parameter for them the rule matches calls whatever their arguments. A typed parameter takes an argument of its
/// type or a subtype, and, after a test at run time, one whose static type is wider. Reference arguments (<c>ref</c>, <c>in</c>, and the
/// receivers of structs' methods) are taken by <c>ref T</c> or <c>in T</c> as they are and by <c>T</c> as a copy; an <c>out</c> argument,
/// which has no value before the call, only by <c>ref</c> or <c>out</c>, except in a posthook. Generic parameters are bound from static types alone;
/// a run-time type never binds one. By-ref-like arguments reach parameters of their type and generic ones that allow them; among
/// swallowed arguments an <c>Unboxable</c> stands for them.</para>
/// <para>Result. A primitive or fallback returns what the call returns, or what converts to it by reference; a generic return type is bound
/// from the arguments, or else from the call's result.</para>
/// </remarks>
[DebuggerDisplay("{DisplayName}")]
public sealed class RuleModel
{
    internal RuleModel(RuleKind kind, MethodDefinition definition, TypeSymbol declaringType, TypeSymbol?[] preset, RuleTarget target, RuleSignature signature, int order)
    {
        Kind = kind;
        Definition = definition;
        DeclaringType = declaringType;
        Preset = preset;
        Target = target;
        Signature = signature;
        Order = order;
    }

    public RuleKind Kind { get; }

    public MethodDefinition Definition { get; }

    /// <summary>The type that the rule stands in, with the context's arguments put in.</summary>
    public TypeSymbol DeclaringType { get; }

    public RuleTarget Target { get; }

    public RuleSignature Signature { get; }

    /// <summary>Whether a posthook waits for the task that the call returns.</summary>
    public bool Await { get; internal set; }

    /// <summary>The first line of the rule's body, where symbols tell.</summary>
    public SourcePosition? Position { get; internal set; }

    /// <summary>The method's generic arguments that the context decides; null for those that a call binds.</summary>
    internal TypeSymbol?[] Preset { get; }

    /// <summary>The place among the context's rules: its own type's first, then base types', then <c>[Rules]</c> classes'.</summary>
    internal int Order { get; }

    /// <summary><c>MyTools.TraceCtx.Before</c></summary>
    public string DisplayName => RuleNames.Of(Definition);

    /// <summary>With the position, for messages about two rules.</summary>
    public string Located => Position is { } position ? DisplayName + "' at '" + position : DisplayName;

    public override string ToString() => DisplayName;
}
