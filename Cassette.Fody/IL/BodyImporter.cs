using System;
using System.Collections.Generic;
using System.IO;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// Reads a method body once and for all: into blocks and regions (<see cref="BodyShape"/>), its instructions in long form with typed operands,
/// and the exact type of every stack slot (<see cref="StackTyping"/>). What cannot be typed is refused with its reason. Nothing that is read
/// is changed.
/// </summary>
public sealed class BodyImporter(TypeUniverse types)
{
    private readonly BodyShape shape = new();

    /// <summary>Imports a body; the result is a new one each time, for the caller to change.</summary>
    public ImportResult Import(MethodDefinition method) => Import(method, types.SelfOf(method), isThis: true);

    /// <summary>
    /// Imports the body of a closed generic method, with its type arguments in the parameters' place: nothing in it is open then.
    /// </summary>
    /// <param name="instance">The method on its type arguments.</param>
    /// <param name="isThis">Whether the receiver stays <c>this</c>, or is the first of a static method's parameters.</param>
    public ImportResult Import(MethodSymbol instance, bool isThis) => Import(instance.Definition!, instance, isThis);

    private ImportResult Import(MethodDefinition method, MethodSymbol self, bool isThis)
    {
        if (!method.HasBody)
            return new ImportResult(null, "it has no body");
        try
        {
            return new ImportResult(Read(method, self, isThis), null);
        }
        catch (InvalidILException invalid)
        {
            return new ImportResult(null, invalid.Message);
        }
        // Cecil reports broken metadata by whatever its reader ran into; for the method at hand it all means the same.
        catch (Exception broken) when (broken is BadImageFormatException or ArgumentException or InvalidOperationException or NotSupportedException
            or AssemblyResolutionException or ResolutionException or IndexOutOfRangeException or NullReferenceException or KeyNotFoundException
            or InvalidCastException or OverflowException or FormatException or IOException)
        {
            return new ImportResult(null, $"its metadata cannot be read: {broken.Message}");
        }
    }

    private MethodIR Read(MethodDefinition method, MethodSymbol self, bool isThis)
    {
        var scope = new GenericScope(types.ArgumentsOrParameters(self.DeclaringType), self.MethodArguments);
        var cecil = method.Body;
        var body = new MethodIR(types, method, self.ReturnType) { InitLocals = cecil.InitLocals };
        if (method.HasThis && !method.ExplicitThis)
            body.Arguments.Add(new Argument("this", self.ThisType!, 0, isThis));
        foreach (var parameter in method.Parameters)
            body.Arguments.Add(new Argument(parameter.Name, self.Parameters[parameter.Index], body.Arguments.Count, isThis: false) { IsReadOnly = parameter.IsIn });
        foreach (var variable in cecil.Variables)
            body.Locals.Add(new Local(types.Import(variable.VariableType, scope), variable.IsPinned) { OriginalIndex = variable.Index });
        shape.Start(body, cecil, types, scope);
        new InstructionReader(types, body, cecil, shape, scope).Read();
        shape.LinkBlocks();
        DebugReader.Read(method, body, shape);
        StackTyping.Run(body);
        return body;
    }
}
