using System;
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
/// Makes the structs that stand for calls, one a call site: the arguments as fields, and <c>ICall&lt;TArgs, TResult&gt;</c> over them. A struct
/// has the type parameters of the method that the call stands in.
/// </summary>
internal sealed class CallStructs(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, Helpers helpers, JoinPoints joinPoints)
{
    private int count;

    /// <summary>Loads the arguments, makes the struct, and leaves it on the stack.</summary>
    public TypeSymbol Emit(CallLowering lowering, Instruction call, CallSite site, CallShape shape, SourceSpan? source, Local[] arguments)
    {
        var writer = lowering.Writer;
        var clone = lowering.Clone;
        var caller = clone.Method;
        var type = holder.AddStruct($"Call{count++}@{clone.Stack.Name}", shape.NeedsRefStruct);
        // A specialised clone has type arguments where its original has parameters.
        var isOpen = clone.Instance is null;
        foreach (var parameter in caller.DeclaringType.GenericParameters.Concat(caller.GenericParameters).Where(_ => isOpen))
            type.GenericParameters.Add(new GenericParameter(parameter.Name, type) { Attributes = parameter.Attributes & ~GenericParameterAttributes.VarianceMask });
        TypeSymbol[] outer = isOpen ? [.. types.ParametersOf(caller.DeclaringType), .. types.ParametersOf(caller)] : [];
        var body = new CallStructBody(types, importer, holder, library, shells, helpers, joinPoints, clone, call, site, shape, source, type);
        var constructor = body.Write();
        for (var i = 0; i < arguments.Length; i++)
        {
            writer.Emit(Code.Ldloc, arguments[i]);
            if (body.CopiesReceiver && i == 0)
                writer.Emit(Code.Ldobj, shape.Arguments[0].Element);
        }
        lowering.EmitContexts(clone.Stack);
        var symbol = types.Instantiate(types.Import(type, GenericScope.Empty), outer);
        writer.Emit(Code.Newobj, types.Method(constructor, symbol, []));
        return symbol;
    }
}

/// <summary>Writes one struct that stands for a call.</summary>
internal sealed class CallStructBody
{
    private readonly TypeUniverse types;
    private readonly SymbolImporter importer;
    private readonly Holder holder;
    private readonly RuntimeLibrary library;
    private readonly Shells shells;
    private readonly Helpers helpers;
    private readonly JoinPoints joinPoints;
    private readonly PlannedClone clone;
    private readonly Instruction call;
    private readonly CallSite site;
    private readonly CallShape shape;
    private readonly SourceSpan? source;
    private readonly TypeDefinition type;
    private readonly TypeSymbol self;
    private readonly TypeSymbol[] arguments;
    private readonly TypeSymbol result;
    private readonly TypeSymbol tuple;
    private readonly bool returns;
    private readonly MethodSymbol callee;
    private readonly List<FieldSymbol> fields = [];

    public CallStructBody(
        TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, Shells shells, Helpers helpers, JoinPoints joinPoints,
        PlannedClone clone, Instruction call, CallSite site, CallShape shape, SourceSpan? source, TypeDefinition type)
    {
        this.types = types;
        this.importer = importer;
        this.holder = holder;
        this.library = library;
        this.shells = shells;
        this.helpers = helpers;
        this.joinPoints = joinPoints;
        this.clone = clone;
        this.call = call;
        this.site = site;
        this.shape = shape;
        this.source = source;
        this.type = type;
        self = types.SelfOf(type);
        var own = types.ParametersOf(type);
        Map = t => types.Substitute(t, clone.Method.DeclaringType, [.. own.Take(clone.Method.DeclaringType.GenericParameters.Count)], clone.Method, [.. own.Skip(clone.Method.DeclaringType.GenericParameters.Count)]);
        CopyConstraints();
        CopiesReceiver = shape is { HasReceiver: true, NeedsRefStruct: false } && shape.Arguments[0].Shape == TypeShape.ByRef;
        arguments = [.. shape.Arguments.Select((a, i) => Map(CopiesReceiver && i == 0 ? a.Element! : a))];
        returns = shape.Result.Shape != TypeShape.Void;
        result = returns ? Map(shape.Result) : library.Type("Cassette.Nothing");
        tuple = TupleOf(arguments.Select(Element).ToArray());
        callee = MapMethod(call.Method);
    }

    /// <summary>The receiver is a reference to a readonly struct, of which a copy does as well.</summary>
    public bool CopiesReceiver { get; }

    private Func<TypeSymbol, TypeSymbol> Map { get; }

    public MethodDefinition Write()
    {
        var constructor = WriteConstructor();
        var ofResult = types.Instantiate(library.Type("Cassette.ICall`1"), [result]);
        var ofArguments = types.Instantiate(library.Type("Cassette.ICall`2"), [tuple, result]);
        type.Interfaces.Add(new Mono.Cecil.InterfaceImplementation(importer.Import(ofResult)));
        type.Interfaces.Add(new Mono.Cecil.InterfaceImplementation(importer.Import(ofArguments)));
        Implement(ofResult, "get_JoinPoint", (writer, _) => writer.Emit(Code.Ldloc, joinPoints.Emit(writer, call.Method, clone.Author, source, site.Intrinsic)));
        Implement(ofResult, "get_Arguments", (writer, body) =>
        {
            EmitTuple(writer, body, tuple, 0);
            writer.Emit(Code.Box, tuple);
        });
        Implement(ofArguments, "get_Arguments", (writer, body) => EmitTuple(writer, body, tuple, 0));
        var hasClone = site.Route is CallRoute.Exact or CallRoute.Slot or CallRoute.Family or CallRoute.Construction or CallRoute.Invoke;
        Implement(ofResult, "get_CanRecurse", (writer, _) => writer.Emit(Code.Ldc_I4, hasClone ? 1 : 0));
        Implement(ofResult, "Recurse", (writer, body) => EmitRecurse(writer, body, hasClone));
        Implement(ofResult, "Fallback", EmitNative);
        return constructor;
    }

    private MethodDefinition WriteConstructor()
    {
        var constructor = new MethodDefinition(
            ".ctor", MethodAttributes.Assembly | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, types.Module.TypeSystem.Void)
        { HasThis = true };
        var held = arguments.Concat(clone.Stack.Parameters).ToArray();
        for (var i = 0; i < held.Length; i++)
        {
            var field = new FieldDefinition("arg" + i, FieldAttributes.Assembly, importer.Import(held[i]));
            type.Fields.Add(field);
            fields.Add(types.Field(field, self));
            constructor.Parameters.Add(new ParameterDefinition("arg" + i, ParameterAttributes.None, importer.Import(held[i])));
        }
        type.Methods.Add(constructor);
        var body = MethodFrame.Of(types, constructor);
        var writer = Begin(body);
        for (var i = 0; i < held.Length; i++)
        {
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            writer.Emit(Code.Ldarg, body.Arguments[i + 1]);
            writer.Emit(Code.Stfld, fields[i]);
        }
        End(writer, body, constructor);
        return constructor;
    }

    private void Implement(TypeSymbol @interface, string name, Action<BlockWriter, MethodIR> write)
    {
        var declared = @interface.Definition!.Methods.First(m => m.Name == name);
        var method = new MethodDefinition(
            MetadataNames.Fit(@interface.DisplayName + "." + name), MethodAttributes.Private | MethodAttributes.HideBySig | MethodAttributes.Virtual | MethodAttributes.NewSlot | MethodAttributes.Final, types.Module.TypeSystem.Void)
        { HasThis = true };
        foreach (var parameter in declared.GenericParameters)
        {
            var copy = new GenericParameter(parameter.Name, method) { Attributes = parameter.Attributes };
            method.GenericParameters.Add(copy);
            foreach (var constraint in types.ConstraintsOf(types.ParametersOf(declared)[parameter.Position]))
                copy.Constraints.Add(new GenericParameterConstraint(importer.Import(constraint)));
        }
        var symbol = types.Method(declared, @interface, types.ParametersOf(method));
        method.ReturnType = importer.Import(symbol.ReturnType);
        foreach (var parameter in symbol.Parameters)
            method.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, importer.Import(parameter)));
        method.Overrides.Add(importer.Import(types.Method(declared, @interface, [])));
        type.Methods.Add(method);
        var body = MethodFrame.Of(types, method);
        var writer = Begin(body);
        write(writer, body);
        End(writer, body, method);
    }

    private void EmitRecurse(BlockWriter writer, MethodIR body, bool hasClone)
    {
        if (!hasClone)
        {
            EmitNative(writer, body);
            return;
        }
        if (site.Outer is { } outer && CanRepeat)
        {
            EmitRepeated(writer, body, outer);
            return;
        }
        var named = site.Callee is null ? null : MapMethod(site.Callee);
        var exact = site.Route != CallRoute.Exact ? null : named != null ? shells.Exact(named, site.Goes) : shells.ExactFor(call, callee, site.Goes, site.Place);
        EmitArguments(writer, body, exact != null && Shells.LosesNullCheck(call, exact));
        for (var depth = site.Place?.Code.Depth ?? 0; depth > site.Place?.Level.Depth; depth--)
        {
            if (clone.Stack.Carries(depth))
                HeldIn(body).Emit(writer, depth);
        }
        EmitContexts(writer, body, site.Goes.Depth, forConstructor: site.Route == CallRoute.Exact && shape.Callee.IsConstructor);
        var code = shape.Callee.IsConstructor ? Code.Newobj : call.Code;
        switch (site.Route)
        {
            case CallRoute.Invoke:
                writer.Emit(Code.Call, helpers.Invoker(callee.DeclaringType, site.Goes));
                break;
            case CallRoute.Slot when site.Self is { } parameter:
                writer.Emit(Code.Call, helpers.FamilyCalls.OnParameter(callee, Map(parameter), shells.Slot(callee, site.Goes), site.Goes));
                break;
            case CallRoute.Slot:
                EmitCall(writer, code, shells.Slot(named ?? callee, site.Goes));
                break;
            case CallRoute.Construction:
                writer.Emit(Code.Call, helpers.ConstructionCalls.For(callee, site.Constructors!, site.Goes));
                break;
            case CallRoute.Family when site.Classes is { } classes:
                writer.Emit(Code.Call, helpers.ExactCalls.For(classes, site.Goes, clone.Method));
                break;
            case CallRoute.Family:
                writer.Emit(Code.Call, helpers.FamilyCalls.For(named!, site.Self is { } self ? Map(self) : null, site.Goes));
                break;
            case CallRoute.Exact when named != null:
                writer.Emit(named.HasThis && !named.DeclaringType.IsValueType ? Code.Callvirt : Code.Call, exact!);
                break;
            default:
                EmitCall(writer, exact!.HasThis || code != Code.Callvirt ? code : Code.Call, exact);
                break;
        }
        EmitResult(writer);
    }

    /// <summary>What the call's site says of its rules speaks of the caller's type parameters, which the struct's methods have none of.</summary>
    private bool CanRepeat => !type.HasGenericParameters;

    /// <summary>Makes the call as the contexts around this level see it.</summary>
    private void EmitRepeated(BlockWriter writer, MethodIR body, CallSite seen)
    {
        EmitArguments(writer, body);
        EmitContexts(writer, body, clone.Stack.Depth);
        var repeated = site.Intrinsic is { Raw: var raw } ? Copy(raw)
            : new Instruction(shape.Callee.IsConstructor ? Code.Newobj : call.Code, call.Operand) { Constrained = call.Constrained };
        writer.Emit(Code.Call, helpers.Repeat(clone, repeated, seen, [.. shape.Arguments], shape.Result));
        EmitResult(writer);
    }

    /// <summary>Where the struct has the contexts.</summary>
    private ContextSource HeldIn(MethodIR body)
    {
        var kept = arguments.Length;
        return ContextSource.InFields(body, [.. clone.Stack.Levels.Select(context => new ContextField(context, ContextStack.IsEmpty(context) ? null : fields[kept++]))]);
    }

    /// <summary>The contexts of the clone that is called: this level's as the rule hands it over, the others as they were.</summary>
    private void EmitContexts(BlockWriter writer, MethodIR body, int deepest, bool forConstructor = false)
    {
        for (var depth = deepest; depth > 0; depth--)
        {
            var isCarried = forConstructor || clone.Stack.Carries(depth);
            // A fallback is handed no context.
            if (depth != site.Level.Depth || body.Arguments.Count < 2)
            {
                if (isCarried)
                    HeldIn(body).Emit(writer, depth);
                continue;
            }
            // The JIT sees that the two types are the same and makes nothing of the box; any other context is an InvalidCastException.
            writer.Emit(Code.Ldarg, body.Arguments[1]);
            writer.Emit(Code.Box, body.Arguments[1].Type);
            EmitUnboxed(writer, site.Level.Innermost);
            if (!isCarried)
                writer.Emit(Code.Pop);
        }
    }

    /// <summary>A rule has the plain context where its level has no hooks, and hands that over; what it recurses into has no hooks either.</summary>
    private void EmitUnboxed(BlockWriter writer, TypeSymbol context)
    {
        if (WithoutHooks.Of(context) is null)
        {
            writer.Emit(Code.Unbox_Any, context);
            return;
        }
        EmitUnboxed(writer, context.Arguments[0]);
        writer.Emit(Code.Newobj, library.Method(context, ".ctor", 1));
    }

    private void EmitNative(BlockWriter writer, MethodIR body)
    {
        if (site.Plain is { } plain && CanRepeat)
        {
            EmitRepeated(writer, body, plain);
            return;
        }
        // Where there is a clone, the rule that makes the call natively wants nothing of it in the context.
        var binds = site.Route == CallRoute.Native && site.Intrinsic is null;
        var isEvent = binds && EventHandlers.IsAccessor(callee) && HandedDelegates.ParametersOf(callee).Any();
        EmitArguments(writer, body, bindsDelegates: binds && !isEvent);
        var after = isEvent ? helpers.EventHandlers.Emit(writer, callee, () => EmitBound(writer, body, arguments[arguments.Length - 1])) : null;
        EmitInstruction(writer, body, binds && KeptDelegates.IsReadBy(callee));
        after?.Invoke();
        EmitResult(writer);
    }

    /// <summary>The instruction itself, with what a delegate that is kept outside needs around it.</summary>
    private void EmitInstruction(BlockWriter writer, MethodIR body, bool readsDelegate)
    {
        var raw = site.Intrinsic?.Raw ?? call;
        var isKept = site.Intrinsic != null && KeptDelegates.PutBy(raw, types.Module) != null;
        if (isKept)
            helpers.EmitKept(writer, arguments[arguments.Length - 1], clone.Stack, () => EmitContexts(writer, body, clone.Stack.Depth));
        if (helpers.ProtectedAccess.IsNeeded(raw) && !shape.Callee.IsConstructor)
            writer.Emit(Code.Call, Accessor(raw));
        else if (site.Intrinsic != null)
            writer.Append(Copy(raw));
        else
            EmitCall(writer, shape.Callee.IsConstructor ? Code.Newobj : call.Code, callee);
        if (readsDelegate || site.Intrinsic != null && KeptDelegates.IsReadBy(raw, types.Module))
            helpers.EmitOriginal(writer, result);
    }

    private MethodSymbol Accessor(Instruction raw)
    {
        var caller = clone.Method;
        var accessor = helpers.ProtectedAccess.For(raw, caller, shape.Arguments, shape.Result);
        return clone.Instance is { } instance
            ? types.Method(accessor, instance.DeclaringType, instance.MethodArguments)
            : types.Method(accessor, Map(types.SelfOf(caller.DeclaringType)), [.. types.ParametersOf(caller).Select(Map)]);
    }

    /// <summary>An instruction with the struct's type parameters in place of the caller's.</summary>
    private Instruction Copy(Instruction raw) => new(raw.Code, raw.Operand switch
    {
        TypeSymbol operand => Map(operand),
        FieldSymbol field => types.Field(field.Definition ?? field.Reference, Map(field.DeclaringType)),
        MethodSymbol method => types.MethodOfArray(method, Map),
        var operand => operand,
    })
    {
        Prefixes = raw.Prefixes,
        Alignment = raw.Alignment,
    };

    private void EmitCall(BlockWriter writer, Code code, MethodSymbol method) =>
        writer.Append(new Instruction(code, method) { Constrained = call.Constrained is { } constraint ? Map(constraint) : null });

    private void EmitArguments(BlockWriter writer, MethodIR body, bool checksNull = false, bool bindsDelegates = false)
    {
        var receivers = arguments.Length - callee.Parameters.Length;
        var bound = bindsDelegates ? HandedDelegates.ParametersOf(callee).Select(p => p + receivers).ToArray() : [];
        for (var i = 0; i < arguments.Length; i++)
        {
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            writer.Emit(CopiesReceiver && i == 0 ? Code.Ldflda : Code.Ldfld, fields[i]);
            if (checksNull && i == 0)
                CallLowering.EmitNullCheck(writer, library);
            if (!bound.Contains(i))
                continue;
            if (KeptDelegates.IsPutBy(callee, i - receivers))
                helpers.EmitKept(writer, arguments[i], site.Goes, () => EmitContexts(writer, body, site.Goes.Depth));
            else
                EmitBound(writer, body, arguments[i]);
        }
    }

    private void EmitBound(BlockWriter writer, MethodIR body, TypeSymbol type)
    {
        EmitContexts(writer, body, site.Goes.Depth);
        writer.Emit(Code.Call, helpers.BoundDelegates.Binder(type, site.Goes));
    }

    private void EmitResult(BlockWriter writer)
    {
        if (returns)
            return;
        var nothing = writer.Temporary(result);
        writer.Emit(Code.Ldloca, nothing);
        writer.Emit(Code.Initobj, result);
        writer.Emit(Code.Ldloc, nothing);
    }

    private void EmitTuple(BlockWriter writer, MethodIR body, TypeSymbol part, int from)
    {
        if (part.Arguments.Length == 0)
        {
            var empty = writer.Temporary(part);
            writer.Emit(Code.Ldloca, empty);
            writer.Emit(Code.Initobj, part);
            writer.Emit(Code.Ldloc, empty);
            return;
        }
        for (var i = 0; i < Math.Min(7, part.Arguments.Length); i++)
            EmitElement(writer, body, from + i);
        if (part.Arguments.Length > 7)
            EmitTuple(writer, body, part.Arguments[7], from + 7);
        writer.Emit(Code.Newobj, library.Method(part, ".ctor", part.Arguments.Length));
    }

    private void EmitElement(BlockWriter writer, MethodIR body, int index)
    {
        var argument = arguments[index];
        if (Boxing.IsUnboxable(argument) && !(argument.Shape == TypeShape.ByRef && !Boxing.IsUnboxable(argument.Element!)))
        {
            writer.Emit(Code.Ldtoken, argument);
            writer.Emit(Code.Call, library.Method(types.Core("Type"), "GetTypeFromHandle", 1));
            writer.Emit(Code.Newobj, library.Method(library.Unboxable, ".ctor", 1));
            return;
        }
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Ldfld, fields[index]);
        if (argument.Shape == TypeShape.ByRef)
            writer.Append(library.Read(argument.Element!));
    }

    /// <summary>What a tuple holds of an argument: of a reference the value it refers to, of what cannot be boxed a placeholder.</summary>
    private TypeSymbol Element(TypeSymbol argument) =>
        argument.Shape == TypeShape.ByRef && !Boxing.IsUnboxable(argument.Element!) ? argument.Element!
        : Boxing.IsUnboxable(argument) ? library.Unboxable
        : argument;

    private TypeSymbol TupleOf(TypeSymbol[] elements)
    {
        if (elements.Length == 0)
            return types.Core("ValueTuple");
        return elements.Length <= 7
            ? types.Instantiate(types.Core("ValueTuple`" + elements.Length), elements)
            : types.Instantiate(types.Core("ValueTuple`8"), [.. elements.Take(7), TupleOf([.. elements.Skip(7)])]);
    }

    private MethodSymbol MapMethod(MethodSymbol method) =>
        types.Method(method.Definition!, Map(method.DeclaringType), [.. method.MethodArguments.Select(Map)]);

    private void CopyConstraints()
    {
        var own = types.ParametersOf(type);
        if (own.Length == 0)
            return;
        TypeSymbol[] originals = [.. types.ParametersOf(clone.Method.DeclaringType), .. types.ParametersOf(clone.Method)];
        for (var i = 0; i < own.Length; i++)
        {
            foreach (var constraint in types.ConstraintsOf(originals[i]))
                own[i].Parameter!.Constraints.Add(new GenericParameterConstraint(importer.Import(Map(constraint))));
        }
    }

    private static BlockWriter Begin(MethodIR body)
    {
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        return writer;
    }

    private void End(BlockWriter writer, MethodIR body, MethodDefinition method)
    {
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, method);
    }
}
