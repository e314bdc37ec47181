// expect: 1 2
// expect: 1
// expect: b
// expect: 3
// expect: 2:9 0:10 1:10
// count: Program.Mark 18
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

public sealed class Letters(int left) : Stream
{
    private int left = left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Program.Mark(left);

    public override long Position { get; set; }

    public override void Flush() => Program.Mark(0);

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (left == 0)
            return 0;
        buffer[offset] = (byte)('a' + Program.Mark(left--));
        return 1;
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellation)
    {
        await Task.Yield();
        return Read(buffer, offset, count);
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => left = (int)value;

    public override void Write(byte[] buffer, int offset, int count) => left += Program.Mark(count);

    protected override void Dispose(bool disposing)
    {
        Program.Mark(disposing);
        base.Dispose(disposing);
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        byte[] buffer = new byte[4];
        using (Stream stream = new Letters(2))
        {
            stream.Write(buffer, 0, 1);                                             // 1
            output.WriteLine(stream.Read(buffer, 0, 1) + " " + stream.Length);      // 2
            stream.Flush();                                                         // 1
            output.WriteLine(stream.ReadAsync(buffer, 0, 1, default).Result);       // 1
            stream.SetLength(1);
            // The framework reads to the end.
            output.WriteLine(new StreamReader(stream, leaveOpen: true).ReadToEnd());
        }

        // The framework, which Dispose is not virtual in, calls Dispose(bool).
        var letters = new Letters(3);
        var copy = new MemoryStream();
        letters.CopyTo(copy);
        output.WriteLine(copy.Length);

        // Query expressions.
        var query =
            from x in new[] { 1, 2, 3, 4 }
            from y in new[] { 1, 2 }
            let product = Mark(x * y)                                               // 8
            where product > 2
            join z in new[] { 4, 6, 8 } on product equals z into matches
            orderby product descending, x
            group new { product, Count = matches.Count() } by product % 3 into part
            select part.Key + ":" + part.Sum(item => Mark(item.product) + item.Count);     // 5
        output.WriteLine(string.Join(" ", query));
    }

    public static T Mark<T>(T x) => x;
}
