using System;
using System.Collections.Generic;
using System.Linq;

namespace Cassette.Fody.Configuration;

/// <summary>
/// What one element of the configuration may contain. The same names stand in <c>Cassette.Fody.xcf</c>,
/// where editors read them; a test holds the two together.
/// </summary>
/// <param name="Name">The element.</param>
/// <param name="Attributes">The attributes it takes.</param>
/// <param name="Children">The elements it takes, in any order and number.</param>
/// <param name="HasText">Whether it takes text.</param>
internal sealed record ElementShape(
    string Name, IReadOnlyList<string> Attributes, IReadOnlyList<string> Children, bool HasText)
{
    public const string Weaver = "Cassette";
    public const string Context = "Context";
    public const string Entry = "Entry";
    public const string Include = "Include";
    public const string Exclude = "Exclude";
    public const string Rule = "Rule";
    public const string Pass = "Pass";
    public const string Dump = "Dump";

    /// <summary>All elements; the first is the root.</summary>
    public static IReadOnlyList<ElementShape> All { get; } =
    [
        new(Weaver, ["Strict", "MaxNesting", "PassTimeout", "Report", "Verify", "Dump"],
            [Context, Include, Exclude, Rule, Dump], HasText: false),
        new(Context, ["Type"], [Entry, Include, Exclude, Rule, Pass], HasText: false),
        new(Entry, [], [], HasText: true),
        new(Include, ["Assembly"], [], HasText: true),
        new(Exclude, ["Assembly"], [], HasText: true),
        new(Rule, ["Method", "Pointcut"], [], HasText: false),
        new(Pass, ["Type", "Assembly"], [], HasText: false),
        new(Dump, [], [], HasText: true),
    ];

    public static ElementShape Of(string name) => All.First(shape => shape.Name == name);

    /// <summary>The elements that take <paramref name="child"/>, for saying where it belongs.</summary>
    public static IEnumerable<string> ParentsOf(string child) =>
        All.Where(shape => shape.Children.Contains(child, StringComparer.Ordinal)).Select(shape => shape.Name);
}
