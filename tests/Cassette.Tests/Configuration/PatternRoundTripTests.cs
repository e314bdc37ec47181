using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cassette.Tests.Configuration;

/// <summary>What a pattern prints parses to an equal pattern.</summary>
public class PatternRoundTripTests
{
    private static readonly string[] Names =
        ["Get*", "MyLib", "*Async", "A", "_x1", "Größe", "intern", "in2", "and", "call", "new", "ref*", "publicly", "a*b*"];

    private static readonly string[] Keywords = ["int", "string", "object", "double", "nint", "dynamic"];

    [Fact]
    public void PrintedPointcutsParseToEqualOnes()
    {
        Prop.ForAll(Arb.From(Pointcuts(3)), pointcut =>
        {
            var diagnostics = new DiagnosticBag();
            Pointcut? parsed = PatternParser.ParsePointcut(pointcut.ToString(), FixedOrigin.Unknown, diagnostics);
            return (pointcut.Equals(parsed) && diagnostics.Count == 0)
                .Label($"{pointcut} parsed to {parsed} {string.Join(" ", diagnostics)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void PrintedMethodPatternsParseToEqualOnes()
    {
        Gen<MethodPattern> patterns = Gen.OneOf(
            Types(2).Select(type => new MethodPattern(type)),
            Members(true).Where(member => member.DeclaringType is not null).Select(member => new MethodPattern(member)));
        Prop.ForAll(Arb.From(patterns), pattern =>
        {
            var diagnostics = new DiagnosticBag();
            MethodPattern? parsed = PatternParser.ParseMethodPattern(pattern.ToString(), FixedOrigin.Unknown, diagnostics);
            return pattern.Equals(parsed).Label($"{pattern} parsed to {parsed} {string.Join(" ", diagnostics)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Theory]
    [InlineData("call(* A.B.C(int))", "call(* A.B::C(int))")]
    [InlineData("call(C)", "call(C)")]
    [InlineData("call(* A..Get*(..))", "call(* A..*::Get*(..))")]
    [InlineData("call(* ..Get(..))", "call(* *::Get(..))")]
    [InlineData("not call( * A ( ) ) and within(B) or get(A.B)", "!call(* A()) && within(B) || get(A::B)")]
    [InlineData("call(A()) && (call(B()) || call(C()))", "call(A()) && (call(B()) || call(C()))")]
    [InlineData("call(A()) || call(B()) && call(C())", "call(A()) || call(B()) && call(C())")]
    [InlineData("call(void* A(ref int, out string[][,], List<>, Dictionary<,>))", "call(void* A(ref int, out string[][,], List<*>, Dictionary<*, *>))")]
    [InlineData("new(A.B<int>/C(..))", "new(A.B<int>/C(..))")]
    [InlineData("call(public !static int? A.Base+.M<*>(int[]?, ..))", "call(public !static int? A.Base+::M<*>(int[]?, ..))")]
    public void PrintsTheCanonicalForm(string text, string expected)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Equal(expected, PatternParser.ParsePointcut(text, FixedOrigin.Unknown, diagnostics)?.ToString());
        Assert.Empty(diagnostics);
    }

    private static Gen<PatternList<T>> Lists<T>(Gen<T> items, int least, int most) =>
        Gen.Choose(least, most).SelectMany(count => Gen.ArrayOf(items, count)).Select(array => new PatternList<T>(array));

    private static Gen<T?> Optional<T>(Gen<T> items)
        where T : class => Gen.OneOf(Gen.Constant<T?>(null), items.Select(item => (T?)item));

    private static Gen<NameSegment> Segments(int depth)
    {
        Gen<string> names = Gen.Elements(Names);
        return depth == 0
            ? names.Select(name => new NameSegment(name))
            : names.SelectMany(name => Optional(Lists(Types(depth - 1), 1, 2)).Select(types => new NameSegment(name, types)));
    }

    private static Gen<TypePattern> NamedTypes(int depth) =>
        Lists(Segments(depth), 1, 3).SelectMany(segments => Gen.Choose(0, 3).SelectMany(gap => Gen.Choose(0, 3).Select(nested =>
        {
            var result = new List<NameSegment>();
            for (int index = 0; index < segments.Count; index++)
            {
                if (index == gap)
                    result.Add(NameSegment.AnyDepth);
                result.Add(segments[index] with { IsNested = index > 0 && index == nested && index != gap });
            }

            return (TypePattern)new NamedTypePattern(new PatternList<NameSegment>(result));
        })));

    private static Gen<TypePattern> Types(int depth)
    {
        Gen<TypePattern> simple = Gen.OneOf(
            Gen.Constant<TypePattern>(AnyTypePattern.Instance),
            Gen.Elements(Keywords).Select(keyword => (TypePattern)new KeywordTypePattern(keyword)),
            NamedTypes(depth));
        if (depth == 0)
            return simple;
        return Gen.OneOf(
            simple,
            simple.Where(type => type is not AnyTypePattern).Select(type => (TypePattern)new SubtypesPattern(type)),
            Types(depth - 1).Where(type => type is not NullablePattern and not PointerPattern)
                .Select(type => (TypePattern)new NullablePattern(type)),
            Types(depth - 1).SelectMany(type => Gen.Choose(1, 3).Select(rank => (TypePattern)new ArrayPattern(type, rank))),
            Gen.Elements("void", "int").Select(word => (TypePattern)new PointerPattern(new PointerPattern(new KeywordTypePattern(word)))));
    }

    private static Gen<TypePattern> Parameters() => Gen.OneOf(
        Gen.Constant<TypePattern>(AnyParameters.Instance),
        Types(2),
        Gen.Elements("ref", "in", "out").SelectMany(word => Types(1).Select(type => (TypePattern)new ByRefPattern(word, type))));

    private static Gen<MemberPattern> Members(bool withParameters)
    {
        Gen<TypePattern?> returnTypes = Gen.OneOf(
            Gen.Constant<TypePattern?>(null),
            Gen.Constant<TypePattern?>(new KeywordTypePattern("void")),
            Types(2).Select(type => (TypePattern?)type));
        Gen<TypePattern?> owners = Optional(Gen.OneOf(
            Gen.Constant<TypePattern>(AnyTypePattern.Instance),
            NamedTypes(1),
            NamedTypes(1).Select(type => (TypePattern)new SubtypesPattern(type))));
        Gen<PatternList<ModifierPattern>> modifiers = Gen.Elements(
            PatternList<ModifierPattern>.Empty,
            new PatternList<ModifierPattern>([new(MemberModifier.Public, false), new(MemberModifier.Static, true)]),
            new PatternList<ModifierPattern>([new(MemberModifier.Protected, false), new(MemberModifier.Internal, false)]));
        Gen<PatternList<TypePattern>?> parameters = withParameters
            ? Optional(Lists(Parameters(), 0, 3))
            : Gen.Constant<PatternList<TypePattern>?>(null);
        return from modifier in modifiers
               from returnType in returnTypes
               from owner in owners
               from name in Gen.Elements(Names)
               from arguments in Optional(Lists(Types(1), 1, 2))
               from list in parameters
               select new MemberPattern(modifier, returnType, owner, name, arguments, list);
    }

    private static Gen<Pointcut> Pointcuts(int depth)
    {
        Gen<Pointcut> primary = Gen.OneOf(
            Members(true).Select(member => (Pointcut)new CallPointcut(member)),
            Members(false).Select(member => (Pointcut)new GetPointcut(member)),
            Members(false).Select(member => (Pointcut)new SetPointcut(member)),
            Types(2).SelectMany(type => Optional(Lists(Parameters(), 0, 2)).Select(list => (Pointcut)new NewPointcut(type, list))),
            Types(2).Select(type => (Pointcut)new WithinPointcut(type)),
            Types(1).Select(type => (Pointcut)new AttributePointcut(type)));
        if (depth == 0)
            return primary;
        Gen<Pointcut> inner = Pointcuts(depth - 1);
        return Gen.OneOf(
            primary,
            inner.Select(operand => (Pointcut)new NotPointcut(operand)),
            Lists(inner, 2, 3).Select(operands => (Pointcut)new AndPointcut(operands)),
            Lists(inner, 2, 3).Select(operands => (Pointcut)new OrPointcut(operands)));
    }
}
