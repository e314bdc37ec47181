using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace Cassette.Tasks;

/// <summary>
/// What Fody will pass to the weaver: the <c>&lt;Cassette&gt;</c> elements of the solution's FodyWeavers.xml, of
/// the project's, and of the property WeaverConfiguration. A later one overrides an earlier one.
/// </summary>
internal sealed class FodyConfiguration
{
    private const string FileName = "FodyWeavers.xml";
    private const string ElementName = "Cassette";

    private FodyConfiguration(IReadOnlyList<string> files, IReadOnlyList<string> elements, bool isPresent)
    {
        Files = files;
        Elements = elements;
        IsPresent = isPresent;
    }

    /// <summary>Where the files are, or would be.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The elements' text without insignificant white space, in order.</summary>
    public IReadOnlyList<string> Elements { get; }

    /// <summary>Whether the weaver is named at all.</summary>
    public bool IsPresent { get; }

    /// <param name="projectDirectory">The project's directory.</param>
    /// <param name="solutionDirectory">
    /// The solution's, empty or *Undefined* when a project is built by itself; Fody then looks in the parent
    /// of the project's.
    /// </param>
    /// <param name="inline">The property WeaverConfiguration.</param>
    public static FodyConfiguration Read(string projectDirectory, string? solutionDirectory, string? inline)
    {
        string directory = projectDirectory.TrimEnd('/', '\\');
        string? solution = string.IsNullOrEmpty(solutionDirectory) || solutionDirectory == "*Undefined*"
            ? Path.GetDirectoryName(directory)
            : solutionDirectory;
        var candidates = new List<string>();
        if (solution is not null && Path.GetFullPath(solution).TrimEnd('/', '\\') != Path.GetFullPath(directory))
            candidates.Add(Path.Combine(solution, FileName));
        candidates.Add(Path.Combine(directory, FileName));
        var elements = new List<string>();
        bool hasFile = false;
        foreach (string file in candidates.Where(File.Exists))
        {
            hasFile = true;
            elements.AddRange(ElementsOf(File.ReadAllText(file)));
        }

        if (!string.IsNullOrEmpty(inline))
            elements.AddRange(ElementsOf(inline!));
        bool isPresent = elements.Count > 0;
        if (!hasFile && string.IsNullOrEmpty(inline))
        {
            // Fody then creates a file that names every weaver, so the next build reads this.
            elements.Add($"<{ElementName} />");
            isPresent = true;
        }

        return new FodyConfiguration(candidates, elements, isPresent);
    }

    // Fody rewrites the file to add its schema to the root element, and reformats it; neither is a change.
    private static IEnumerable<string> ElementsOf(string xml)
    {
        try
        {
            return
            [
                .. XDocument.Parse(xml).Root!.Elements()
                    .Where(element => string.Equals(element.Name.LocalName, ElementName, StringComparison.OrdinalIgnoreCase))
                    .Select(element => element.ToString(SaveOptions.DisableFormatting)),
            ];
        }
        catch (XmlException)
        {
            // Fody reports it, with its position; here any correction of the text has to count as a change.
            return [xml];
        }
    }
}
