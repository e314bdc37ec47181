using System;

namespace Cassette.Runtime;

/// <summary>
/// What woven code keeps of a call whose hooks wait for the task that it returned: the arguments and the contexts, and
/// the hooks over them. Woven code implements it.
/// </summary>
/// <typeparam name="T">The task's result, or <see cref="Nothing"/>.</typeparam>
public interface IAwaitedCall<T>
{
    /// <summary>Whether the result may be another one afterwards.</summary>
    bool Replaces { get; }

    /// <summary>Runs the posthook.</summary>
    /// <param name="output">The task's result.</param>
    /// <returns>The result from now on.</returns>
    T Completed(T output);

    /// <summary>Runs the throwhook.</summary>
    /// <param name="exception">What awaiting the task throws.</param>
    void Failed(Exception exception);
}
