namespace Cassette.Tests.Differential;

/// <summary>What kind of method a generated function is.</summary>
internal enum FunctionKind
{
    Plain,
    Iterator,
    Async,
    Generic,
    ByRef,
    Lambda,
}

/// <summary>A function of a generated program.</summary>
internal sealed record Function(string Name, FunctionKind Kind)
{
    private string? taskType;

    public string TaskType(Choice choice) => taskType ??= choice.Of("Task<int>", "Task<int>", "ValueTask<int>");
}
