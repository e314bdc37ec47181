using System;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;
using Cassette.Fody.Rules;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>Makes sites of instructions that rules may want as calls, and says which of them the author wrote.</summary>
internal sealed class IntrinsicSites(InstructionPresenter presenter)
{
    /// <summary>The site of an instruction; null where no rule may want it, or where it is the compiler's own.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="machine">What is on the stack before it.</param>
    /// <param name="caller">The method that it stands in, as the author wrote it.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="source">The source that holds for it.</param>
    /// <param name="interest">What the contexts' rules may want.</param>
    public CallSite? Route(Instruction instruction, StackMachine machine, MethodDefinition caller, ContextStack stack, SourceSpan? source, IntrinsicInterest interest)
    {
        if (instruction.NoOverdub || presenter.Present(instruction, machine, interest) is not { } call)
            return null;
        var isAllocation = call.Name is IntrinsicLibrary.NewObject or "NewArray" or "Box";
        var isAuthors = !Plumbing.IsCompilerWritten(caller) && source is not { IsHidden: true } && !IsCompilerField(call.Field, caller);
        // Of calls only those are left by now that stay as they are: of a delegate's constructor.
        return call.Name == IntrinsicLibrary.NewObject ? Site(stack, call, false) with { IsPlumbingAllocation = true }
            : isAuthors || isAllocation ? Site(stack, call, true)
            : null;
    }

    /// <summary>The same instruction as the next outer context sees it.</summary>
    public static CallSite At(ContextStack outer, CallSite site) =>
        Site(outer, site.Intrinsic!, site.IsJoinPoint) with { IsPlumbingAllocation = site.IsPlumbingAllocation };

    /// <summary>Puts the comparison of a branch that compares before it, and makes the branch one that only asks for the answer.</summary>
    public static void Separate(MethodIR body, Block block, IntrinsicCall call)
    {
        if (call.Branch is not { } fused)
            return;
        var branch = fused.Instruction;
        block.Instructions.Insert(block.Instructions.Count - 1, call.Raw);
        branch.Code = fused.IsOnTrue ? Code.Brtrue : Code.Brfalse;
        call.Raw.Source = branch.Source;
        branch.Source = null;
        new ScopeKeeper(body).Move(branch, call.Raw);
    }

    /// <summary>Fields of closures and state machines, cached delegates, and what stands behind properties where they are not the accessors' own.</summary>
    private static bool IsCompilerField(FieldSymbol? field, MethodDefinition caller)
    {
        if (field is null)
            return false;
        return field.Name.StartsWith("<", StringComparison.Ordinal) && !(caller.IsGetter || caller.IsSetter)
            || field.DeclaringType.Definition is { } type && Plumbing.IsCompilerType(type);
    }

    private static CallSite Site(ContextStack stack, IntrinsicCall call, bool isJoinPoint) =>
        new(CallRoute.Native, null, LeaveReason.None, isJoinPoint) { Level = stack, Goes = stack, Intrinsic = call };
}
