using Cassette.Fody.Reporting;
using Xunit;

namespace Cassette.Tests.Reporting;

public class SuggestionFinderTests
{
    [Theory]
    [InlineData("Stirct", "Strict")] // a swap is one edit
    [InlineData("Strct", "Strict")]
    [InlineData("Striict", "Strict")]
    [InlineData("STRICT", "Strict")]
    [InlineData("Typ", "Type")]
    [InlineData("Tpye", "Type")]
    [InlineData("Reprot", "Report")]
    public void FindsTheNearest(string given, string expected) =>
        Assert.Equal(expected, SuggestionFinder.Find(given, ["Report", "Strict", "Type", "MaxNesting"]));

    [Theory]
    [InlineData("Zebra")]
    [InlineData("Stop")] // three edits from Strict, two from anything
    [InlineData("")]
    public void FindsNothingFarAway(string given) =>
        Assert.Null(SuggestionFinder.Find(given, ["Report", "Strict", "Type", "MaxNesting"]));

    [Fact]
    public void TiesGoToTheOrdinallyFirst()
    {
        Assert.Equal("Bat", SuggestionFinder.Find("Aat", ["Cat", "Bat"]));
        Assert.Equal("Bat", SuggestionFinder.Find("Aat", ["Bat", "Cat"]));
    }

    [Fact]
    public void TheWordItselfIsNoSuggestion() => Assert.Null(SuggestionFinder.Find("Type", ["Type"]));

    [Theory]
    [InlineData("ca", "abc", 3)] // restricted: no edit between swapped letters
    [InlineData("kitten", "sitting", 3)]
    [InlineData("abcd", "abdc", 1)]
    [InlineData("", "abc", 3)]
    public void DistanceIsTheRestrictedDamerauLevenshtein(string first, string second, int expected) =>
        Assert.Equal(expected, SuggestionFinder.Distance(first, second, 10));
}
