using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Xml.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Cassette.Fody.Passes.Loading;
using Cassette.Fody.Placement;
using Cassette.Fody.Reporting;
using Cassette.Fody.Rules;
using Mono.Cecil;

namespace Cassette.Fody;

/// <summary>
/// The whole weave of one module, phase by phase: configure, plan, declare, transform, emit, grant, report. Up to and including the plan
/// nothing is written; when there are errors by then, the module stays as it was. What the seeds do in a <c>@generated</c> function each time
/// a call is compiled is done here once a build; what they have world age for, the build's hash of all inputs does.
/// </summary>
/// <param name="module">The module, read with its symbols where there are any.</param>
/// <param name="element">The <c>&lt;Cassette&gt;</c> element.</param>
/// <param name="configPath">The file it comes from, for positions; null where there is none.</param>
/// <param name="projectDirectory">What source paths are made relative to; null to keep them.</param>
/// <param name="references">The simple names of the assemblies that the project references: one that holds only rules leaves no trace in the module.</param>
/// <param name="passes">The passes of contexts; null for those that the contexts are declared to have.</param>
/// <param name="passLibrary">The pass assemblies, where declared passes are found; null for none.</param>
public sealed class WeavePipeline(ModuleDefinition module, XElement element, string? configPath, string? projectDirectory, IEnumerable<string>? references = null, IPassSource? passes = null, PassLibrary? passLibrary = null)
{
    /// <summary>How long one run of a pass over one body may take where the configuration does not say it.</summary>
    public TimeSpan PassLimit { get; init; } = TimeSpan.FromSeconds(WeaverConfig.DefaultPassTimeout);

    /// <summary>
    /// Weaves. With errors in <paramref name="diagnostics"/> afterwards the module must not be used; it is unchanged unless the error is
    /// that <c>Strict</c> met a clone that the verifier rejects.
    /// </summary>
    public WeaveResult Run(DiagnosticBag diagnostics, CancellationToken cancellation = default)
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

        // Plan
        var bodies = new BodyImporter(types);
        var exclusions = new Exclusions(config, matcher, usage);
        var machines = new StateMachines(index.Methods);
        var policy = new ClonePolicy(module, machines, exclusions.Excludes);
        var assignability = new Assignability(types);
        var ruleModules = RuleModules.Find(module, (references ?? []).Select(name => new AssemblyNameReference(name, null)));
        var contexts = new ContextModels(types, assignability, library.Module, ruleModules, config, matcher, usage, diagnostics);
        var intrinsics = new IntrinsicSites(new InstructionPresenter(types, new IntrinsicLibrary(types, library.Module)));
        var rules = new SiteRuleFinder(types, assignability, contexts, diagnostics, intrinsics);
        var entryFinder = new DeclaredEntryFinder(types, config, matcher, (type, at) => contexts.For(type, at) != null, diagnostics);
        var declared = entryFinder.Find(index.Methods);
        var declaredPasses = new DeclaredPasses(passLibrary ?? new PassLibrary([]), types, config, matcher, diagnostics);
        var passSource = passes ?? declaredPasses;
        var runner = new PassRunner(passSource, bodies, assignability, diagnostics, config.PassTimeout ?? PassLimit, cancellation);
        var plan = new Planner(types, index, bodies, policy, new ContextStacks(), rules, machines, config.MaxNesting, cancellation, runner).Plan(declared);
        if (runner.IsStopped)
            return WeaveResult.Nothing;
        contexts.ValidateWovenModule();
        declaredPasses.ValidateWovenModule(contexts.IsContext);
        var dumper = new BodyDumper(types, config.Dumps, matcher, usage, plan);
        contexts.ReportUnused(context => passSource.PassesOf(context).Count > 0);
        new EnteredContexts(plan).ReportMissing(config, matcher, entryFinder, contexts, diagnostics);
        var account = new WeaveAccount(types, config, plan, assignability, index, exclusions);
        account.Judge(diagnostics);
        if (diagnostics.HasErrors || plan.Clones.Count == 0 && plan.EnteringMethods.Count == 0)
            return new WeaveResult(null) { Report = account.Report(projectDirectory) };

        // Declare
        var importer = new SymbolImporter(module);
        var holder = new Holder(types, importer);
        var families = new Families(types, importer, holder);
        families.Declare(plan);
        var shells = new Shells(types, importer, families, importer.Import(library.CloneMarker));
        var declaredShells = shells.Declare(plan);
        var machineShells = new MachineShells(types, importer, plan);
        var tables = new DelegateTables(types, importer, holder, library, shells, plan);
        var joinPoints = new JoinPoints(types, importer, holder, library, projectDirectory);
        var ruleVariants = new RuleVariants(types, importer, plan);
        var helpers = new Helpers(types, importer, holder, library, shells, plan, tables, joinPoints, families, rules, ruleVariants, config.MaxNesting)
        {
            TailPrefix = plan.HasTailCalls ? Prefixes.Tail : Prefixes.None,
        };

        // Transform and emit
        var emitter = new BodyEmitter(importer);
        var verifier = config.Verify ? new BodyVerifier(assignability) : null;
        var loops = new GuessedLoops(helpers, library, ModuleFacts.IsOptimized(module));
        var results = new GuessedResults(shells, machineShells, library);
        var overdub = new OverdubPass(types, shells, helpers, joinPoints, library, new KnownDelegates(index, shells, plan), results, loops, machineShells);
        var small = new SmallBodies(types, shells, library, holder, importer, helpers.ReturnedDelegates, config.MaxNesting);
        new Filler(overdub, machineShells, small, emitter, verifier, diagnostics, dumper, cancellation).Fill(declaredShells);
        ruleVariants.Fill(bodies, helpers, emitter, machineShells);
        new EntryRewriter(types, importer, helpers).Rewrite(plan.EnteringMethods);
        foreach (var entry in plan.DeclaredEntries)
            emitter.Emit(small.DeclaredEntry(entry), entry.Method);
        var thunks = new PrimitiveThunks(types, importer, holder, overdub).Write(plan);
        // Writing one may ask for another.
        for (var i = 0; i < helpers.Unfinished.Count; i++)
            overdub.Transform(helpers.Unfinished[i]);
        joinPoints.Finish();
        tables.Finish(thunks);
        foreach (var (body, method, parameters) in holder.Bodies)
        {
            if (verifier?.Verify(body) is { Count: > 0 } errors)
                throw new InvalidOperationException($"The weaver wrote {method.Name} wrongly: {errors[0]}");
            emitter.Emit(body, method, parameters);
        }

        // Grant
        PassAttributes.Detach(module);
        var grants = new AccessGrants(types, importer);
        foreach (var reached in ruleModules.Where(RuleModules.CanHaveRules))
            grants.GrantTo(reached.Assembly.Name.Name);

        // Report
        account.Judge(diagnostics);
        return new WeaveResult(plan) { Report = account.Report(projectDirectory), Dump = dumper.Text() };
    }
}

/// <summary>What a weave did.</summary>
public sealed class WeaveResult(WeavePlan? plan)
{
    /// <summary>The module enters no context, or there were errors.</summary>
    public static WeaveResult Nothing { get; } = new(null);

    /// <summary>What was planned and carried out; null when there was nothing to do.</summary>
    public WeavePlan? Plan { get; } = plan;

    /// <summary>What was cloned and what leaves the contexts, of a plan that had errors too; null where the configuration asks for no report.</summary>
    public WeaveReport? Report { get; init; }

    /// <summary>The bodies that the configuration asks for, before and after the overdub pass; null where there are none.</summary>
    public string? Dump { get; init; }
}
