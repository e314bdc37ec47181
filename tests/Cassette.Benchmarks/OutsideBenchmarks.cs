using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Cassette.Benchmarks.Contexts;
using Cassette.Benchmarks.Subjects;

namespace Cassette.Benchmarks;

/// <summary>A context without rules against the same code run natively, where the code and the framework call each other.</summary>
public class OutsideBenchmarks
{
    private const int Iterations = 20_000;

    private readonly NoRulesCtx none = new();
    private readonly NoRulesStateCtx state = new(new Counter());
    private readonly NoRulesWideCtx wide = new(new Counter(), 1);
    private readonly NoRulesForeignCtx foreign = new([]);
    private readonly object[] objects = [.. Enumerable.Range(0, Iterations).Select(i => (i * 7 % 3) switch { 0 => new Weight(i), 1 => new HeavyWeight(i), _ => (object)i })];
    private readonly Weight[] weights = [.. Enumerable.Range(0, Iterations).Select(i => (i * 7 % 3) == 0 ? new HeavyWeight(i) : new Weight(i))];
    private readonly IComparable<Weight>[] comparables;
    private readonly Weight other = new(3);
    private readonly IEquatable<string>[] oneKey = [Key.Some[4]];
    private readonly IEquatable<string>[] someKeys = [.. Key.Some.Take(4)];
    private readonly string[] names = [.. Enumerable.Range(0, 8).Select(i => "Name" + i)];
    private readonly object[] people = [.. Enumerable.Range(0, Iterations).Select(Make)];
    private readonly IComparable<Person>[] comparablePeople;
    private readonly Person person = Make(3);
    private readonly Tree tree = Tree.Of(0, Iterations)!;
    private readonly Metres[] metres = [.. Enumerable.Range(0, Iterations).Select(i => new Metres(i * 7 % 1000))];
    private readonly int[] numbers = [.. Enumerable.Range(0, Iterations)];
    private readonly int[] few = [.. Enumerable.Range(0, 10)];
    private readonly Numbers sequence = new(Iterations);
    private readonly Yielded yielded = new(Iterations);

    public OutsideBenchmarks()
    {
        comparables = [.. weights];
        comparablePeople = [.. people.Cast<IComparable<Person>>()];
    }

    [Benchmark(Baseline = true), BenchmarkCategory("ObjectVirtual")]
    public double ObjectVirtualNative() => Outside.SumOfHashes(objects);

    [Benchmark, BenchmarkCategory("ObjectVirtual")]
    public double ObjectVirtualEmptyContext() => none.Overdub(Outside.SumOfHashes, objects);

    [Benchmark, BenchmarkCategory("ObjectVirtual")]
    public double ObjectVirtualContextWithState() => state.Overdub(Outside.SumOfHashes, objects);

    [Benchmark(Baseline = true), BenchmarkCategory("OwnVirtual")]
    public double OwnVirtualNative() => Outside.SumOfOwnHashes(weights);

    [Benchmark, BenchmarkCategory("OwnVirtual")]
    public double OwnVirtualEmptyContext() => none.Overdub(Outside.SumOfOwnHashes, weights);

    [Benchmark, BenchmarkCategory("OwnVirtual")]
    public double OwnVirtualContextWithState() => state.Overdub(Outside.SumOfOwnHashes, weights);

    [Benchmark(Baseline = true), BenchmarkCategory("ForeignInterface")]
    public double ForeignInterfaceNative() => Outside.SumOfComparisons(comparables, other);

    [Benchmark, BenchmarkCategory("ForeignInterface")]
    public double ForeignInterfaceEmptyContext() => none.Overdub(Outside.SumOfComparisons, comparables, other);

    [Benchmark, BenchmarkCategory("ForeignInterface")]
    public double ForeignInterfaceContextWithState() => state.Overdub(Outside.SumOfComparisons, comparables, other);

    [Benchmark(Baseline = true), BenchmarkCategory("PeopleHashed")]
    public double PeopleHashedNative() => Outside.SumOfPeopleHashed(people);

    [Benchmark, BenchmarkCategory("PeopleHashed")]
    public double PeopleHashedEmptyContext() => none.Overdub(Outside.SumOfPeopleHashed, people);

    [Benchmark, BenchmarkCategory("PeopleHashed")]
    public double PeopleHashedContextWithState() => state.Overdub(Outside.SumOfPeopleHashed, people);

    [Benchmark(Baseline = true), BenchmarkCategory("PeopleCompared")]
    public double PeopleComparedNative() => Outside.SumOfPeopleCompared(comparablePeople, person);

    [Benchmark, BenchmarkCategory("PeopleCompared")]
    public double PeopleComparedEmptyContext() => none.Overdub(Outside.SumOfPeopleCompared, comparablePeople, person);

    [Benchmark, BenchmarkCategory("PeopleCompared")]
    public double PeopleComparedContextWithState() => state.Overdub(Outside.SumOfPeopleCompared, comparablePeople, person);

    [Benchmark(Baseline = true), BenchmarkCategory("OneOfManyClasses")]
    public double OneOfManyClassesNative() => Outside.CountOfKeys(oneKey, names, Iterations);

    [Benchmark, BenchmarkCategory("OneOfManyClasses")]
    public double OneOfManyClassesEmptyContext() => none.Overdub(Outside.CountOfKeys, oneKey, names, Iterations);

    [Benchmark, BenchmarkCategory("OneOfManyClasses")]
    public double OneOfManyClassesContextWithState() => state.Overdub(Outside.CountOfKeys, oneKey, names, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("ClassesInTurns")]
    public double ClassesInTurnsNative() => Outside.CountOfKeys(someKeys, names, Iterations);

    [Benchmark, BenchmarkCategory("ClassesInTurns")]
    public double ClassesInTurnsEmptyContext() => none.Overdub(Outside.CountOfKeys, someKeys, names, Iterations);

    [Benchmark, BenchmarkCategory("ClassesInTurns")]
    public double ClassesInTurnsContextWithState() => state.Overdub(Outside.CountOfKeys, someKeys, names, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("TreeWalk")]
    public double TreeWalkNative() => Outside.SumOfTree(tree);

    [Benchmark, BenchmarkCategory("TreeWalk")]
    public double TreeWalkEmptyContext() => none.Overdub(Outside.SumOfTree, tree);

    [Benchmark, BenchmarkCategory("TreeWalk")]
    public double TreeWalkContextWithState() => state.Overdub(Outside.SumOfTree, tree);

    [Benchmark(Baseline = true), BenchmarkCategory("Constrained")]
    public double ConstrainedNative() => Outside.Largest(metres).Value;

    [Benchmark, BenchmarkCategory("Constrained")]
    public double ConstrainedEmptyContext() => none.Overdub(Outside.Largest, metres).Value;

    [Benchmark, BenchmarkCategory("Constrained")]
    public double ConstrainedContextWithState() => state.Overdub(Outside.Largest, metres).Value;

    [Benchmark(Baseline = true), BenchmarkCategory("Sequence")]
    public double SequenceNative() => Outside.SumOfSequence(sequence);

    [Benchmark, BenchmarkCategory("Sequence")]
    public double SequenceEmptyContext() => none.Overdub(Outside.SumOfSequence, sequence);

    [Benchmark, BenchmarkCategory("Sequence")]
    public double SequenceContextWithState() => state.Overdub(Outside.SumOfSequence, sequence);

    [Benchmark(Baseline = true), BenchmarkCategory("Yielded")]
    public double YieldedNative() => Outside.SumOfYielded(yielded);

    [Benchmark, BenchmarkCategory("Yielded")]
    public double YieldedEmptyContext() => none.Overdub(Outside.SumOfYielded, yielded);

    [Benchmark, BenchmarkCategory("Yielded")]
    public double YieldedContextWithState() => state.Overdub(Outside.SumOfYielded, yielded);

    [Benchmark(Baseline = true), BenchmarkCategory("Linq")]
    public double LinqNative() => Outside.Query(numbers, 3);

    [Benchmark, BenchmarkCategory("Linq")]
    public double LinqEmptyContext() => none.Overdub(Outside.Query, numbers, 3);

    [Benchmark, BenchmarkCategory("Linq")]
    public double LinqContextWithState() => state.Overdub(Outside.Query, numbers, 3);

    [Benchmark, BenchmarkCategory("Linq")]
    public double LinqContextWithWideState() => wide.Overdub(Outside.Query, numbers, 3);

    [Benchmark, BenchmarkCategory("Linq")]
    public double LinqContextWithForeignState() => foreign.Overdub(Outside.Query, numbers, 3);

    [Benchmark(Baseline = true), BenchmarkCategory("ShortLinq")]
    public double ShortLinqNative() => Outside.ManyQueries(few, 1000);

    [Benchmark, BenchmarkCategory("ShortLinq")]
    public double ShortLinqEmptyContext() => none.Overdub(Outside.ManyQueries, few, 1000);

    [Benchmark, BenchmarkCategory("ShortLinq")]
    public double ShortLinqContextWithState() => state.Overdub(Outside.ManyQueries, few, 1000);

    [Benchmark, BenchmarkCategory("ShortLinq")]
    public double ShortLinqContextWithWideState() => wide.Overdub(Outside.ManyQueries, few, 1000);

    [Benchmark, BenchmarkCategory("ShortLinq")]
    public double ShortLinqContextWithForeignState() => foreign.Overdub(Outside.ManyQueries, few, 1000);

    [Benchmark(Baseline = true), BenchmarkCategory("ShortPlainLinq")]
    public double ShortPlainLinqNative() => Outside.ManyPlainQueries(few, 1000);

    [Benchmark, BenchmarkCategory("ShortPlainLinq")]
    public double ShortPlainLinqEmptyContext() => none.Overdub(Outside.ManyPlainQueries, few, 1000);

    [Benchmark, BenchmarkCategory("ShortPlainLinq")]
    public double ShortPlainLinqContextWithState() => state.Overdub(Outside.ManyPlainQueries, few, 1000);

    [Benchmark, BenchmarkCategory("ShortPlainLinq")]
    public double ShortPlainLinqContextWithWideState() => wide.Overdub(Outside.ManyPlainQueries, few, 1000);

    [Benchmark, BenchmarkCategory("ShortPlainLinq")]
    public double ShortPlainLinqContextWithForeignState() => foreign.Overdub(Outside.ManyPlainQueries, few, 1000);

    [Benchmark(Baseline = true), BenchmarkCategory("PassedToLinq")]
    public double PassedToLinqNative() => Outside.QueryBy(numbers, static x => x ^ 5);

    [Benchmark, BenchmarkCategory("PassedToLinq")]
    public double PassedToLinqEmptyContext() => none.Overdub(static x => Outside.QueryBy(x, static y => y ^ 5), numbers);

    [Benchmark, BenchmarkCategory("PassedToLinq")]
    public double PassedToLinqContextWithState() => state.Overdub(static x => Outside.QueryBy(x, static y => y ^ 5), numbers);

    [Benchmark, BenchmarkCategory("PassedToLinq")]
    public double PassedToLinqContextWithWideState() => wide.Overdub(static x => Outside.QueryBy(x, static y => y ^ 5), numbers);

    [Benchmark, BenchmarkCategory("PassedToLinq")]
    public double PassedToLinqContextWithForeignState() => foreign.Overdub(static x => Outside.QueryBy(x, static y => y ^ 5), numbers);

    [Benchmark(Baseline = true), BenchmarkCategory("GenericMath")]
    public double GenericMathNative() => Outside.Sum(metres).Value;

    [Benchmark, BenchmarkCategory("GenericMath")]
    public double GenericMathEmptyContext() => none.Overdub(Outside.Sum, metres).Value;

    [Benchmark, BenchmarkCategory("GenericMath")]
    public double GenericMathContextWithState() => state.Overdub(Outside.Sum, metres).Value;

    private static Person Make(int i) => i * 7 % 3 == 0 ? new Employee("Name" + i % 10, 1950 + i % 50, i % 5, i) : new Person("Name" + i % 10, 1950 + i % 50, i % 5);
}
