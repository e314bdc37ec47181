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

/// <summary>The static methods that test whether an object, or a type, takes part in a family with a clone; see <see cref="Families"/>.</summary>
internal sealed class FamilyCalls(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Families families, Helpers helpers)
{
    // GenericParameterAttributes.AllowByRefLike, which Cecil has no name for (II.23.1.7 as amended).
    private const GenericParameterAttributes AllowByRefLike = (GenericParameterAttributes)0x20;

    private enum Kind
    {
        OfObject,
        OfParameter,
        OwnOfParameter,
        Static,
    }

    private readonly Dictionary<(MethodDefinition, ContextStack, Kind), MethodDefinition> calls = [];
    private readonly Dictionary<MethodDefinition, FieldDefinition> tables = [];
    private readonly Dictionary<TypeDefinition, TypeDefinition> deriving = [];

    /// <summary>What a call in a family is replaced by: the receiver, or a reference to it, the arguments, the contexts.</summary>
    /// <param name="root">The root, as the call's place sees it.</param>
    /// <param name="self">The type parameter that the call is constrained to; null for a call on an object.</param>
    /// <param name="stack">The contexts.</param>
    public MethodSymbol For(MethodSymbol root, TypeSymbol? self, ContextStack stack)
    {
        var kind = root.Definition!.IsStatic ? Kind.Static : self is null ? Kind.OfObject : Kind.OfParameter;
        if (!calls.TryGetValue((root.Definition, stack, kind), out var method))
            calls.Add((root.Definition, stack, kind), method = Write(root.Definition, stack, kind));
        TypeSymbol[] arguments = [.. root.DeclaringType.Arguments, .. root.MethodArguments];
        return types.Method(method, types.Import(method.DeclaringType, GenericScope.Empty), self is null ? arguments : [.. arguments, self]);
    }

    /// <summary>
    /// What a call of an interface of the module on a type parameter is replaced by: the slot, or on a struct outside, which has none, the native call.
    /// </summary>
    public MethodSymbol OnParameter(MethodSymbol callee, TypeSymbol self, MethodSymbol slot, ContextStack stack)
    {
        var root = callee.Definition!;
        if (!calls.TryGetValue((root, stack, Kind.OwnOfParameter), out var method))
            calls.Add((root, stack, Kind.OwnOfParameter), method = WriteOnParameter(root, slot.Definition!, stack));
        return types.Method(method, types.Import(holder.Type, GenericScope.Empty), [.. callee.DeclaringType.Arguments, .. callee.MethodArguments, self]);
    }

    private MethodDefinition WriteOnParameter(MethodDefinition root, MethodDefinition slot, ContextStack stack)
    {
        MethodSymbol? symbol = null;
        TypeSymbol? self = null;
        var method = Declare(root.Name, stack, root, Kind.OwnOfParameter, ref symbol, ref self);
        var body = MethodFrame.Of(types, method);
        var writer = Begin(body);
        Block native = writer.NewBlock([]), slotted = writer.NewBlock([]);
        EmitIsStruct(writer, self!);
        writer.BranchOver(Code.Brfalse, slotted, []);
        writer.Emit(Code.Ldsfld, Field("Cassette.Runtime.ForeignStruct`2", self!, symbol!.DeclaringType));
        writer.BranchOver(Code.Brtrue, native, []);
        writer.RunInto(slotted);
        foreach (var argument in body.Arguments)
            writer.Emit(Code.Ldarg, argument);
        writer.Append(new Instruction(Code.Callvirt, types.Method(slot, symbol.DeclaringType, symbol.MethodArguments)) { Constrained = self });
        writer.Emit(Code.Ret);
        writer.Start(native);
        EmitNative(writer, body, symbol, self, 1, body.Arguments.Count - stack.Parameters.Length, stack);
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method);
        return method;
    }

    private MethodDefinition Write(MethodDefinition root, ContextStack stack, Kind kind)
    {
        var symbol = (MethodSymbol?)null;
        TypeSymbol? self = null;
        var method = Declare(root.Name, stack, root, kind, ref symbol, ref self);
        var slot = families.SlotOf(root, stack);
        var @interface = families.InterfaceOf(slot, symbol!.DeclaringType);
        var woven = types.Method(slot, @interface, symbol.MethodArguments);
        var body = MethodFrame.Of(types, method);
        var writer = Begin(body);
        var native = writer.NewBlock([]);
        var first = kind == Kind.Static ? 0 : 1;
        var contexts = body.Arguments.Count - stack.Parameters.Length;
        switch (kind)
        {
            case Kind.OfObject when symbol.MethodArguments.Length == 0 && !root.DeclaringType.IsInterface:
                WriteByTable(writer, body, slot, @interface, stack, native);
                writer.Start(native);
                EmitNative(writer, body, symbol, self, first, contexts, stack);
                writer.Emit(Code.Ret);
                writer.Finish();
                holder.AddBody(body, method);
                return method;
            case Kind.OfObject:
                var found = writer.Temporary(@interface);
                writer.Emit(Code.Ldarg, body.Arguments[0]);
                writer.Emit(Code.Isinst, @interface);
                writer.Emit(Code.Stloc, found);
                writer.Emit(Code.Ldloc, found);
                writer.BranchOver(Code.Brfalse, native, []);
                writer.Emit(Code.Ldloc, found);
                break;
            case Kind.OfParameter:
                EmitTestOfParameter(writer, body, self!, @interface, native);
                writer.Emit(Code.Ldarg, body.Arguments[0]);
                break;
            case Kind.Static:
                writer.Emit(Code.Ldsfld, ImplementsField(self!, @interface));
                writer.BranchOver(Code.Brfalse, native, []);
                break;
        }
        foreach (var argument in body.Arguments.Skip(first))
            writer.Emit(Code.Ldarg, argument);
        if (kind == Kind.Static)
            writer.Emit(Code.Call, types.Method(WriteStaticCall(root, stack), types.Import(holder.Type, GenericScope.Empty), types.ParametersOf(method)));
        else
            writer.Append(new Instruction(Code.Callvirt, woven) { Constrained = self, Prefixes = self is null ? helpers.TailPrefix : Prefixes.None });
        writer.Emit(Code.Ret);
        writer.Start(native);
        EmitNative(writer, body, symbol, self, first, contexts, stack);
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method);
        return method;
    }

    /// <summary>
    /// Calls the code that a table has for the object's class, which takes half the time of a test for an interface and a call through it.
    /// </summary>
    /// <remarks>
    /// Not for methods of interfaces: the same object is called time and again there, mostly, and with the test the JIT sees that and inlines
    /// what it calls; what a class outside declares (<c>object.ToString</c>) is called on anything. Nor for a generic method, which has other
    /// code for each of its type arguments.
    /// </remarks>
    private void WriteByTable(BlockWriter writer, MethodIR body, MethodDefinition slot, TypeSymbol @interface, ContextStack stack, Block native)
    {
        var code = writer.Temporary(types.IntPtr);
        writer.Emit(Code.Ldsfld, TableOf(slot, @interface, stack));
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Callvirt, library.Method(library.FamilyTable, "Find", 1));
        writer.Emit(Code.Stloc, code);
        writer.Emit(Code.Ldloc, code);
        writer.BranchOver(Code.Brfalse, native, []);
        foreach (var argument in body.Arguments)
            writer.Emit(Code.Ldarg, argument);
        writer.Emit(Code.Ldloc, code);
        var site = new Mono.Cecil.CallSite(importer.Import(body.ReturnType)) { HasThis = true };
        TypeSymbol[] parameters = [.. body.Arguments.Skip(1).Select(a => a.Type)];
        foreach (var parameter in parameters)
            site.Parameters.Add(new ParameterDefinition(importer.Import(parameter)));
        writer.Emit(Code.Calli, new CallSignature(site, MethodCallingConvention.Default, true, false, body.ReturnType, parameters));
        writer.Emit(Code.Ret);
    }

    /// <summary>The field with the table of a slot on type arguments, in a type that is generic as the slot's interface is.</summary>
    private FieldSymbol TableOf(MethodDefinition slot, TypeSymbol @interface, ContextStack stack)
    {
        if (!tables.TryGetValue(slot, out var field))
        {
            (field, var initializer) = holder.AddLazyField("Family" + tables.Count + "@" + stack.Name, importer.Import(library.FamilyTable));
            tables.Add(slot, field);
            GenericParameters.Copy(types, importer, slot.DeclaringType, slot.DeclaringType.GenericParameters, field.DeclaringType);
            var own = types.ParametersOf(field.DeclaringType);
            var body = MethodFrame.Of(types, initializer);
            var writer = Begin(body);
            writer.Emit(Code.Ldnull);
            writer.Emit(Code.Ldftn, types.Method(WriteResolver(slot, stack), types.Import(holder.Type, GenericScope.Empty), own));
            writer.Emit(Code.Newobj, library.Method(types.Instantiate(types.Core("Func`2"), [types.Object, types.IntPtr]), ".ctor", 2));
            writer.Emit(Code.Newobj, library.Method(library.FamilyTable, ".ctor", 1));
            writer.Emit(Code.Stsfld, types.Field(field, types.SelfOf(field.DeclaringType)));
            writer.Emit(Code.Ret);
            writer.Finish();
            holder.AddBody(body, initializer);
        }
        return types.Field(field, types.Instantiate(types.Import(field.DeclaringType, GenericScope.Empty), @interface.Arguments));
    }

    /// <summary><c>static nint Resolve(object self)</c>: the code of the slot on an object, 0 where its class has none.</summary>
    private MethodDefinition WriteResolver(MethodDefinition slot, ContextStack stack)
    {
        var method = holder.AddMethod("Resolve@" + stack.Name, declared =>
        {
            GenericParameters.Copy(types, importer, slot.DeclaringType, slot.DeclaringType.GenericParameters, declared);
            declared.ReturnType = types.Module.TypeSystem.IntPtr;
            declared.Parameters.Add(new ParameterDefinition("self", ParameterAttributes.None, types.Module.TypeSystem.Object));
        });
        var body = MethodFrame.Of(types, method);
        var writer = Begin(body);
        var @interface = types.Instantiate(types.Import(slot.DeclaringType, GenericScope.Empty), types.ParametersOf(method));
        var found = writer.Temporary(@interface);
        var none = writer.NewBlock([]);
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Isinst, @interface);
        writer.Emit(Code.Stloc, found);
        writer.Emit(Code.Ldloc, found);
        writer.BranchOver(Code.Brfalse, none, []);
        writer.Emit(Code.Ldloc, found);
        writer.Emit(Code.Ldvirtftn, types.Method(slot, @interface, []));
        writer.Emit(Code.Conv_I);
        writer.Emit(Code.Ret);
        writer.Start(none);
        writer.Emit(Code.Ldc_I4, 0);
        writer.Emit(Code.Conv_I);
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method);
        return method;
    }

    /// <summary>
    /// Goes on where the type, or the object's type, takes part. A struct is asked by its type, since the JIT keeps a box in code that it
    /// does not optimise.
    /// </summary>
    private void EmitTestOfParameter(BlockWriter writer, MethodIR body, TypeSymbol self, TypeSymbol @interface, Block native)
    {
        Block isObject = writer.NewBlock([]), takesPart = writer.NewBlock([]);
        EmitIsStruct(writer, self);
        writer.BranchOver(Code.Brfalse, isObject, []);
        writer.Emit(Code.Ldsfld, ImplementsField(self, @interface));
        writer.BranchOver(Code.Brfalse, native, []);
        writer.Jump(takesPart);
        writer.Start(isObject);
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Ldobj, self);
        writer.Emit(Code.Box, self);
        writer.Emit(Code.Isinst, @interface);
        writer.BranchOver(Code.Brfalse, native, []);
        writer.RunInto(takesPart);
    }

    /// <summary>The JIT knows the answer, in code that instantiations share as well.</summary>
    private void EmitIsStruct(BlockWriter writer, TypeSymbol self)
    {
        writer.Emit(Code.Ldtoken, self);
        writer.Emit(Code.Call, library.Method(types.Core("Type"), "GetTypeFromHandle", 1));
        writer.Emit(Code.Callvirt, library.Method(types.Core("Type"), "get_IsValueType", 0));
    }

    /// <summary>
    /// The call of a static member's clone on a type that is known to have it: in a method of its own, since the run time refuses to compile
    /// one that calls what a type does not have, though it be unreachable.
    /// </summary>
    private MethodDefinition WriteStaticCall(MethodDefinition root, ContextStack stack)
    {
        var symbol = (MethodSymbol?)null;
        TypeSymbol? self = null;
        var method = Declare(root.Name + "!", stack, root, Kind.Static, ref symbol, ref self);
        var slot = families.SlotOf(root, stack);
        var body = MethodFrame.Of(types, method);
        var writer = Begin(body);
        foreach (var argument in body.Arguments)
            writer.Emit(Code.Ldarg, argument);
        writer.Append(new Instruction(Code.Call, types.Method(slot, families.InterfaceOf(slot, symbol!.DeclaringType), symbol.MethodArguments)) { Constrained = self });
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method);
        return method;
    }

    /// <summary>The call as natively, with the delegates that it hands over bound to the contexts.</summary>
    public void EmitNative(BlockWriter writer, MethodIR body, MethodSymbol root, TypeSymbol? self, int first, int contexts, ContextStack stack)
    {
        var handed = HandedDelegates.ParametersOf(root).ToArray();
        System.Action? after = null;
        for (var i = 0; i < contexts; i++)
        {
            writer.Emit(Code.Ldarg, body.Arguments[i]);
            if (System.Array.IndexOf(handed, i - first) < 0)
                continue;
            var type = body.Arguments[i].Type;
            if (self is null && EventHandlers.IsAccessor(root))
                after = helpers.EventHandlers.Emit(writer, root, () => Bind(type));
            else if (KeptDelegates.IsPutBy(root, i - first))
                helpers.EmitKept(writer, type, stack, EmitContexts);
            else
                Bind(type);
        }
        if (KeptDelegates.IsReadBy(root))
            after = () => helpers.EmitOriginal(writer, root.ReturnType);
        writer.Append(new Instruction(root.Definition!.IsStatic ? Code.Call : Code.Callvirt, root) { Constrained = self, Prefixes = self is null && after is null ? helpers.TailPrefix : Prefixes.None });
        after?.Invoke();

        void EmitContexts()
        {
            foreach (var context in body.Arguments.Skip(contexts))
                writer.Emit(Code.Ldarg, context);
        }

        void Bind(TypeSymbol type)
        {
            EmitContexts();
            writer.Emit(Code.Call, helpers.BoundDelegates.Binder(type, stack));
        }
    }

    private MethodDefinition Declare(string name, ContextStack stack, MethodDefinition root, Kind kind, ref MethodSymbol? symbol, ref TypeSymbol? self)
    {
        MethodSymbol? declaredSymbol = null;
        TypeSymbol? declaredSelf = null;
        var method = holder.AddMethod(name + "@" + stack.Name, declared =>
        {
            GenericParameters.Copy(types, importer, root.DeclaringType, root.DeclaringType.GenericParameters, declared);
            GenericParameters.Copy(types, importer, root, root.GenericParameters, declared);
            if (kind != Kind.OfObject)
                declared.GenericParameters.Add(new GenericParameter("TSelf", declared) { Attributes = AllowByRefLike });
            var own = types.ParametersOf(declared);
            var ofType = root.DeclaringType.GenericParameters.Count;
            var type = types.Instantiate(types.Import(root.DeclaringType, GenericScope.Empty), [.. own.Take(ofType)]);
            declaredSymbol = types.Method(root, type, [.. own.Skip(ofType).Take(root.GenericParameters.Count)]);
            declaredSelf = kind == Kind.OfObject ? null : own[own.Length - 1];
            if (kind != Kind.Static)
                declared.Parameters.Add(new ParameterDefinition("self", ParameterAttributes.None, importer.Import(declaredSelf is null ? type : types.ByRef(declaredSelf))));
            declared.ReturnType = importer.Import(declaredSymbol.ReturnType);
            foreach (var parameter in declaredSymbol.Parameters.Concat(stack.Parameters))
                declared.Parameters.Add(new ParameterDefinition("arg" + declared.Parameters.Count, ParameterAttributes.None, importer.Import(parameter)));
            declared.ImplAttributes |= MethodImplAttributes.AggressiveInlining;
        }, root.IsFamily || root.IsFamilyOrAssembly ? Deriving(root.DeclaringType) : null);
        symbol = declaredSymbol;
        self = declaredSelf;
        return method;
    }

    /// <summary>A class derived from one outside, to stand in for a call of a protected method of it.</summary>
    private TypeDefinition? Deriving(TypeDefinition @base)
    {
        if (@base.Module == types.Module)
            return null;
        if (!deriving.TryGetValue(@base, out var type))
        {
            TypeSymbol[] arguments = [.. @base.GenericParameters.Select(_ => types.Object)];
            deriving.Add(@base, type = holder.AddDerived("From" + deriving.Count, importer.Import(types.Instantiate(types.Import(@base, GenericScope.Empty), arguments))));
        }
        return type;
    }

    private FieldSymbol ImplementsField(TypeSymbol self, TypeSymbol @interface) => Field("Cassette.Runtime.Implements`2", self, @interface);

    private FieldSymbol Field(string name, TypeSymbol self, TypeSymbol @interface)
    {
        var type = types.Instantiate(library.Type(name), [self, @interface]);
        return types.Field(type.Definition!.Fields.First(f => f.Name == "Value"), type);
    }

    private static BlockWriter Begin(MethodIR body)
    {
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        return writer;
    }
}
