using Cassette.Fody.Configuration;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Passes.Loading;

/// <summary>A pass as a context asks for it.</summary>
/// <param name="TypeName">Its type's full name, dots before nested types too.</param>
/// <param name="AssemblyName">The simple name of its assembly; null to look in all.</param>
/// <param name="Position">Where it is asked for.</param>
internal sealed record PassRequest(string TypeName, string? AssemblyName, SourcePosition? Position)
{
    /// <summary>The request of a <c>[Pass]</c>; null where what it names cannot be a type.</summary>
    public static PassRequest? Of(CustomAttribute attribute, SourcePosition? position) => attribute.ConstructorArguments[0].Value switch
    {
        TypeReference { IsArray: false, IsPointer: false, IsGenericParameter: false } type => new PassRequest(PassTypeName.Normalize(type.FullName), AssemblyOf(type), position),
        string text => Of(text, position),
        _ => null,
    };

    /// <summary>The request that a text names: <c>Type</c> or <c>Type, Assembly</c>; null where it names none.</summary>
    public static PassRequest? Of(string text, SourcePosition? position)
    {
        var parts = text.Split(',');
        var type = parts[0].Trim();
        // What comes behind the simple name (version, culture, key) is not looked at: there is one build of each pass.
        var assembly = parts.Length > 1 ? parts[1].Trim() : null;
        return PassTypeName.IsValid(type) && assembly is not "" ? new PassRequest(PassTypeName.Normalize(type), assembly, position) : null;
    }

    public override string ToString() => AssemblyName is null ? TypeName : TypeName + ", " + AssemblyName;

    /// <summary>The simple name of a type's assembly.</summary>
    public static string AssemblyOf(TypeReference type) => type.Scope switch
    {
        AssemblyNameReference reference => reference.Name,
        // The project itself: no pass assembly, which is what the message will say.
        _ => type.Module.Assembly.Name.Name,
    };
}
