using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Placement;

/// <summary>The static methods that <c>new T()</c> is replaced by: they compare the type with those whose constructors have clones.</summary>
internal sealed class ConstructionCalls(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells)
{
    private readonly List<(IReadOnlyList<MethodSymbol> Constructors, ContextStack Stack, MethodDefinition Method)> calls = [];
    private readonly Dictionary<(MethodSymbol, ContextStack), MethodSymbol> makers = [];

    /// <summary>What a call of <c>Activator.CreateInstance</c> is replaced by: the contexts.</summary>
    /// <param name="callee">The native method, on the type to make an object of.</param>
    /// <param name="constructors">The constructors with clones.</param>
    /// <param name="stack">The contexts.</param>
    public MethodSymbol For(MethodSymbol callee, IReadOnlyList<MethodSymbol> constructors, ContextStack stack)
    {
        var method = calls.Find(c => c.Stack == stack && c.Constructors.SequenceEqual(constructors)).Method;
        if (method is null)
            calls.Add((constructors, stack, method = Write(callee, constructors, stack)));
        return types.Method(method, types.Import(holder.Type, GenericScope.Empty), callee.MethodArguments);
    }

    private MethodDefinition Write(MethodSymbol callee, IReadOnlyList<MethodSymbol> constructors, ContextStack stack)
    {
        var method = holder.AddMethod("New@" + stack.Name, declared =>
        {
            declared.GenericParameters.Add(new GenericParameter("T", declared));
            declared.ReturnType = declared.GenericParameters[0];
            DeclareContexts(declared, stack);
        });
        var body = MethodFrame.Of(types, method);
        var writer = Begin(body);
        var made = types.ParametersOf(method)[0];
        foreach (var constructor in constructors)
        {
            var next = writer.NewBlock([]);
            EmitTypeOf(writer, made);
            EmitTypeOf(writer, constructor.DeclaringType);
            writer.Emit(Code.Call, library.Method(types.Core("Type"), "op_Equality", 2));
            writer.BranchOver(Code.Brfalse, next, []);
            foreach (var context in body.Arguments)
                writer.Emit(Code.Ldarg, context);
            writer.Emit(Code.Call, MakerOf(constructor, stack));
            if (constructor.DeclaringType.IsValueType)
                writer.Emit(Code.Box, constructor.DeclaringType);
            writer.Emit(Code.Unbox_Any, made);
            writer.Emit(Code.Ret);
            writer.Start(next);
        }
        writer.Emit(Code.Call, types.Method(callee.Definition!, callee.DeclaringType, [made]));
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method);
        return method;
    }

    /// <summary>A method that makes one type's object. It wraps what the constructor throws, as the native call does.</summary>
    private MethodSymbol MakerOf(MethodSymbol constructor, ContextStack stack)
    {
        if (makers.TryGetValue((constructor, stack), out var known))
            return known;
        var method = holder.AddMethod("Make" + makers.Count + "@" + stack.Name, declared =>
        {
            declared.ReturnType = importer.Import(constructor.DeclaringType);
            DeclareContexts(declared, stack);
        });
        makers.Add((constructor, stack), known = types.SelfOf(method));
        var body = MethodFrame.Of(types, method);
        var writer = Begin(body);
        var first = writer.Current;
        ContextSource.InArguments(body, body.Arguments, stack.Levels).EmitCarried(writer, stack.Depth, 0, all: true);
        writer.Emit(Code.Newobj, shells.Exact(constructor, stack));
        writer.Emit(Code.Ret);
        writer.Finish();
        var handler = new BodyEditor(body).WrapInTry(first, first, RegionKind.Catch, types.Exception).Handler;
        handler.Instructions.Add(new Instruction(Code.Newobj, library.Method(types.Core("System.Reflection", "TargetInvocationException"), ".ctor", 1)));
        handler.Instructions.Add(new Instruction(Code.Throw));
        holder.AddBody(body, method);
        return known;
    }

    private void DeclareContexts(MethodDefinition declared, ContextStack stack)
    {
        foreach (var context in stack.Parameters)
            declared.Parameters.Add(new ParameterDefinition("context" + declared.Parameters.Count, ParameterAttributes.None, importer.Import(context)));
    }

    private void EmitTypeOf(BlockWriter writer, TypeSymbol type)
    {
        writer.Emit(Code.Ldtoken, type);
        writer.Emit(Code.Call, library.Method(types.Core("Type"), "GetTypeFromHandle", 1));
    }

    private static BlockWriter Begin(MethodIR body)
    {
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        return writer;
    }
}
