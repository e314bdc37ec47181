using System;
using System.Reflection;

namespace Cassette.Fody.Passes.Loading;

/// <summary>
/// Where one pass assembly and its dependencies live in the process. Each weave makes new ones: an MSBuild process serves many builds, and in each the pass
/// has to be the one that was built for it.
/// </summary>
internal interface IPassHost : IDisposable
{
    /// <summary>Loads an assembly from its bytes, so that its file can be written again while the process lives.</summary>
    /// <exception cref="BadImageFormatException">It is no assembly.</exception>
    Assembly Load(byte[] image, byte[]? symbols);
}
