using System.Collections.Generic;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Xunit.Sdk;

namespace Cassette.Tests.Harness;

/// <summary>Runs a theory for a Debug and for a Release build: the compiler emits different IL for each.</summary>
internal sealed class BuildsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [[OptimizationLevel.Debug], [OptimizationLevel.Release]];
}
