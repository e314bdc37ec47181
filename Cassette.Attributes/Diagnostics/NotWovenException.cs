using System;

namespace Cassette;

/// <summary>
/// A context was entered in code that the weaver has not seen, or could not weave. The message says what
/// to do about it.
/// </summary>
public sealed class NotWovenException : InvalidOperationException
{
    /// <summary>Makes an exception whose message says how to have the assembly woven.</summary>
    public NotWovenException()
        : this("A context was entered, but the calling assembly was not woven. " + Remedy)
    {
    }

    /// <summary>Makes an exception with a message of its own.</summary>
    /// <param name="message">What was entered, and what to do.</param>
    public NotWovenException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message of its own and a cause.</summary>
    /// <param name="message">What was entered, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public NotWovenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    private const string Remedy =
        "Reference the package Cassette.Fody from the project that contains the call, and name the weaver in "
        + "its FodyWeavers.xml: <Weavers><Cassette /></Weavers>. If the project is woven already, the call "
        + "is one that cannot be: a context type that is known only as a type parameter (pass the context as "
        + "its own type), or a call through a delegate or by reflection.";

    internal static NotWovenException AtEntry<TContext>(string entry) =>
        new($"{entry} was called on a context of type {typeof(TContext)}, but the call was not woven. {Remedy}");
}
