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
/// The static methods that compare an object's class with the few that may have a clone, before anything is looked up; see <see cref="ExactFamilies"/>. Where they are
/// several, the one that is mostly met at the place comes first; see <see cref="LikelyMethods"/>.
/// In C#, for <c>object.GetHashCode</c> and a context:
/// <code>
/// static int GetHashCode@Ctx(object self, Ctx context) =>
///     self.GetType() == typeof(A) ? Unsafe.As&lt;A&gt;(self).GetHashCode@Ctx(context) : ... : look-up, or self.GetHashCode();
/// </code>
/// The calls are not virtual, so that the JIT inlines them as it does natively. A class that derives from one of these, here or in an assembly that was never
/// woven, is another class.
/// </summary>
internal sealed class ExactCalls(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, LikelyMethods likely, FamilyCalls general, Helpers helpers)
{
    private readonly Dictionary<(ExactFamily, ContextStack, MethodDefinition?), MethodDefinition> calls = [];

    /// <summary>What one more call on an object is replaced by: the receiver, the arguments, the contexts.</summary>
    /// <param name="family">The classes.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">
    /// Where the call stands. Where there is one class, each has a method of its own, since the JIT's profile is of a method: what one caller never has behind
    /// its calls, another may have always. Where there are several, each call finds out which it mostly has.
    /// </param>
    public MethodSymbol For(ExactFamily family, ContextStack stack, MethodDefinition caller)
    {
        var isOne = family.Classes.Count == 1;
        var key = (family, stack, isOne ? caller : null);
        if (!calls.TryGetValue(key, out var method))
            calls.Add(key, method = isOne ? WriteOneByOne(family, stack) : likely.Write(new Classes(this, family, stack, Otherwise(family, stack))));
        return isOne ? OnHolder(method) : likely.OnPlace(method, likely.NewPlace());
    }

    /// <summary>What is done with an object of a class that is not likely: where the classes are many, not where the call is.</summary>
    private MethodSymbol Otherwise(ExactFamily family, ContextStack stack)
    {
        var method = WriteOneByOne(family, stack);
        if (family.Classes.Count > ExactFamilies.MostCompared)
            method.ImplAttributes = MethodImplAttributes.NoInlining;
        return OnHolder(method);
    }

    private MethodDefinition WriteOneByOne(ExactFamily family, ContextStack stack)
    {
        var method = Declare(family.Root.Name + "!" + calls.Count, family, stack);
        var body = MethodFrame.Of(types, method);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        foreach (var known in family.Classes)
        {
            var next = writer.NewBlock([]);
            WriteTest(writer, known, next);
            WriteCall(writer, known, stack);
            writer.Start(next);
        }
        if (family.IsClosed)
        {
            general.EmitNative(writer, body, family.Root, null, 1, body.Arguments.Count - stack.Parameters.Length, stack);
            writer.Emit(Code.Ret);
        }
        else
        {
            EmitPassOn(writer, general.For(family.Root, null, stack));
        }
        writer.Finish();
        holder.AddBody(body, method);
        return method;
    }

    private MethodDefinition Declare(string name, ExactFamily family, ContextStack stack) => holder.AddMethod(name + "@" + stack.Name, declared =>
    {
        var root = family.Root;
        declared.ReturnType = importer.Import(root.ReturnType);
        foreach (var parameter in root.Parameters.Prepend(root.DeclaringType).Concat(stack.Parameters))
            declared.Parameters.Add(new ParameterDefinition("arg" + declared.Parameters.Count, ParameterAttributes.None, importer.Import(parameter)));
        declared.ImplAttributes |= MethodImplAttributes.AggressiveInlining;
    });

    private MethodSymbol OnHolder(MethodDefinition method) => types.Method(method, types.Import(holder.Type, GenericScope.Empty), []);

    private void WriteTest(BlockWriter writer, ExactClass known, Block other)
    {
        writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
        EmitTest(writer, library, known.Type, other);
    }

    private void WriteCall(BlockWriter writer, ExactClass known, ContextStack stack)
    {
        writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
        EmitCast(writer, library, known.Type);
        EmitRest(writer, shells.Exact(known.Method, stack), known.Type.IsValueType ? Prefixes.None : helpers.TailPrefix);
    }

    private void EmitPassOn(BlockWriter writer, MethodSymbol other)
    {
        writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
        EmitRest(writer, other, helpers.TailPrefix);
    }

    private static void EmitRest(BlockWriter writer, MethodSymbol callee, Prefixes prefixes)
    {
        foreach (var argument in writer.Body.Arguments.Skip(1))
            writer.Emit(Code.Ldarg, argument);
        writer.Append(new Instruction(Code.Call, callee) { Prefixes = prefixes });
        writer.Emit(Code.Ret);
    }

    /// <summary>The classes that an object may have; what is none that is likely is compared with all, or looked up.</summary>
    private sealed class Classes(ExactCalls calls, ExactFamily family, ContextStack stack, MethodSymbol otherwise) : ILikelyCandidates
    {
        public int Count => family.Classes.Count;

        public ContextStack Stack => stack;

        public MethodSymbol Otherwise => otherwise;

        public MethodDefinition Declare(string name) => calls.Declare(family.Root.Name + "!" + name, family, stack);

        public void EmitTest(BlockWriter writer, int candidate, Block other) => calls.WriteTest(writer, family.Classes[candidate], other);

        public void EmitCall(BlockWriter writer, int candidate) => calls.WriteCall(writer, family.Classes[candidate], stack);

        public void EmitPassOn(BlockWriter writer, MethodSymbol other) => calls.EmitPassOn(writer, other);
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
