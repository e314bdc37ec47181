using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Tests.Harness;

/// <summary>Our own importer and verifier over every method body of a woven assembly, as it was written.</summary>
internal static class OwnVerifierCheck
{
    public static IReadOnlyList<string> Problems(WovenProgram program)
    {
        using var resolver = new PlatformResolver(
            program.Original.Libraries.ToDictionary(library => library.Name, library => library.Image));
        using var module = ModuleDefinition.ReadModule(
            new MemoryStream(program.Image), new ReaderParameters { AssemblyResolver = resolver });
        var types = new TypeUniverse(module);
        var importer = new BodyImporter(types);
        var verifier = new BodyVerifier(new Assignability(types));
        var problems = new List<string>();
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            ImportResult import = importer.Import(method);
            if (import.Body is not { } body)
                problems.Add($"Importer: {method.FullName}: {import.Refusal}");
            else
                problems.AddRange(verifier.Verify(body).Select(error => $"Verifier: {method.FullName}: {error}"));
        }

        return problems;
    }
}
