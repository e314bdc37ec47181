using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Which virtual methods an assembly that the weaver never sees may override. A clone's slot must not hide such an override, so the clone
/// asks for it before it runs.
/// </summary>
internal sealed class Overridability(ModuleDefinition module)
{
    private readonly bool hasFriends = module.Assembly.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.InternalsVisibleToAttribute");

    public bool MayBeOverriddenOutside(MethodDefinition method) =>
        !method.IsFinal && !method.IsPrivate && !method.DeclaringType.IsInterface
        && (hasFriends || method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && MayBeDerivedOutside(method.DeclaringType);

    /// <summary>Whether a class of an assembly that the weaver never sees may derive from a class.</summary>
    public bool MayBeDerivedOutside(TypeDefinition type) =>
        !type.IsSealed && !type.IsValueType && IsVisible(type)
        && type.Methods.Any(m => m is { IsConstructor: true, IsStatic: false } && (hasFriends && !m.IsPrivate || m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly));

    private bool IsVisible(TypeDefinition type) => type.DeclaringType is null
        ? hasFriends || type.IsPublic
        : IsVisible(type.DeclaringType) && (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly || hasFriends && !type.IsNestedPrivate);
}
