using System;
using System.IO;
using System.Linq;

using Fody;

using Mono.Cecil;

namespace Cassette.Fody.Build;

/// <summary>
/// Marks a woven assembly, so that the guard of Cassette.Tasks can tell it from the compiler's output and
/// from one woven for another configuration. There are two parts. The assembly carries
/// <c>[Cassette.Runtime.Woven(version, mark)]</c>, whose mark is independent of the directory, as the output
/// has to be. The file <c>X.cassette.woven</c> beside it holds the stamp, a hash over the contents of all
/// inputs, which differ between directories where they were compiled in them.
/// Used through <see cref="WeaveSession"/>.
/// </summary>
internal static class WeaveStamp
{
    private const string RuntimeLibrary = "Cassette.Attributes";
    private const string AttributeName = "Cassette.Runtime.WovenAttribute";

    public static void Apply(ModuleDefinition module, BuildInputs inputs)
    {
        TypeDefinition attribute = FindAttribute(module);
        if (module.Assembly.CustomAttributes.Any(present => present.AttributeType.FullName == AttributeName))
            return;
        MethodReference constructor = module.ImportReference(attribute.Methods.Single(method => method.IsConstructor && !method.IsStatic));
        Version version = typeof(WeaveStamp).Assembly.GetName().Version;
        TypeReference text = module.TypeSystem.String;
        module.Assembly.CustomAttributes.Add(new CustomAttribute(constructor)
        {
            ConstructorArguments = { new(text, version.ToString(3)), new(text, inputs.Mark) },
        });
    }

    public static void Confirm(BuildInputs inputs) =>
        File.WriteAllText(Path.ChangeExtension(inputs.AssemblyPath, ".cassette.woven"), inputs.Stamp + "\n");

    private static TypeDefinition FindAttribute(ModuleDefinition module)
    {
        AssemblyDefinition? library = module.Assembly.Name.Name == RuntimeLibrary
            ? module.Assembly
            : module.AssemblyResolver.Resolve(LibraryReference(module));
        return library?.MainModule.GetType(AttributeName)
            ?? throw new WeavingException(
                $"CAS602: The project does not reference the runtime library {RuntimeLibrary}. "
                + "Add a PackageReference to Cassette.Fody, which brings it.");
    }

    // The compiler drops references that the source does not use.
    private static AssemblyNameReference LibraryReference(ModuleDefinition module) =>
        module.AssemblyReferences.FirstOrDefault(reference => reference.Name == RuntimeLibrary)
        ?? new AssemblyNameReference(RuntimeLibrary, null);
}
