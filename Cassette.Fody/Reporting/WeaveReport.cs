using System.Collections.Generic;

namespace Cassette.Fody.Reporting;

/// <summary>
/// What a weave did, context by context: what was cloned and why, what was refused, and each call that leaves the context. Positions are
/// relative to the project's directory, and lists are sorted, so that reports of the same program are equal on every machine.
/// </summary>
/// <param name="Assembly">The woven assembly's name.</param>
/// <param name="Contexts">By name.</param>
public sealed record WeaveReport(string Assembly, IReadOnlyList<ContextReport> Contexts);

/// <summary>What was done for one context, or for one nesting of contexts.</summary>
/// <param name="Name">The name that clones carry.</param>
/// <param name="Contexts">The contexts' full names, outermost first.</param>
/// <param name="Clones">The methods that run in the context.</param>
/// <param name="Refused">The methods that a clone was asked for and that have only a forwarder to the original.</param>
/// <param name="Leaving">The calls that leave the context for another reason than a primitive.</param>
/// <param name="HandedOver">What code outside and the runtime may run natively besides.</param>
public sealed record ContextReport(
    string Name,
    IReadOnlyList<string> Contexts,
    IReadOnlyList<ReportedClone> Clones,
    IReadOnlyList<ReportedRefusal> Refused,
    IReadOnlyList<ReportedLeave> Leaving,
    IReadOnlyList<ReportedHandOver> HandedOver);

/// <summary>A method that has a clone.</summary>
/// <param name="Method">The method, as C# would name it.</param>
/// <param name="Reason">How the weaver came to it: <c>entry</c>, <c>declaredEntry</c>, <c>call</c>, <c>virtualCall</c>, <c>override</c>, <c>implementation</c> or <c>delegate</c>.</param>
/// <param name="Source">The method at the other end; null where the configuration or an attribute asked for it.</param>
/// <param name="Position">Where the method begins.</param>
public sealed record ReportedClone(string Method, string Reason, string? Source, SourcePosition? Position);

/// <summary>A method whose clone was refused.</summary>
/// <param name="Method">The method.</param>
/// <param name="Code">The diagnostic's id.</param>
/// <param name="Reason">The reason's name.</param>
/// <param name="Because">The reason in words.</param>
/// <param name="Position">Where the method begins.</param>
public sealed record ReportedRefusal(string Method, string Code, string Reason, string Because, SourcePosition? Position);

/// <summary>A call that leaves the context.</summary>
/// <param name="Callee">What is called.</param>
/// <param name="Caller">The method that the call stands in, as the author wrote it.</param>
/// <param name="Code">The diagnostic's id; with <c>Strict</c> that is the error's, where the call is not intended.</param>
/// <param name="Title">The diagnostic's title.</param>
/// <param name="Reason">The reason's name.</param>
/// <param name="IsIntended">Whether <c>Strict</c> lets it be.</param>
/// <param name="Because">The reason in words.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Position">Where the call stands.</param>
public sealed record ReportedLeave(
    string Callee, string Caller, string Code, string Title, string Reason, bool IsIntended, string Because, string Remedy, SourcePosition? Position);

/// <summary>
/// Methods that run natively below an entry without a call in overdubbed code: the framework calls them back on objects that it is handed, or
/// the runtime runs them on its own.
/// </summary>
/// <param name="Kind">Who runs them: <c>object</c> for code that holds such objects, <c>staticConstructor</c> and <c>finalizer</c> for the runtime.</param>
/// <param name="Type">The static type of what is handed over, or the type that is initialised or finalised.</param>
/// <param name="Methods">What may be run: the same list for all types with the same methods.</param>
/// <param name="Sites">Where objects go, where the type is used first, or where objects with a finaliser are made.</param>
public sealed record ReportedHandOver(string Kind, string Type, IReadOnlyList<string> Methods, IReadOnlyList<ReportedHandOverSite> Sites);

/// <summary>A place where an object gets out.</summary>
/// <param name="Callee">The call, or the field, that takes it out; null where it is thrown, and where no call is made.</param>
/// <param name="Caller">The method that it happens in, as the author wrote it.</param>
/// <param name="Position">Where.</param>
public sealed record ReportedHandOverSite(string? Callee, string Caller, SourcePosition? Position);
