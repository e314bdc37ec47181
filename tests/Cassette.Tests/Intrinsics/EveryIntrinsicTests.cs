using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Intrinsics;

/// <summary>Each intrinsic is seen, and each can be replaced: by itself, with the same outcome.</summary>
public sealed class EveryIntrinsicTests
{
    /// <summary>What the instruction alone can do, or, of <c>IsBox</c>, what no parameter of a rule can tell.</summary>
    private static readonly string[] BoundToInstruction =
        ["IsBox", "NewObject", "StackAllocate", "LoadField", "StoreField", "FieldAddress", "LoadStatic", "StoreStatic", "StaticAddress"];

    private static IEnumerable<MethodInfo> All => typeof(Intrinsic).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

    [Theory, Builds]
    public void Each_intrinsic_is_seen(OptimizationLevel build)
    {
        const string Context = """
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook(typeof(Intrinsic))]
                static void Seen(Ctx ctx, JoinPoint f) => ctx.Metadata.Add(f.Intrinsic ?? f.Name);
            }
            """;
        WovenProgram woven = EveryIntrinsic.Compile(build, Context).Weave();
        LoadedProgram program = woven.Verified().Load();
        var log = new List<string>();

        Assert.Equal(program.Run<string>("Program.Native"), program.Run<string>("Program.Woven", log));

        HashSet<string> presented = [.. woven.Result.Plan!.Clones.SelectMany(clone => clone.Sites.Values)
            .Where(site => site.Intrinsic is { Field: null, Name: not "NewObject" })
            .Select(site => Shape(site.Intrinsic!.Call.Method.Definition!))];
        HashSet<string> ofFields = [.. woven.Result.Plan!.Clones.SelectMany(clone => clone.Sites.Values)
            .Where(site => site.Intrinsic is { Field: not null })
            .Select(site => Shape(site.Intrinsic!.Call.Method.Definition!))];
        string[] unseen = [.. All.Where(method => method.Name != "NewObject").Select(Shape).Where(shape => !presented.Contains(shape) && !ofFields.Contains(shape))];
        Assert.True(unseen.Length == 0, "No program has " + string.Join("; ", unseen));
        string[] silent = [.. All.Select(method => method.Name).Distinct().Except(log).Except(["NewObject"])];
        Assert.True(silent.Length == 0, "No hook ran for " + string.Join("; ", silent));
        Assert.Contains(".ctor", log);
    }

    [Theory, Builds]
    public void Each_intrinsic_can_be_replaced_by_itself(OptimizationLevel build)
    {
        WovenProgram woven = EveryIntrinsic.Compile(build, Replacing()).Weave();
        LoadedProgram program = woven.Verified().Load();
        var log = new List<string>();

        Assert.Equal(program.Run<string>("Program.Native"), program.Run<string>("Program.Woven", log));

        string[] unused = [.. All.Where(method => !BoundToInstruction.Contains(method.Name)).Select(method => method.ToString()!).Except(log)];
        Assert.True(unused.Length == 0, "No primitive ran for " + string.Join("; ", unused));
        Assert.Equal(
            ["FieldAddress", "IsBox", "LoadField", "LoadStatic", "NewObject", "StaticAddress", "StoreField", "StoreStatic"],
            log.Where(BoundToInstruction.Contains).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_only_the_instruction_can_do_says_so()
    {
        var thrown = Assert.Throws<NotSupportedException>(() => Intrinsic.LoadStatic<int>());
        Assert.Contains("Intrinsic.LoadStatic", thrown.Message);
        Assert.Throws<NotSupportedException>(() => Intrinsic.NewObject<object>());
        Assert.Throws<NotSupportedException>(() => Intrinsic.StoreField<string, int>("", 1));
        Assert.Throws<NotSupportedException>(() => Intrinsic.Convert<decimal, int>(1));
    }

    /// <summary>A context with a primitive for every intrinsic, which calls it.</summary>
    private static string Replacing() =>
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
        + string.Concat(All.Where(method => !BoundToInstruction.Contains(method.Name)).Select(Primitive)) + "}";

    private static string Primitive(MethodInfo method, int index)
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
                    ctx.Metadata.Add("{{method}}");
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

    private static string Shape(MethodInfo method) => Shape(method.Name, method.GetParameters().Select(parameter => parameter.ParameterType.ToString()));

    private static string Shape(Mono.Cecil.MethodDefinition method) => Shape(method.Name, method.Parameters.Select(parameter => parameter.ParameterType.FullName.Replace("0...", "")));

    private static string Shape(string name, IEnumerable<string> types) => $"{name}({string.Join(",", types)})";
}
