using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Passes.Loading;

/// <summary>The <c>[Pass]</c> attributes of types.</summary>
internal static class PassAttributes
{
    public static IEnumerable<CustomAttribute> Of(TypeDefinition type) => type.HasCustomAttributes ? type.CustomAttributes.Where(IsPass) : [];

    /// <summary>
    /// Writes those with a type as those with a name. Reflection over all attributes of a context loads every type that they name, and a pass is not there
    /// when the program runs.
    /// </summary>
    public static void Detach(ModuleDefinition module)
    {
        foreach (var type in module.GetTypes().Where(type => type.HasCustomAttributes))
        {
            for (var i = 0; i < type.CustomAttributes.Count; i++)
            {
                var attribute = type.CustomAttributes[i];
                if (IsPass(attribute) && attribute.ConstructorArguments[0].Value is TypeReference pass)
                    type.CustomAttributes[i] = ByName(attribute, $"{pass.FullName.Replace('/', '+')}, {PassRequest.AssemblyOf(pass)}", module);
            }
        }
    }

    private static bool IsPass(CustomAttribute attribute) => attribute.AttributeType is { Name: "PassAttribute", Namespace: "Cassette" };

    private static CustomAttribute ByName(CustomAttribute attribute, string name, ModuleDefinition module)
    {
        var text = module.TypeSystem.String;
        var constructor = new MethodReference(".ctor", module.TypeSystem.Void, attribute.AttributeType) { HasThis = true };
        constructor.Parameters.Add(new ParameterDefinition(text));
        return new CustomAttribute(constructor) { ConstructorArguments = { new CustomAttributeArgument(text, name) } };
    }
}
