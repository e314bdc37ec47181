using System;

namespace Cassette.Fody.Editing;

/// <summary>
/// An edit that would make a body that does not verify, or that would change the order in which the program's code is evaluated. It is thrown
/// at the pass's own line; the weave reports that line, the reason and the method as it stood. The body is as it was before the edit.
/// </summary>
public sealed class EditRefusedException(string reason) : InvalidOperationException(reason);
