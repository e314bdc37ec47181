namespace Cassette.Tests.Harness;

/// <summary>One source file of a test program, with the path that its debug information gives.</summary>
/// <param name="Path">A path as a build would give it, such as <c>/src/Model.cs</c>.</param>
/// <param name="Text">The text.</param>
internal readonly record struct Source(string Path, string Text)
{
    /// <summary>A file whose position does not matter to the test.</summary>
    public static implicit operator Source(string text) => new("/src/Program.cs", text);
}
