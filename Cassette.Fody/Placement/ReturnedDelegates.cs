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
/// Entries whose result is a delegate: what was made in the contexts runs in them wherever it is called, so it is handed out as one that
/// carries them. In C#:
/// <code>
/// static D EnterBound@Ctx(Ctx context, Func&lt;D&gt; f)
/// {
///     D result = Enter@Ctx(context, f);
///     return result == an argument ? result : Bind@Ctx(result, context);
/// }
/// </code>
/// </summary>
/// <remarks>
/// An argument that comes back was made outside, and stays the object that it is. Not for entries in rules, whose results go back to code that
/// runs in the contexts, and for which a delegate stays the program's own.
/// </remarks>
internal sealed class ReturnedDelegates(TypeUniverse types, SymbolImporter importer, Holder holder, Helpers helpers)
{
    private readonly Dictionary<(MethodDefinition, ContextStack, EntryForm, TypeDefinition, string), MethodDefinition> entries = [];

    /// <summary>What the call of an entry is replaced by.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="callee">The entry point as the call names it.</param>
    /// <param name="caller">The author's method that calls it.</param>
    /// <param name="form">How the caller has the contexts.</param>
    public MethodSymbol Entry(EntryCall entry, MethodSymbol callee, MethodDefinition caller, EntryForm form = default)
    {
        if (!entry.BindsResult(callee, caller))
            return helpers.Entry(entry, callee, form);
        var result = callee.ReturnType;
        var mayReturn = callee.Parameters.Skip(1).Select(p => Takes(p, result)).ToArray();
        var key = (entry.EntryPoint, entry.Stack, form, result.Definition!, string.Concat(mayReturn.Select(m => m ? '1' : '0')));
        if (!entries.TryGetValue(key, out var method))
            entries.Add(key, method = Write(entry, result.Definition!, mayReturn, form));
        var given = callee.MethodArguments;
        return types.Method(method, types.Import(holder.Type, GenericScope.Empty), [.. given.Skip(1).Take(given.Length - 2), .. result.Arguments]);
    }

    /// <summary>Writes the return of a delegate that is on the stack and leaves its contexts.</summary>
    /// <param name="writer">Writes the entry.</param>
    /// <param name="type">The delegate's type.</param>
    /// <param name="given">The arguments that the delegate may be.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="emitContexts">Loads them.</param>
    public void EmitBind(BlockWriter writer, TypeSymbol type, IEnumerable<Argument> given, ContextStack stack, System.Action emitContexts)
    {
        var result = writer.Temporary(type);
        var own = writer.NewBlock([]);
        writer.Emit(Code.Stloc, result);
        foreach (var argument in given)
        {
            writer.Emit(Code.Ldarg, argument);
            if (argument.Type.IsGenericParameter)
                writer.Emit(Code.Box, argument.Type);
            writer.Emit(Code.Ldloc, result);
            writer.BranchOver(Code.Beq, own, []);
        }
        writer.Emit(Code.Ldloc, result);
        emitContexts();
        writer.Emit(Code.Call, helpers.BoundDelegates.Binder(type, stack));
        writer.Emit(Code.Ret);
        writer.Start(own);
        writer.Emit(Code.Ldloc, result);
        writer.Emit(Code.Ret);
    }

    /// <summary>Whether what is given for a parameter may be the delegate that comes back.</summary>
    public static bool Takes(TypeSymbol parameter, TypeSymbol result) =>
        parameter == result || parameter.Definition is { Namespace: "System", Name: "Object" or "Delegate" or "MulticastDelegate" };

    private MethodDefinition Write(EntryCall entry, TypeDefinition delegateType, bool[] mayReturn, EntryForm form)
    {
        var point = entry.EntryPoint;
        var plain = (MethodSymbol?)null;
        var method = holder.AddMethod("EnterBound@" + entry.Stack.Name, declared =>
        {
            // The entry's own parameters without the context's type and the result's, which is the last.
            var own = point.GenericParameters.Skip(1).Take(point.GenericParameters.Count - 2).ToArray();
            foreach (var parameter in own)
            {
                var isCompared = point.Parameters.Skip(1).Where((p, i) => mayReturn[i] && p.ParameterType == parameter).Any();
                declared.GenericParameters.Add(new GenericParameter(parameter.Name, declared) { Attributes = isCompared ? GenericParameterAttributes.NonVariant : parameter.Attributes });
            }
            GenericParameters.Copy(types, importer, delegateType, delegateType.GenericParameters, declared);
            var parameters = types.ParametersOf(declared);
            var result = types.Instantiate(types.Import(delegateType, GenericScope.Empty), [.. parameters.Skip(own.Length)]);
            var callee = types.Method(point, types.Import(point.DeclaringType, GenericScope.Empty), [entry.Stack.Levels[form.Inner], .. parameters.Take(own.Length), result]);
            plain = helpers.Entry(entry, callee, form);
            declared.ReturnType = importer.Import(plain.ReturnType);
            foreach (var parameter in plain.Parameters)
                declared.Parameters.Add(new ParameterDefinition("arg" + declared.Parameters.Count, ParameterAttributes.None, importer.Import(parameter)));
        });
        var body = MethodFrame.Of(types, method);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        foreach (var argument in body.Arguments)
            writer.Emit(Code.Ldarg, argument);
        writer.Emit(Code.Call, plain);
        EmitBind(writer, body.ReturnType, body.Arguments.Skip(1).Take(mayReturn.Length).Where((_, i) => mayReturn[i]), entry.Stack, () => helpers.EmitEntered(writer, body, entry, form));
        writer.Finish();
        holder.AddBody(body, method);
        return method;
    }
}
