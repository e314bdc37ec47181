using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>A method that delegates are made of which overdubbed code may call, and that has no clone: they run it natively.</summary>
/// <param name="Method">The method.</param>
/// <param name="Stack">The context that is left.</param>
/// <param name="Reason">Why there is no clone.</param>
/// <param name="Source">A method that calls delegates of that type.</param>
public sealed record RefusedTarget(MethodDefinition Method, ContextStack Stack, LeaveReason Reason, MethodDefinition? Source);
