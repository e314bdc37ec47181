using System.Collections.Generic;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Discovery;

/// <summary>A state machine that gets a clone, one a clone of its kickoff.</summary>
/// <param name="Kickoff">The kickoff's clone, which makes the machine's.</param>
/// <param name="Machine">The original.</param>
/// <param name="Type">
/// The original type as the kickoff's and the members' bodies name it: on its own parameters, or, where the kickoff's clone is specialised, on
/// the arguments that it has there.
/// </param>
/// <param name="Members">The machine's methods, in metadata order.</param>
internal sealed record PlannedMachine(PlannedClone Kickoff, StateMachine Machine, TypeSymbol Type, IReadOnlyList<PlannedClone> Members);
