using System.Linq;
using Cassette.Tests.Harness;
using Xunit;

namespace Cassette.Tests.Transparency;

/// <summary>The language's constructs, each with the program that shows it, and with the words that it cannot show it without.</summary>
public sealed class LanguageTests
{
    /// <summary>What must be shown, by which program, in which words (regular expressions).</summary>
    public static readonly TheoryData<string, string, string[]> Constructs = new()
    {
        { "lambdas and closures", "Lambdas", ["=>"] },
        { "lambda parameters: defaults, params, modifiers", "LambdaParameters", [@"int \w+ = 2\) =>", @"\(params ", @"\(ref \w+\) =>"] },
        { "delegate equality, += and -=", "DelegateEquality", ["-="] },
        { "multicast delegates", "Multicast", [@"a \+ b \+ a"] },
        { "multicast delegates that throw", "MulticastThrows", ["throw"] },
        { "delegates made outside", "DelegatesMadeOutside", ["Func<"] },
        { "delegates in fields, arrays and tables", "DelegatesStored", ["CreateDelegate"] },
        { "delegates to LINQ", "DelegatesToLinq", ["Select"] },
        { "delegates to PLINQ, Parallel, ThreadPool, Thread, Timer, Lazy, ContinueWith", "DelegatesToThreads", ["AsParallel", @"Parallel\.", @"ThreadPool\.", @"new Thread\(", @"new Timer\(", "new Lazy", "ContinueWith"] },
        { "delegates to string.Create, GetOrAdd", "DelegatesToCollections", [@"string\.Create", "GetOrAdd"] },
        { "delegates to sorting, comparers", "DelegatesToSort", [@"Comparer<\w+>\.Create", @"Sort\("] },
        { "delegates over structs, generic", "GenericDelegatesOverStructs", ["struct"] },
        { "delegates of virtual members declared outside", "DelegatesOfOutsideFamilies", [@"\.Clear"] },
        { "method groups of interfaces and classes outside", "MethodGroupsOutside", ["OnNext"] },
        { "function pointers", "FunctionPointers", [@"delegate\*"] },
        { "events", "Events", ["event"] },
        { "events outside", "EventsOutside", [@"CollectionChanged \+="] },
        { "LINQ", "Linq", ["OrderBy|Where"] },
        { "expression trees", "QueryAndExpressionTrees", ["Expression<"] },
        { "async methods", "Async", ["await"] },
        { "async methods: Task, ValueTask, void, generic, of structs, ConfigureAwait", "AsyncMethods", [@"ConfigureAwait\(false\)", "async void", "async ValueTask"] },
        { "await in try, catch and finally, exceptions over awaits", "AsyncExceptions", ["finally", "catch"] },
        { "async iterators, await foreach, await using, cancellation", "AsyncStreams", ["await foreach", "await using", "CancellationToken", "IAsyncEnumerable"] },
        { "task-like types, pooled builders, awaiters", "AsyncBuilders", ["PoolingAsyncValueTaskMethodBuilder", "AsyncMethodBuilder", "INotifyCompletion"] },
        { "machines written by hand, awaiters and task sources that the framework calls", "HandwrittenMachines", ["IAsyncStateMachine", "IValueTaskSource", "PoolingAsyncValueTaskMethodBuilder"] },
        { "async lambdas and local functions, base calls", "AsyncLambdas", [@"async \(\)|async \w+ =>"] },
        { "iterators", "Iterators", ["yield return"] },
        { "async methods and iterators in virtual and interface families", "MachinesInFamilies", ["override async"] },
        { "iterators: abandoned, twice, on two threads, IEnumerator, of structs, generic", "IteratorForms", ["yield return", "IEnumerator"] },
        { "virtual methods", "VirtualMethods", ["override"] },
        { "interfaces", "Interfaces", ["interface"] },
        { "explicit implementations, families of interfaces outside", "FamiliesOfInterfaces", [@"I\w+(<.*>)?\.\w+\("] },
        { "families of object", "FamiliesOfObject", ["override string ToString"] },
        { "families outside with few classes", "FamiliesByClass", [": IComparable<", "override"] },
        { "sequences of few classes behind interfaces outside", "SequencesByClass", [": IEnumerable<", "foreach"] },
        { "interfaces of structs", "StructInterfaces", ["struct"] },
        { "classes and comparers outside, derived from", "FrameworkDerived", [": StringWriter", ": IComparer<int>"] },
        { "overrides of Stream; query expressions", "StreamOverrides", [": Stream", @"from \w+ in", "let ", "join ", "orderby ", "group "] },
        { "protected members outside", "ProtectedMembersOutside", [@"base\.InsertItem"] },
        { "default interface methods", "DiamondDefaults", [@"string IA\.Who\(\) =>"] },
        { "default implementations on structs", "DefaultsOnStructs", ["struct Plain : ICounter"] },
        { "covariant returns", "CovariantReturns", ["override"] },
        { "generic virtual methods", "GenericVirtualMethods", [@"(virtual|abstract|override) .*<T>\("] },
        { "variance", "Variance", [@"<out \w+>|<in \w+>"] },
        { "static abstract and static virtual members", "StaticAbstracts", ["static abstract", "static virtual"] },
        { "static abstract operators and generic math", "StaticAbstractsAndGenericMath", ["static abstract"] },
        { "generic math", "GenericMath", ["INumber<"] },
        { "constrained calls", "ConstrainedCalls", ["where T :"] },
        { "generic methods", "GenericMethods", [@"<T>\("] },
        { "generic types", "GenericTypes", [@"class \w+<T"] },
        { "constructors", "Constructors", ["new"] },
        { "constructor chains", "ConstructorChains", [@": this\("] },
        { "exceptions in constructors", "ExceptionsInConstructors", ["throw"] },
        { "object and collection initialisers", "ObjectInitialisers", [@"new\(?\)? ?\w* \{|new \w+ \{|\{ \w+ ="] },
        { "collection expressions", "CollectionExpressions", [@"\[\.\. |", @" \.\."] },
        { "with, records", "Records", [@" with \{"] },
        { "records with inheritance", "RecordInheritance", [@"record \w+.*: \w+\("] },
        { "primary constructors", "PrimaryConstructors", [@"class \w+\("] },
        { "required and init", "InitAndRequired", ["required", "init;"] },
        { "static constructors", "StaticConstructors", [@"static \w+\(\)"] },
        { "static constructors that throw", "StaticConstructorThrows", [@"TypeInitializationException|static \w+\(\)"] },
        { "ref structs", "RefStructs", ["ref struct"] },
        { "ref fields, scoped, ref returns, UnscopedRef", "RefFieldsAndScoped", ["scoped ", "UnscopedRef", "return ref|=> ref"] },
        { "ref, in and out", "RefInOut", ["out ", "ref ", "in "] },
        { "spans and stackalloc", "SpansAndStackalloc", ["stackalloc", "Span<"] },
        { "first-class spans", "FirstClassSpans", ["ReadOnlySpan<"] },
        { "inline arrays", "InlineArrays", ["InlineArray"] },
        { "pointers, fixed, unsafe", "UnsafePointers", [@"fixed \(", "unsafe"] },
        { "volatile and memory", "VolatileAndMemory", ["volatile"] },
        { "checked arithmetic", "CheckedArithmetic", ["checked"] },
        { "checked operators", "CheckedOperators", ["operator checked"] },
        { "tuples and deconstruction", "TuplesAndDeconstruction", [@"var \(", "Deconstruct"] },
        { "patterns", "PatternMatching", [" is "] },
        { "list patterns", "ListPatterns", [@"is \[|\[.*\] =>"] },
        { "switch expressions", "SwitchExpressions", [" switch"] },
        { "switch", "Switch", [@"switch \("] },
        { "static and capturing local functions", "LocalFunctions", [@"static \w+ \w+\("] },
        { "interpolated strings", "StringInterpolation", [@"\$"""] },
        { "interpolated-string handlers", "InterpolatedHandlers", ["InterpolatedStringHandler"] },
        { "using and both locks", "UsingAndLock", ["using ", @"lock \(", @"new Lock\(\)"] },
        { "goto", "GotoAndLoops", ["goto "] },
        { "try, catch and finally", "TryCatchFinally", ["finally"] },
        { "nested handlers and filters", "NestedFilters", [@"when \("] },
        { "exceptions that nobody catches", "UnhandledRethrow", ["throw"] },
        { "exceptions of the runtime", "RuntimeExceptions", ["catch"] },
        { "conditional access and throw expressions", "ConditionalAccessAndThrowExpressions", [@"\?\.", @"\?\? throw"] },
        { "nameof", "Nameof", [@"nameof\("] },
        { "ranges", "RangesAndIndices", [@"\.\.", @"\^"] },
        { "indexers", "Indexers", [@"this\["] },
        { "arrays", "Arrays", [@"\[,\]"] },
        { "references to nothing", "ReferencesToNothing", [@"Unsafe\.NullRef", "GetValueRefOrNullRef"] },
        { "references behind the end", "ReferencesBehindTheEnd", ["IsAddressLessThan"] },
        { "foreach", "Foreach", ["foreach"] },
        { "dynamic", "Dynamic", ["dynamic"] },
        { "reflection", "Reflection", ["GetMethod"] },
        { "the current method", "CurrentMethod", [@"GetCurrentMethod\(\)"] },
        { "names at the limit of what is loaded", "LongNames", [@"IDescribe<Ten>\.\w+\("] },
        { "many type arguments", "LongTypeArguments", ["TSourceOfTheQuery16"] },
        { "extension members", "ExtensionMembers", [@"extension\(|extension<"] },
        { "partial types and members", "PartialTypes", ["partial"] },
        { "file-local types", "FileLocalTypes", ["file (static |sealed )?(class|struct|interface|record)"] },
        { "generic attributes", "GenericAttributes", [@"class \w+<T>.*Attribute"] },
        { "module initialisers", "ModuleInitialisers", ["ModuleInitializer"] },
        { "operators", "OperatorsAndConversions", ["operator ", "implicit"] },
        { "field-backed properties", "FieldBackedProperties", [@"\bfield\b"] },
        { "properties", "Properties", ["get"] },
        { "compound-assignment operators", "CompoundAssignmentOperators", [@"operator \+="] },
        { "null-conditional assignment", "NullConditionalAssignment", [@"\?\.\w+ = |\?\.\w+ \+= "] },
        { "nullable values", "Nullable", [@"int\?"] },
        { "new of type parameters", "NewOfParameters", [@"new T\(\)"] },
        { "boxes and casts", "BoxingAndCasts", [@"\(object\)|object"] },
        { "enums and constants", "EnumsAndConstants", ["enum ", "const "] },
        { "structs", "Structs", ["struct"] },
        { "large structs and many arguments", "LargeStructsAndManyArguments", ["struct"] },
        { "params and named arguments", "ParamsAndArguments", ["params"] },
        { "static methods", "StaticMethods", ["static"] },
        { "instance methods", "InstanceMethods", ["class"] },
        { "inheritance", "Inheritance", [@"base\."] },
        { "recursion", "Recursion", ["static"] },
        { "evaluation order", "EvaluationOrder", ["Mark|Log|Step|=>"] },
        { "calls between types", "CrossCalls", ["class"] },
        { "stack traces of the author's methods", "StackTraces", ["throw new"] },
        { "constructs inside each other", "Combined", ["static virtual", "ref struct", "await foreach", @"catch \(Exception exception\) when", "ref readonly"] },
        { "threads", "Threads", ["Thread"] },
    };

    [Theory, MemberData(nameof(Constructs))]
    public void Has_a_program(string construct, string program, string[] words)
    {
        Assert.Contains(program, CaseProgram.Names());
        var source = CaseProgram.Read(program);
        Assert.True(source.ExpectedOutput.Length > 0, $"The program for {construct} says nothing of what it writes.");
        Assert.True(source.ExpectedCounts.Count > 0, $"The program for {construct} predicts no call.");
        string code = string.Concat(source.Text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", System.StringComparison.Ordinal)).Select(line => line + "\n"));
        Assert.All(words, word => Assert.Matches(word, code));
    }

    /// <summary>A program that is not listed could go, and its construct with it, and nobody would miss it.</summary>
    [Fact]
    public void Every_program_is_listed_once() =>
        Assert.Equal(CaseProgram.Names(), Constructs.Select(row => (string)row[1]).Order(System.StringComparer.Ordinal));
}
