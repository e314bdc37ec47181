using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Xunit;

namespace Cassette.Tests.Verification;

/// <summary>
/// Each method <c>X(A from, B to)</c> of the source asks one question; the methods' attribute-free names say the expected answer:
/// <c>Yes…</c> assignable, <c>No…</c> not, <c>Box…</c> only when boxed first.
/// </summary>
public class AssignabilityTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        public interface IA { } public interface IB : IA { } public class A : IA { } public class B : A, IB { } public sealed class S : A { }
        public class Other { } public struct V : IA { } public enum E { X } public enum U : uint { X } public delegate T D<out T, in P>(P p);
        public class Self : IComparable<Self> { public int CompareTo(Self o) => 0; }
        public class G<T> : List<T>, IA { }
        public unsafe class Q<TClass, TA, TStruct, TFree, TOf> where TClass : class where TA : A, IB where TStruct : struct, IA where TOf : TA
        {
            void Yes1(B from, A to) { } void Yes2(B from, IA to) { } void Yes3(A from, object to) { } void Yes4(IA from, object to) { }
            void Yes5(string[] from, object[] to) { } void Yes6(string[] from, IEnumerable<object> to) { } void Yes7(int[] from, IList<int> to) { }
            void Yes8(int[] from, uint[] to) { } void Yes9(E[] from, int[] to) { } void Yes10(int[] from, IList<uint> to) { }
            void Yes11(string[] from, Array to) { } void Yes12(string[,] from, object[,] to) { } void Yes13(B[][] from, A[][] to) { }
            void Yes14(IEnumerable<string> from, IEnumerable<object> to) { } void Yes15(List<B> from, IEnumerable<IA> to) { }
            void Yes16(D<B, A> from, D<A, B> to) { } void Yes17(Action<object> from, Action<string> to) { } void Yes18(D<B, A> from, MulticastDelegate to) { }
            void Yes19(TA from, A to) { } void Yes20(TA from, IB to) { } void Yes21(TOf from, TA to) { } void Yes22(TOf from, IA to) { }
            void Yes23(TClass from, object to) { } void Yes24(TClass[] from, object[] to) { } void Yes25(Self from, IComparable<Self> to) { }
            void Yes26(IComparable<object> from, IComparable<Self> to) { } void Yes27(G<string> from, IEnumerable<object> to) { } void Yes28(TA[] from, IA[] to) { }
            void Yes29(int from, int to) { } void Yes30(IEnumerable<TA> from, IEnumerable<A> to) { } void Yes31(string from, IEnumerable<char> to) { }
            void No1(A from, B to) { } void No2(object from, A to) { } void No3(object[] from, string[] to) { } void No4(int[] from, object[] to) { }
            void No5(int[] from, long[] to) { } void No6(IEnumerable<int> from, IEnumerable<object> to) { } void No7(List<string> from, List<object> to) { }
            void No8(Action<string> from, Action<object> to) { } void No9(int from, uint to) { } void No10(string[,] from, object[] to) { }
            void No11(TFree from, TClass to) { } void No12(A from, TA to) { } void No13(TA from, S to) { } void No14(int* from, object to) { } void No15(E from, int to) { }
            void No16(bool[] from, byte[] to) { } void No17(IList<string> from, IList<object> to) { } void No18(TFree[] from, object[] to) { } void No19(IA from, IB to) { }
            void Box1(int from, object to) { } void Box2(V from, IA to) { } void Box3(E from, Enum to) { } void Box4(TStruct from, IA to) { }
            void Box5(TFree from, object to) { } void Box6(int? from, IComparable to) { } void Box7(TStruct from, ValueType to) { } void Box8(int from, IComparable<int> to) { }
        }
        """;

    private static readonly Lazy<CompiledSource> Compiled = new(() => new CompiledSource(Source));

    public static IEnumerable<object[]> Questions => Compiled.Value.Module.GetTypes().SelectMany(t => t.Methods)
        .Where(m => m.Parameters.Count == 2 && m.Parameters[0].Name == "from").Select(m => new object[] { m.Name });

    [Theory, MemberData(nameof(Questions))]
    public void Compatibility_follows_the_CLI(string name)
    {
        var (from, to) = (Compiled.Value.TypeOf(name, 0), Compiled.Value.TypeOf(name, 1));
        var types = new Assignability(Compiled.Value.Types);
        Assert.Equal(name.StartsWith("Yes", StringComparison.Ordinal), types.IsAssignable(from, to));
        if (name.StartsWith("Box", StringComparison.Ordinal))
            Assert.True(types.IsBoxedAssignable(from, to));
        // The second time the answer comes out of the cache.
        Assert.Equal(name.StartsWith("Yes", StringComparison.Ordinal), types.IsAssignable(from, to));
    }

    public static IEnumerable<object[]> RuntimePairs()
    {
        Type[] types =
        [
            typeof(object), typeof(string), typeof(int), typeof(uint), typeof(DayOfWeek), typeof(int?), typeof(ValueType), typeof(Enum), typeof(Array), typeof(Delegate),
            typeof(string[]), typeof(object[]), typeof(int[]), typeof(uint[]), typeof(DayOfWeek[]), typeof(bool[]), typeof(byte[]), typeof(sbyte[]), typeof(char[]), typeof(ushort[]), typeof(int[,]), typeof(object[,]), typeof(string[,]),
            typeof(IEnumerable<object>), typeof(IEnumerable<string>), typeof(IEnumerable<int>), typeof(IList<int>), typeof(IList<uint>), typeof(IList<object>), typeof(IList<string>), typeof(List<string>),
            typeof(Func<object>), typeof(Func<string>), typeof(Func<int>), typeof(Action<object>), typeof(Action<string>), typeof(IComparable), typeof(IComparable<string>), typeof(IComparable<object>), typeof(IConvertible), typeof(IEquatable<int>),
            typeof(Func<Func<string>, object>), typeof(Func<Func<object>, string>), typeof(Exception), typeof(ArgumentException), typeof(IReadOnlyList<object>), typeof(IReadOnlyDictionary<string, object>), typeof(Dictionary<string, object>), typeof(IntPtr), typeof(IntPtr[]), typeof(long[]), typeof(ulong[]),
        ];
        return from a in types from b in types select new object[] { a, b };
    }

    [Fact]
    public void It_agrees_with_the_runtime_on_every_pair()
    {
        using var module = Corpus.Load(Corpus.CoreLib);
        var universe = new TypeUniverse(module);
        var types = new Assignability(universe);
        var differences = new List<string>();
        foreach (var pair in RuntimePairs())
        {
            var (from, to) = ((Type)pair[0], (Type)pair[1]);
            var ours = types.IsBoxedAssignable(Symbol(universe, from), Symbol(universe, to));
            // A Nullable is boxed as its value; reflection asks about the type itself.
            var runtime = to.IsAssignableFrom(Nullable.GetUnderlyingType(from) ?? from) || from == to;
            if (to == typeof(int?) && from != to)
                continue;
            if (ours != runtime)
                differences.Add($"{from} -> {to}: {ours}, the runtime says {runtime}");
        }
        Assert.Empty(differences);
    }

    [Fact]
    public void What_is_assignable_at_run_time_is_possible()
    {
        using var module = Corpus.Load(Corpus.CoreLib);
        var universe = new TypeUniverse(module);
        var types = new Assignability(universe);
        var all = RuntimePairs().Select(p => (Type)p[0]).Distinct().ToList();
        var missed = new List<string>();
        foreach (var from in all)
        {
            foreach (var to in all)
            {
                // An exact type that is both bears witness that the test can succeed.
                var witness = all.FirstOrDefault(w => !w.IsAbstract && from.IsAssignableFrom(w) && to.IsAssignableFrom(w) && Nullable.GetUnderlyingType(w) is null);
                if (witness is not null && !types.IsSubtypeOrPossible(Symbol(universe, from), Symbol(universe, to)))
                    missed.Add($"{from} may be a {to}: {witness}");
            }
        }
        Assert.Empty(missed);
    }

    [Theory]
    [InlineData(typeof(string), typeof(Exception), false)]
    [InlineData(typeof(string), typeof(IDisposable), false)]
    [InlineData(typeof(Exception), typeof(IDisposable), true)]
    [InlineData(typeof(IDisposable), typeof(string), false)]
    [InlineData(typeof(IDisposable), typeof(IComparable), true)]
    [InlineData(typeof(int), typeof(string), false)]
    [InlineData(typeof(int), typeof(IComparable), true)]
    [InlineData(typeof(object), typeof(int), true)]
    [InlineData(typeof(IComparable), typeof(int), true)]
    [InlineData(typeof(IDisposable), typeof(int), false)]
    [InlineData(typeof(Exception), typeof(ArgumentException), true)]
    [InlineData(typeof(ArgumentException), typeof(System.IO.IOException), false)]
    [InlineData(typeof(object[]), typeof(string[]), true)]
    [InlineData(typeof(int[]), typeof(string[]), false)]
    [InlineData(typeof(Func<object>), typeof(Func<string>), true)]
    [InlineData(typeof(List<int>), typeof(List<string>), false)]
    [InlineData(typeof(IEnumerable<int>), typeof(IEnumerable<string>), true)]
    public void A_type_test_is_possible_or_not(Type from, Type to, bool possible)
    {
        using var module = Corpus.Load(Corpus.CoreLib);
        var universe = new TypeUniverse(module);
        Assert.Equal(possible, new Assignability(universe).IsSubtypeOrPossible(Symbol(universe, from), Symbol(universe, to)));
    }

    [Theory]
    [InlineData(typeof(ArgumentNullException), typeof(ArgumentOutOfRangeException), typeof(ArgumentException))]
    [InlineData(typeof(string), typeof(object), typeof(object))]
    [InlineData(typeof(string[]), typeof(Exception[]), typeof(System.Runtime.Serialization.ISerializable))]
    [InlineData(typeof(List<int>), typeof(IList<int>), typeof(IList<int>))]
    [InlineData(typeof(ArgumentException[]), typeof(ArithmeticException[]), typeof(SystemException[]))]
    public void Two_types_meet_in_the_nearest_common_one(Type a, Type b, Type expected)
    {
        using var module = Corpus.Load(Corpus.CoreLib);
        var universe = new TypeUniverse(module);
        var types = new Assignability(universe);
        var merged = types.Merge(Symbol(universe, a), Symbol(universe, b));
        if (a == typeof(string[]))
            Assert.True(merged.Shape == TypeShape.Vector && types.IsAssignable(Symbol(universe, a), merged) && types.IsAssignable(Symbol(universe, b), merged));
        else
            Assert.Same(Symbol(universe, expected), merged);
    }

    private static TypeSymbol Symbol(TypeUniverse universe, Type type)
    {
        if (type.IsArray)
        {
            var element = Symbol(universe, type.GetElementType()!);
            return type.IsSZArray ? universe.Vector(element) : universe.Array(element, type.GetArrayRank());
        }
        var open = universe.Core(type.Namespace!, type.Name);
        return type.IsGenericType ? universe.Instantiate(open, [.. type.GetGenericArguments().Select(a => Symbol(universe, a))]) : open;
    }
}
