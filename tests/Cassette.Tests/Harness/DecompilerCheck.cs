using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Threading.Tasks;
using ICSharpCode.Decompiler.IL;
using ICSharpCode.Decompiler.Metadata;
using ICSharpCode.Decompiler.TypeSystem;
using GenericContext = ICSharpCode.Decompiler.TypeSystem.GenericContext;

namespace Cassette.Tests.Harness;

/// <summary>
/// The decompiler's IL reader over every method body: a reader that knows the stack's types and was not
/// written by us. What it warns of in the compiler's own output is not held against the weaver.
/// </summary>
internal static class DecompilerCheck
{
    public static IEnumerable<string> Problems(WovenProgram program)
    {
        HashSet<string> before = [.. Warnings(program.Original.Name, program.Original.Image, program.Original)];
        return Warnings(program.Original.Name, program.Image, program.Original).Where(warning => !before.Contains(warning));
    }

    private static List<string> Warnings(string name, byte[] image, CompiledProgram program)
    {
        using var file = new PEFile(name, new MemoryStream(image), PEStreamOptions.PrefetchEntireImage);
        using var resolver = new Resolver(program);
        var typeSystem = new DecompilerTypeSystem(file, resolver);
        var warnings = new List<string>();
        foreach (MethodDefinitionHandle handle in file.Metadata.MethodDefinitions)
        {
            MethodDefinition definition = file.Metadata.GetMethodDefinition(handle);
            if (definition.RelativeVirtualAddress == 0)
                continue;
            IMethod method = typeSystem.MainModule.GetDefinition(handle);
            // It knows tail. before call and callvirt only; ECMA-335 III.2.4 has it before calli as well.
            warnings.AddRange(Read(typeSystem, file, handle, definition, method).Where(text => !text.EndsWith("Ignored invalid 'tail' prefix", StringComparison.Ordinal)).Select(text => $"IL reader: {method.FullName}: {text}"));
        }

        return warnings;
    }

    private static List<string> Read(
        DecompilerTypeSystem typeSystem, PEFile file, MethodDefinitionHandle handle, MethodDefinition definition, IMethod method)
    {
        try
        {
            MethodBodyBlock body = file.GetMethodBody(definition.RelativeVirtualAddress);
            ILFunction function = new ILReader(typeSystem.MainModule).ReadIL(handle, body, new GenericContext(method.DeclaringTypeDefinition?.TypeParameters, method.TypeParameters));
            return
            [
                .. function.Warnings,
                .. function.Descendants.OfType<InvalidExpression>().Select(invalid => invalid.Message ?? invalid.ToString()),
                .. function.Descendants.OfType<InvalidBranch>().Select(invalid => invalid.Message ?? invalid.ToString()),
            ];
        }
        catch (Exception exception) when (exception is BadImageFormatException or InvalidOperationException or NullReferenceException)
        {
            return [exception.ToString()];
        }
    }

    private sealed class Resolver(CompiledProgram program) : ICSharpCode.Decompiler.Metadata.IAssemblyResolver, IDisposable
    {
        private readonly Dictionary<string, MetadataFile?> _files = [];

        public MetadataFile? Resolve(IAssemblyReference reference)
        {
            if (!_files.TryGetValue(reference.Name, out MetadataFile? file))
            {
                file = Open(reference.Name);
                _files.Add(reference.Name, file);
            }

            return file;
        }

        public MetadataFile? ResolveModule(MetadataFile mainModule, string moduleName) => null;

        public Task<MetadataFile?> ResolveAsync(IAssemblyReference reference) => Task.FromResult(Resolve(reference));

        public Task<MetadataFile?> ResolveModuleAsync(MetadataFile mainModule, string moduleName) =>
            Task.FromResult<MetadataFile?>(null);

        public IDisposable? BeginSnapshot() => null;

        public void Dispose()
        {
            foreach (MetadataFile? file in _files.Values)
                (file as IDisposable)?.Dispose();
        }

        private PEFile? Open(string name)
        {
            if (program.Libraries.FirstOrDefault(library => library.Name == name) is { } library)
                return new PEFile(name, new MemoryStream(library.Image), PEStreamOptions.PrefetchEntireImage);
            return Platform.Paths.TryGetValue(name, out string? path) ? new PEFile(path) : null;
        }
    }
}
