using System.Linq;
using Cassette.Tests.Harness;
using Xunit;

namespace Cassette.Tests.Transparency;

/// <summary>The language's constructs, each with the program that shows it.</summary>
public sealed class LanguageTests
{
    /// <summary>What must be shown, by program.</summary>
    public static readonly TheoryData<string, string> Constructs = new()
    {
        { "lambdas and closures", "Lambdas" },
        { "lambda parameters: defaults, params, modifiers", "LambdaParameters" },
        { "delegate equality, += and -=", "DelegateEquality" },
        { "multicast delegates", "Multicast" },
        { "delegates made outside", "DelegatesMadeOutside" },
        { "function pointers", "FunctionPointers" },
        { "events", "Events" },
        { "LINQ", "Linq" },
        { "async methods", "Async" },
        { "async methods: Task, ValueTask, void, generic, of structs, ConfigureAwait", "AsyncMethods" },
        { "await in try, catch and finally, exceptions over awaits", "AsyncExceptions" },
        { "async iterators, await foreach, await using, cancellation", "AsyncStreams" },
        { "task-like types, pooled builders, awaiters", "AsyncBuilders" },
        { "async lambdas and local functions, base calls", "AsyncLambdas" },
        { "iterators", "Iterators" },
        { "async methods and iterators in virtual and interface families", "MachinesInFamilies" },
        { "iterators: abandoned, twice, on two threads, IEnumerator, of structs, generic", "IteratorForms" },
        { "virtual methods", "VirtualMethods" },
        { "interfaces", "Interfaces" },
        { "default interface methods", "DiamondDefaults" },
        { "default implementations on structs", "DefaultsOnStructs" },
        { "covariant returns", "CovariantReturns" },
        { "generic virtual methods", "GenericVirtualMethods" },
        { "variance", "Variance" },
        { "static abstract and static virtual members", "StaticAbstracts" },
        { "generic math", "GenericMath" },
        { "constrained calls", "ConstrainedCalls" },
        { "constructors", "Constructors" },
        { "constructor chains", "ConstructorChains" },
        { "object and collection initialisers", "ObjectInitialisers" },
        { "collection expressions", "CollectionExpressions" },
        { "with, records", "Records" },
        { "records with inheritance", "RecordInheritance" },
        { "primary constructors", "PrimaryConstructors" },
        { "required and init", "InitAndRequired" },
        { "static constructors", "StaticConstructors" },
        { "ref structs", "RefStructs" },
        { "ref fields, scoped, ref returns, UnscopedRef", "RefFieldsAndScoped" },
        { "spans and stackalloc", "SpansAndStackalloc" },
        { "first-class spans", "FirstClassSpans" },
        { "inline arrays", "InlineArrays" },
        { "pointers and fixed", "UnsafePointers" },
        { "checked arithmetic", "CheckedArithmetic" },
        { "checked operators", "CheckedOperators" },
        { "tuples and deconstruction", "TuplesAndDeconstruction" },
        { "patterns", "PatternMatching" },
        { "list patterns", "ListPatterns" },
        { "switch expressions", "SwitchExpressions" },
        { "switch", "Switch" },
        { "local functions", "LocalFunctions" },
        { "interpolated strings", "StringInterpolation" },
        { "interpolated-string handlers", "InterpolatedHandlers" },
        { "using and both locks", "UsingAndLock" },
        { "goto", "GotoAndLoops" },
        { "nested handlers and filters", "NestedFilters" },
        { "nameof", "Nameof" },
        { "ranges", "RangesAndIndices" },
        { "dynamic", "Dynamic" },
        { "extension members", "ExtensionMembers" },
        { "partial types and members", "PartialTypes" },
        { "file-local types", "FileLocalTypes" },
        { "generic attributes", "GenericAttributes" },
        { "module initialisers", "ModuleInitialisers" },
        { "operators", "OperatorsAndConversions" },
        { "field-backed properties", "FieldBackedProperties" },
        { "compound-assignment operators", "CompoundAssignmentOperators" },
        { "null-conditional assignment", "NullConditionalAssignment" },
    };

    [Theory, MemberData(nameof(Constructs))]
    public void Has_a_program(string construct, string program)
    {
        Assert.Contains(program, CaseProgram.Names());
        var source = CaseProgram.Read(program);
        Assert.True(source.ExpectedOutput.Length > 0, $"The program for {construct} says nothing of what it writes.");
    }

    [Fact]
    public void No_construct_is_listed_twice() =>
        Assert.Equal(Constructs.Count, Constructs.Select(row => (string)row[1]).Distinct().Count());
}
