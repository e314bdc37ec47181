using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

using Cassette.Fody.Build;

using Fody;

namespace Cassette.Fody;

/// <summary>The weaver as Fody runs it.</summary>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    private static readonly string[] KnownAttributes = ["Strict", "MaxNesting", "Report", "Dump"];

    private WeaveSession? _session;

    public override void Execute() => _session = WeaveSession.Run(ModuleDefinition, AssemblyFilePath, Weave);

    public override void AfterWeaving() => _session!.Complete();

    public override IEnumerable<string> GetAssembliesForScanning() => [];

    private static void Weave(WeaveSession session)
    {
        string[] errors =
        [
            .. from file in session.Inputs.ConfigurationFiles
               where File.Exists(file)
               from element in XDocument.Load(file, LoadOptions.SetLineInfo).Root!.Elements("Cassette")
               from attribute in element.Attributes()
               where !KnownAttributes.Contains(attribute.Name.LocalName)
               let position = (IXmlLineInfo)attribute
               select $"{file}({position.LineNumber},{position.LinePosition}): error CAS103: <Cassette> has no attribute '{attribute.Name}'.",
        ];
        session.Report(errors, errors.Length);
    }
}
