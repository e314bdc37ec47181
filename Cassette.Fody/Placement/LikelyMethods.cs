using System;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>What may be behind a call, of which one is mostly, each place its own: methods that a delegate may be made of, or classes that an object may have.</summary>
internal interface ILikelyCandidates
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>What the weaver's methods for it are named after.</summary>
    ContextStack Stack { get; }

    /// <summary>The call where none is likely, and where what is likely was not met.</summary>
    MethodSymbol Otherwise { get; }

    /// <summary>A method with the call's parameters, the contexts behind, that is inlined where it is called.</summary>
    MethodDefinition Declare(string name);

    /// <summary>Branches where the first argument is not of a candidate, and goes on where it is; throws where it is null.</summary>
    void EmitTest(BlockWriter writer, int candidate, Block other);

    /// <summary>Returns what the clone of a candidate does, which the first argument is of.</summary>
    void EmitCall(BlockWriter writer, int candidate);

    /// <summary>Returns what another method with the same parameters does.</summary>
    void EmitPassOn(BlockWriter writer, MethodSymbol other);
}

/// <summary>
/// Methods that find out, for each place of a call, what is mostly behind it, and then ask for that first. In C#, for delegates:
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
/// <c>Likely</c>: as natively, where the JIT guesses by its profile, what comes mostly is inlined. Code that was optimised before, which
/// is all code where the run time compiles once only, calls <c>Late</c>, which is not inlined, and so compiled later; it does what <c>Guess</c> does.
/// <para>A loop whose delegate does not change asks once, before it, and has a copy for what is likely; see <see cref="GuessedLoops"/>. For that there are</para>
/// <code>
/// static bool IsLikely@Ctx&lt;TPlace&gt;(D d)
/// {
///     switch (Likely&lt;TPlace&gt;.Candidate)
///     {
///         case 1: return DelegateTable.Code(d) == &amp;Target.Lambda;
///         ...
///     }
///     return false;
/// }
///
/// static R Known@Ctx&lt;TPlace&gt;(D d, args, Ctx context)
/// {
///     switch (Likely&lt;TPlace&gt;.Candidate)
///     {
///         case 1: return DelegateTable.Receiver&lt;Target&gt;(d).Lambda@Ctx(args, context);
///         ...
///     }
///     return Invoke@Ctx(d, args, context);
/// }
/// </code>
/// the second without any test: what is likely does not become another one between the two.
/// </summary>
/// <remarks>Only in modules that are compiled with optimisation: in others nothing becomes a constant.</remarks>
internal sealed class LikelyMethods(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library)
{
    /// <summary>Code that is not optimised has a case for each.</summary>
    public const int MaxCandidates = 16;

    private int places;

    /// <summary>One more place.</summary>
    public TypeSymbol NewPlace() => types.Import(holder.AddStruct("Place" + places++, isByRefLike: false), GenericScope.Empty);

    /// <summary>A method on a place.</summary>
    public MethodSymbol OnPlace(MethodDefinition method, TypeSymbol place) => types.Method(method, types.Import(holder.Type, GenericScope.Empty), [place]);

    /// <summary>The field with the number of what is likely at a place.</summary>
    public FieldSymbol CandidateOf(TypeSymbol place) => Field(place, "Candidate");

    /// <summary><c>Likely@Ctx</c>.</summary>
    public MethodDefinition Write(ILikelyCandidates candidates)
    {
        var method = Declare(candidates, "Likely");
        var place = types.ParametersOf(method)[0];
        var guess = WriteGuess(candidates);
        var writer = Begin(method);
        Block undecided = writer.NewBlock([]), counted = writer.NewBlock([]), other = writer.NewBlock([]);
        writer.Emit(Code.Ldsfld, CandidateOf(place));
        writer.Emit(Code.Ldc_I4, 0);
        writer.BranchOver(Code.Ble, undecided, []);
        candidates.EmitPassOn(writer, OnPlace(guess, place));
        writer.Start(undecided);
        writer.Emit(Code.Ldsfld, CandidateOf(place));
        writer.BranchOver(Code.Brtrue, other, []);
        writer.Emit(Code.Ldsfld, Field(place, "Decision"));
        writer.Emit(Code.Ldc_I4, 0);
        writer.BranchOver(Code.Ble, counted, []);
        candidates.EmitPassOn(writer, OnPlace(WriteLate(candidates, guess), place));
        writer.Start(counted);
        writer.Emit(Code.Ldsfld, Field(place, "Decision"));
        writer.BranchOver(Code.Brtrue, other, []);
        writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
        writer.Emit(Code.Call, WriteCandidate(candidates, writer.Body.Arguments[0].Type));
        writer.Emit(Code.Call, library.Method(Likely(place), "Count", 1));
        writer.RunInto(other);
        candidates.EmitPassOn(writer, candidates.Otherwise);
        End(writer, method);
        return method;
    }

    /// <summary><c>IsLikely@Ctx</c>: whether an argument, which is not null, is of the candidate that is likely.</summary>
    public MethodDefinition WriteTest(ILikelyCandidates candidates, TypeSymbol type)
    {
        var method = Declare(candidates, "IsLikely", type, types.Module.TypeSystem.Boolean);
        method.ImplAttributes |= MethodImplAttributes.AggressiveInlining;
        AddPlace(method);
        WriteCases(candidates, method, EmitNo, (writer, candidate, other) =>
        {
            candidates.EmitTest(writer, candidate, other);
            writer.Emit(Code.Ldc_I4, 1);
            writer.Emit(Code.Ret);
        });
        return method;

        static void EmitNo(BlockWriter writer)
        {
            writer.Emit(Code.Ldc_I4, 0);
            writer.Emit(Code.Ret);
        }
    }

    /// <summary><c>Known@Ctx</c>: the call of the candidate that is likely, which the first argument is of.</summary>
    public MethodDefinition WriteKnown(ILikelyCandidates candidates)
    {
        var method = Declare(candidates, "Known");
        WriteCases(candidates, method, writer => candidates.EmitPassOn(writer, candidates.Otherwise), (writer, candidate, _) => candidates.EmitCall(writer, candidate));
        return method;
    }

    /// <summary><c>Guess@Ctx</c>: the call of the candidate that is likely, if it is the one.</summary>
    private MethodDefinition WriteGuess(ILikelyCandidates candidates)
    {
        var method = Declare(candidates, "Guess");
        WriteCases(candidates, method, writer => candidates.EmitPassOn(writer, candidates.Otherwise), (writer, candidate, other) =>
        {
            candidates.EmitTest(writer, candidate, other);
            candidates.EmitCall(writer, candidate);
        });
        return method;
    }

    /// <summary>Writes what a method does where one candidate or another is likely.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="method">The method.</param>
    /// <param name="emitOther">What it does where none is.</param>
    /// <param name="emitCase">What it does where one is, by its index; it may go on where none is.</param>
    private void WriteCases(ILikelyCandidates candidates, MethodDefinition method, Action<BlockWriter> emitOther, Action<BlockWriter, int, Block> emitCase)
    {
        var writer = Begin(method);
        var cases = Enumerable.Range(0, candidates.Count).Select(_ => writer.NewBlock([])).ToArray();
        var other = writer.NewBlock([]);
        writer.Emit(Code.Ldsfld, CandidateOf(types.ParametersOf(method)[0]));
        writer.Emit(Code.Switch, new[] { other }.Concat(cases).ToArray());
        writer.RunInto(other);
        emitOther(writer);
        for (var i = 0; i < cases.Length; i++)
        {
            writer.Start(cases[i]);
            emitCase(writer, i, other);
        }
        End(writer, method);
    }

    /// <summary><c>Late@Ctx</c>: the same for code that takes nothing for decided.</summary>
    private MethodDefinition WriteLate(ILikelyCandidates candidates, MethodDefinition guess)
    {
        var method = Declare(candidates, "Late");
        method.ImplAttributes = MethodImplAttributes.NoInlining;
        var writer = Begin(method);
        candidates.EmitPassOn(writer, OnPlace(guess, types.ParametersOf(method)[0]));
        End(writer, method);
        return method;
    }

    /// <summary><c>static int Candidate@Ctx(D d)</c>: the number of the candidate that an argument is of, from 1; -1 where it is of none.</summary>
    private MethodSymbol WriteCandidate(ILikelyCandidates candidates, TypeSymbol type)
    {
        var method = Declare(candidates, "Candidate", type, types.Module.TypeSystem.Int32);
        var writer = Begin(method);
        var none = writer.NewBlock([]);
        // The call itself throws on null, where the author's does.
        writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
        writer.BranchOver(Code.Brfalse, none, []);
        for (var i = 0; i < candidates.Count; i++)
        {
            var next = writer.NewBlock([]);
            candidates.EmitTest(writer, i, next);
            writer.Emit(Code.Ldc_I4, i + 1);
            writer.Emit(Code.Ret);
            writer.Start(next);
        }
        writer.RunInto(none);
        writer.Emit(Code.Ldc_I4, -1);
        writer.Emit(Code.Ret);
        End(writer, method);
        return types.Import(method, GenericScope.Empty);
    }

    private static MethodDefinition Declare(ILikelyCandidates candidates, string name)
    {
        var method = candidates.Declare(name);
        AddPlace(method);
        return method;
    }

    /// <summary>A method that is asked about one argument.</summary>
    private MethodDefinition Declare(ILikelyCandidates candidates, string name, TypeSymbol type, TypeReference answer) => holder.AddMethod(name + "@" + candidates.Stack.Name, declared =>
    {
        declared.ReturnType = answer;
        declared.Parameters.Add(new ParameterDefinition("d", ParameterAttributes.None, importer.Import(type)));
    });

    private static void AddPlace(MethodDefinition method) => method.GenericParameters.Add(new GenericParameter("TPlace", method)
    {
        Attributes = GenericParameterAttributes.NotNullableValueTypeConstraint | GenericParameterAttributes.DefaultConstructorConstraint,
    });

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

    private TypeSymbol Likely(TypeSymbol place) => types.Instantiate(library.Type("Cassette.Runtime.Likely`1"), [place]);

    private FieldSymbol Field(TypeSymbol place, string name)
    {
        var likely = Likely(place);
        return types.Field(likely.Definition!.Fields.First(f => f.Name == name), likely);
    }
}
