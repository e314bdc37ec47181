using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;
using Diagnostic = Cassette.Fody.Reporting.Diagnostic;
using DiagnosticSeverity = Cassette.Fody.Reporting.DiagnosticSeverity;

namespace Cassette.Tests.BadInput;

/// <summary>Faulty input gives a diagnostic at the right place, and an assembly that is either woven or untouched.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string> Names => new(BadCases.All.Select(item => item.Name));

    public static TheoryData<string> Errors => new(BadCases.All.Where(item => item.IsError).Select(item => item.Name));

    [Theory, MemberData(nameof(Names))]
    public void The_fault_is_reported_at_its_place(string name)
    {
        BadCase bad = BadCases.All.Single(item => item.Name == name);
        WovenProgram woven = Weave(bad);

        Assert.True(
            bad.IsError == woven.HasErrors,
            $"Expected {(bad.IsError ? "an error" : "no error")}, found:\n{CompiledProgram.Describe(woven.Diagnostics)}");
        Diagnostic? found = woven.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == bad.Code);
        Assert.True(found is not null, $"Expected {bad.Code}, found:\n{CompiledProgram.Describe(woven.Diagnostics)}");
        Assert.Contains(bad.Fragment, found.ToString(), StringComparison.Ordinal);
        Assert.Equal(bad.IsError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, found.Severity);
        if (bad.Expected is { } place)
            Assert.Equal(new SourcePosition(place.File, place.Line, place.Column), found.Position);
        if (bad.IsError)
            Assert.All(woven.Diagnostics, diagnostic => Assert.True(diagnostic.Severity != DiagnosticSeverity.Error || diagnostic.Id != "CAS601", diagnostic.ToString()));
    }

    [Theory, MemberData(nameof(Errors))]
    public void A_failed_weave_leaves_the_module_as_it_was(string name)
    {
        BadCase bad = BadCases.All.Single(item => item.Name == name);
        WovenProgram woven = Weave(bad);
        Assert.Equal(Members(woven.Original.Image), Members(woven.Image));
    }

    [Fact]
    public void Every_case_has_a_code_of_the_catalogue() =>
        Assert.All(BadCases.All, bad => Assert.Contains(DiagnosticCatalog.All, known => known.Id == bad.Code));

    private static WovenProgram Weave(BadCase bad) => CompiledProgram
        .Compile(OptimizationLevel.Debug, new Source(BadCase.SourcePath, bad.UnmarkedSource))
        .TryWeave(bad.UnmarkedXml);

    /// <summary>Every member with its instructions, and every assembly reference.</summary>
    private static List<string> Members(byte[] image)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        return
        [
            .. module.AssemblyReferences.Select(reference => reference.Name),
            .. module.Assembly.CustomAttributes.Select(attribute => attribute.AttributeType.FullName),
            .. module.GetTypes().SelectMany(type => type.Methods.Select(method => method.FullName + ": " + Body(method))
                .Concat(type.Fields.Select(field => field.FullName))
                .Append(type.FullName)),
        ];
    }

    private static string Body(MethodDefinition method) =>
        method.HasBody ? string.Join("; ", method.Body.Instructions.Select<Instruction, string>(Text)) : "";

    private static string Text(Instruction instruction) =>
        instruction.OpCode.Name + " " + (instruction.Operand is Instruction or Instruction[] ? "" : instruction.Operand);
}
