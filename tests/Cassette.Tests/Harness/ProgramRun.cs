namespace Cassette.Tests.Harness;

/// <summary>What one run of a program did.</summary>
/// <param name="Output">What it wrote.</param>
/// <param name="Result">What it returned.</param>
/// <param name="Thrown">What it threw, if it threw.</param>
internal sealed record ProgramRun(string Output, object? Result, ThrownException? Thrown);
