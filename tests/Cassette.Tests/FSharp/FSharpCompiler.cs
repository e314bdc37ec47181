using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using OptimizationLevel = Microsoft.CodeAnalysis.OptimizationLevel;

namespace Cassette.Tests.FSharp;

/// <summary>The F# compiler and library of the SDK that runs the tests.</summary>
internal static class FSharpCompiler
{
    /// <summary>The folder that holds the compiler and its library.</summary>
    public static string Folder { get; } = FindFolder();

    public static string Library => Path.Combine(Folder, "FSharp.Core.dll");

    /// <summary>Compiles one file to a library, against the platform and FSharp.Core.</summary>
    public static CompiledProgram Compile(string source, OptimizationLevel build)
    {
        string directory = Directory.CreateTempSubdirectory("cassette-fsharp-").FullName;
        try
        {
            string file = Path.Combine(directory, "Subject.fs");
            string output = Path.Combine(directory, "Subject.dll");
            File.WriteAllText(file, source);
            bool optimises = build == OptimizationLevel.Release;
            Run(
            [
                "exec", Path.Combine(Folder, "fsc.dll"), "--nologo", "--target:library", "--targetprofile:netcore", "--noframework", "--debug:portable", "--deterministic+",
                optimises ? "--optimize+" : "--optimize-", "--tailcalls+", "--out:" + output, "-r:" + Library,
                .. Platform.Paths.Values.Select(path => "-r:" + path), file,
            ]);
            return new CompiledProgram(
                "Subject", File.ReadAllBytes(output), File.ReadAllBytes(Path.ChangeExtension(output, ".pdb")), [new CompiledProgram("FSharp.Core", File.ReadAllBytes(Library), [], [])]);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("The F# compiler failed:\n" + output + error.Result);
    }

    private static string FindFolder()
    {
        // <dotnet>/shared/Microsoft.NETCore.App/10.0.x/ stands beside <dotnet>/sdk/10.0.x/FSharp/.
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string sdks = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "sdk"));
        return Directory.GetDirectories(sdks, Environment.Version.ToString(2) + ".*")
            .Select(sdk => Path.Combine(sdk, "FSharp"))
            .Where(folder => File.Exists(Path.Combine(folder, "fsc.dll")))
            .Max(StringComparer.Ordinal) ?? throw new DirectoryNotFoundException("No SDK beside the runtime has an F# compiler.");
    }
}
