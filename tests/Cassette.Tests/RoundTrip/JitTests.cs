using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Cassette.Tests.Verification;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.RoundTrip;

/// <summary>Has the runtime load the emitted packages and compile every method of them.</summary>
[Collection(ReemissionCollection.Name)]
public class JitTests(Reemissions reemissions, ITestOutputHelper output)
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Theory]
    [MemberData(nameof(Reemissions.Packages), MemberType = typeof(Reemissions))]
    public void Every_method_compiles(string assembly)
    {
        using var copy = new IsolatedLoad();
        var (methods, compiled, uninstantiated, failures) = Compile(copy.Add(reemissions.Of(assembly).Image), assembly, null);
        var faults = failures;
        if (failures.Count > 0)
        {
            // What the JIT refuses in the original as well is no fault of the copy.
            using var original = new IsolatedLoad();
            var known = Compile(original.Add(File.ReadAllBytes(Corpus.PathOf(assembly))), assembly, [.. failures.Keys]).Failures;
            faults = failures.Where(f => known.GetValueOrDefault(f.Key) != f.Value).ToDictionary();
        }
        output.WriteLine($"{assembly}: {compiled} of {methods} methods compiled, {uninstantiated} without arguments that satisfy their constraints, "
            + $"{failures.Count} refused by the JIT, {faults.Count} of them not refused in the original");
        foreach (var fault in faults.Take(20))
            output.WriteLine($"{fault.Key}: {fault.Value}");
        Assert.Empty(faults);
        Assert.True(compiled > methods * 0.97, $"only {compiled} methods could be compiled");
    }

    private static (int Methods, int Compiled, int Uninstantiated, Dictionary<string, string> Failures) Compile(Assembly assembly, string name, HashSet<string>? only)
    {
        var instantiations = new Instantiations(assembly);
        var (compiled, uninstantiated) = (0, 0);
        var failures = new Dictionary<string, string>();
        var methods = assembly.GetTypes()
            .SelectMany(t => t.GetMembers(Everything).OfType<MethodBase>())
            .Where(m => m.GetMethodBody() is not null).Where(m => only is null || only.Contains(NameOf(m))).ToList();
        foreach (var open in methods)
        {
            if (Close(open, instantiations) is not { } method)
            {
                uninstantiated++;
                continue;
            }
            try
            {
                Prepare(method);
                compiled++;
            }
            catch (Exception refusal) when (refusal is InvalidProgramException or TypeLoadException or MissingMemberException or BadImageFormatException
                or MethodAccessException or FieldAccessException or FileNotFoundException or FileLoadException or System.Security.VerificationException)
            {
                failures.Add(NameOf(open), refusal.GetType().Name + ": " + refusal.Message);
            }
        }
        return (methods.Count, compiled, uninstantiated, failures);
    }

    private static string NameOf(MethodBase method) => $"{method.DeclaringType}::{method} {method.MetadataToken:x8}";

    private static MethodBase? Close(MethodBase open, Instantiations instantiations)
    {
        var definition = open.DeclaringType!;
        var type = instantiations.Of(definition);
        return type is null ? null
            : instantiations.Of(ReferenceEquals(type, definition) ? open : type.GetMembers(Everything).OfType<MethodBase>().Single(m => m.MetadataToken == open.MetadataToken));
    }

    private static void Prepare(MethodBase method)
    {
        Type[] types = method.DeclaringType is { IsConstructedGenericType: true } declaring ? declaring.GetGenericArguments() : [];
        Type[] arguments = method.IsConstructedGenericMethod ? method.GetGenericArguments() : [];
        RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. types.Concat(arguments).Select(t => t.TypeHandle)]);
    }
}
