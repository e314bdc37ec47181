using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Mono.Cecil;

namespace Cassette.Tests.Leaving;

/// <summary>Holds what was seen to run natively against what a report says may.</summary>
internal sealed class Account : IDisposable
{
    private readonly PlatformResolver resolver;
    private readonly ModuleDefinition module;
    private readonly NativeCode code;
    private readonly ILookup<string, MethodDefinition> byName;

    public Account(CompiledProgram program)
    {
        resolver = new PlatformResolver(program.Libraries.ToDictionary(library => library.Name, library => library.Image));
        module = ModuleDefinition.ReadModule(new MemoryStream(program.Image), new ReaderParameters { AssemblyResolver = resolver });
        code = new NativeCode(module);
        var types = new TypeUniverse(module);
        byName = module.GetTypes().SelectMany(type => type.Methods).ToLookup(method => Key(types.SelfOf(method).DisplayName));
    }

    /// <summary>The compiler's methods that a report's name may stand for.</summary>
    public IEnumerable<MethodDefinition> Named(string displayName) => byName[Key(displayName)];

    /// <summary>The methods at which the program got out and that the report does not name, nor anything that ran natively left behind.</summary>
    public ImmutableArray<string> Unexplained(ContextReport report, NativeTrace trace)
    {
        List<MethodDefinition> explained =
        [
            .. report.Leaving.SelectMany(call => Named(call.Callee)).SelectMany(code.Family),
            .. report.HandedOver.SelectMany(handOver => handOver.Methods).SelectMany(Named),
            .. Methods.Where(method => trace.Seen.Contains(method.FullName)).SelectMany(code.LeftBehind),
        ];
        if (report.Leaving.Any(call => call.Reason is "functionPointer" or "delegateHandedOut"))
            explained.AddRange(code.AddressTaken);
        // Late binding reaches whatever it names at run time; making an object by its type reaches that type's constructor.
        foreach (ReportedLeave call in report.Leaving.Where(call => call.Reason == "reflection"))
        {
            explained.AddRange(call.Callee.StartsWith("System.Activator.CreateInstance<", StringComparison.Ordinal)
                ? Methods.Where(method => method.IsConstructor && method.Parameters.Count == 0)
                : Methods);
        }

        HashSet<string> names = [.. explained.Select(method => method.FullName)];
        return [.. trace.Exits.Where(name => !names.Contains(name) && !IsDelegateCache(name))];
    }

    private IEnumerable<MethodDefinition> Methods => module.GetTypes().SelectMany(type => type.Methods);

    public void Dispose()
    {
        module.Dispose();
        resolver.Dispose();
    }

    /// <summary>The class that the compiler keeps lambdas without captures in, made by its static constructor: no code of the author's.</summary>
    private static bool IsDelegateCache(string name) => name.Contains("/<>c", StringComparison.Ordinal) && (name.EndsWith("::.cctor()", StringComparison.Ordinal) || name.EndsWith("::.ctor()", StringComparison.Ordinal));

    /// <summary>A name without type arguments, and the number of its parameters: what an instantiation shares with its definition.</summary>
    private static string Key(string displayName)
    {
        var text = new StringBuilder();
        int depth = 0;
        int parameters = -1;
        foreach (char c in displayName)
        {
            switch (c)
            {
                case '<' or '[':
                    depth++;
                    break;
                case '>' or ']':
                    depth--;
                    break;
                case '(' when depth == 0:
                    parameters = 0;
                    break;
                case ',' when depth == 0 && parameters >= 0:
                    parameters++;
                    break;
                case ')' when depth == 0:
                    break;
                default:
                    if (depth == 0 && parameters < 0)
                        text.Append(c);
                    else if (depth == 0 && parameters == 0 && c != ' ')
                        parameters = 1;
                    break;
            }
        }

        return text.Append('/').Append(parameters).ToString();
    }
}
