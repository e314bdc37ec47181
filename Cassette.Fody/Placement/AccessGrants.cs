using System.Linq;
using Cassette.Fody.Emission;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Lets the module reach non-public members, by the attribute that the run time knows by name only. Its own assembly is among those it needs:
/// the holder refers to private nested types (display classes, the author's contexts) that code outside their type cannot name otherwise.
/// </summary>
internal sealed class AccessGrants(TypeUniverse types, SymbolImporter importer)
{
    private const string Namespace = "System.Runtime.CompilerServices", Name = "IgnoresAccessChecksToAttribute";

    public void GrantTo(string assemblyName)
    {
        var module = types.Module;
        var attribute = module.GetType(Namespace, Name) ?? Define();
        if (module.Assembly.CustomAttributes.Any(a => a.AttributeType.FullName == attribute.FullName && a.ConstructorArguments.Count == 1 && (string)a.ConstructorArguments[0].Value == assemblyName))
            return;
        var constructor = attribute.Methods.First(m => m.IsConstructor && !m.IsStatic && m.Parameters.Count == 1);
        module.Assembly.CustomAttributes.Add(new CustomAttribute(constructor)
        {
            ConstructorArguments = { new CustomAttributeArgument(module.TypeSystem.String, assemblyName) },
        });
    }

    private TypeDefinition Define()
    {
        var module = types.Module;
        var @base = types.Core("Attribute");
        var type = new TypeDefinition(Namespace, Name, TypeAttributes.NotPublic | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, importer.Import(@base));
        var constructor = new MethodDefinition(
            ".ctor", MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, module.TypeSystem.Void)
        { HasThis = true };
        constructor.Parameters.Add(new ParameterDefinition("assemblyName", ParameterAttributes.None, module.TypeSystem.String));
        var baseConstructor = @base.Definition!.Methods.First(m => m.IsConstructor && !m.IsStatic && m.Parameters.Count == 0);
        var il = constructor.Body.GetILProcessor();
        il.Emit(Mono.Cecil.Cil.OpCodes.Ldarg_0);
        il.Emit(Mono.Cecil.Cil.OpCodes.Call, importer.Import(types.Method(baseConstructor, @base, [])));
        il.Emit(Mono.Cecil.Cil.OpCodes.Ret);
        type.Methods.Add(constructor);
        AddUsage(type);
        module.Types.Add(type);
        return type;
    }

    private void AddUsage(TypeDefinition type)
    {
        var usage = types.Core("AttributeUsageAttribute");
        var constructor = usage.Definition!.Methods.First(m => m.IsConstructor && m.Parameters.Count == 1);
        // AttributeTargets.Assembly, AllowMultiple = true (II.23.3).
        byte[] blob = [1, 0, 1, 0, 0, 0, 1, 0, 0x54, 2, 13, .. System.Text.Encoding.UTF8.GetBytes("AllowMultiple"), 1];
        type.CustomAttributes.Add(new CustomAttribute(importer.Import(types.Method(constructor, usage, [])), blob));
    }
}
