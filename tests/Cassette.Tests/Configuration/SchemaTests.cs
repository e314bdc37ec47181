using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using System.Xml.Schema;
using Cassette.Fody.Configuration;
using Cassette.Fody.Reporting;
using Xunit;

namespace Cassette.Tests.Configuration;

/// <summary>The fragment that Fody merges into the user's FodyWeavers.xsd.</summary>
public class SchemaTests
{
    private static readonly XNamespace Xs = "http://www.w3.org/2001/XMLSchema";

    private static XElement Fragment => XElement.Load(Path.Combine(AppContext.BaseDirectory, "Cassette.Fody.xcf"));

    [Theory]
    [InlineData("<Cassette />")]
    [InlineData("<Cassette Strict='false' MaxNesting='3' PassTimeout='3600' Report='true' Verify='1' Dump='A::M' />")]
    [InlineData("<Cassette><Dump>A::M</Dump><Context Type='A.B'><Entry>A.C::M</Entry><Include Assembly='X' /><Include>A..*</Include>"
        + "<Exclude>A.N..*</Exclude><Rule Method='A.B::Before' Pointcut='call(* *(..))' /></Context><Include Assembly='Y'>B..*</Include>"
        + "<Exclude Assembly='Z' /><Rule Method='A.B::After' Pointcut='get(* *)' /><Context Type='A.D' /></Cassette>")]
    public void GoodSamplesSatisfyTheSchemaAndTheReader(string xml)
    {
        Assert.Empty(SchemaFaults(xml));
        var diagnostics = new DiagnosticBag();
        WeaverConfigReader.ReadText("f", xml, diagnostics);
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("<Cassette Stirct='true' />")]
    [InlineData("<Cassette Strict='maybe' />")]
    [InlineData("<Cassette Strict='True' />")]
    [InlineData("<Cassette MaxNesting='0' />")]
    [InlineData("<Cassette MaxNesting='17' />")]
    [InlineData("<Cassette MaxNesting='x' />")]
    [InlineData("<Cassette PassTimeout='0' />")]
    [InlineData("<Cassette PassTimeout='0.5' />")]
    [InlineData("<Cassette>text</Cassette>")]
    [InlineData("<Cassette><Contxt Type='A' /></Cassette>")]
    [InlineData("<Cassette><Context /></Cassette>")]
    [InlineData("<Cassette><Entry>A::M</Entry></Cassette>")]
    [InlineData("<Cassette><Context Type='A'><Entry>A.M</Entry></Context></Cassette>")]
    [InlineData("<Cassette><Context Type='A'><Pass /></Context></Cassette>")]
    [InlineData("<Cassette><Rule Method='A::M' /></Cassette>")]
    [InlineData("<Cassette><Include Asembly='X' /></Cassette>")]
    [InlineData("<Cassette><Dump><X /></Dump></Cassette>")]
    public void BadSamplesFailInTheSchemaAndInTheReader(string xml)
    {
        Assert.NotEmpty(SchemaFaults(xml));
        var diagnostics = new DiagnosticBag();
        WeaverConfigReader.ReadText("f", xml, diagnostics);
        Assert.True(diagnostics.HasErrors);
    }

    [Fact]
    public void TheReaderKnowsExactlyTheNamesOfTheSchema()
    {
        var declared = new SortedSet<string>(StringComparer.Ordinal);
        Collect(Fragment, "Cassette", declared);
        var known = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ElementShape shape in ElementShape.All)
        {
            known.UnionWith(shape.Attributes.Select(attribute => shape.Name + "/@" + attribute));
            known.UnionWith(shape.Children.Select(child => shape.Name + "/" + child));
        }

        Assert.Equal(declared, known);
    }

    [Fact]
    public void EverythingInTheSchemaIsDocumented()
    {
        IEnumerable<XElement> declarations = Fragment.Descendants()
            .Where(element => element.Name == Xs + "element" || element.Name == Xs + "attribute");
        Assert.All(declarations, declaration =>
            Assert.False(string.IsNullOrWhiteSpace(declaration.Element(Xs + "annotation")?.Element(Xs + "documentation")?.Value)));
    }

    private static void Collect(XElement type, string owner, SortedSet<string> names)
    {
        foreach (XElement declaration in Declarations(type))
        {
            string name = declaration.Attribute("name")!.Value;
            if (declaration.Name == Xs + "attribute")
            {
                names.Add(owner + "/@" + name);
                continue;
            }

            names.Add(owner + "/" + name);
            Collect(declaration, name, names);
        }
    }

    /// <summary>The declarations of this level: those with no other element declaration between.</summary>
    private static IEnumerable<XElement> Declarations(XElement node) => node.Elements().SelectMany(child =>
        child.Name == Xs + "element" || child.Name == Xs + "attribute" ? [child] : Declarations(child));

    /// <summary>Wraps the fragment as Fody does: an optional element of the weaver's name inside Weavers.</summary>
    private static List<string> SchemaFaults(string xml)
    {
        var schema = new XDocument(new XElement(
            Xs + "schema",
            new XElement(
                Xs + "element", new XAttribute("name", "Weavers"),
                new XElement(
                    Xs + "complexType",
                    new XElement(
                        Xs + "all",
                        new XElement(
                            Xs + "element", new XAttribute("name", "Cassette"), new XAttribute("minOccurs", 0),
                            new XAttribute("maxOccurs", 1), Fragment))))));
        var schemas = new XmlSchemaSet();
        schemas.Add("", schema.CreateReader());
        var faults = new List<string>();
        XDocument.Parse("<Weavers>" + xml + "</Weavers>").Validate(schemas, (_, fault) => faults.Add(fault.Message));
        return faults;
    }
}
