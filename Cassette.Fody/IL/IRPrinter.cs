using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace Cassette.Fody.IL;

/// <summary>
/// Prints a body as text: the seeds' <c>@code_lowered</c>. Lines of the author's source stand on the left where they change, block numbers
/// in the gutter, <c>%n</c> where a later statement uses a value, handler regions indented, and the source span on the right.
/// The text depends on the body alone.
/// </summary>
/// <example><code>
/// 12 1 ─ %1 = Math.Sin(x)    │ Model.cs(12,9)
///    └──      return %1      │
/// </code></example>
public static class IRPrinter
{
    /// <summary>One body.</summary>
    public static string Print(MethodIR body)
    {
        var text = new StringBuilder(Header(body)).Append('\n');
        var lines = Lines(body);
        var numberWidth = lines.Max(l => l.LineNumber.Length);
        var width = lines.Max(l => l.Text.Length);
        foreach (var line in lines)
        {
            text.Append((line.LineNumber.PadLeft(numberWidth) + " " + line.Text.PadRight(width) + "  │ " + line.Source).TrimEnd());
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Two states of one body in two columns, in which statements of the same source line stand at the same height.</summary>
    public static string PrintSideBySide(MethodIR before, MethodIR after) => PrintSideBySide(List(before), List(after));

    /// <summary>As above, where a listing was taken before the body was changed in place.</summary>
    internal static string PrintSideBySide(IRListing before, IRListing after) => SideBySide.Print(before.Header, before.Lines, after.Header, after.Lines);

    internal static IRListing List(MethodIR body) => new(Header(body), Lines(body));

    internal static IEnumerable<Block> Targets(Block block)
    {
        if (block.Next is not null)
            yield return block.Next;
        foreach (var instruction in block.Instructions)
        {
            if (instruction.Operand is Block target)
                yield return target;
            else if (instruction.Operand is Block[] targets)
            {
                foreach (var one in targets)
                    yield return one;
            }
        }
    }

    private static string Header(MethodIR body) =>
        $"{IRNames.Of(body.ReturnType)} {body.Origin.DeclaringType.Name}.{body.Origin.Name}({string.Join(", ", body.Arguments.Where(a => !a.IsThis).Select(a => IRNames.Of(a.Type) + " " + a.Name))})";

    internal static List<IRLine> Lines(MethodIR body)
    {
        var told = new IRNarrator(body).Tell();
        var used = told.SelectMany(block => block).Where(s => s is { Yields: true, IsUsed: true }).ToList();
        var valueWidth = used.Count == 0 ? 0 : used.Max(s => s.Number.ToString(CultureInfo.InvariantCulture).Length) + 4;
        var blockWidth = body.Blocks.Count.ToString(CultureInfo.InvariantCulture).Length;
        var lines = new List<IRLine>();
        var regions = new RegionOutline(lines, new string(' ', blockWidth + 3));
        SourceSpan? point = null;
        for (var b = 0; b < told.Count; b++)
        {
            var depth = regions.Enter(body.Blocks[b].Region);
            var label = (b + 1).ToString(CultureInfo.InvariantCulture).PadLeft(blockWidth);
            var statements = told[b];
            for (var i = 0; i < statements.Count || i == 0; i++)
            {
                var gutter = i == 0 ? label + " ─ " : new string(' ', blockWidth - 1) + (i == statements.Count - 1 ? "└── " : "│   ");
                var indent = string.Concat(Enumerable.Repeat("│ ", depth));
                if (statements.Count == 0)
                {
                    lines.Add(new IRLine("", gutter + indent + new string(' ', valueWidth) + "nothing", "", point?.StartLine ?? 0));
                    break;
                }
                var statement = statements[i];
                var isNew = statement.Source is not null && statement.Source != point;
                point = statement.Source ?? point;
                var number = statement is { Yields: true, IsUsed: true } ? ("%" + statement.Number.ToString(CultureInfo.InvariantCulture)).PadRight(valueWidth - 3) + " = " : new string(' ', valueWidth);
                var shown = point is { IsHidden: false } visible ? visible.StartLine : 0;
                lines.Add(new IRLine(
                    isNew && shown > 0 ? shown.ToString(CultureInfo.InvariantCulture) : "",
                    gutter + indent + number + statement.Text + (body.Blocks[b].IsReachable ? "" : "   (unreachable)"),
                    !isNew ? "" : point!.IsHidden ? "hidden" : Place(point),
                    shown));
            }
        }
        regions.Enter(body.Body);
        return lines;
    }

    /// <summary>The file without its path, which differs between machines.</summary>
    private static string Place(SourceSpan point)
    {
        var url = point.Document.Url;
        var name = url.Substring(Math.Max(url.LastIndexOf('/'), url.LastIndexOf('\\')) + 1);
        return string.Format(CultureInfo.InvariantCulture, "{0}({1},{2})", name, point.StartLine, point.StartColumn);
    }
}
