using System.IO;

namespace Cassette.BuildTests;

/// <summary>A project with a pass, beside the project that uses it. Its pass makes another number of each number that a method returns.</summary>
internal sealed class PassProject
{
    public const string Name = "MyPass";

    private readonly string _directory;

    /// <param name="feed">Where the package for authors of passes comes from.</param>
    /// <param name="solutionDirectory">The project gets a directory in it.</param>
    /// <param name="framework">What it is built for.</param>
    public PassProject(PackageFeed feed, string solutionDirectory, string framework = "netstandard2.0")
    {
        _directory = Path.Combine(solutionDirectory, Name);
        Directory.CreateDirectory(_directory);
        File.WriteAllText(Path.Combine(_directory, Name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
                <LangVersion>latest</LangVersion>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Cassette.Passes" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        Write("number + 1");
    }

    /// <summary>What the project that uses it has to say.</summary>
    public static string Reference =>
        $"""<ItemGroup><ProjectReference Include="../{Name}/{Name}.csproj" OutputItemType="CassettePassAssembly" ReferenceOutputAssembly="false" /></ItemGroup>""";

    public string Source => Path.Combine(_directory, "ChangeNumbers.cs");

    public void Write(string expression) => File.WriteAllText(Source, Text(expression));

    /// <summary>The pass that makes <paramref name="expression"/> of a <c>number</c>. Line 12 has the expression.</summary>
    public static string Text(string expression) => $$"""
        using Cassette.Fody.Editing;
        using Cassette.Fody.Metadata;
        using Cassette.Fody.Passes;
        using Mono.Cecil.Cil;

        namespace MyTools
        {
            public sealed class ChangeNumbers : IPass
            {
                private static int Change(int number)
                {
                    return {{expression}};
                }

                public PassResult Run(TypeSymbol context, Reflection reflection)
                {
                    EditableBody body = reflection.Edit();
                    foreach (Statement statement in body.Statements)
                    {
                        if (statement.Expression.Code == Code.Ret && statement.Expression.Operands.Count == 1 && statement.Expression.Operands[0].Code == Code.Ldc_I4)
                            body.Replace(statement.Expression.Operands[0], body.New.Constant(Change((int)statement.Expression.Operands[0].Operand!)));
                    }

                    return PassResult.Overdub(body);
                }
            }
        }
        """;
}
