using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>Plans the clones of state machines: every member is imported first, since a machine of which a part stays native has no use.</summary>
internal sealed class MachinePlanner(TypeUniverse types, BodyImporter importer, StateMachines machines)
{
    private readonly Dictionary<(MethodDefinition, ContextStack), PlannedMachine> quiet = [];

    /// <summary>The bodies that run when a method is called: its own, and for a kickoff those of its machine's members.</summary>
    public IEnumerable<(MethodDefinition Method, MethodIR Body)> BodiesOf(MethodDefinition method)
    {
        if (importer.Import(method).Body is { } body)
            yield return (method, body);
        if (machines.StartedBy(method) is not { } machine)
            yield break;
        foreach (var member in machine.Type.Methods)
        {
            if (importer.Import(member).Body is { } found)
                yield return (member, found);
        }
    }

    /// <summary>
    /// The clone of the machine that one of its members belongs to, for a variant of the kickoff that runs in no context; null for a method that
    /// belongs to none.
    /// </summary>
    public PlannedMachine? PlanQuiet(MethodDefinition member, ContextStack stack)
    {
        if (machines.Around(member) is not { } machine || machine.Kickoff == member)
            return null;
        if (!quiet.TryGetValue((machine.Kickoff, stack), out var planned))
        {
            var kickoff = new PlannedClone(machine.Kickoff, ContextStack.Without(stack), new CloneReason(CloneReasonKind.Entry, member), LeaveReason.None)
            {
                Body = importer.Import(machine.Kickoff).Body ?? throw new InvalidILException("a rule's kickoff cannot be read", 0),
            };
            quiet.Add((machine.Kickoff, stack), planned = Plan(kickoff, machine, out var refusal) ?? throw new InvalidILException(refusal!, 0));
        }
        return planned;
    }

    /// <summary>The clone of the machine that a clone of its kickoff starts; null, with the reason, where there can be none.</summary>
    public PlannedMachine? Plan(PlannedClone kickoff, StateMachine machine, out string? refusal)
    {
        var seen = new HashSet<TypeSymbol>(TypesIn(kickoff.Body!).Where(t => t.Definition == machine.Type));
        var type = seen.Count == 1 ? seen.First() : types.SelfOf(machine.Type);
        if (seen.Count > 1 || kickoff.Instance != null && type.IsOpen)
        {
            refusal = "it starts its state machine on several type arguments";
            return null;
        }
        // A shared clone's members stand under the machine's own parameters, which the kickoff puts its own in for.
        if (kickoff.Instance is null)
            type = types.SelfOf(machine.Type);
        var members = new List<PlannedClone>();
        foreach (var method in machine.Type.Methods)
        {
            var instance = types.Method(method, type, []);
            var import = kickoff.Instance is null ? importer.Import(method) : importer.Import(instance, isThis: true);
            refusal = import.Body is { } body ? Obstacle(body, method) : $"{method.Name} of its state machine: {import.Refusal}";
            if (refusal != null)
                return null;
            members.Add(new PlannedClone(method, kickoff.Stack, kickoff.Reason, LeaveReason.None)
            {
                Instance = kickoff.Instance is null ? null : instance,
                Machine = machine,
                Place = kickoff.Place,
                Body = import.Body,
            });
        }
        refusal = null;
        return new PlannedMachine(kickoff, machine, type, members);
    }

    private static string? Obstacle(MethodIR body, MethodDefinition method) =>
        body.Arguments[0].IsReassigned ? $"{method.Name} of its state machine assigns this"
        : Specialisation.LeavesByJump(body) ? $"{method.Name} of its state machine leaves by jmp"
        : null;

    private static IEnumerable<TypeSymbol> TypesIn(MethodIR body) =>
        body.Locals.Select(l => l.Type).Concat(body.Blocks.SelectMany(b => b.Instructions).SelectMany(TypesIn));

    private static IEnumerable<TypeSymbol> TypesIn(Instruction instruction) => instruction.Operand switch
    {
        TypeSymbol type => [type],
        MethodSymbol method => [method.DeclaringType, .. method.MethodArguments],
        FieldSymbol field => [field.DeclaringType],
        _ => [],
    };
}
