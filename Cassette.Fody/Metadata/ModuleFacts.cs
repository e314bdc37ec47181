using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Metadata;

/// <summary>What holds for a whole module: who sees into it, who may derive from its classes, and how the JIT takes its code.</summary>
internal static class ModuleFacts
{
    // DebuggableAttribute.DebuggingModes.DisableOptimizations
    private const int DisableOptimizations = 0x100;

    /// <summary>Whether assemblies that the weaver may never see have access to what is internal.</summary>
    public static bool HasFriends(ModuleDefinition module) =>
        module.Assembly?.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.InternalsVisibleToAttribute") == true;

    /// <summary>Whether a module asks the JIT to optimise it.</summary>
    public static bool IsOptimized(ModuleDefinition module)
    {
        var arguments = module.Assembly?.CustomAttributes.FirstOrDefault(a => a.AttributeType.FullName == "System.Diagnostics.DebuggableAttribute")?.ConstructorArguments;
        return arguments?.Count switch
        {
            1 => arguments[0].Value is int modes && (modes & DisableOptimizations) == 0,
            2 => arguments[1].Value is false,
            _ => true,
        };
    }

    /// <summary>Whether a class of an assembly that the weaver never sees may derive from a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="hasFriends">Whether its module <see cref="HasFriends"/>.</param>
    public static bool MayBeDerivedOutside(TypeDefinition type, bool hasFriends) =>
        !type.IsSealed && !type.IsValueType && IsVisible(type, hasFriends)
        && type.Methods.Any(m => m is { IsConstructor: true, IsStatic: false } && (hasFriends && !m.IsPrivate || m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly));

    private static bool IsVisible(TypeDefinition type, bool hasFriends) => type.DeclaringType is null
        ? hasFriends || type.IsPublic
        : IsVisible(type.DeclaringType, hasFriends) && (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly || hasFriends && !type.IsNestedPrivate);
}
