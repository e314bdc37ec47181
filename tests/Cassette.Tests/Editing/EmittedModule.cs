using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil;

namespace Cassette.Tests.Editing;

/// <summary>An assembly whose bodies were imported, changed and emitted, loaded beside the original one.</summary>
internal sealed class EmittedModule : IDisposable
{
    private readonly AssemblyLoadContext context = new("edited", isCollectible: true);
    private readonly BodyEmitter emitter;
    private readonly BodyImporter importer;
    private readonly BodyVerifier verifier;
    private readonly BodyVerifier strict;

    public EmittedModule(ModuleDefinition module, TypeUniverse? types = null)
    {
        Module = module;
        Types = types ?? new TypeUniverse(module);
        importer = new BodyImporter(Types);
        emitter = new BodyEmitter(new SymbolImporter(module));
        Assignability = new Assignability(Types);
        verifier = new BodyVerifier(Assignability);
        strict = new BodyVerifier(Assignability, VerificationLevel.TypeSafe);
    }

    public ModuleDefinition Module { get; }

    public TypeUniverse Types { get; }

    public Assignability Assignability { get; }

    /// <summary>How many bodies the edits left correct but no longer type safe.</summary>
    public int LostTypeSafety { get; private set; }

    /// <summary>Changes every body; returns how many edits were made.</summary>
    public int Rewrite(Func<MethodIR, int> edit)
    {
        var edits = 0;
        foreach (var method in Corpus.Bodies(Module).ToList())
        {
            if (importer.Import(method).Body is not { } body)
                continue;
            var made = edit(body);
            if (made == 0)
                continue;
            edits += made;
            var errors = verifier.Verify(body);
            if (strict.Verify(body).Count > 0)
                LostTypeSafety++;
            if (errors.Count > 0)
                throw new InvalidOperationException($"{method.FullName}: {errors[0]}\n{IRPrinter.Print(body)}");
            emitter.Emit(body, method);
        }
        return edits;
    }

    public Assembly Load()
    {
        using var image = new MemoryStream();
        Module.Write(image);
        image.Position = 0;
        return context.LoadFromStream(image);
    }

    /// <summary>Has the JIT compile every method that can be compiled without type arguments; returns how many.</summary>
    public static int Prepare(Assembly assembly)
    {
        var prepared = 0;
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var type in assembly.GetTypes())
        {
            if (type.ContainsGenericParameters)
                continue;
            foreach (var method in type.GetMembers(all).OfType<MethodBase>())
            {
                if (method.IsAbstract || method.ContainsGenericParameters || method.GetMethodBody() is null)
                    continue;
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
                prepared++;
            }
        }
        return prepared;
    }

    public void Dispose() => context.Unload();
}
