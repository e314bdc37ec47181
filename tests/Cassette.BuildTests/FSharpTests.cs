using System.IO;
using System.Linq;

using Xunit;

namespace Cassette.BuildTests;

/// <summary>An F# project that references the package and has one file beside it.</summary>
[Collection(Builds.Name)]
public sealed class FSharpTests(PackageFeed feed)
{
    private const string Program = """
        module App

        open System
        open System.Collections.Generic
        open Cassette

        [<Struct>]
        type NoRulesCtx =
            interface IContext

        [<Struct>]
        type CountCtx(counts: Dictionary<string, int>) =
            interface IContext<Dictionary<string, int>> with
                member _.Metadata = counts
            member _.Counts = counts
            [<Prehook>]
            static member Before(ctx: CountCtx, f: JoinPoint) =
                ctx.Counts[f.Name] <- (match ctx.Counts.TryGetValue f.Name with | true, n -> n + 1 | _ -> 1)

        type Shape =
            | Circle of float
            | Scaled of float * Shape

        let rec area shape =
            match shape with
            | Circle r -> r * r
            | Scaled(k, inner) -> k * k * area inner

        let rec even n = if n = 0 then true else odd (n - 1)
        and odd n = if n = 0 then false else even (n - 1)

        let rec sumTo n (k: int64 -> int64) : int64 = if n = 0 then k 0L else sumTo (n - 1) (fun rest -> k (rest + int64 n))

        let squares n = seq { for i in 1..n do yield i * i }

        let later n = async {
            do! Async.Sleep 1
            return n + 1 }

        let run () =
            String.Join(" ", [ string (even 1000000); string (sumTo 100000 id); string (area (Scaled(2.0, Circle 3.0))); string (Seq.sum (squares 4)); string (later 6 |> Async.RunSynchronously) ])

        [<EntryPoint>]
        let main _ =
            Console.WriteLine(run ())
            Console.WriteLine(NoRulesCtx().Overdub(Func<string>(run)))
            let counts = Dictionary<string, int>()
            Console.WriteLine(CountCtx(counts).Overdub(Func<string>(run)))
            Console.WriteLine(counts["area"])
            0
        """;

    [Theory]
    [InlineData("Debug")]
    [InlineData("Release")]
    public void A_program_runs_natively_and_in_contexts(string configuration)
    {
        string directory = Path.Combine(feed.Root, "fsharp-" + configuration, "App");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "App.fsproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
                <Tailcalls>true</Tailcalls>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="Program.fs" />
                <PackageReference Include="Cassette.Fody" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(directory, "FodyWeavers.xml"), "<Weavers><Cassette /></Weavers>");
        File.WriteAllText(Path.Combine(directory, "Program.fs"), Program);

        Dotnet.Run(directory, "build", "--nologo", "-c", configuration).Succeeds();

        string output = Path.Combine(directory, "bin", configuration, "net10.0", "App.dll");
        Assert.True(ConsumerProject.IsWoven(output));
        // 1 + ... + 100000; (2 * 3)^2; 1 + 4 + 9 + 16; area is called for the scaled shape and for the circle in it.
        const string Line = "True 5000050000 36 30 7";
        Assert.Equal([Line, Line, Line, "2"], Dotnet.Run(directory, output).Succeeds().Output.Trim().Split('\n').Select(line => line.Trim()));
    }
}
