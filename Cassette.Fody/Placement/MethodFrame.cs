using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>Empty bodies for methods that the weaver writes from nothing.</summary>
internal static class MethodFrame
{
    /// <summary>A body without blocks, with the arguments that the method's signature declares.</summary>
    public static MethodIR Of(TypeUniverse types, MethodDefinition method)
    {
        var symbol = types.SelfOf(method);
        var body = new MethodIR(types, method, symbol.ReturnType) { InitLocals = true };
        if (method.HasThis)
            body.Arguments.Add(new Argument("this", symbol.ThisType!, 0, isThis: true));
        foreach (var parameter in method.Parameters)
            body.Arguments.Add(new Argument(parameter.Name, symbol.Parameters[parameter.Index], body.Arguments.Count, isThis: false));
        return body;
    }
}
