using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;
using Cassette.Fody.Rules;
using Mono.Cecil.Cil;
using CallSite = Cassette.Fody.Discovery.CallSite;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>Writes one call that rules apply to.</summary>
internal sealed class RuledCall
{
    private readonly TypeUniverse types;
    private readonly BlockWriter writer;
    private readonly CallLowering lowering;
    private readonly Instruction call;
    private readonly CallSite site;
    private readonly SiteRules rules;
    private readonly SourceSpan? source;
    private readonly RuleOperands operands;
    private readonly StackType[] pushed;
    private readonly StackType[] below;
    private readonly TypeSymbol? resultType;
    private readonly bool hooksThrow;
    private readonly bool isHandedOn;
    private StackType[] kept;
    private Local[]? arguments;
    private Local? result;
    private Local? proceed;

    public RuledCall(CallLowering lowering, Instruction call, CallSite site, SiteRules rules, StackType[] stack, SourceSpan? source, bool isHandedOn)
    {
        types = lowering.Types;
        writer = lowering.Writer;
        this.lowering = lowering;
        this.call = call;
        this.site = site;
        this.rules = rules;
        this.source = source;
        this.isHandedOn = isHandedOn;
        var count = StackMachine.PopsOfCall(call);
        below = [.. stack.Take(stack.Length - count)];
        pushed = [.. stack.Skip(stack.Length - count)];
        kept = stack;
        var leaves = call.Code == Code.Newobj ? call.Method.DeclaringType : call.Method.ReturnType;
        resultType = leaves.Shape == TypeShape.Void ? null : leaves;
        // A try cannot stand in a filter (ECMA-335 I.12.4.2.7 lets nothing but the filter's own flow in), so a throw there goes unhooked.
        hooksThrow = !rules.Throwhook.IsEmpty && !IsInFilter(writer.Current.Region);
        operands = new RuleOperands(lowering, call, site, rules.Call, source);
    }

    /// <summary>A struct's constructor called on a place of its own: the same <c>new</c> as <c>newobj</c>, its result left in the place.</summary>
    private bool IsConstructionInPlace => call.Code == Code.Call && call.Method.IsConstructor;

    public void Write()
    {
        if (NeedsArguments())
            SpillArguments();
        if (hooksThrow)
            SpillBelow();
        if (RunsFirst())
        {
            WriteCore(isKept: true);
            WritePrehooks();
        }
        else
        {
            WritePrehooks();
            if (hooksThrow)
                WriteProtected();
            else
                WriteCore();
        }
        if (!rules.Posthook.IsEmpty)
            WritePosthooks();
        if (hooksThrow)
            operands.Reload();
        if (result != null)
            writer.Emit(Code.Ldloc, result);
        if (rules.AreAwaited)
            lowering.Helpers.AwaitedCalls.Emit(lowering, call, site, source, operands.Arguments, resultType!);
    }

    private static bool IsInFilter(Region? region)
    {
        for (; region != null; region = region.Parent)
        {
            if (region.Kind == RegionKind.Filter)
                return true;
        }
        return false;
    }

    private bool NeedsArguments() =>
        hooksThrow || IsConstructionInPlace && !rules.Posthook.IsEmpty || !rules.Primitive.IsEmpty || !rules.Fallback.IsEmpty
        || rules.Prehook.Bindings.Any(b => b.Result == RuleResult.Proceed)
        || rules.Bindings.Any(b => b.Operands.Any(o => o.Source is OperandSource.Argument or OperandSource.ObjectArray or OperandSource.Tuple or OperandSource.Call)
            || b.Tests.Any(t => t.Subject == OperandSource.Argument));

    /// <summary>
    /// Whether the call is an operation that may as well be done before its prehooks: nobody can tell when it neither throws nor touches memory, and one result has
    /// to be kept while they run where two operands had to. (The JIT copies an operand that it knows from elsewhere, such as an array's element, to keep it.)
    /// A hook that throws loses the result, which nobody sees either. Where another level has something to say to the operation, its hooks stay in their order.
    /// </summary>
    private bool RunsFirst() =>
        !hooksThrow && !rules.Prehook.IsEmpty && rules.Primitive.IsEmpty && rules.Fallback.IsEmpty && rules.Prehook.Bindings.All(b => b.Result != RuleResult.Proceed)
        && site is { Intrinsic: { } intrinsic, Plain: not { HasRulesAnywhere: true }, Outer: not { HasRulesAnywhere: true } } && ArithmeticPresenter.IsSilent(intrinsic);

    private void SpillArguments()
    {
        var declared = call.Method.Parameters;
        var receivers = pushed.Length - declared.Length - call.Method.VarArgs.Length;
        arguments = new Local[pushed.Length];
        for (var i = pushed.Length - 1; i >= 0; i--)
        {
            var type = i < receivers ? TypeOf(pushed[i]) ?? call.Method.ThisType! : i - receivers < declared.Length ? declared[i - receivers] : call.Method.VarArgs[i - receivers - declared.Length];
            arguments[i] = writer.Temporary(type);
            writer.Emit(Code.Stloc, arguments[i]);
        }
        kept = below;
        operands.Arguments = IsConstructionInPlace ? [.. arguments.Skip(1)] : arguments;
    }

    private void SpillBelow()
    {
        operands.Spill(below);
        kept = [];
    }

    private TypeSymbol? TypeOf(StackType type) => type.Kind == StackKind.ByRef ? types.ByRef(type.Type!) : RuleOperands.IsBox(type) ? null : type.Type;

    private void WritePrehooks()
    {
        var bindings = rules.Prehook.Bindings;
        if (bindings.Count == 0)
            return;
        if (bindings.Any(b => b.Result == RuleResult.Proceed))
        {
            proceed = writer.Temporary(types.Boolean);
            if (!(bindings.Count == 1 && bindings[0].IsUnconditional))
            {
                writer.Emit(Code.Ldc_I4, 1);
                writer.Emit(Code.Stloc, proceed);
            }
        }
        WriteChain(bindings, binding =>
        {
            operands.EmitCall(binding, kept);
            if (binding.Result == RuleResult.Proceed)
                writer.Emit(Code.Stloc, proceed!);
            else if (binding.Result == RuleResult.Discard)
                operands.EmitDiscard(binding);
        }, null);
    }

    private void WriteCore(bool isKept = false)
    {
        if (arguments is null)
        {
            lowering.WriteRouted(call, site, kept, source, isHandedOn);
            kept = below;
            KeepResult(isKept);
            return;
        }
        if (proceed is null)
        {
            WriteOverdub();
            KeepResult(isKept);
            return;
        }
        Block native = writer.NewBlock(kept), end = writer.NewBlock(AfterCall());
        writer.Emit(Code.Ldloc, proceed);
        writer.BranchOver(Code.Brfalse, native, kept);
        WriteOverdub();
        writer.Jump(end);
        writer.Start(native);
        EmitArguments();
        lowering.WritePlain(call, site, [.. kept, .. pushed], source, isHandedOn);
        writer.RunInto(end);
        KeepResult(isKept);
    }

    /// <summary>Primitive, else clone, else fallback; leaves the result on the stack.</summary>
    private void WriteOverdub()
    {
        if (rules.Primitive.IsEmpty)
            WriteCloneOrFallback();
        else
            WriteChain(rules.Primitive.Bindings, WriteReplacement, rules.Primitive.IsTotal ? null : WriteCloneOrFallback, AfterCall());
    }

    private void WriteCloneOrFallback()
    {
        if (rules.Fallback.IsEmpty)
            WriteDefault();
        else
            WriteChain(rules.Fallback.Bindings, WriteReplacement, rules.Fallback.IsTotal ? null : WriteDefault, AfterCall());
    }

    private void WriteDefault()
    {
        EmitArguments();
        lowering.WriteRouted(call, site, [.. kept, .. pushed], source, isHandedOn);
    }

    private void WriteReplacement(RuleBinding binding)
    {
        if (IsConstructionInPlace)
            writer.Emit(Code.Ldloc, arguments![0]);
        operands.EmitCall(binding, kept);
        switch (binding.Result)
        {
            case RuleResult.Discard:
                operands.EmitDiscard(binding);
                break;
            case RuleResult.Use:
                operands.Convert(binding.ResultConversion, null);
                break;
        }
        if (IsConstructionInPlace)
            writer.Emit(Code.Stobj, call.Method.DeclaringType);
    }

    private StackType[] AfterCall() => resultType is null ? kept : [.. kept, StackType.Of(resultType)];

    /// <summary>Puts the result away where a hook or the restored stack needs it, or where hooks are still to run.</summary>
    private void KeepResult(bool isKept)
    {
        if (resultType is null)
        {
            if (IsConstructionInPlace && !rules.Posthook.IsEmpty && operands.Output is null && arguments != null)
                operands.Output = (arguments[0], IsAddress: true);
            return;
        }
        if (!isKept && !hooksThrow && rules.Posthook.IsEmpty)
            return;
        result = writer.Temporary(resultType);
        writer.Emit(Code.Stloc, result);
        operands.Output = (result, IsAddress: false);
    }

    private void WritePosthooks() => WriteChain(rules.Posthook.Bindings, binding =>
    {
        if (binding.Result == RuleResult.Replace && IsConstructionInPlace)
            writer.Emit(Code.Ldloc, arguments![0]);
        operands.EmitCall(binding, kept);
        switch (binding.Result)
        {
            case RuleResult.Discard:
                operands.EmitDiscard(binding);
                break;
            case RuleResult.Replace:
                operands.Convert(binding.ResultConversion, null);
                if (IsConstructionInPlace)
                    writer.Emit(Code.Stobj, call.Method.DeclaringType);
                else
                    writer.Emit(Code.Stloc, result!);
                break;
        }
    }, null);

    /// <summary>
    /// The call in a try of its own. A filter, which accepts nothing, notes the exception while a handler is looked for; a fault handler runs the
    /// throwhook once one is found and the stack unwinds. Catching and throwing again would run the callee's <c>finally</c> blocks before the
    /// callers' filters are asked, which the program can see. Where nobody catches, the process ends and no throwhook runs. The handler behind the
    /// filter is never entered; were it to leave for what follows the call, every call would be a place where two ways meet, and the JIT's proof
    /// that an index only grows walks all ways through a loop: with some thirty calls in it, it did not end.
    /// </summary>
    private void WriteProtected()
    {
        var outer = writer.Current.Region;
        var noted = new Region(RegionKind.Try, outer);
        var @try = new Region(RegionKind.Try, noted);
        var fault = new Region(RegionKind.Fault, noted) { Try = @try };
        var filter = new Region(RegionKind.Filter, outer) { Try = noted };
        var never = new Region(RegionKind.FilteredCatch, outer) { Try = noted, Filter = filter };
        @try.Handlers.Add(fault);
        noted.Handlers.Add(never);
        StackType[] thrown = [new StackType(StackKind.Object, types.Object)];
        Block body = writer.NewBlock([], @try), unwinding = writer.NewBlock([], fault), end = writer.NewBlock([], outer);
        Block noting = writer.NewBlock(thrown, filter), unreached = writer.NewBlock(thrown, never);
        noted.Entry = @try.Entry = body;
        fault.Entry = unwinding;
        filter.Entry = noting;
        never.Entry = unreached;
        operands.Exception = writer.Temporary(types.Exception);
        writer.RunInto(body);
        WriteCore();
        writer.Emit(Code.Leave, end);
        writer.Start(unwinding);
        WriteChain(rules.Throwhook.Bindings, binding =>
        {
            operands.EmitCall(binding, kept);
            if (binding.Result == RuleResult.Discard)
                operands.EmitDiscard(binding);
        }, null);
        writer.Emit(Code.Endfinally);
        writer.Start(noting);
        writer.Emit(Code.Isinst, types.Exception);
        writer.Emit(Code.Stloc, operands.Exception);
        writer.Emit(Code.Ldc_I4, 0);
        writer.Emit(Code.Endfilter);
        writer.Start(unreached);
        writer.Emit(Code.Pop);
        writer.Emit(Code.Rethrow);
        writer.Start(end);
    }

    private void EmitArguments()
    {
        foreach (var argument in arguments!)
            writer.Emit(Code.Ldloc, argument);
    }

    private void WriteChain(IReadOnlyList<RuleBinding> bindings, Action<RuleBinding> run, Action? otherwise, StackType[]? after = null) =>
        new RuleChain(writer, operands).Write(bindings, run, otherwise, kept, after ?? kept);
}
