// expect: 16
// expect: 7 4
// expect: 8
// expect: 16
// expect: 1, 16
// count: Long.Join 1
// count: Long.Twice 1
// count: Long.Later 1
// count: ISource`1.Get 1
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Many = System.ValueTuple<ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, System.ValueTuple<ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, System.ValueTuple<ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes, ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes>>>;

public readonly record struct ThingWhoseNameIsLongEnoughThatSixteenOfItsKindTogetherAreMoreThanTheRuntimeTakes(int Value);

public interface ISource<T>
{
    T Get();
}

public class Source
{
    public Many Get() => new();
}

public class Sixteen : Source, ISource<Many>;

public sealed class Joined<TSourceOfTheQuery1, TSourceOfTheQuery2, TSourceOfTheQuery3, TSourceOfTheQuery4, TSourceOfTheQuery5, TSourceOfTheQuery6, TSourceOfTheQuery7, TSourceOfTheQuery8, TSourceOfTheQuery9, TSourceOfTheQuery10, TSourceOfTheQuery11, TSourceOfTheQuery12, TSourceOfTheQuery13, TSourceOfTheQuery14, TSourceOfTheQuery15, TSourceOfTheQuery16>(IEnumerable<TSourceOfTheQuery1> s1, IEnumerable<TSourceOfTheQuery2> s2, IEnumerable<TSourceOfTheQuery3> s3, IEnumerable<TSourceOfTheQuery4> s4, IEnumerable<TSourceOfTheQuery5> s5, IEnumerable<TSourceOfTheQuery6> s6, IEnumerable<TSourceOfTheQuery7> s7, IEnumerable<TSourceOfTheQuery8> s8, IEnumerable<TSourceOfTheQuery9> s9, IEnumerable<TSourceOfTheQuery10> s10, IEnumerable<TSourceOfTheQuery11> s11, IEnumerable<TSourceOfTheQuery12> s12, IEnumerable<TSourceOfTheQuery13> s13, IEnumerable<TSourceOfTheQuery14> s14, IEnumerable<TSourceOfTheQuery15> s15, IEnumerable<TSourceOfTheQuery16> s16, Func<TSourceOfTheQuery1, TSourceOfTheQuery2, TSourceOfTheQuery3, TSourceOfTheQuery4, TSourceOfTheQuery5, TSourceOfTheQuery6, TSourceOfTheQuery7, TSourceOfTheQuery8, TSourceOfTheQuery9, TSourceOfTheQuery10, TSourceOfTheQuery11, TSourceOfTheQuery12, TSourceOfTheQuery13, TSourceOfTheQuery14, TSourceOfTheQuery15, TSourceOfTheQuery16, int> result)
{
    public int Result => result(s1.First(), s2.First(), s3.First(), s4.First(), s5.First(), s6.First(), s7.First(), s8.First(), s9.First(), s10.First(), s11.First(), s12.First(), s13.First(), s14.First(), s15.First(), s16.First());
}

public static class Long
{
    public static int Join<TSourceOfTheQuery1, TSourceOfTheQuery2, TSourceOfTheQuery3, TSourceOfTheQuery4, TSourceOfTheQuery5, TSourceOfTheQuery6, TSourceOfTheQuery7, TSourceOfTheQuery8, TSourceOfTheQuery9, TSourceOfTheQuery10, TSourceOfTheQuery11, TSourceOfTheQuery12, TSourceOfTheQuery13, TSourceOfTheQuery14, TSourceOfTheQuery15, TSourceOfTheQuery16>(IEnumerable<TSourceOfTheQuery1> s1, IEnumerable<TSourceOfTheQuery2> s2, IEnumerable<TSourceOfTheQuery3> s3, IEnumerable<TSourceOfTheQuery4> s4, IEnumerable<TSourceOfTheQuery5> s5, IEnumerable<TSourceOfTheQuery6> s6, IEnumerable<TSourceOfTheQuery7> s7, IEnumerable<TSourceOfTheQuery8> s8, IEnumerable<TSourceOfTheQuery9> s9, IEnumerable<TSourceOfTheQuery10> s10, IEnumerable<TSourceOfTheQuery11> s11, IEnumerable<TSourceOfTheQuery12> s12, IEnumerable<TSourceOfTheQuery13> s13, IEnumerable<TSourceOfTheQuery14> s14, IEnumerable<TSourceOfTheQuery15> s15, IEnumerable<TSourceOfTheQuery16> s16, Func<TSourceOfTheQuery1, TSourceOfTheQuery2, TSourceOfTheQuery3, TSourceOfTheQuery4, TSourceOfTheQuery5, TSourceOfTheQuery6, TSourceOfTheQuery7, TSourceOfTheQuery8, TSourceOfTheQuery9, TSourceOfTheQuery10, TSourceOfTheQuery11, TSourceOfTheQuery12, TSourceOfTheQuery13, TSourceOfTheQuery14, TSourceOfTheQuery15, TSourceOfTheQuery16, int> result) =>
        new Joined<TSourceOfTheQuery1, TSourceOfTheQuery2, TSourceOfTheQuery3, TSourceOfTheQuery4, TSourceOfTheQuery5, TSourceOfTheQuery6, TSourceOfTheQuery7, TSourceOfTheQuery8, TSourceOfTheQuery9, TSourceOfTheQuery10, TSourceOfTheQuery11, TSourceOfTheQuery12, TSourceOfTheQuery13, TSourceOfTheQuery14, TSourceOfTheQuery15, TSourceOfTheQuery16>(s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, result).Result;

    public static string Twice<T, TOther>(T value, TOther other) => Echo(value) + " " + Echo(4);

    public static T Echo<T>(T value) => value;

    public static async Task<T> Later<T, TOther>(T value, TOther other)
    {
        await Task.Yield();
        return Echo(value);
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Long.Join<int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int>([1], [1], [1], [1], [1], [1], [1], [1], [1], [1], [1], [1], [1], [1], [1], [1], (a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16) => a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11 + a12 + a13 + a14 + a15 + a16));
        output.WriteLine(Long.Twice(7, new Many()));
        output.WriteLine(Long.Later(8, new Many()).Result);
        ISource<Many> source = new Sixteen();
        output.WriteLine(((System.Runtime.CompilerServices.ITuple)source.Get()).Length);
        output.WriteLine(string.Join(", ", Each(1, new Many())));
    }

    private static IEnumerable<int> Each<T, TOther>(T first, TOther other) where TOther : System.Runtime.CompilerServices.ITuple
    {
        yield return Long.Echo(first) is int number ? number : 0;
        yield return Long.Echo(other).Length;
    }
}
