using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace Cassette.Tests.Harness;

/// <summary>
/// A test program in a load context of its own, which shares the runtime library with the test, so that
/// contexts and exceptions have the same types on both sides.
/// </summary>
internal sealed class LoadedProgram
{
    private const BindingFlags Everything =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private LoadedProgram(Assembly assembly)
    {
        Assembly = assembly;
    }

    public Assembly Assembly { get; }

    /// <summary>Compiles, weaves, verifies and loads.</summary>
    public static LoadedProgram Woven(
        OptimizationLevel build, Source source, string configuration = CompiledProgram.DefaultConfiguration) =>
        CompiledProgram.Compile(build, source).Weave(configuration).Verified().Load();

    public static LoadedProgram Load(byte[] image, byte[] symbols, ImmutableArray<CompiledProgram> libraries)
    {
        var context = new AssemblyLoadContext("Subject");
        foreach (CompiledProgram library in libraries)
            context.LoadFromStream(new MemoryStream(library.Image), library.Symbols.Length == 0 ? null : new MemoryStream(library.Symbols));
        return new LoadedProgram(context.LoadFromStream(new MemoryStream(image), new MemoryStream(symbols)));
    }

    /// <summary>Runs <c>Namespace.Type.Method</c> and gives its result; exceptions come through as thrown.</summary>
    public T Run<T>(string method, params object?[] arguments) => (T)Run(method, arguments)!;

    /// <inheritdoc cref="Run{T}(string, object?[])"/>
    public object? Run(string method, params object?[] arguments)
    {
        MethodInfo target = Find(method);
        return target.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    /// <summary>A method of the program as a delegate, to be called without reflection.</summary>
    public T Function<T>(string method) where T : Delegate => Find(method).CreateDelegate<T>();

    /// <summary>Runs a method that writes to the writer that it is given, and keeps what it wrote and threw.</summary>
    public ProgramRun Record(string method)
    {
        var output = new StringWriter { NewLine = "\n" };
        try
        {
            object? result = Run(method, output);
            return new ProgramRun(output.ToString(), result, null);
        }
        catch (Exception exception)
        {
            return new ProgramRun(output.ToString(), null, ThrownException.Of(exception));
        }
    }

    /// <summary>
    /// The bytes that a run allocates on this thread once it is warm: the least of several runs, since the
    /// runtime's own bookkeeping can only add.
    /// </summary>
    public long Allocated(string method)
    {
        var run = Find(method).CreateDelegate<Action<TextWriter>>();
        return Enumerable.Range(0, 6).Min(_ => Allocated(run, GC.GetAllocatedBytesForCurrentThread));
    }

    /// <summary>The bytes that each of many runs allocates on any thread; nothing else may run meanwhile.</summary>
    public long[] AllocatedOnAnyThread(string method)
    {
        var run = Find(method).CreateDelegate<Action<TextWriter>>();
        return [.. Enumerable.Range(0, 30).Select(_ => Allocated(run, () => GC.GetTotalAllocatedBytes(precise: true)))];
    }

    private static long Allocated(Action<TextWriter> run, Func<long> measure)
    {
        long before = measure();
        try
        {
            run(TextWriter.Null);
        }
        catch (Exception exception) when (exception.GetType().Assembly == typeof(object).Assembly)
        {
            // Some programs end so; what they throw other tests compare.
        }

        return measure() - before;
    }

    /// <summary>The public and protected face of the assembly, one line a member.</summary>
    public ImmutableArray<string> PublicSurface() =>
    [
        .. Assembly.GetTypes()
            .Where(type => type.IsVisible)
            .SelectMany(type => type
                .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(IsVisible)
                .Select(member => $"{type} : {member}")
                .Append($"{type} <- {type.BaseType} {type.Attributes} {string.Join(", ", type.GetInterfaces().Where(face => face.IsVisible).Select(face => face.ToString()).Order(StringComparer.Ordinal))}"))
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        _ => false,
    };

    private MethodInfo Find(string method)
    {
        int dot = method.LastIndexOf('.');
        Type type = Assembly.GetType(method[..dot], throwOnError: true)!;
        return type.GetMethods(Everything).Single(found => found.Name == method[(dot + 1)..]);
    }
}
