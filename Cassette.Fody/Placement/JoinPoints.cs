using System.IO;
using System.Linq;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>Collects the join points that hooks are given, and writes their table: one static for the module, read once.</summary>
internal sealed class JoinPoints(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, string? projectDirectory)
{
    private readonly JoinPointTableWriter table = new();
    private (FieldDefinition Field, MethodDefinition Initializer)? storage;
    private FieldSymbol? field;

    /// <summary>
    /// Puts the join point of a call into a temporary. For each <c>newobj</c> of a struct the JIT makes a local of its own, and where it does not optimise, each has
    /// its place in the frame: a method of many calls would have a frame many times as large.
    /// </summary>
    public Local Emit(BlockWriter writer, MethodSymbol callee, MethodDefinition caller, SourceSpan? source, IntrinsicCall? instruction = null)
    {
        storage ??= holder.AddLazyField("JoinPoints", importer.Import(library.JoinPointTable));
        field ??= types.Import(storage.Value.Field, GenericScope.Empty);
        var position = source is { IsHidden: false } ? source : null;
        var index = table.Add(new JoinPointData(instruction is null ? Describe(callee) : JoinPointNames.Describe(instruction), Describe(types.SelfOf(caller)), position is null ? null : FileOf(position), position?.StartLine ?? 0));
        var local = writer.Temporary(library.JoinPoint);
        writer.Emit(Code.Ldsfld, field);
        writer.Emit(Code.Ldc_I4, index);
        writer.Emit(Code.Ldloca, local);
        writer.Emit(Code.Call, library.Method(library.JoinPointTable, "Get", 3));
        return local;
    }

    /// <summary>Writes the table's data and the code that reads it, when there is any.</summary>
    public void Finish()
    {
        if (storage is not { } target)
            return;
        var bytes = table.ToArray();
        var data = AddData(bytes);
        var body = MethodFrame.Of(types, target.Initializer);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        writer.Emit(Code.Ldc_I4, bytes.Length);
        writer.Emit(Code.Newarr, types.Byte);
        writer.Emit(Code.Dup);
        writer.Emit(Code.Ldtoken, types.Import(data, GenericScope.Empty));
        writer.Emit(Code.Call, library.Method(types.Core("System.Runtime.CompilerServices", "RuntimeHelpers"), "InitializeArray", 2));
        writer.Emit(Code.Newobj, library.Method(library.JoinPointTable, ".ctor", 1));
        writer.Emit(Code.Stsfld, field);
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, target.Initializer);
    }

    private FieldDefinition AddData(byte[] bytes)
    {
        var blob = new TypeDefinition(
            "", "Data", TypeAttributes.NestedPrivate | TypeAttributes.Sealed | TypeAttributes.ExplicitLayout, importer.Import(types.ValueType))
        { PackingSize = 1, ClassSize = bytes.Length };
        holder.Type.NestedTypes.Add(blob);
        var data = new FieldDefinition("JoinPointData", FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly | FieldAttributes.HasFieldRVA, blob) { InitialValue = bytes };
        holder.Type.Fields.Add(data);
        return data;
    }

    private JoinPointMethodData Describe(MethodSymbol method) => JoinPointNames.Describe(method);

    /// <summary>The file as it is named from the project's directory, so that no machine's paths get into the assembly.</summary>
    private string FileOf(SourceSpan source)
    {
        var url = source.Document.Url;
        if (projectDirectory is null)
            return url;
        var root = projectDirectory.Replace('\\', '/').TrimEnd('/') + "/";
        var path = url.Replace('\\', '/');
        return path.StartsWith(root, System.StringComparison.Ordinal) ? path.Substring(root.Length) : Path.GetFileName(path);
    }
}
