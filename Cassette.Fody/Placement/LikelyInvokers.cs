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
/// Invokers for a delegate type on known type arguments, of which the module makes more delegates than are compared one after the other. In C#:
/// <code>
/// static R Likely@Ctx&lt;TPlace&gt;(D d, args, Ctx context)
/// {
///     switch (Likely&lt;TPlace&gt;.Candidate)
///     {
///         case 0:
///             if (Likely&lt;TPlace&gt;.Decision == 0) Likely&lt;TPlace&gt;.Count(Candidate@Ctx(d));
///             else if (Likely&lt;TPlace&gt;.Decision > 0) return LikelyLate@Ctx&lt;TPlace&gt;(d, args, context);
///             break;
///         case 1: if (DelegateTable.Code(d) == &amp;Target.Lambda) return DelegateTable.Receiver&lt;Target&gt;(d).Lambda@Ctx(args, context); break;
///         ...
///     }
///     return Invoke@Ctx(d, args, context);
/// }
/// </code>
/// Each call has a struct of its own for <c>TPlace</c>, and nothing besides. Of the <c>switch</c> one case is left when the JIT optimises, for which see
/// the library's <c>Likely</c>: as natively, where the JIT guesses by its profile, the one delegate that comes mostly is inlined. Code that was
/// optimised before, which is all code where the run time compiles once only, calls a method that has the same cases and is compiled later.
/// </summary>
internal sealed class LikelyInvokers(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, DelegateCandidates candidates, DirectInvokers direct)
{
    /// <summary>Code that is not optimised has a case for each.</summary>
    private const int MaxTargets = 16;

    private readonly Dictionary<(TypeSymbol, ContextStack, string), MethodDefinition> invokers = [];
    private int places;

    /// <summary>The invoker for one more place; null where there are too few candidates to choose from, or too many.</summary>
    /// <param name="delegateType">The delegate type.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">The author's method that calls the delegate; null where it is not known.</param>
    public MethodSymbol? For(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller)
    {
        if (caller is null || candidates.For(delegateType, stack, caller) is not { Count: > DirectInvokers.MaxTargets and <= MaxTargets } guesses)
            return null;
        var key = (delegateType, stack, DelegateCandidates.KeyOf(guesses));
        if (!invokers.TryGetValue(key, out var invoker))
            invokers.Add(key, invoker = Write(delegateType, stack, guesses, isLate: false));
        var place = holder.AddStruct("Place" + places++, isByRefLike: false);
        return OnPlace(invoker, types.Import(place, GenericScope.Empty));
    }

    private MethodSymbol OnPlace(MethodDefinition invoker, TypeSymbol place) => types.Method(invoker, types.Import(holder.Type, GenericScope.Empty), [place]);

    /// <param name="delegateType">The delegate type.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="guesses">The candidates.</param>
    /// <param name="isLate">Whether it is for code that was optimised before anything was decided, where nothing is counted.</param>
    private MethodDefinition Write(TypeSymbol delegateType, ContextStack stack, IReadOnlyList<MethodSymbol> guesses, bool isLate)
    {
        var method = direct.Declare(isLate ? "LikelyLate" : "Likely", delegateType, stack);
        method.GenericParameters.Add(new GenericParameter("TPlace", method)
        {
            Attributes = GenericParameterAttributes.NotNullableValueTypeConstraint | GenericParameterAttributes.DefaultConstructorConstraint,
        });
        if (isLate)
            method.ImplAttributes = MethodImplAttributes.NoInlining;
        var likely = types.Instantiate(library.Type("Cassette.Runtime.Likely`1"), types.ParametersOf(method));
        var body = MethodFrame.Of(types, method);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        var cases = guesses.Select(_ => writer.NewBlock([])).ToArray();
        var other = writer.NewBlock([]);
        var undecided = isLate ? other : writer.NewBlock([]);
        writer.Emit(Code.Ldsfld, Field(likely, "Candidate"));
        writer.Emit(Code.Switch, new[] { undecided }.Concat(cases).ToArray());
        writer.RunInto(other);
        direct.EmitSearch(writer, delegateType, stack);
        for (var i = 0; i < cases.Length; i++)
        {
            writer.Start(cases[i]);
            direct.EmitGuess(writer, guesses[i], stack, other);
        }
        if (!isLate)
        {
            writer.Start(undecided);
            WriteUndecided(writer, delegateType, stack, guesses, likely, other);
        }
        writer.Finish();
        holder.AddBody(body, method);
        return method;
    }

    private void WriteUndecided(BlockWriter writer, TypeSymbol delegateType, ContextStack stack, IReadOnlyList<MethodSymbol> guesses, TypeSymbol likely, Block other)
    {
        var counted = writer.NewBlock([]);
        writer.Emit(Code.Ldsfld, Field(likely, "Decision"));
        writer.BranchOver(Code.Brfalse, counted, []);
        writer.Emit(Code.Ldsfld, Field(likely, "Decision"));
        writer.Emit(Code.Ldc_I4, 0);
        writer.BranchOver(Code.Blt, other, []);
        direct.EmitPassOn(writer, OnPlace(Write(delegateType, stack, guesses, isLate: true), likely.Arguments[0]));
        writer.Start(counted);
        writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
        writer.Emit(Code.Call, WriteCandidate(delegateType, stack, guesses));
        writer.Emit(Code.Call, library.Method(likely, "Count", 1));
        writer.Jump(other);
    }

    /// <summary><c>static int Candidate@Ctx(D d)</c>: the number of what a delegate is made of, from 1; -1 where it is none of the candidates.</summary>
    private MethodSymbol WriteCandidate(TypeSymbol delegateType, ContextStack stack, IReadOnlyList<MethodSymbol> guesses)
    {
        var method = holder.AddMethod("Candidate@" + stack.Name, declared =>
        {
            declared.ReturnType = types.Module.TypeSystem.Int32;
            declared.Parameters.Add(new ParameterDefinition("d", ParameterAttributes.None, importer.Import(delegateType)));
        });
        var body = MethodFrame.Of(types, method);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        for (var i = 0; i < guesses.Count; i++)
        {
            var next = writer.NewBlock([]);
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            DirectInvokers.EmitTest(writer, library, guesses[i], next);
            writer.Emit(Code.Ldc_I4, i + 1);
            writer.Emit(Code.Ret);
            writer.Start(next);
        }
        writer.Emit(Code.Ldc_I4, -1);
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method);
        return types.Import(method, GenericScope.Empty);
    }

    private FieldSymbol Field(TypeSymbol likely, string name) => types.Field(likely.Definition!.Fields.First(f => f.Name == name), likely);
}
