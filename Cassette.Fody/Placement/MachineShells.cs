using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>Declares the clones of state machines, each beside its original, generic as the original is unless its kickoff's clone is specialised.</summary>
internal sealed class MachineShells
{
    private readonly TypeUniverse types;
    private readonly SymbolImporter importer;
    private readonly WeavePlan plan;
    private readonly Dictionary<PlannedClone, MachineShell> shells = new(ReferenceComparer<PlannedClone>.Instance);

    public MachineShells(TypeUniverse types, SymbolImporter importer, WeavePlan plan)
    {
        this.types = types;
        this.importer = importer;
        this.plan = plan;
        foreach (var machine in plan.Machines.Concat(plan.RuleVariants.Select(r => r.Machine).OfType<PlannedMachine>().Distinct()))
        {
            var shell = Declare(machine);
            shells.Add(machine.Kickoff, shell);
            foreach (var member in machine.Members)
                shells.Add(member, shell);
        }
    }

    /// <summary>The machine that a kickoff's clone starts, or that a clone is a member of; null for any other.</summary>
    public MachineShell? Of(PlannedClone clone) => shells.TryGetValue(clone, out var shell) ? shell : null;

    /// <summary>What a machine on given type arguments is where the module's methods run in some contexts; null where it has no clone.</summary>
    public TypeSymbol? CloneOf(TypeSymbol machine, ContextStack stack)
    {
        var planned = plan.Machines.Where(m => m.Machine.Type == machine.Definition && m.Kickoff.Stack == stack && m.Kickoff is { Place: null, Refusal: LeaveReason.None }).ToArray();
        var found = planned.FirstOrDefault(m => m.Kickoff.Instance != null && m.Type == machine) ?? planned.FirstOrDefault(m => m.Kickoff.Instance is null);
        return found is null ? null : shells[found.Kickoff].On(machine);
    }

    private MachineShell Declare(PlannedMachine machine)
    {
        var original = machine.Machine.Type;
        var isClosed = machine.Kickoff.Instance != null;
        var clone = new TypeDefinition(original.Namespace, NameOf(machine, isClosed), original.Attributes, original.BaseType)
        {
            PackingSize = original.PackingSize,
            ClassSize = original.ClassSize,
        };
        original.DeclaringType.NestedTypes.Add(clone);
        foreach (var attribute in original.CustomAttributes)
            clone.CustomAttributes.Add(Attributes.Copy(attribute));
        var table = new Dictionary<GenericParameter, GenericParameter>(ReferenceComparer<GenericParameter>.Instance);
        if (!isClosed)
            CopyParameters(original, clone, table);
        var members = new Dictionary<IMemberDefinition, IMemberDefinition>(ReferenceComparer<IMemberDefinition>.Instance);
        var replacement = new TypeReplacement(types, machine.Type, clone, members);
        var map = new GenericMap(table);
        var scope = new GenericScope(types.ArgumentsOrParameters(machine.Type), TypeSymbol.None);
        foreach (var implementation in original.Interfaces)
            clone.Interfaces.Add(new Mono.Cecil.InterfaceImplementation(importer.Import(types.Import(implementation.InterfaceType, scope), map)));
        foreach (var field in original.Fields)
        {
            var copy = new FieldDefinition(field.Name, field.Attributes & ~FieldAttributes.InitOnly, importer.Import(replacement.Map(types.Import(field.FieldType, scope)), map));
            clone.Fields.Add(copy);
            members.Add(field, copy);
        }
        var contexts = machine.Kickoff.Stack.Levels
            .Select((context, i) => ContextStack.IsEmpty(context) ? null : new FieldDefinition("<>context" + i, FieldAttributes.Assembly, importer.Import(context))).ToArray();
        foreach (var context in contexts)
        {
            if (context != null)
                clone.Fields.Add(context);
        }
        foreach (var member in machine.Members)
        {
            var copy = Declare(member, clone, scope, map);
            members.Add(member.Method, copy);
            // All parameters of methods are known before any body is written.
            for (var i = 0; i < copy.GenericParameters.Count; i++)
                table[member.Method.GenericParameters[i]] = copy.GenericParameters[i];
        }
        return new MachineShell(types, machine, clone, members, contexts, map);
    }

    private MethodDefinition Declare(PlannedClone member, TypeDefinition clone, GenericScope scope, GenericMap map)
    {
        var original = member.Method;
        var method = new MethodDefinition(original.Name, original.Attributes, original.ReturnType)
        {
            ImplAttributes = original.ImplAttributes,
            HasThis = original.HasThis,
        };
        clone.Methods.Add(method);
        TypeReference[] arguments = clone.HasGenericParameters ? [.. clone.GenericParameters] : [.. scope.TypeArguments.Select(importer.Import)];
        new SignatureCloner(original, method, arguments).Copy();
        if (original.IsConstructor)
        {
            foreach (var context in member.Stack.Levels)
                method.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, importer.Import(context)));
        }
        foreach (var overridden in original.Overrides)
            method.Overrides.Add(importer.Import(types.Import(overridden, scope), map));
        foreach (var attribute in original.CustomAttributes)
            method.CustomAttributes.Add(Attributes.Copy(attribute));
        return method;
    }

    private void CopyParameters(TypeDefinition original, TypeDefinition clone, Dictionary<GenericParameter, GenericParameter> table)
    {
        foreach (var parameter in original.GenericParameters)
        {
            var copy = new GenericParameter(parameter.Name, clone) { Attributes = parameter.Attributes };
            clone.GenericParameters.Add(copy);
            table.Add(parameter, copy);
        }
        var map = new GenericMap(table);
        foreach (var parameter in original.GenericParameters)
        {
            var copy = table[parameter];
            foreach (var attribute in parameter.CustomAttributes)
                copy.CustomAttributes.Add(Attributes.Copy(attribute));
            foreach (var constraint in parameter.Constraints)
            {
                var type = importer.Import(types.Import(constraint.ConstraintType, GenericScope.Of(types, original)), map);
                var copied = new GenericParameterConstraint(type);
                foreach (var attribute in constraint.CustomAttributes)
                    copied.CustomAttributes.Add(Attributes.Copy(attribute));
                copy.Constraints.Add(copied);
            }
        }
    }

    /// <summary>The kickoff's context after the original's name; the number of type parameters stays at the end, where metadata has it.</summary>
    private static string NameOf(PlannedMachine machine, bool isClosed)
    {
        var original = machine.Machine.Type;
        var tick = original.Name.LastIndexOf('`');
        var stem = tick < 0 ? original.Name : original.Name.Substring(0, tick);
        var arguments = isClosed ? "<" + string.Join(",", machine.Type.Arguments.Select(a => a.DisplayName)) + ">" : "";
        var arity = tick < 0 || isClosed ? "" : original.Name.Substring(tick);
        var name = stem + arguments + machine.Kickoff.NameSuffix;
        var unique = MetadataNames.Fit(name, arity);
        for (var n = 2; original.DeclaringType.NestedTypes.Any(t => t.Name == unique); n++)
            unique = MetadataNames.Fit(name, "~" + n + arity);
        return unique;
    }
}
