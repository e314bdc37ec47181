namespace Cassette.Fody.Editing;

/// <summary>Looks on while a body is edited.</summary>
internal interface IEditGuard
{
    /// <summary>Throws when no more editing is wanted.</summary>
    void Check();

    /// <summary>Called behind every edit.</summary>
    void Edited(EditableBody body);
}

/// <summary>Lets everything be.</summary>
internal sealed class NoGuard : IEditGuard
{
    public static readonly NoGuard Instance = new();

    public void Check()
    {
    }

    public void Edited(EditableBody body)
    {
    }
}
