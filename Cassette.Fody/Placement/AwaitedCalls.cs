using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Cassette.Fody.Rules;
using Mono.Cecil;
using Mono.Cecil.Cil;
using CallSite = Cassette.Fody.Discovery.CallSite;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Placement;

/// <summary>
/// Makes the structs that hooks wait in for the task that a call returned, one a call site: the arguments that the hooks take and the contexts
/// as fields, the hooks' calls as methods.
/// </summary>
internal sealed class AwaitedCalls(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, Helpers helpers, JoinPoints joinPoints)
{
    private int count;

    /// <summary>Puts a task that completes after the hooks in the place of the one on the stack.</summary>
    /// <param name="lowering">Writes the clone that makes the call.</param>
    /// <param name="call">The call.</param>
    /// <param name="site">Its site, whose rules wait.</param>
    /// <param name="source">The call's line.</param>
    /// <param name="arguments">The call's arguments; none where no hook takes any.</param>
    /// <param name="task">The task's type.</param>
    public void Emit(CallLowering lowering, Instruction call, CallSite site, SourceSpan? source, Local[] arguments, TypeSymbol task)
    {
        var clone = lowering.Clone;
        var type = holder.AddStruct($"Awaited{count++}@{clone.Stack.Name}", isByRefLike: false);
        // A specialised clone has type arguments where its original has parameters.
        List<GenericParameter> parameters = clone.Instance is null ? [.. clone.Method.DeclaringType.GenericParameters, .. clone.Method.GenericParameters] : [];
        var map = CopyParameters(parameters, type);
        TypeSymbol[] outer = clone.Instance is null ? [.. types.ParametersOf(clone.Method.DeclaringType), .. types.ParametersOf(clone.Method)] : [];
        var self = types.Instantiate(types.Import(type, GenericScope.Empty), outer);
        var output = task.Arguments.Length == 0 ? library.Type("Cassette.Nothing") : task.Arguments[0];
        var body = new AwaitedCallBody(types, importer, holder, library, shells, helpers, joinPoints, lowering.Clone, call, site, source, type, self, output, map);
        var used = site.Rules!.Completion.Bindings.Concat(site.Rules.Failure.Bindings).SelectMany(b => b.Arguments).Distinct().OrderBy(a => a).ToArray();
        var constructor = body.Write(used, arguments);
        foreach (var argument in used)
        {
            lowering.Writer.Emit(Code.Ldloc, arguments[argument]);
            if (arguments[argument].Type is { Shape: TypeShape.ByRef, Element: { } element })
                lowering.Writer.Append(library.Read(element));
        }
        lowering.EmitContexts(clone.Stack);
        lowering.Writer.Emit(Code.Newobj, types.Method(constructor, self, []));
        var awaited = library.Type("Cassette.Runtime.AwaitedCall");
        var follow = awaited.Definition!.Methods.First(m => m.Name == "Follow" && m.Parameters[0].ParameterType.Name == task.Named!.Name);
        lowering.Writer.Emit(Code.Call, types.Method(follow, awaited, task.Arguments.Length == 0 ? [self] : [output, self]));
    }

    private GenericMap CopyParameters(List<GenericParameter> parameters, TypeDefinition type)
    {
        var table = new Dictionary<GenericParameter, GenericParameter>(ReferenceComparer<GenericParameter>.Instance);
        foreach (var parameter in parameters)
        {
            var copy = new GenericParameter(parameter.Name, type) { Attributes = parameter.Attributes & ~GenericParameterAttributes.VarianceMask };
            type.GenericParameters.Add(copy);
            table.Add(parameter, copy);
        }
        var map = new GenericMap(table);
        foreach (var parameter in parameters)
        {
            var symbol = types.ParametersOf(parameter.Owner)[parameter.Position];
            foreach (var constraint in types.ConstraintsOf(symbol))
                table[parameter].Constraints.Add(new GenericParameterConstraint(importer.Import(constraint, map)));
        }
        return map;
    }
}

/// <summary>Writes one struct that hooks wait in. Its code speaks of the caller's type parameters, which the emitter turns into the struct's own.</summary>
internal sealed class AwaitedCallBody(
    TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, Helpers helpers, JoinPoints joinPoints,
    PlannedClone clone, Instruction call, CallSite site, SourceSpan? source, TypeDefinition type, TypeSymbol self, TypeSymbol output, GenericMap map)
{
    private readonly List<FieldSymbol> fields = [];
    private readonly SiteRules rules = site.Rules!;
    private int[] used = [];
    private Local[] arguments = [];

    /// <summary>Writes the struct and gives its constructor, which takes the arguments that are used and the contexts.</summary>
    public MethodDefinition Write(int[] usedArguments, Local[] allArguments)
    {
        used = usedArguments;
        arguments = allArguments;
        var constructor = WriteConstructor([.. used.Select(i => Kept(arguments[i].Type)), .. clone.Stack.Parameters]);
        var @interface = types.Instantiate(library.Type("Cassette.Runtime.IAwaitedCall`1"), [output]);
        type.Interfaces.Add(new Mono.Cecil.InterfaceImplementation(importer.Import(@interface, map)));
        Implement(@interface, "get_Replaces", (writer, _) => writer.Emit(Code.Ldc_I4, rules.Completion.Bindings.Any(b => b.Result == RuleResult.Replace) ? 1 : 0));
        Implement(@interface, "Completed", WriteCompleted);
        Implement(@interface, "Failed", WriteFailed);
        return constructor;
    }

    /// <summary>Of what is passed by reference, a copy.</summary>
    private static TypeSymbol Kept(TypeSymbol type) => type.Shape == TypeShape.ByRef ? type.Element! : type;

    private MethodDefinition WriteConstructor(TypeSymbol[] held)
    {
        var constructor = new MethodDefinition(
            ".ctor", MethodAttributes.Assembly | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, types.Module.TypeSystem.Void)
        { HasThis = true };
        for (var i = 0; i < held.Length; i++)
        {
            var field = new FieldDefinition("arg" + i, FieldAttributes.Assembly, importer.Import(held[i], map));
            type.Fields.Add(field);
            fields.Add(types.Field(field, self));
            constructor.Parameters.Add(new ParameterDefinition("arg" + i, ParameterAttributes.None, importer.Import(held[i], map)));
        }
        type.Methods.Add(constructor);
        Write(constructor, types.Void, held, (writer, body) =>
        {
            for (var i = 0; i < held.Length; i++)
            {
                writer.Emit(Code.Ldarg, body.Arguments[0]);
                writer.Emit(Code.Ldarg, body.Arguments[i + 1]);
                writer.Emit(Code.Stfld, fields[i]);
            }
        });
        return constructor;
    }

    private void Implement(TypeSymbol @interface, string name, System.Action<BlockWriter, MethodIR> write)
    {
        var declared = types.Method(@interface.Definition!.Methods.First(m => m.Name == name), @interface, []);
        var method = new MethodDefinition(
            "Cassette.Runtime.IAwaitedCall." + name, MethodAttributes.Private | MethodAttributes.HideBySig | MethodAttributes.Virtual | MethodAttributes.NewSlot | MethodAttributes.Final,
            importer.Import(declared.ReturnType, map))
        { HasThis = true };
        foreach (var parameter in declared.Parameters)
            method.Parameters.Add(new ParameterDefinition("value", ParameterAttributes.None, importer.Import(parameter, map)));
        method.Overrides.Add(importer.Import(declared, map));
        type.Methods.Add(method);
        Write(method, declared.ReturnType, declared.Parameters, write);
    }

    private void Write(MethodDefinition method, TypeSymbol returns, TypeSymbol[] parameters, System.Action<BlockWriter, MethodIR> write)
    {
        var body = new MethodIR(types, method, returns) { InitLocals = true };
        body.Arguments.Add(new Argument("this", types.ByRef(self), 0, isThis: true));
        foreach (var parameter in parameters)
            body.Arguments.Add(new Argument("value", parameter, body.Arguments.Count, isThis: false));
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        write(writer, body);
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method, map);
    }

    private void WriteCompleted(BlockWriter writer, MethodIR body)
    {
        var result = writer.Temporary(output);
        writer.Emit(Code.Ldarg, body.Arguments[1]);
        writer.Emit(Code.Stloc, result);
        var operands = OperandsIn(writer, body);
        operands.Output = (result, IsAddress: false);
        WriteChain(writer, operands, rules.Completion.Bindings, binding =>
        {
            if (binding.Result == RuleResult.Discard)
            {
                writer.Emit(Code.Pop);
            }
            else if (binding.Result == RuleResult.Replace)
            {
                operands.Convert(binding.ResultConversion, null);
                writer.Emit(Code.Stloc, result);
            }
        });
        writer.Emit(Code.Ldloc, result);
    }

    private void WriteFailed(BlockWriter writer, MethodIR body)
    {
        var exception = writer.Temporary(types.Exception);
        writer.Emit(Code.Ldarg, body.Arguments[1]);
        writer.Emit(Code.Stloc, exception);
        var operands = OperandsIn(writer, body);
        operands.Exception = exception;
        WriteChain(writer, operands, rules.Failure.Bindings, binding =>
        {
            if (binding.Result == RuleResult.Discard)
                writer.Emit(Code.Pop);
        });
    }

    private static void WriteChain(BlockWriter writer, RuleOperands operands, IReadOnlyList<RuleBinding> bindings, System.Action<RuleBinding> finish)
    {
        if (bindings.Count == 0)
            return;
        new RuleChain(writer, operands).Write(bindings, binding =>
        {
            operands.EmitCall(binding, []);
            finish(binding);
        }, null, [], []);
    }

    /// <summary>The arguments that hooks take, back in locals; what was passed by reference refers to the struct's copy.</summary>
    private RuleOperands OperandsIn(BlockWriter writer, MethodIR body)
    {
        var kept = used.Length;
        var contexts = ContextSource.InFields(body, [.. clone.Stack.Levels.Select(context => new ContextField(context, ContextStack.IsEmpty(context) ? null : fields[kept++]))]);
        var lowering = new CallLowering(types, writer, clone, contexts, shells, helpers, joinPoints, library);
        var locals = new Local[arguments.Length];
        for (var i = 0; i < used.Length; i++)
        {
            var local = locals[used[i]] = writer.Temporary(arguments[used[i]].Type);
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            writer.Emit(local.Type.Shape == TypeShape.ByRef ? Code.Ldflda : Code.Ldfld, fields[i]);
            writer.Emit(Code.Stloc, local);
        }
        return new RuleOperands(lowering, call, site, rules.Call, source) { Arguments = locals };
    }
}
