using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>Finds the modules that may hold rules.</summary>
public static class RuleModules
{
    /// <summary>The public key tokens that sign the shared framework: what bears them is not opened.</summary>
    private static readonly HashSet<string> FrameworkTokens = new(StringComparer.Ordinal)
    {
        "b03f5f7f11d50a3a", "b77a5c561934e089", "7cec85d7bea7798e", "cc7b13ffcd2ddd51", "31bf3856ad364e35", "adb9793829ddae60",
    };

    /// <summary>Only an assembly that refers to the runtime library can have a rule in it.</summary>
    public static bool CanHaveRules(ModuleDefinition module) => module.AssemblyReferences.Any(reference => reference.Name == "Cassette.Attributes");

    /// <summary>
    /// The woven module first, then those it refers to, directly or not, outside the shared framework, by name. An assembly that cannot be found
    /// is passed over: whatever needs it says so itself.
    /// </summary>
    /// <param name="woven">The module that is woven.</param>
    /// <param name="further">
    /// The other assemblies that the project references: the compiler drops from metadata those that no code mentions, as is the way of one that holds only rules.
    /// </param>
    public static IReadOnlyList<ModuleDefinition> Find(ModuleDefinition woven, IEnumerable<AssemblyNameReference> further)
    {
        var found = new SortedDictionary<string, ModuleDefinition?>(StringComparer.Ordinal);
        var waiting = new Queue<AssemblyNameReference>(woven.AssemblyReferences.Concat(further));
        while (waiting.Count > 0)
        {
            var name = waiting.Dequeue();
            if (IsFramework(name) || found.ContainsKey(name.Name) || name.Name == woven.Assembly.Name.Name)
                continue;
            var module = Resolve(woven, name);
            found.Add(name.Name, module);
            if (module is null)
                continue;
            foreach (var reference in module.AssemblyReferences)
                waiting.Enqueue(reference);
        }
        return Enumerable.Repeat(woven, 1).Concat(found.Values.OfType<ModuleDefinition>()).ToList();
    }

    /// <summary>The modules whose members the woven one can call, so that patterns may name them: itself and its direct references.</summary>
    public static IEnumerable<ModuleDefinition> Speakable(ModuleDefinition woven) =>
        Enumerable.Repeat(woven, 1).Concat(woven.AssemblyReferences.Select(name => Resolve(woven, name)).OfType<ModuleDefinition>());

    private static bool IsFramework(AssemblyNameReference name) =>
        name.Name is "Cassette.Attributes" || name.PublicKeyToken is { Length: > 0 } token && FrameworkTokens.Contains(string.Concat(token.Select(b => b.ToString("x2"))));

    private static ModuleDefinition? Resolve(ModuleDefinition woven, AssemblyNameReference name)
    {
        try
        {
            return woven.AssemblyResolver.Resolve(name)?.MainModule;
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }
}
