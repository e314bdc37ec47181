using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Cassette.Fody.Placement;
using Cassette.Fody.Reporting;
using Cassette.Fody.Rules;
using Mono.Cecil;

namespace Cassette.Fody;

/// <summary>
/// The whole weave of one module, phase by phase: configure, plan, declare, transform, emit, report. Up to and including the plan nothing is
/// written; when there are errors by then, the module stays as it was.
/// </summary>
/// <param name="module">The module, read with its symbols where there are any.</param>
/// <param name="element">The <c>&lt;Cassette&gt;</c> element.</param>
/// <param name="configPath">The file it comes from, for positions; null where there is none.</param>
/// <param name="projectDirectory">What source paths are made relative to; null to keep them.</param>
public sealed class WeavePipeline(ModuleDefinition module, XElement element, string? configPath, string? projectDirectory)
{
    /// <summary>Weaves. With errors in <paramref name="diagnostics"/> afterwards the module is unchanged.</summary>
    public WeaveResult Run(DiagnosticBag diagnostics)
    {
        // Configure
        var config = WeaverConfigReader.Read(element, configPath, diagnostics);
        var types = new TypeUniverse(module);
        if (diagnostics.HasErrors || RuntimeLibrary.Of(types) is not { } library)
            return WeaveResult.Nothing;
        var matcher = new PatternMatcher();
        var usage = new PatternUsage();
        config.DeclareTo(usage);
        var index = new ModuleIndex(types);
        var declared = new DeclaredEntryFinder(types, config, matcher, diagnostics).Find(index.Methods);

        // Plan
        var bodies = new BodyImporter(types);
        var policy = new ClonePolicy(module, new Exclusions(config, matcher, usage).Excludes);
        var assignability = new Assignability(types);
        var contexts = new ContextModels(types, assignability, library.Module, RuleModules.Find(module, []), config, matcher, usage, diagnostics);
        var rules = new SiteRuleFinder(types, assignability, contexts, diagnostics);
        var plan = new Planner(types, index, bodies, policy, new ContextStacks(), rules).Plan(declared);
        contexts.ValidateWovenModule();
        contexts.ReportUnused(new PatternAdvisor([module]));
        if (diagnostics.HasErrors || plan.Clones.Count == 0 && plan.EnteringMethods.Count == 0)
            return WeaveResult.Nothing;

        // Declare
        var importer = new SymbolImporter(module);
        var holder = new Holder(types, importer);
        var shells = new Shells(types, importer, importer.Import(library.CloneMarker));
        var declaredShells = shells.Declare(plan);
        var tables = new DelegateTables(types, importer, holder, library, shells, plan);
        var joinPoints = new JoinPoints(types, importer, holder, library, projectDirectory);
        var quietRules = new QuietRules(types, plan);
        var helpers = new Helpers(types, importer, holder, library, shells, tables, joinPoints, rules, quietRules);

        // Transform and emit
        var emitter = new BodyEmitter(importer);
        var verifier = config.Verify ? new BodyVerifier(assignability) : null;
        var overdub = new OverdubPass(types, shells, helpers, joinPoints, library);
        var small = new SmallBodies(types, shells, library, holder, importer);
        new Filler(overdub, small, emitter, verifier, diagnostics).Fill(declaredShells);
        quietRules.Fill(bodies, helpers, emitter);
        new EntryRewriter(types, importer, helpers).Rewrite(plan.EnteringMethods);
        foreach (var entry in plan.DeclaredEntries)
            emitter.Emit(small.DeclaredEntry(entry), entry.Method);
        helpers.Unfinished.ForEach(overdub.Transform);
        var thunks = new PrimitiveThunks(types, importer, holder, overdub).Write(plan);
        joinPoints.Finish();
        tables.Finish(thunks);
        foreach (var (body, method) in holder.Bodies)
        {
            if (verifier?.Verify(body) is { Count: > 0 } errors)
                throw new InvalidOperationException($"The weaver wrote {method.Name} wrongly: {errors[0]}");
            emitter.Emit(body, method);
        }

        // Grant
        new AccessGrants(types, importer).GrantTo(module.Assembly.Name.Name);
        return new WeaveResult(plan);
    }
}

/// <summary>What a weave did.</summary>
public sealed class WeaveResult(WeavePlan? plan)
{
    /// <summary>The module enters no context, or there were errors.</summary>
    public static WeaveResult Nothing { get; } = new(null);

    /// <summary>What was planned and carried out; null when there was nothing to do.</summary>
    public WeavePlan? Plan { get; } = plan;
}
