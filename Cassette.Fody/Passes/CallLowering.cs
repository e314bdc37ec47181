using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Placement;
using Cassette.Fody.Rules;
using Mono.Cecil.Cil;
using CallSite = Cassette.Fody.Discovery.CallSite;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>
/// Writes what takes the place of one call in a clone. Without rules that is the context and the clone's name. With rules it is
/// <code>
/// prehook(context, g, x...)
/// result = overdub(context, g, x...)
/// posthook(context, result, g, x...)
/// </code>
/// where parts that no rule matches are not written. In a clone for several contexts the innermost level is written first, and each call that
/// it makes (of the clone, of a rule, of the plain callee) is written as the next outer level sees it.
/// </summary>
internal sealed class CallLowering(TypeUniverse types, BlockWriter writer, PlannedClone clone, ContextSource contexts, Shells shells, Helpers helpers, JoinPoints joinPoints, RuntimeLibrary library)
{
    private readonly ScopeKeeper scopes = new(writer.Body);

    /// <summary>Whether any call needs the types on the stack: those with rules do.</summary>
    public bool NeedsStack { get; } = clone.Sites.Values.Any(HasRules);

    /// <summary>Binds the delegates that native calls are handed.</summary>
    public DelegateBinding Delegates { get; } = new(writer, clone, contexts, helpers);

    /// <summary>What calls are written with.</summary>
    public TypeUniverse Types => types;

    public BlockWriter Writer => writer;

    public PlannedClone Clone => clone;

    public Helpers Helpers => helpers;

    public JoinPoints JoinPoints => joinPoints;

    public RuntimeLibrary Library => library;

    public void Lower(Instruction call, CallSite site, StackMachine? machine, SourceSpan? source)
    {
        var start = (Block: writer.Current, Index: writer.Current.Instructions.Count);
        Write(site.Intrinsic?.Call ?? call, site, machine is null ? [] : [.. machine.Stack], source);
        writer.ReleaseTemporaries();
        // What was written for the call stands in its place: in the author's source, and where a scope starts or ends. The JIT takes a
        // sequence point for a stack trace's line only where the stack is empty, so it must not stay behind what was put before the call.
        var first = start.Index < start.Block.Instructions.Count ? start.Block.Instructions[start.Index] : writer.Current.Instructions[0];
        first.Source = call.Source;
        scopes.Move(call, first);
    }

    /// <summary>Writes a call as one level sees it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="site">The level's site.</param>
    /// <param name="stack">What is on the stack, the arguments on top.</param>
    /// <param name="source">Where the author wrote it.</param>
    /// <param name="isHandedOn">Whether a level further in has bound the delegates that the call passes to that level's contexts.</param>
    public void Write(Instruction call, CallSite site, StackType[] stack, SourceSpan? source, bool isHandedOn = false)
    {
        if (site.Rules is { } rules)
            new RuledCall(this, call, site, rules, stack, source, isHandedOn).Write();
        else
            WriteRouted(call, site, stack, source, isHandedOn);
    }

    /// <summary>Writes the call that a level makes when no primitive of it takes the call.</summary>
    public void WriteRouted(Instruction call, CallSite site, StackType[] stack, SourceSpan? source, bool isHandedOn = false)
    {
        if (site.Route == CallRoute.Native)
        {
            var after = isHandedOn || site.Intrinsic != null ? null : Delegates.Bind(call, site.Goes);
            WritePlain(call, site, stack, source, isHandedOn: true);
            after?.Invoke();
        }
        else if (site.Route == CallRoute.Entry)
        {
            // The contexts that the code runs in already go along, to be the outer ones.
            EmitContexts(clone.Stack.Depth + site.Form.Inner, clone.Stack.Depth);
            EmitContexts(clone.Stack);
            Append(call, Code.Call, helpers.ReturnedDelegates.Entry(site.Entry!, call.Method, clone.Author, site.Form));
        }
        else if (site.Outer is { } outer)
        {
            Write(call, outer, stack, source);
        }
        else if (site.Route == CallRoute.Exact && site.Callee is { } known)
        {
            EmitContexts(site.Goes);
            Append(call, known.HasThis && !known.DeclaringType.IsValueType ? Code.Callvirt : Code.Call, shells.Exact(known, site.Goes), isSameCallee: false);
        }
        else if (site.Route == CallRoute.Exact)
        {
            var callee = shells.ExactFor(call, call.Method, site.Goes, site.Place);
            if (Shells.LosesNullCheck(call, callee))
                EmitNullCheck(call.Method);
            if (site.Place is { } place)
                EmitContexts(place.Code.Depth, place.Level.Depth);
            EmitContexts(site.Goes, call.Method.IsConstructor);
            Append(call, callee.HasThis ? call.Code : call.Code == Code.Callvirt ? Code.Call : call.Code, callee);
        }
        else
        {
            // Where the author's call would, and not in the method that makes the test.
            if (site is { Route: CallRoute.Family, Self: null })
                EmitNullCheck(call.Method);
            EmitContexts(site.Goes);
            switch (site.Route)
            {
                case CallRoute.Slot when site.Self is { } self:
                    Append(call, Code.Call, helpers.FamilyCalls.OnParameter(call.Method, self, shells.Slot(call.Method, site.Goes), site.Goes), isSameCallee: false);
                    break;
                case CallRoute.Slot:
                    Append(call, call.Code, shells.Slot(site.Callee ?? call.Method, site.Goes));
                    break;
                case CallRoute.Pointer:
                    Append(call, Code.Call, helpers.PointerCalls.For((CallSignature)call.Operand!, site.Goes), isSameCallee: false);
                    break;
                case CallRoute.Construction:
                    Append(call, Code.Call, helpers.ConstructionCalls.For(call.Method, site.Constructors!, site.Goes), isSameCallee: false);
                    break;
                case CallRoute.Family when site.Classes is { } classes:
                    Append(call, Code.Call, helpers.ExactCalls.For(classes, site.Goes, clone.Method), isSameCallee: false);
                    break;
                case CallRoute.Family:
                    Append(call, Code.Call, helpers.FamilyCalls.For(site.Callee!, site.Self, site.Goes), isSameCallee: false);
                    break;
                default:
                    Append(call, Code.Call, site.Invoker ?? helpers.Invoker(call.Method.DeclaringType, site.Goes, clone.Author));
                    break;
            }
        }
    }

    /// <summary>Writes the call that a level leaves native.</summary>
    public void WritePlain(Instruction call, CallSite site, StackType[] stack, SourceSpan? source, bool isHandedOn = false)
    {
        if (site.Plain is { } plain)
            Write(call, plain, stack, source, isHandedOn);
        else if (site.Intrinsic is { Raw: var raw })
            WriteInstruction(raw, () => Append(raw, raw.Code, raw.Operand));
        else if (AsksForItself(call))
            WriteCurrentMethod(call);
        else
            Append(call, call.Code, call.Operand!);
    }

    /// <summary>Whether a call asks which method makes it.</summary>
    private static bool AsksForItself(Instruction call) =>
        call.Operand is MethodSymbol { Name: "GetCurrentMethod", Parameters.Length: 0, DeclaringType.Named: { Namespace: "System.Reflection", Name: "MethodBase" } };

    /// <summary>
    /// The running method would be the clone, whose parameters are not the author's. The runtime answers with the definition of a generic method,
    /// in the definition of a generic type, which is what tokens of definitions name.
    /// </summary>
    private void WriteCurrentMethod(Instruction call)
    {
        var type = types.Import(clone.Method.DeclaringType, GenericScope.Empty);
        writer.Emit(Code.Ldtoken, types.Method(clone.Method, type, []));
        writer.Emit(Code.Ldtoken, type);
        Append(call, Code.Call, library.Method(call.Method.DeclaringType, "GetMethodFromHandle", 2), isSameCallee: false);
    }

    /// <summary>Writes an instruction that is no site.</summary>
    public void WriteUntouched(Instruction instruction) => WriteInstruction(instruction, () => writer.Append(instruction));

    /// <summary>Writes an instruction as it is, with what a delegate in a field outside needs around it.</summary>
    private void WriteInstruction(Instruction instruction, System.Action write)
    {
        Delegates.BindKept(instruction);
        write();
        Delegates.UnbindKept(instruction);
    }

    /// <summary>Writes the call of a rule, its arguments on the stack.</summary>
    public void WriteRule(MethodSymbol rule, CallSite site, RuleBinding binding, StackType[] stack, SourceSpan? source)
    {
        var call = new Instruction(Code.Call, rule);
        if (site.OuterOfRules is { } sites && sites.TryGetValue(binding, out var outer))
            Write(call, binding.TakesCall ? helpers.Rules.ForCallStruct(outer, call, clone.Author, source) : outer, [.. stack, .. rule.Parameters.Select(StackType.Of)], source);
        else
            writer.Append(call);
    }

    /// <summary>Where the body has its contexts.</summary>
    public ContextSource Contexts => contexts;

    /// <summary>Loads the contexts of a clone that is called: the end of this one's list.</summary>
    public void EmitContexts(ContextStack stack, bool forConstructor = false) => contexts.EmitCarried(writer, stack.Depth, 0, forConstructor);

    /// <summary>Loads the contexts that clones carry from one depth up to, without it, another.</summary>
    public void EmitContexts(int deepest, int above) => contexts.EmitCarried(writer, deepest, above);

    /// <summary>
    /// What <c>callvirt</c> does first, for a callee that is called otherwise: here and not in the callee, so that the exception comes from
    /// where it came from. The arguments are evaluated by now and lie above the receiver.
    /// </summary>
    private void EmitNullCheck(MethodSymbol callee)
    {
        var arguments = new Local[callee.Parameters.Length];
        for (var i = arguments.Length - 1; i >= 0; i--)
        {
            arguments[i] = writer.Temporary(callee.Parameters[i]);
            writer.Emit(Code.Stloc, arguments[i]);
        }
        EmitNullCheck(writer, library);
        foreach (var argument in arguments)
            writer.Emit(Code.Ldloc, argument);
    }

    /// <summary>Throws when the reference on the stack is null, which stays there.</summary>
    public static void EmitNullCheck(BlockWriter writer, RuntimeLibrary library)
    {
        // Not a call of GetType, which the JIT makes even when the result is thrown away.
        var content = library.Type("Cassette.Runtime.ObjectContent");
        writer.Emit(Code.Dup);
        writer.Emit(Code.Call, library.UnsafeAs(content));
        writer.Emit(Code.Ldfld, writer.Body.Types.Field(content.Definition!.Fields.First(f => f.Name == "First"), content));
        writer.Emit(Code.Pop);
    }

    private static bool HasRules(CallSite? site) =>
        site != null && (site.Rules != null || HasRules(site.Outer) || HasRules(site.Plain));

    private void Append(Instruction call, Code code, object? callee, bool isSameCallee = true) => writer.Append(new Instruction(code, callee)
    {
        // A call in tail position stays there, unless it goes by a reference to its receiver.
        Prefixes = call.Prefixes & ~(code == call.Code && isSameCallee || call.Constrained is null && code is Code.Call or Code.Callvirt ? Prefixes.None : Prefixes.Tail),
        Constrained = code == call.Code && isSameCallee ? call.Constrained : null,
        Alignment = call.Alignment,
        NoOverdub = call.NoOverdub,
        OriginalOffset = call.OriginalOffset,
    });
}
