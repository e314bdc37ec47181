using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Which virtual methods an assembly that the weaver never sees may override. A clone's slot must not hide such an override, so the clone
/// asks for it before it runs.
/// </summary>
internal sealed class Overridability(ModuleDefinition module)
{
    private readonly bool hasFriends = ModuleFacts.HasFriends(module);

    public bool MayBeOverriddenOutside(MethodDefinition method) =>
        !method.IsFinal && !method.IsPrivate && !method.DeclaringType.IsInterface
        && (hasFriends || method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && MayBeDerivedOutside(method.DeclaringType);

    /// <summary>Whether a class of an assembly that the weaver never sees may derive from a class.</summary>
    public bool MayBeDerivedOutside(TypeDefinition type) => ModuleFacts.MayBeDerivedOutside(type, hasFriends);
}
