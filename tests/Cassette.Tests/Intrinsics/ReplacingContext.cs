using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Cassette.Tests.Intrinsics;

/// <summary>The source of contexts that put each intrinsic in its instruction's place.</summary>
internal static class ReplacingContext
{
    /// <summary>A context with a primitive for every intrinsic, which calls it.</summary>
    public static string Logging =>
        """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
        {
            [Overdub(typeof(Intrinsic), nameof(Intrinsic.LoadField))]
            [Overdub(typeof(Intrinsic), nameof(Intrinsic.StoreField))]
            [Overdub(typeof(Intrinsic), nameof(Intrinsic.LoadStatic))]
            [Overdub(typeof(Intrinsic), nameof(Intrinsic.StoreStatic))]
            [Overdub(typeof(Intrinsic), nameof(Intrinsic.IsBox))]
            static TResult Access<TCall, TResult>(Ctx ctx, TCall call) where TCall : struct, ICall<TResult>, allows ref struct where TResult : allows ref struct
            {
                ctx.Metadata.Add(call.JoinPoint.Intrinsic!);
                return call.Fallback();
            }

            [Overdub(typeof(Intrinsic), nameof(Intrinsic.NewObject))]
            static TResult New<TCall, TResult>(Ctx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                ctx.Metadata.Add("NewObject");
                return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }

            [Overdub(typeof(Intrinsic), nameof(Intrinsic.FieldAddress))]
            static ref int Field(Ctx ctx, Program.Node node)
            {
                ctx.Metadata.Add("FieldAddress");
                return ref node.Value;
            }

            [Overdub(typeof(Intrinsic), nameof(Intrinsic.StaticAddress))]
            static ref int Static(Ctx ctx)
            {
                ctx.Metadata.Add("StaticAddress");
                return ref Program.Node.Shared;
            }

        """
        + string.Concat(Primitives(method => $"ctx.Metadata.Add(\"{method}\");")) + "}";

    /// <summary>A context with a primitive for every intrinsic that can be called, which counts and calls it; to be entered without arguments.</summary>
    public static string Counting =>
        """
        using Cassette;

        public readonly struct Ctx : IContext
        {
            public static long Count;

        """
        + string.Concat(Primitives(_ => "Count++;")) + "}";

    /// <summary>What the instruction alone can do, or, of <c>IsBox</c>, what no parameter of a rule can tell.</summary>
    public static string[] BoundToInstruction { get; } =
        ["IsBox", "NewObject", "StackAllocate", "LoadField", "StoreField", "FieldAddress", "LoadStatic", "StoreStatic", "StaticAddress"];

    public static IEnumerable<MethodInfo> All => typeof(Intrinsic).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

    private static IEnumerable<string> Primitives(Func<MethodInfo, string> note) =>
        All.Where(method => !BoundToInstruction.Contains(method.Name)).Select((method, index) => Primitive(method, index, note(method)));

    private static string Primitive(MethodInfo method, int index, string note)
    {
        Type[] generics = method.GetGenericArguments();
        string arguments = generics.Length == 0 ? "" : $"<{string.Join(", ", generics.Select(generic => generic.Name))}>";
        ParameterInfo[] parameters = method.GetParameters();
        string declared = string.Concat(parameters.Select(parameter => $", {Spell(parameter.ParameterType)} {parameter.Name}"));
        string passed = string.Join(", ", parameters.Select(parameter => (parameter.ParameterType.IsByRef ? "ref " : "") + parameter.Name));
        string returns = method.ReturnType == typeof(void) ? "" : method.ReturnType.IsByRef ? "return ref " : "return ";
        return $$"""
                [Overdub(typeof(Intrinsic), "{{method.Name}}")]
                static unsafe {{Spell(method.ReturnType)}} P{{index}}{{arguments}}(Ctx ctx{{declared}}){{string.Concat(generics.Select(Constraints))}}
                {
                    {{note}}
                    {{returns}}Intrinsic.{{method.Name}}{{arguments}}({{passed}});
                }

            """;
    }

    private static string Constraints(Type generic)
    {
        GenericParameterAttributes attributes = generic.GenericParameterAttributes;
        bool isUnmanaged = generic.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsUnmanagedAttribute");
        string constraint = isUnmanaged ? "unmanaged"
            : attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? "struct"
            : attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class?"
            : "";
        string refStruct = attributes.HasFlag(GenericParameterAttributes.AllowByRefLike) ? "allows ref struct" : "";
        string all = string.Join(", ", new[] { constraint, refStruct }.Where(text => text.Length > 0));
        return all.Length == 0 ? "" : $" where {generic.Name} : {all}";
    }

    private static string Spell(Type type) =>
        type.IsByRef ? "ref " + Spell(type.GetElementType()!)
        : type.IsPointer ? Spell(type.GetElementType()!) + "*"
        : type.IsArray ? Spell(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]"
        : type.IsGenericParameter ? type.Name
        : type == typeof(void) ? "void"
        : type == typeof(object) ? "object?"
        : type.FullName!;
}
