// expect: 3
// expect: 7
// expect: continued 10
// expect: 10
// expect: 6
// expect: invoked 2
// expect: 20
// expect: thread 5 of 4
// expect: pool 6
// expect: timer 7
// expect: lazy 8
// expect: local 9
// count: Program.Add 24
// allocates unevenly
using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Task.Run(() => Add(1, 2)).Result);                                             // 1
        output.WriteLine(Task.Factory.StartNew(state => Add((int)state!, 4), 3).Result);                // 2
        output.WriteLine("continued " + Task.FromResult(4).ContinueWith(t => Add(t.Result, 6)).Result); // 3
        int sum = 0;
        Parallel.For(0, 5, i => Interlocked.Add(ref sum, Add(i, 0)));                                   // 8
        output.WriteLine(sum);
        int total = 0;
        Parallel.ForEach(new[] { 1, 2, 3 }, () => 0, (x, state, local) => Add(local, x), local => Interlocked.Add(ref total, local)); // 11
        output.WriteLine(total);
        int invoked = 0;
        Parallel.Invoke(() => Interlocked.Add(ref invoked, Add(1, 0)), () => Interlocked.Add(ref invoked, Add(1, 0))); // 13
        output.WriteLine("invoked " + invoked);
        output.WriteLine(Enumerable.Range(1, 4).AsParallel().Select(x => Add(x, x)).Sum());             // 17
        string text = "";
        var thread = new Thread(start => text = "thread " + Add(2, 3) + " of " + start);                // 18
        thread.Start(4);
        thread.Join();
        output.WriteLine(text);
        using (var done = new ManualResetEventSlim())
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                text = "pool " + Add(3, 3);                                                             // 19
                done.Set();
            });
            done.Wait();
            output.WriteLine(text);
        }

        using (var done = new ManualResetEventSlim())
        using (var timer = new Timer(_ =>
        {
            text = "timer " + Add(3, 4);                                                                // 20
            done.Set();
        }, null, 1, Timeout.Infinite))
        {
            done.Wait();
            output.WriteLine(text);
        }

        var lazy = new Lazy<int>(() => Add(4, 4));                                                      // 21
        output.WriteLine("lazy " + lazy.Value);
        using var local = new ThreadLocal<int>(() => Add(4, 5));                                        // 22
        output.WriteLine("local " + local.Value);
        using var source = new CancellationTokenSource();
        using (source.Token.Register(() => Add(1, 1)))                                                  // 23
            source.Cancel();
        Volatile.Write(ref sum, LazyInitializer.EnsureInitialized(ref box, () => new Box(Add(0, 0))).Value); // 24
        box = null;
    }

    static Box? box;

    sealed record Box(int Value);

    static int Add(int x, int y) => x + y;
}
