using System;

namespace Cassette;

/// <summary>
/// Gives a context a pass: a class that rewrites the bodies of the methods that run in the context, while they are woven. The seeds' <c>@pass</c> and
/// the argument <c>pass</c> of a context.
/// </summary>
/// <remarks>
/// <para>
/// A pass implements <c>Cassette.Fody.Passes.IPass</c>, has a public constructor without parameters, and stands in an assembly of its own, since the weaver
/// loads it. That assembly comes from a project reference with <c>OutputItemType="CassettePassAssembly" ReferenceOutputAssembly="false"</c>, or with a package.
/// Such a reference makes the pass's type known to the compiler, but nothing of it is copied beside the program.
/// </para>
/// <para>
/// Repeated, the passes run in the order in which they stand, each on what the one before it made. A context that derives from another one has
/// that one's passes first; those of a <c>&lt;Pass&gt;</c> in the XML come last. The overdub transformation follows all of them.
/// </para>
/// <para>
/// Reflection over all attributes of a type would have to load the pass, which is not there when the program runs. So the weaver turns the form with a type into
/// the one with a name. In an assembly that is not woven, use the one with a name if the program reflects over its contexts.
/// </para>
/// <para>
/// A pass that is not found, is no pass, or cannot be made is a build error (<c>CAS350</c> to <c>CAS358</c>). In an assembly that is not woven the attribute does nothing.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [Pass("MyTools.EdgeCoveragePass, MyTools.Passes")]     // or typeof(EdgeCoveragePass), where the pass's project is referenced
/// public readonly record struct CoverageCtx(int[] Metadata) : IContext&lt;int[]&gt;;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class PassAttribute : Attribute
{
    /// <summary>Names a pass by its type.</summary>
    /// <param name="pass">The pass's type.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pass"/> is null.</exception>
    public PassAttribute(Type pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        TypeName = $"{pass.FullName}, {pass.Assembly.GetName().Name}";
    }

    /// <summary>Names a pass by text, which needs no reference that the compiler sees.</summary>
    /// <param name="typeName">
    /// The type's full name, with <c>+</c> before a nested type, and after a comma the simple name of its assembly, which may be left out where only one pass assembly
    /// has a type of that name: <c>"MyTools.EdgeCoveragePass, MyTools.Passes"</c>.
    /// </param>
    public PassAttribute(string typeName) => TypeName = typeName;

    /// <summary>The pass's type: its full name, a comma, and the simple name of its assembly.</summary>
    public string TypeName { get; }
}
