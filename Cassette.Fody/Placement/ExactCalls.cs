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

/// <summary>
/// The static methods that compare an object's class with the few that may have a clone, before anything is looked up; see <see cref="ExactFamilies"/>.
/// In C#, for <c>object.GetHashCode</c> and a context:
/// <code>
/// static int GetHashCode@Ctx(object self, Ctx context) =>
///     self.GetType() == typeof(A) ? Unsafe.As&lt;A&gt;(self).GetHashCode@Ctx(context) : ... : look-up, or self.GetHashCode();
/// </code>
/// The calls are not virtual, so that the JIT inlines them as it does natively. A class that derives from one of these, here or in an assembly that was never
/// woven, is another class.
/// </summary>
internal sealed class ExactCalls(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, FamilyCalls general, Helpers helpers)
{
    private readonly Dictionary<(ExactFamily, ContextStack, MethodDefinition), MethodSymbol> calls = [];

    /// <summary>What a call on an object is replaced by: the receiver, the arguments, the contexts.</summary>
    /// <param name="family">The classes.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">
    /// Where the call stands. Each has a method of its own, since the JIT's profile is of a method: what one caller never has behind its calls, another
    /// may have always.
    /// </param>
    public MethodSymbol For(ExactFamily family, ContextStack stack, MethodDefinition caller)
    {
        if (!calls.TryGetValue((family, stack, caller), out var method))
            calls.Add((family, stack, caller), method = Write(family, stack));
        return method;
    }

    private MethodSymbol Write(ExactFamily family, ContextStack stack)
    {
        var root = family.Root;
        var method = holder.AddMethod(root.Name + "!" + calls.Count + "@" + stack.Name, declared =>
        {
            declared.ReturnType = importer.Import(root.ReturnType);
            foreach (var parameter in root.Parameters.Prepend(root.DeclaringType).Concat(stack.Parameters))
                declared.Parameters.Add(new ParameterDefinition("arg" + declared.Parameters.Count, ParameterAttributes.None, importer.Import(parameter)));
            declared.ImplAttributes |= MethodImplAttributes.AggressiveInlining;
        });
        var body = MethodFrame.Of(types, method);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        foreach (var known in family.Classes)
            WriteTest(writer, body, known, stack);
        if (family.IsClosed)
        {
            general.EmitNative(writer, body, root, null, 1, body.Arguments.Count - stack.Parameters.Length, stack);
        }
        else
        {
            foreach (var argument in body.Arguments)
                writer.Emit(Code.Ldarg, argument);
            writer.Append(new Instruction(Code.Call, general.For(root, null, stack)) { Prefixes = helpers.TailPrefix });
        }
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method);
        return types.Method(method, types.Import(holder.Type, GenericScope.Empty), []);
    }

    private void WriteTest(BlockWriter writer, MethodIR body, ExactClass known, ContextStack stack)
    {
        var next = writer.NewBlock([]);
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        EmitTest(writer, library, known.Type, next);
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        EmitCast(writer, library, known.Type);
        foreach (var argument in body.Arguments.Skip(1))
            writer.Emit(Code.Ldarg, argument);
        writer.Append(new Instruction(Code.Call, shells.Exact(known.Method, stack)) { Prefixes = known.Type.IsValueType ? Prefixes.None : helpers.TailPrefix });
        writer.Emit(Code.Ret);
        writer.Start(next);
    }

    /// <summary>Branches where the object on the stack, which is not null, has another class, and goes on where it has exactly that one.</summary>
    public static void EmitTest(BlockWriter writer, RuntimeLibrary library, TypeSymbol type, Block other)
    {
        var types = writer.Body.Types;
        writer.Emit(Code.Callvirt, library.Method(types.Object, "GetType", 0));
        writer.Emit(Code.Ldtoken, type);
        writer.Emit(Code.Call, library.Method(types.Core("Type"), "GetTypeFromHandle", 1));
        writer.BranchOver(Code.Bne_Un, other, []);
    }

    /// <summary>Takes the object on the stack, which passed the test, for what it is, so that its methods can be called by name.</summary>
    public static void EmitCast(BlockWriter writer, RuntimeLibrary library, TypeSymbol type)
    {
        // The JIT does not know what the comparison says of the object, and would look at its class again.
        if (type.IsValueType)
            writer.Emit(Code.Unbox, type);
        else
            writer.Emit(Code.Call, library.UnsafeAs(type));
    }
}
