using Mono.Cecil;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// Walks the full name of a type from its last name outwards: the nested types, then the names of the
/// namespace. A value, so that a matcher can go back by keeping a copy, and nothing is allocated.
/// </summary>
internal struct TypeNameCursor
{
    private readonly GenericInstanceType? _instance;
    private TypeReference? _type;
    private int _argumentsEnd;
    private string _text;
    private int _end;

    public TypeNameCursor(TypeReference type, bool trimAttributeSuffix)
    {
        _instance = type as GenericInstanceType;
        _argumentsEnd = _instance?.GenericArguments.Count ?? 0;
        _text = "";
        Enter(_instance?.ElementType ?? type);
        if (trimAttributeSuffix)
            _end -= "Attribute".Length;
    }

    /// <summary>Whether there is no further name.</summary>
    public readonly bool IsAtRoot => _type is null && _end <= 0;

    /// <summary>Whether the name is that of a type inside another.</summary>
    public readonly bool IsNested => _type?.DeclaringType is not null;

    /// <summary>The number of type parameters that the name itself introduces.</summary>
    public int Arity { get; private set; }

    /// <summary>The type argument for one of the name's own type parameters, or null in an open type.</summary>
    public readonly TypeReference? ArgumentAt(int index) =>
        _instance?.GenericArguments[_argumentsEnd - Arity + index];

    public readonly bool Matches(string glob)
    {
        int start = _type is null ? _text.LastIndexOf('.', _end - 1) + 1 : 0;
        return Glob.Matches(glob, _text, start, _end);
    }

    /// <summary>Goes to the name outside this one.</summary>
    public void MoveOut()
    {
        if (_type is null)
        {
            _end = _text.LastIndexOf('.', _end - 1);
            return;
        }

        _argumentsEnd -= Arity;
        if (_type.DeclaringType is { } outer)
        {
            Enter(outer);
            return;
        }

        _text = _type.Namespace;
        _end = _text.Length;
        _type = null;
        Arity = 0;
    }

    private void Enter(TypeReference type)
    {
        _type = type;
        _text = type.Name;
        int tick = _text.LastIndexOf('`');
        _end = tick < 0 ? _text.Length : tick;
        Arity = 0;
        for (int index = tick + 1; tick >= 0 && index < _text.Length; index++)
            Arity = Arity * 10 + (_text[index] - '0');
    }
}
