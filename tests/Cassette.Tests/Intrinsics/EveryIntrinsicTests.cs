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
        string[] unseen = [.. ReplacingContext.All.Where(method => method.Name != "NewObject").Select(Shape).Where(shape => !presented.Contains(shape) && !ofFields.Contains(shape))];
        Assert.True(unseen.Length == 0, "No program has " + string.Join("; ", unseen));
        string[] silent = [.. ReplacingContext.All.Select(method => method.Name).Distinct().Except(log).Except(["NewObject"])];
        Assert.True(silent.Length == 0, "No hook ran for " + string.Join("; ", silent));
        Assert.Contains(".ctor", log);
    }

    [Theory, Builds]
    public void Each_intrinsic_can_be_replaced_by_itself(OptimizationLevel build)
    {
        WovenProgram woven = EveryIntrinsic.Compile(build, ReplacingContext.Logging).Weave();
        LoadedProgram program = woven.Verified().Load();
        var log = new List<string>();

        Assert.Equal(program.Run<string>("Program.Native"), program.Run<string>("Program.Woven", log));

        string[] unused = [.. ReplacingContext.All.Where(method => !ReplacingContext.BoundToInstruction.Contains(method.Name)).Select(method => method.ToString()!).Except(log)];
        Assert.True(unused.Length == 0, "No primitive ran for " + string.Join("; ", unused));
        Assert.Equal(
            ["FieldAddress", "IsBox", "LoadField", "LoadStatic", "NewObject", "StaticAddress", "StoreField", "StoreStatic"],
            log.Where(ReplacingContext.BoundToInstruction.Contains).Distinct().Order(StringComparer.Ordinal));
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

    private static string Shape(MethodInfo method) => Shape(method.Name, method.GetParameters().Select(parameter => parameter.ParameterType.ToString()));

    private static string Shape(Mono.Cecil.MethodDefinition method) => Shape(method.Name, method.Parameters.Select(parameter => parameter.ParameterType.FullName.Replace("0...", "")));

    private static string Shape(string name, IEnumerable<string> types) => $"{name}({string.Join(",", types)})";
}
