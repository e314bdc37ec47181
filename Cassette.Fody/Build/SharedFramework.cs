namespace Cassette.Fody.Build;

/// <summary>A shared framework as installed on the machine that builds.</summary>
/// <param name="Name">For example <c>Microsoft.NETCore.App</c>.</param>
/// <param name="Version">The exact version, for example <c>10.0.1</c>.</param>
/// <param name="Directory">Where its assemblies are.</param>
public sealed record SharedFramework(string Name, string Version, string Directory);
