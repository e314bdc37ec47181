using System;
using System.Collections.Generic;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>
/// The one type that the weaver adds to the module: it holds what belongs to no method of the author's. Bodies are kept until the end, so
/// that nothing is written when the weave fails half-way.
/// </summary>
internal sealed class Holder
{
    private const TypeAttributes StaticClass = TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit | TypeAttributes.Class;

    private readonly TypeUniverse types;
    private readonly TypeReference @object;
    private readonly List<(MethodIR Body, MethodDefinition Method, GenericMap Parameters)> bodies = [];
    private readonly CustomAttribute? hidden;
    private readonly CustomAttribute generated;
    private readonly TypeReference valueType;
    private readonly MethodReference byRefLike;

    public Holder(TypeUniverse types, SymbolImporter importer)
    {
        this.types = types;
        @object = importer.Import(types.Object);
        valueType = importer.Import(types.ValueType);
        var isByRefLike = types.Core("System.Runtime.CompilerServices", "IsByRefLikeAttribute");
        byRefLike = importer.Import(types.Method(System.Linq.Enumerable.First(isByRefLike.Definition!.Methods, m => m.IsConstructor), isByRefLike, []));
        var compilerGenerated = types.Core("System.Runtime.CompilerServices", "CompilerGeneratedAttribute");
        generated = new CustomAttribute(importer.Import(types.Method(System.Linq.Enumerable.First(compilerGenerated.Definition!.Methods, m => m.IsConstructor), compilerGenerated, [])), [1, 0, 0, 0]);
        Type = new TypeDefinition("", "<Cassette>", TypeAttributes.NotPublic | StaticClass, @object);
        types.Module.Types.Add(Type);
        var attribute = types.Core("System.Diagnostics", "StackTraceHiddenAttribute");
        var constructor = attribute.Definition is { } definition
            ? types.Method(System.Linq.Enumerable.First(definition.Methods, m => m.IsConstructor), attribute, []) : null;
        if (constructor != null)
            hidden = new CustomAttribute(importer.Import(constructor), [1, 0, 0, 0]);
    }

    public TypeDefinition Type { get; }

    /// <summary>The bodies of the holder's methods, to be emitted.</summary>
    public IReadOnlyList<(MethodIR Body, MethodDefinition Method, GenericMap Parameters)> Bodies => bodies;

    /// <summary>A static method of the weaver's own: it does not show in stack traces.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="declareSignature">Adds its parameters.</param>
    /// <param name="beside">The author's type that it has to stand in; null for the holder.</param>
    public MethodDefinition AddMethod(string name, Action<MethodDefinition> declareSignature, TypeDefinition? beside = null)
    {
        var method = new MethodDefinition(MetadataNames.Fit(name), MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, types.Module.TypeSystem.Void);
        declareSignature(method);
        Hide(method);
        (beside ?? Type).Methods.Add(method);
        return method;
    }

    /// <summary>Keeps a method of the weaver's own out of stack traces.</summary>
    public void Hide(MethodDefinition method)
    {
        if (hidden != null)
            method.CustomAttributes.Add(Attributes.Copy(hidden));
    }

    /// <summary>Says of a field in a class of the author's that it is none of the author's.</summary>
    public void MarkGenerated(FieldDefinition field) => field.CustomAttributes.Add(Attributes.Copy(generated));

    /// <summary>A nested type whose static constructor runs when its field is first read, and whose field the JIT then takes for a constant.</summary>
    public (FieldDefinition Field, MethodDefinition Initializer) AddLazyField(string typeName, TypeReference fieldType)
    {
        var type = new TypeDefinition("", MetadataNames.Fit(typeName), TypeAttributes.NestedAssembly | StaticClass, @object);
        var field = new FieldDefinition("Table", FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly, fieldType);
        type.Fields.Add(field);
        var initializer = new MethodDefinition(".cctor", MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, types.Module.TypeSystem.Void);
        type.Methods.Add(initializer);
        Type.NestedTypes.Add(type);
        return (field, initializer);
    }

    /// <summary>A class of the weaver's own, without members.</summary>
    public TypeDefinition AddClass(string name)
    {
        var type = new TypeDefinition("", MetadataNames.Fit(name), TypeAttributes.NestedAssembly | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit | TypeAttributes.Class, @object);
        Type.NestedTypes.Add(type);
        return type;
    }

    /// <summary>A class of the weaver's own that nobody makes an object of: what stands in it may use what another class lets derived ones use.</summary>
    public TypeDefinition AddDerived(string name, TypeReference @base)
    {
        var type = new TypeDefinition("", MetadataNames.Fit(name), TypeAttributes.NestedAssembly | TypeAttributes.Abstract | TypeAttributes.BeforeFieldInit | TypeAttributes.Class, @base);
        Type.NestedTypes.Add(type);
        return type;
    }

    /// <summary>An interface of the weaver's own, without members.</summary>
    public TypeDefinition AddInterface(string name)
    {
        var type = new TypeDefinition("", MetadataNames.Fit(name), TypeAttributes.NestedAssembly | TypeAttributes.Abstract | TypeAttributes.Interface);
        Type.NestedTypes.Add(type);
        return type;
    }

    /// <summary>A struct of the weaver's own.</summary>
    public TypeDefinition AddStruct(string name, bool isByRefLike)
    {
        var type = new TypeDefinition("", MetadataNames.Fit(name), TypeAttributes.NestedAssembly | TypeAttributes.Sealed | TypeAttributes.SequentialLayout | TypeAttributes.BeforeFieldInit, valueType);
        if (isByRefLike)
            type.CustomAttributes.Add(new CustomAttribute(byRefLike, [1, 0, 0, 0]));
        Type.NestedTypes.Add(type);
        return type;
    }

    public void AddBody(MethodIR body, MethodDefinition method) => AddBody(body, method, new GenericMap(body.Origin, method));

    /// <summary>A body that speaks of other generic parameters than its method's.</summary>
    public void AddBody(MethodIR body, MethodDefinition method, GenericMap parameters) => bodies.Add((body, method, parameters));
}
