using System.Collections;
using System.Collections.Generic;

namespace Cassette.Fody.Reporting;

/// <summary>
/// Collects diagnostics. The same diagnostic twice is kept once, and reading gives them in the order of
/// <see cref="Diagnostic.CompareTo"/> whatever order they came in. May be added to from several threads.
/// </summary>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    private readonly object _gate = new();
    private readonly SortedSet<Diagnostic> _diagnostics = [];
    private int _errors;

    /// <summary>How many different diagnostics there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _diagnostics.Count;
        }
    }

    /// <summary>Whether the build must fail.</summary>
    public bool HasErrors => ErrorCount > 0;

    /// <summary>How many of the diagnostics are errors; phases compare it before and after their work.</summary>
    public int ErrorCount
    {
        get
        {
            lock (_gate)
                return _errors;
        }
    }

    /// <summary>Adds a diagnostic unless an equal one is there.</summary>
    public void Add(Diagnostic diagnostic)
    {
        lock (_gate)
        {
            if (_diagnostics.Add(diagnostic) && diagnostic.Severity == DiagnosticSeverity.Error)
                _errors++;
        }
    }

    /// <summary>Creates a diagnostic and adds it.</summary>
    /// <example><c>bag.Report(DiagnosticCatalog.InvalidBoolean, position, "Strict", "maybe");</c></example>
    public void Report(DiagnosticDescriptor descriptor, SourcePosition? position, params object?[] arguments) =>
        Add(descriptor.Create(position, arguments));

    /// <summary>Adds all of <paramref name="diagnostics"/>.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
            Add(diagnostic);
    }

    /// <summary>Enumerates a snapshot, sorted.</summary>
    public IEnumerator<Diagnostic> GetEnumerator()
    {
        Diagnostic[] snapshot;
        lock (_gate)
        {
            snapshot = new Diagnostic[_diagnostics.Count];
            _diagnostics.CopyTo(snapshot);
        }

        return ((IEnumerable<Diagnostic>)snapshot).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
