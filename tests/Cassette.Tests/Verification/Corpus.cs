using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;

namespace Cassette.Tests.Verification;

/// <summary>Real assemblies to try the IL layer on.</summary>
internal static class Corpus
{
    public const string Newtonsoft = "Newtonsoft.Json";
    public const string MathNet = "MathNet.Numerics";
    public const string Roslyn = "Microsoft.CodeAnalysis.CSharp";
    public const string CoreLib = "System.Private.CoreLib";

    public const string FSharpCore = "FSharp.Core";

    private static string FrameworkDirectory => Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    public static string PathOf(string assembly) =>
        assembly == CoreLib ? typeof(object).Assembly.Location : assembly == FSharpCore ? FSharp.FSharpCompiler.Library : Path.Combine(System.AppContext.BaseDirectory, assembly + ".dll");

    public static ModuleDefinition Load(string assembly) =>
        ModuleDefinition.ReadModule(PathOf(assembly), new ReaderParameters { AssemblyResolver = Resolver(), InMemory = true });

    /// <summary>Methods with IL; an unsafe accessor, for instance, has a body for Cecil but no code.</summary>
    public static IEnumerable<MethodDefinition> Bodies(ModuleDefinition module) =>
        module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody && m.Body.CodeSize > 0);

    public static DefaultAssemblyResolver Resolver()
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (var directory in resolver.GetSearchDirectories())
            resolver.RemoveSearchDirectory(directory);
        resolver.AddSearchDirectory(FrameworkDirectory);
        resolver.AddSearchDirectory(System.AppContext.BaseDirectory);
        return resolver;
    }
}
