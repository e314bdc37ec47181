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
/// Invokers for a delegate type on known type arguments that find out, for each place of a call, which one of several methods its delegates are mostly made of.
/// In C#:
/// <code>
/// static R Likely@Ctx&lt;TPlace&gt;(D d, args, Ctx context)
/// {
///     if (Likely&lt;TPlace&gt;.Candidate > 0) return Guess@Ctx&lt;TPlace&gt;(d, args, context);
///     if (Likely&lt;TPlace&gt;.Candidate == 0)
///     {
///         if (Likely&lt;TPlace&gt;.Decision > 0) return Late@Ctx&lt;TPlace&gt;(d, args, context);
///         if (Likely&lt;TPlace&gt;.Decision == 0) Likely&lt;TPlace&gt;.Count(Candidate@Ctx(d));
///     }
///     return Invoke@Ctx(d, args, context);
/// }
///
/// static R Guess@Ctx&lt;TPlace&gt;(D d, args, Ctx context)
/// {
///     switch (Likely&lt;TPlace&gt;.Candidate)
///     {
///         case 1: if (DelegateTable.Code(d) == &amp;Target.Lambda) return DelegateTable.Receiver&lt;Target&gt;(d).Lambda@Ctx(args, context); break;
///         ...
///     }
///     return Invoke@Ctx(d, args, context);
/// }
/// </code>
/// Each place has a struct of its own for <c>TPlace</c>, and nothing besides. One case is left when the JIT optimises, for which see the library's
/// <c>Likely</c>: as natively, where the JIT guesses by its profile, the one delegate that comes mostly is inlined. Code that was optimised before, which
/// is all code where the run time compiles once only, calls <c>Late</c>, which is not inlined, and so compiled later; it does what <c>Guess</c> does.
/// </summary>
/// <remarks>
/// Where the methods are few, any other delegate is compared with all of them before it is looked up. Only in modules that are compiled with
/// optimisation: in others nothing becomes a constant.
/// </remarks>
internal sealed class LikelyInvokers(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, DelegateCandidates candidates, DirectInvokers direct, Helpers helpers)
{
    /// <summary>Fewer are compared one after the other as quickly.</summary>
    private const int MinTargets = 3;

    /// <summary>Code that is not optimised has a case for each.</summary>
    private const int MaxTargets = 16;

    private readonly Dictionary<(TypeSymbol, ContextStack, string), MethodDefinition> invokers = [];
    private readonly bool isOptimized = ModuleFacts.IsOptimized(types.Module);
    private int places;

    /// <summary>The invoker for one more place; null where there is too little to choose from, or too much.</summary>
    /// <param name="delegateType">The delegate type.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">The author's method that calls the delegate; null where it is not known.</param>
    public MethodSymbol? For(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller)
    {
        if (!isOptimized || caller is null || candidates.For(delegateType, stack, caller) is not { Count: >= MinTargets and <= MaxTargets } guesses)
            return null;
        var key = (delegateType, stack, DelegateCandidates.KeyOf(guesses));
        if (!invokers.TryGetValue(key, out var invoker))
        {
            var other = helpers.DirectInvoker(delegateType, stack, caller) ?? helpers.SearchingInvoker(delegateType, stack, recurses: false);
            invokers.Add(key, invoker = Write(delegateType, stack, guesses, other));
        }
        var place = holder.AddStruct("Place" + places++, isByRefLike: false);
        return OnPlace(invoker, types.Import(place, GenericScope.Empty));
    }

    private MethodDefinition Write(TypeSymbol delegateType, ContextStack stack, IReadOnlyList<MethodSymbol> guesses, MethodSymbol search)
    {
        var method = Declare("Likely", delegateType, stack);
        var place = types.ParametersOf(method)[0];
        var guess = WriteGuess(delegateType, stack, guesses, search);
        var writer = Begin(method);
        Block undecided = writer.NewBlock([]), counted = writer.NewBlock([]), other = writer.NewBlock([]);
        writer.Emit(Code.Ldsfld, Field(place, "Candidate"));
        writer.Emit(Code.Ldc_I4, 0);
        writer.BranchOver(Code.Ble, undecided, []);
        direct.EmitPassOn(writer, OnPlace(guess, place));
        writer.Start(undecided);
        writer.Emit(Code.Ldsfld, Field(place, "Candidate"));
        writer.BranchOver(Code.Brtrue, other, []);
        writer.Emit(Code.Ldsfld, Field(place, "Decision"));
        writer.Emit(Code.Ldc_I4, 0);
        writer.BranchOver(Code.Ble, counted, []);
        direct.EmitPassOn(writer, OnPlace(WriteLate(delegateType, stack, guess), place));
        writer.Start(counted);
        writer.Emit(Code.Ldsfld, Field(place, "Decision"));
        writer.BranchOver(Code.Brtrue, other, []);
        writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
        writer.Emit(Code.Call, WriteCandidate(delegateType, stack, guesses));
        writer.Emit(Code.Call, library.Method(Likely(place), "Count", 1));
        writer.RunInto(other);
        direct.EmitPassOn(writer, search);
        End(writer, method);
        return method;
    }

    /// <summary><c>Guess@Ctx</c>: the call of the candidate that is likely, if the delegate is made of it.</summary>
    private MethodDefinition WriteGuess(TypeSymbol delegateType, ContextStack stack, IReadOnlyList<MethodSymbol> guesses, MethodSymbol search)
    {
        var method = Declare("Guess", delegateType, stack);
        var writer = Begin(method);
        var cases = guesses.Select(_ => writer.NewBlock([])).ToArray();
        var other = writer.NewBlock([]);
        writer.Emit(Code.Ldsfld, Field(types.ParametersOf(method)[0], "Candidate"));
        writer.Emit(Code.Switch, new[] { other }.Concat(cases).ToArray());
        writer.RunInto(other);
        direct.EmitPassOn(writer, search);
        for (var i = 0; i < cases.Length; i++)
        {
            writer.Start(cases[i]);
            direct.EmitGuess(writer, guesses[i], stack, other);
        }
        End(writer, method);
        return method;
    }

    /// <summary><c>Late@Ctx</c>: the same for code that takes nothing for decided.</summary>
    private MethodDefinition WriteLate(TypeSymbol delegateType, ContextStack stack, MethodDefinition guess)
    {
        var method = Declare("Late", delegateType, stack);
        method.ImplAttributes = MethodImplAttributes.NoInlining;
        var writer = Begin(method);
        direct.EmitPassOn(writer, OnPlace(guess, types.ParametersOf(method)[0]));
        End(writer, method);
        return method;
    }

    /// <summary><c>static int Candidate@Ctx(D d)</c>: the number of what a delegate is made of, from 1; -1 where it is none of the candidates.</summary>
    private MethodSymbol WriteCandidate(TypeSymbol delegateType, ContextStack stack, IReadOnlyList<MethodSymbol> guesses)
    {
        var method = holder.AddMethod("Candidate@" + stack.Name, declared =>
        {
            declared.ReturnType = types.Module.TypeSystem.Int32;
            declared.Parameters.Add(new ParameterDefinition("d", ParameterAttributes.None, importer.Import(delegateType)));
        });
        var writer = Begin(method);
        for (var i = 0; i < guesses.Count; i++)
        {
            var next = writer.NewBlock([]);
            writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
            DirectInvokers.EmitTest(writer, library, guesses[i], next);
            writer.Emit(Code.Ldc_I4, i + 1);
            writer.Emit(Code.Ret);
            writer.Start(next);
        }
        writer.Emit(Code.Ldc_I4, -1);
        writer.Emit(Code.Ret);
        End(writer, method);
        return types.Import(method, GenericScope.Empty);
    }

    private MethodDefinition Declare(string name, TypeSymbol delegateType, ContextStack stack)
    {
        var method = direct.Declare(name, delegateType, stack);
        method.GenericParameters.Add(new GenericParameter("TPlace", method)
        {
            Attributes = GenericParameterAttributes.NotNullableValueTypeConstraint | GenericParameterAttributes.DefaultConstructorConstraint,
        });
        return method;
    }

    private BlockWriter Begin(MethodDefinition method)
    {
        var body = MethodFrame.Of(types, method);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        return writer;
    }

    private void End(BlockWriter writer, MethodDefinition method)
    {
        writer.Finish();
        holder.AddBody(writer.Body, method);
    }

    private MethodSymbol OnPlace(MethodDefinition method, TypeSymbol place) => types.Method(method, types.Import(holder.Type, GenericScope.Empty), [place]);

    private TypeSymbol Likely(TypeSymbol place) => types.Instantiate(library.Type("Cassette.Runtime.Likely`1"), [place]);

    private FieldSymbol Field(TypeSymbol place, string name)
    {
        var likely = Likely(place);
        return types.Field(likely.Definition!.Fields.First(f => f.Name == name), likely);
    }
}
