using System;

namespace Cassette.Benchmarks.Running;

/// <summary>One benchmark of a category, to be measured in turns with the others.</summary>
internal abstract class Side(string name) : IDisposable
{
    public string Name => name;

    /// <summary>Runs it until the last tier of the JIT is there, and finds out how often a turn is to run it.</summary>
    public abstract void Prepare();

    /// <summary>The nanoseconds of processor time that one run takes, measured in one turn.</summary>
    public abstract double Turn();

    /// <summary>The bytes that one run allocates.</summary>
    public abstract long CountBytes();

    public virtual void Dispose()
    {
    }
}
