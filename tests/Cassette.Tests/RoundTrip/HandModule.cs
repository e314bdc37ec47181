using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.RoundTrip;

/// <summary>A module of methods written instruction by instruction.</summary>
internal sealed class HandModule
{
    private readonly TypeDefinition home;

    public HandModule()
    {
        Module = ModuleDefinition.CreateModule("Hand", new ModuleParameters { Kind = ModuleKind.Dll, AssemblyResolver = Corpus.Resolver() });
        home = NewType("Home");
    }

    public ModuleDefinition Module { get; }

    public TypeReference Int => Module.TypeSystem.Int32;

    public TypeReference Type(Type type) => Module.ImportReference(type);

    public MethodReference Method(Type type, string name, params Type[] parameters) => Module.ImportReference(type.GetMethod(name, parameters));

    public MethodReference Constructor(Type type, params Type[] parameters) => Module.ImportReference(type.GetConstructor(parameters));

    public TypeDefinition NewType(string name, Type? baseType = null)
    {
        var type = new TypeDefinition("", name, TypeAttributes.Public | TypeAttributes.BeforeFieldInit | (baseType == typeof(ValueType) ? TypeAttributes.Sealed : 0), Type(baseType ?? typeof(object)));
        Module.Types.Add(type);
        return type;
    }

    public FieldDefinition NewField(TypeDefinition type, string name, TypeReference fieldType, FieldAttributes attributes = FieldAttributes.Public)
    {
        var field = new FieldDefinition(name, attributes, fieldType);
        type.Fields.Add(field);
        return field;
    }

    public MethodDefinition NewMethod(string name, TypeReference returns, Action<ILProcessor> write, params TypeReference[] parameters) =>
        NewMethod(home, name, returns, write, MethodAttributes.Public | MethodAttributes.Static, parameters);

    public MethodDefinition NewMethod(TypeDefinition type, string name, TypeReference returns, Action<ILProcessor> write, MethodAttributes attributes, params TypeReference[] parameters)
    {
        var method = new MethodDefinition(name, attributes, returns) { HasThis = (attributes & MethodAttributes.Static) == 0 };
        foreach (var parameter in parameters)
            method.Parameters.Add(new ParameterDefinition(parameter));
        type.Methods.Add(method);
        method.Body.InitLocals = true;
        write(method.Body.GetILProcessor());
        return method;
    }

    public byte[] Write()
    {
        using var image = new MemoryStream();
        Module.Write(image);
        return image.ToArray();
    }

    /// <summary>The image with every body imported, verified and emitted; and the reason for each body that was not.</summary>
    public static byte[] Reemit(byte[] image, Dictionary<string, string> refusals)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image), new ReaderParameters { AssemblyResolver = Corpus.Resolver() });
        var types = new TypeUniverse(module);
        var importer = new BodyImporter(types);
        var verifier = new BodyVerifier(new Assignability(types));
        var emitter = new BodyEmitter(new SymbolImporter(module));
        foreach (var method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).ToList())
        {
            var import = importer.Import(method);
            if (import.Body is not { } body)
                refusals.Add(method.Name, import.Refusal!);
            else if (verifier.Verify(body) is { Count: > 0 } errors)
                refusals.Add(method.Name, errors[0].ToString());
            else
                emitter.Emit(body, method);
        }
        using var written = new MemoryStream();
        module.Write(written);
        return written.ToArray();
    }
}

/// <summary>Short forms for writing code by hand.</summary>
internal static class HandCode
{
    public static ILProcessor Op(this ILProcessor il, OpCode code)
    {
        il.Emit(code);
        return il;
    }

    public static ILProcessor Op(this ILProcessor il, OpCode code, object operand)
    {
        switch (operand)
        {
            case int value:
                il.Emit(code, value);
                break;
            case byte value:
                il.Emit(code, value);
                break;
            case long value:
                il.Emit(code, value);
                break;
            case double value:
                il.Emit(code, value);
                break;
            case string value:
                il.Emit(code, value);
                break;
            case TypeReference type:
                il.Emit(code, type);
                break;
            case MethodReference method:
                il.Emit(code, method);
                break;
            case FieldReference field:
                il.Emit(code, field);
                break;
            case Mono.Cecil.Cil.Instruction target:
                il.Emit(code, target);
                break;
            case Mono.Cecil.Cil.Instruction[] targets:
                il.Emit(code, targets);
                break;
            case VariableDefinition variable:
                il.Emit(code, variable);
                break;
            case ParameterDefinition parameter:
                il.Emit(code, parameter);
                break;
            case CallSite site:
                il.Emit(code, site);
                break;
            default:
                throw new ArgumentException(operand.GetType().Name, nameof(operand));
        }
        return il;
    }

    /// <summary>Places an instruction made beforehand, for branches to lead to.</summary>
    public static ILProcessor At(this ILProcessor il, Mono.Cecil.Cil.Instruction label)
    {
        il.Append(label);
        return il;
    }

    public static Mono.Cecil.Cil.Instruction Label() => Mono.Cecil.Cil.Instruction.Create(OpCodes.Nop);

    public static VariableDefinition Local(this ILProcessor il, TypeReference type)
    {
        var variable = new VariableDefinition(type);
        il.Body.Variables.Add(variable);
        return variable;
    }

    public static void Protect(this ILProcessor il, ExceptionHandlerType kind, Mono.Cecil.Cil.Instruction from, Mono.Cecil.Cil.Instruction handler, Mono.Cecil.Cil.Instruction? end, TypeReference? caught = null, Mono.Cecil.Cil.Instruction? filter = null) =>
        il.Body.ExceptionHandlers.Add(new ExceptionHandler(kind) { TryStart = from, TryEnd = filter ?? handler, HandlerStart = handler, HandlerEnd = end, CatchType = caught, FilterStart = filter });
}
