using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.RoundTrip;

/// <summary>Fody hands one module from weaver to weaver: bodies come with instructions whose offsets are those of the code as it was, or zero.</summary>
public class EarlierWeaverTests
{
    [Fact]
    public void Instructions_need_not_know_where_they_stand()
    {
        var hand = new HandModule();
        var method = hand.NewMethod("YieldsOwn_5", hand.Int, il =>
        {
            var end = il.Create(OpCodes.Ldc_I4_5);
            il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Brtrue_S, end).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Ret).At(end).Op(OpCodes.Ret);
        });
        Assert.All(method.Body.Instructions, i => Assert.Equal(0, i.Offset));
        var body = new BodyImporter(new TypeUniverse(hand.Module)).Import(method).Body!;
        Assert.Equal([0, 3, 5], body.Blocks.Select(b => b.OriginalOffset));
        // Nothing that is read is changed.
        Assert.All(method.Body.Instructions, i => Assert.Equal(0, i.Offset));
    }

    [Fact]
    public void A_body_that_grew_keeps_its_handlers_and_sequence_points()
    {
        var source = new CompiledSource("""
            public static class Home
            {
                public static int Run(int x)
                {
                    try
                    {
                        return 10 / x;
                    }
                    catch (System.DivideByZeroException)
                    {
                        return -1;
                    }
                }
            }
            """);
        var method = source.Method("Run");
        var points = method.DebugInformation.SequencePoints.Select(p => (p.StartLine, p.StartColumn)).ToList();
        var il = method.Body.GetILProcessor();
        var at = method.Body.ExceptionHandlers[0].TryStart;
        for (var i = 0; i < 300; i++)
            il.InsertAfter(at, il.Create(OpCodes.Nop));
        var body = new BodyImporter(source.Types).Import(method).Body!;
        var marked = body.Blocks.SelectMany(b => b.Instructions).Where(i => i.Source is not null).Select(i => (i.Source!.StartLine, i.Source.StartColumn));
        Assert.Equal(points, marked);
        new BodyEmitter(new SymbolImporter(source.Module)).Emit(body, method);
        using var image = new MemoryStream();
        source.Module.Write(image);
        using var load = new IsolatedLoad();
        var run = load.Add(image.ToArray()).GetType("Home")!.GetMethod("Run")!;
        Assert.Equal(5, run.Invoke(null, [2]));
        Assert.Equal(-1, run.Invoke(null, [0]));
    }
}
