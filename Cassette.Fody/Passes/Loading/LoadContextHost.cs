using System;
using System.IO;
using System.Reflection;

namespace Cassette.Fody.Passes.Loading;

/// <summary>
/// A load context of its own that can be unloaded, on .NET. .NET Standard does not have the type, so it is reached by reflection: a reference to it would keep
/// the weaver from being loaded by .NET Framework.
/// </summary>
internal sealed class LoadContextHost : IPassHost
{
    private static readonly Type? ContextType = typeof(object).Assembly.GetType("System.Runtime.Loader.AssemblyLoadContext");

    private readonly Func<string, Assembly?> resolve;
    private readonly object context;
    private readonly Func<Stream, Stream?, Assembly> load;
    private readonly Action unload;
    private readonly Delegate handler;

    /// <param name="name">For diagnostics of the runtime.</param>
    /// <param name="resolve">Finds what the assemblies reference and the runtime does not have, by simple name.</param>
    public LoadContextHost(string name, Func<string, Assembly?> resolve)
    {
        this.resolve = resolve;
        context = Activator.CreateInstance(ContextType!, name, true)!;
        load = (Func<Stream, Stream?, Assembly>)Bind(typeof(Func<Stream, Stream?, Assembly>), "LoadFromStream", typeof(Stream), typeof(Stream));
        unload = (Action)Bind(typeof(Action), "Unload");
        // A handler for any object serves as one for contexts.
        handler = Delegate.CreateDelegate(Resolving.EventHandlerType!, this, new Func<object, AssemblyName, Assembly?>(Resolve).Method);
        Resolving.AddEventHandler(context, handler);
    }

    /// <summary>Whether the runtime has load contexts.</summary>
    public static bool IsSupported => ContextType is not null;

    private static EventInfo Resolving => ContextType!.GetEvent("Resolving")!;

    public Assembly Load(byte[] image, byte[]? symbols)
    {
        using var imageStream = new MemoryStream(image);
        using var symbolStream = symbols is null ? null : new MemoryStream(symbols);
        return load(imageStream, symbolStream);
    }

    public void Dispose()
    {
        // The runtime holds the context until its assemblies are gone, so the context must not hold them.
        Resolving.RemoveEventHandler(context, handler);
        unload();
    }

    private Assembly? Resolve(object loadContext, AssemblyName name) => resolve(name.Name!);

    private Delegate Bind(Type type, string method, params Type[] parameters) =>
        Delegate.CreateDelegate(type, context, ContextType!.GetMethod(method, parameters)!);
}
