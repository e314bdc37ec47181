using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A call on null in a family that is rooted outside throws where the author wrote the call, and not in a method that stands in for it.</summary>
public sealed class NullReceiverTests
{
    private const string Text = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct NoCtx : IContext;

        public class Weight(int grams) : IComparable<Weight>
        {
            public int CompareTo(Weight? other) => grams - other!.grams;

            public override int GetHashCode() => grams;

            private readonly int grams = grams;
        }

        public sealed class Ones : IEnumerable<int>, IEnumerator<int>
        {
            public int Current => 1;

            object IEnumerator.Current => 1;

            public IEnumerator<int> GetEnumerator() => this;

            IEnumerator IEnumerable.GetEnumerator() => this;

            public bool MoveNext() => true;

            public void Reset()
            {
            }

            public void Dispose()
            {
            }
        }

        public static class Program
        {
            public static string Native() => All();

            public static string Woven() => new NoCtx().Overdub(() => All());

            static string All() => Thrown("Compare") + Thrown("Hash") + Thrown("First") + Thrown("Current") + Thrown("inside");

            static int Call(string what) => what switch
            {
                "Compare" => Compare(null!),
                "Hash" => Hash(null!),
                "First" => First(null!),
                "Current" => Current(null!),
                _ => Compare(new Weight(1)) + Hash(new Weight(2)) + First(new Ones()) + Current(new Ones()),
            };

            static int Compare(IComparable<Weight> weight) => weight.CompareTo(null) + 1;

            static int Hash(object value) => value.GetHashCode() + 1;

            static int First(IEnumerable<int> values)
            {
                foreach (int value in values)
                    return value;
                return 0;
            }

            static int Current(IEnumerator<int> values) => values.Current + 1;

            static string Thrown(string what)
            {
                try
                {
                    return Call(what) + " ";
                }
                catch (NullReferenceException exception)
                {
                    return exception.TargetSite!.Name.Split('@')[0] + " ";
                }
            }
        }
        """;

    [Theory, Builds]
    public void The_exception_comes_from_the_method_with_the_call(OptimizationLevel build)
    {
        LoadedProgram program = CompiledProgram.Compile("NullReceivers", build, [], new Source("/src/NullReceivers.cs", Text)).Weave().Verified().Load();
        Assert.Equal("Compare Hash First Current CompareTo ", program.Run<string>("Program.Native"));
        Assert.Equal("Compare Hash First Current CompareTo ", program.Run<string>("Program.Woven"));
    }
}
