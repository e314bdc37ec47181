namespace Cassette.Fody.IL;

/// <summary>A line of a listing: <c>%n = text</c> where something uses the value, otherwise the text alone.</summary>
internal sealed class IRStatement(int number, string text, bool yields)
{
    public int Number { get; } = number;

    public string Text { get; set; } = text;

    public bool Yields { get; set; } = yields;

    public bool IsUsed { get; set; }

    public SourceSpan? Source { get; set; }
}

/// <summary>What a listing shows for a value on the evaluation stack: a statement's number, or a name or constant in its place.</summary>
internal sealed class IRValue
{
    private readonly string text;

    public IRValue(string text, object? variable = null)
    {
        this.text = text;
        Variable = variable;
    }

    public IRValue(IRStatement producer)
    {
        text = "%" + producer.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Producer = producer;
    }

    public IRStatement? Producer { get; }

    /// <summary>The <see cref="Local"/> or <see cref="Argument"/> the text names: a store to it makes the text stale.</summary>
    public object? Variable { get; }

    public string Use()
    {
        if (Producer is not null)
            Producer.IsUsed = true;
        return text;
    }
}
