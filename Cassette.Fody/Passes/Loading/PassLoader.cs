using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Cassette.Fody.Configuration;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Passes.Loading;

/// <summary>Finds a pass's type among the pass assemblies and makes the pass. What is wrong goes to the diagnostics, with the place that asks for it.</summary>
internal sealed class PassLoader(PassLibrary library, DiagnosticBag diagnostics)
{
    /// <summary>The pass; null where there is an error.</summary>
    public LoadedPass? Load(PassRequest request)
    {
        var candidates = Candidates(request);
        if (candidates.Count == 0)
            return null;
        var found = candidates.SelectMany(assembly => assembly.Types.Where(type => NameOf(type) == request.TypeName).Select(type => (Assembly: assembly, Type: type))).ToList();
        switch (found.Count)
        {
            case 0:
                ReportNotFound(request, candidates);
                return null;
            case 1:
                return WhyNot(found[0].Type) is { } unfit ? Refuse(unfit, request) : Make(found[0].Type, request);
            default:
                return Refuse((DiagnosticCatalog.PassAmbiguous, [List(found.Select(match => match.Assembly.Path))]), request);
        }
    }

    private static (DiagnosticDescriptor Descriptor, object[] Arguments)? WhyNot(Type type)
    {
        if (!typeof(IPass).IsAssignableFrom(type))
            return (DiagnosticCatalog.PassTypeNotPass, []);
        var reason = type.IsInterface ? "it is an interface"
            : type.ContainsGenericParameters ? "it is generic"
            : type.IsAbstract ? "it is abstract"
            : !type.IsValueType && type.GetConstructor(Type.EmptyTypes) is null ? "it has no public constructor without parameters"
            : null;
        return reason is null ? null : (DiagnosticCatalog.PassNotConstructible, [reason]);
    }

    private static string NameOf(Type type) => PassTypeName.Normalize(type.FullName!);

    private static string List(IEnumerable<string> items) => string.Join(", ", items.Select(item => "'" + item + "'"));

    private List<PassAssembly> Candidates(PassRequest request)
    {
        var all = library.Assemblies;
        var named = request.AssemblyName is { } name ? all.Where(assembly => string.Equals(assembly.Name, name, StringComparison.OrdinalIgnoreCase)).ToList() : [.. all];
        if (named.Count > 0)
            return named;
        var broken = library.Unreadable.FirstOrDefault(file => request.AssemblyName is not { } wanted || string.Equals(Path.GetFileNameWithoutExtension(file.Key), wanted, StringComparison.OrdinalIgnoreCase));
        if (broken.Key is { } path)
            diagnostics.Report(DiagnosticCatalog.PassAssemblyNotLoaded, request.Position, path, request.TypeName, Sentence(broken.Value));
        else if (request.AssemblyName is { } missing)
            diagnostics.Report(DiagnosticCatalog.PassAssemblyNotListed, request.Position, missing, request.TypeName, SuggestionFinder.Phrase(missing, all.Select(assembly => assembly.Name)));
        else
            diagnostics.Report(DiagnosticCatalog.NoPassAssemblies, request.Position, request.TypeName);
        return [];
    }

    private void ReportNotFound(PassRequest request, List<PassAssembly> candidates)
    {
        // What cannot be loaded may have been the type.
        if (candidates.Find(assembly => assembly.Failure is not null) is { Failure: { } failure } partial)
        {
            diagnostics.Report(DiagnosticCatalog.PassAssemblyNotLoaded, request.Position, partial.Path, request.TypeName, Sentence(failure));
            return;
        }
        var names = candidates.SelectMany(assembly => assembly.Types).Where(type => typeof(IPass).IsAssignableFrom(type) && !type.IsInterface).Select(NameOf).ToList();
        var suggestion = SuggestionFinder.Find(request.TypeName, names) ?? names.FirstOrDefault(name => SimpleName(name) == SimpleName(request.TypeName));
        diagnostics.Report(DiagnosticCatalog.PassTypeNotFound, request.Position, request.TypeName, List(candidates.Select(assembly => assembly.Name)), SuggestionFinder.Phrase(suggestion));
    }

    private LoadedPass? Make(Type type, PassRequest request)
    {
        try
        {
            return new LoadedPass((IPass)Activator.CreateInstance(type)!, NameOf(type), request.Position);
        }
        // Whatever the constructor throws is the pass's error, told with its line.
        catch (TargetInvocationException exception)
        {
            var thrown = Innermost(exception.InnerException!);
            diagnostics.Report(
                DiagnosticCatalog.PassConstructorThrew, PassRun.LineOf(thrown, type.Assembly) ?? request.Position, request.TypeName, thrown.GetType().FullName, Sentence(thrown.Message));
            return null;
        }
    }

    private LoadedPass? Refuse((DiagnosticDescriptor Descriptor, object[] Arguments) error, PassRequest request)
    {
        diagnostics.Report(error.Descriptor, request.Position, [request.TypeName, .. error.Arguments]);
        return null;
    }

    /// <summary>A type initialiser's exception says nothing itself.</summary>
    private static Exception Innermost(Exception exception) => exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;

    private static string SimpleName(string name) => name.Substring(name.LastIndexOf('.') + 1);

    private static string Sentence(string message) => message.TrimEnd('.', ' ', '\n', '\r');
}
