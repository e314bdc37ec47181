using System;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>Puts calls that leave the context into the catalogue's words.</summary>
internal sealed class LeaveDiagnostics(TypeUniverse types, Func<ContextStack, MethodDefinition, string?> excludedBy)
{
    /// <summary>What all messages of such calls begin with.</summary>
    private const string Subject = "The call of '{0}' in '{1}' leaves the context: ";

    /// <summary>The diagnostic of a call, with the given severity.</summary>
    public Diagnostic Of(LeavingCall call, DiagnosticSeverity severity)
    {
        var (descriptor, detail) = Describe(call);
        return descriptor.Create(severity, PositionOf(call), Arguments(call, descriptor, detail));
    }

    /// <summary>The diagnostic of a call, the subject of its message left out for tables that have it in columns.</summary>
    public Diagnostic Because(LeavingCall call)
    {
        var (descriptor, detail) = Describe(call);
        var arguments = Arguments(call, descriptor, detail);
        var whole = descriptor.Create(PositionOf(call), arguments);
        var subject = string.Format(System.Globalization.CultureInfo.InvariantCulture, Subject, arguments);
        return whole with { Message = whole.Message.StartsWith(subject, StringComparison.Ordinal) ? whole.Message.Substring(subject.Length) : whole.Message };
    }

    public string TitleOf(LeavingCall call) => Describe(call).Descriptor.Title;

    public string CalleeOf(LeavingCall call) => call.Callee?.DisplayName ?? call.Field?.DisplayName ?? "a function pointer";

    /// <summary>The calling method; a stub of an interface's slot stands under the interface itself.</summary>
    public string CallerOf(LeavingCall call) => call.Caller is { } caller ? types.SelfOf(caller).DisplayName : call.Callee!.DeclaringType.DisplayName;

    private object?[] Arguments(LeavingCall call, DiagnosticDescriptor descriptor, string? detail) =>
        descriptor.ArgumentCount == 2 ? [CalleeOf(call), CallerOf(call)] : [CalleeOf(call), CallerOf(call), detail];

    /// <summary>The call's place; where none is named, the callee's in the module.</summary>
    private static SourcePosition? PositionOf(LeavingCall call) =>
        Positions.Of(call.Source)
        ?? (call.Callee?.Definition is { } callee ? Positions.Of(callee) : null)
        ?? (call.Caller is { } caller ? Positions.Of(caller) : null);

    private (DiagnosticDescriptor Descriptor, string? Detail) Describe(LeavingCall call)
    {
        var definition = call.Callee?.Definition;
        switch (call.Reason)
        {
            case LeaveReason.NoBody when definition is { IsNative: true } or { IsUnmanaged: true }:
                return (DiagnosticCatalog.CalleeIsNative, null);
            case LeaveReason.NoBody:
                return (DiagnosticCatalog.CalleeWithoutBody, definition is { IsAbstract: true } ? "abstract" : definition is { IsRuntime: true } ? "supplied by the run time" : "extern");
            case LeaveReason.NotSelected:
                return (IsFramework(call) ? DiagnosticCatalog.ForeignFrameworkCode : DiagnosticCatalog.AssemblyNotSelected, AssemblyOf(call));
            case LeaveReason.NoOverdub:
                return (DiagnosticCatalog.MarkedNoOverdub, null);
            case LeaveReason.Excluded:
                return (DiagnosticCatalog.ExcludedByConfiguration, excludedBy(call.Stack, definition!) ?? "");
            case LeaveReason.StateMachine:
                return (DiagnosticCatalog.StateMachineNotOverdubbed, KindOfStateMachine(definition!));
            case LeaveReason.RootedOutside:
                return (DiagnosticCatalog.FamilyRootedOutside, call.Callee!.DeclaringType.DisplayName);
            case LeaveReason.VarArgs:
                return (DiagnosticCatalog.CalleeIsVarargs, null);
            case LeaveReason.FunctionPointer:
                return (DiagnosticCatalog.IndirectCall, null);
            case LeaveReason.Reflection:
                return (LateBinding.IsDynamic(definition!.DeclaringType) ? DiagnosticCatalog.DynamicCall : DiagnosticCatalog.ReflectionCall, null);
            case LeaveReason.Refused:
                // A body that was imported was refused by the verifier.
                return (call.Forwarder!.Body is null ? DiagnosticCatalog.CalleeNotImported : DiagnosticCatalog.CloneNotVerified, call.Forwarder.RefusalText);
            case LeaveReason.Unresolved:
                return (DiagnosticCatalog.UnresolvedCallee, "the assembly '" + AssemblyOf(call) + "' is missing, or has no such method");
            case LeaveReason.DelegateHandedOut:
                return (call.Field is null && !call.IsElement ? DiagnosticCatalog.DelegateToNativeCode : DiagnosticCatalog.DelegateToForeignField, null);
            case LeaveReason.DelegateReturned:
                return (DiagnosticCatalog.DelegateReturned, null);
            case LeaveReason.ObjectHandedOut:
                return (DiagnosticCatalog.ObjectToNativeCode, call.Handed!.DisplayName);
            default:
                throw new ArgumentOutOfRangeException(nameof(call), call.Reason, "A call that does not leave has no reason to.");
        }
    }

    private static string KindOfStateMachine(MethodDefinition method)
    {
        var attribute = method.CustomAttributes.First(a => a.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal));
        return attribute.AttributeType.Name switch
        {
            "AsyncStateMachineAttribute" => "async",
            "AsyncIteratorStateMachineAttribute" => "async iterator",
            _ => "iterator",
        };
    }

    private static string AssemblyOf(LeavingCall call) =>
        call.Callee!.Definition?.Module.Assembly.Name.Name
        ?? call.Callee.Reference.DeclaringType.Scope?.Name
        ?? "?";

    /// <summary>By its name: a reference assembly does not say which framework, or which package, it stands for.</summary>
    private static bool IsFramework(LeavingCall call)
    {
        var name = AssemblyOf(call);
        return name is "mscorlib" or "netstandard" or "System" or "Microsoft.CSharp"
            || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal);
    }
}
