using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;
using MethodAttributes = Mono.Cecil.MethodAttributes;
using TypeAttributes = Mono.Cecil.TypeAttributes;

namespace Cassette.Tests.Runtime;

/// <summary>
/// What <c>ldtoken</c> gives for an uninstantiated method, as the weaver writes it: the handle by which
/// reflection knows the method's definition.
/// </summary>
public class DelegateTokenTests
{
    [Fact]
    public void A_method_definition_of_a_generic_type_of_the_same_module()
    {
        (Assembly assembly, nint value) = Run(Define);

        Assert.Equal(assembly.GetType("G`1")!.GetMethod("M")!.MethodHandle.Value, value);
    }

    [Fact]
    public void A_reference_to_a_method_of_an_open_type_of_another_module()
    {
        // The parent has to be the bare type: its instantiation over its own type parameters is a bad image.
        (_, nint value) = Run(module => new MethodReference(
            "Clear", module.TypeSystem.Void, module.ImportReference(typeof(List<>)).GetElementType()) { HasThis = true });

        Assert.Equal(typeof(List<>).GetMethod("Clear")!.MethodHandle.Value, value);
    }

    [Fact]
    public void A_reference_to_a_generic_method_of_another_module()
    {
        (_, nint value) = Run(module => module.ImportReference(typeof(Foreign).GetMethod("Lone")));

        Assert.Equal(typeof(Foreign).GetMethod("Lone")!.MethodHandle.Value, value);
    }

    private static (Assembly Assembly, nint Value) Run(Func<ModuleDefinition, MethodReference> token)
    {
        using var module = ModuleDefinition.CreateModule("Tokens" + Guid.NewGuid(), ModuleKind.Dll);
        var type = new TypeDefinition("", "Program", TypeAttributes.Public, module.TypeSystem.Object);
        module.Types.Add(type);
        var method = new MethodDefinition(
            "Run", MethodAttributes.Public | MethodAttributes.Static, module.ImportReference(typeof(RuntimeMethodHandle)));
        type.Methods.Add(method);
        method.Body.GetILProcessor().Emit(OpCodes.Ldtoken, token(module));
        method.Body.GetILProcessor().Emit(OpCodes.Ret);
        var stream = new MemoryStream();
        module.Write(stream);
        Assembly assembly = Assembly.Load(stream.ToArray());
        return (assembly, ((RuntimeMethodHandle)assembly.GetType("Program")!.GetMethod("Run")!.Invoke(null, null)!).Value);
    }

    private static MethodDefinition Define(ModuleDefinition module)
    {
        var type = new TypeDefinition("", "G`1", TypeAttributes.Public, module.TypeSystem.Object);
        type.GenericParameters.Add(new GenericParameter("T", type));
        var method = new MethodDefinition("M", MethodAttributes.Public, module.TypeSystem.Void);
        method.Body.GetILProcessor().Emit(OpCodes.Ret);
        type.Methods.Add(method);
        module.Types.Add(type);
        return method;
    }
}
