using System.IO;
using System.Linq;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil;
using Xunit;

namespace Cassette.Tests.RoundTrip;

/// <summary>A body can be emitted into another assembly than its own: everything in it is then written as that assembly's references.</summary>
public class OtherAssemblyTests
{
    [Fact]
    public void Handwritten_code_runs_in_another_assembly()
    {
        var hand = new HandModule();
        HandwrittenCases.Write(hand);
        HandwrittenFlow.Write(hand);
        var original = hand.Write();
        using var module = ModuleDefinition.ReadModule(new MemoryStream(original), new ReaderParameters { AssemblyResolver = Corpus.Resolver() });
        using var other = ModuleDefinition.CreateModule("Other", new ModuleParameters { Kind = ModuleKind.Dll, AssemblyResolver = Corpus.Resolver() });
        var home = new TypeDefinition("", "Copies", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, other.ImportReference(typeof(object)));
        other.Types.Add(home);
        Copy(module, home);
        using var image = new MemoryStream();
        other.Write(image);
        using var load = new IsolatedLoad();
        load.Add(original);
        var ran = 0;
        foreach (var method in load.Add(image.ToArray()).GetType("Copies")!.GetMethods())
        {
            if (!method.Name.StartsWith("Yields") || method.GetParameters().Length > 0)
                continue;
            Assert.Equal(method.Name[(method.Name.LastIndexOf('_') + 1)..], method.Invoke(null, null)!.ToString());
            ran++;
        }
        Assert.True(ran > 20, $"only {ran} methods were run");
    }

    private static void Copy(ModuleDefinition module, TypeDefinition home)
    {
        var types = new TypeUniverse(module);
        var importer = new BodyImporter(types);
        var symbols = new SymbolImporter(home.Module);
        var emitter = new BodyEmitter(symbols);
        foreach (var method in module.GetType("Home").Methods.Where(m => m.HasBody && m.IsStatic))
        {
            var target = new MethodDefinition(method.Name, method.Attributes, home.Module.TypeSystem.Void) { CallingConvention = method.CallingConvention };
            foreach (var parameter in method.GenericParameters)
                target.GenericParameters.Add(new GenericParameter(parameter.Name, target) { Attributes = parameter.Attributes });
            home.Methods.Add(target);
            var self = types.SelfOf(method);
            var map = new GenericMap(method, target);
            target.ReturnType = symbols.Import(self.ReturnType, map);
            foreach (var parameter in self.Parameters)
                target.Parameters.Add(new ParameterDefinition(symbols.Import(parameter, map)));
            emitter.Emit(importer.Import(method).Body!, target);
            foreach (var instruction in target.Body.Instructions)
                Assert.True(instruction.Operand is not MemberReference member || member.Module == home.Module, $"{method.Name}: {instruction} is of another module");
        }
    }

    /// <summary>A body of a generic type becomes one of a generic method: what <c>!n</c> and <c>!!n</c> are is for a table to say.</summary>
    [Fact]
    public void A_table_maps_parameters_of_types_to_parameters_of_methods()
    {
        var source = new CompiledSource("""
            public class Pair<TFirst>
            {
                private TFirst first;
                public static string Show<TSecond>(TFirst first, TSecond second)
                {
                    var pair = new Pair<TFirst> { first = first };
                    var grid = new TSecond[1, 1];
                    grid[0, 0] = second;
                    return typeof(TFirst).Name + pair.first + typeof(TSecond).Name + grid[0, 0] + typeof(System.Collections.Generic.Dictionary<TFirst, TSecond[]>).GenericTypeArguments.Length;
                }
            }
            public static class Home;
            """);
        var method = source.Method("Show");
        var body = new BodyImporter(source.Types).Import(method).Body!;
        // As a method of another type with the parameters the other way round.
        var target = new MethodDefinition("Copy", MethodAttributes.Public | MethodAttributes.Static, source.Module.TypeSystem.String);
        var (second, first) = (new GenericParameter("B", target), new GenericParameter("A", target));
        target.GenericParameters.Add(second);
        target.GenericParameters.Add(first);
        target.Parameters.Add(new ParameterDefinition(first));
        target.Parameters.Add(new ParameterDefinition(second));
        source.Module.GetType("Home").Methods.Add(target);
        var map = new GenericMap(new System.Collections.Generic.Dictionary<GenericParameter, GenericParameter>
        {
            [method.DeclaringType.GenericParameters[0]] = first,
            [method.GenericParameters[0]] = second,
        });
        new BodyEmitter(new SymbolImporter(source.Module)).Emit(body, target, map);
        // The private field is the type's own.
        source.Module.GetType("Pair`1").Fields.Single().IsPublic = true;
        using var image = new MemoryStream();
        source.Module.Write(image);
        using var load = new IsolatedLoad();
        var copy = load.Add(image.ToArray()).GetType("Home")!.GetMethod("Copy")!.MakeGenericMethod(typeof(string), typeof(int));
        Assert.Equal("Int327String" + "x2", copy.Invoke(null, [7, "x"]));
    }
}
