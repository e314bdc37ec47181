using System;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Cassette.Runtime;
using Xunit;

namespace Cassette.Tests.Runtime;

/// <summary>The table's quick look: it finds what was found before and is closed over a receiver by code of its own, and nothing else.</summary>
public class ClosedDelegateTests
{
    private readonly DelegateTable _table = new();

    [Fact]
    public void A_closed_delegate_is_found_once_it_was_searched()
    {
        AddInstance();
        Func<string> d = new Plain("p").Instance;

        Assert.Equal(0, _table.Closed(d));
        nint pointer = _table.Find(d).Pointer;

        Assert.NotEqual(0, pointer);
        Assert.Equal(pointer, _table.Closed(d));
        Assert.Equal(pointer, _table.Closed((Func<string>)new Plain("q").Instance));
    }

    [Fact]
    public void Several_targets_are_none()
    {
        AddInstance();
        Func<string> d = new Plain("p").Instance;
        _table.Find(d);

        Assert.Equal(0, _table.Closed(d + d));
        Assert.True(_table.Leads(d + d));
        Assert.NotEqual(0, _table.Closed((d + d - d)!));
    }

    [Fact]
    public void What_is_open_shared_wrapped_or_without_a_clone_is_not_found()
    {
        AddInstance();
        _table.Add(Handle(typeof(Bindable), "Static"), Handle(typeof(Bindable), "StaticClone").GetFunctionPointer(), true);
        _table.Add(Handle(typeof(Generic<>), "Instance"), Handle(typeof(Generic<>), "InstanceClone"), typeof(Generic<>).TypeHandle);
        _table.Add(Handle(typeof(Value), "Count"), Handle(typeof(Value), "CountClone").GetFunctionPointer(), false);
        Func<string> closed = new Plain("p").Instance;
        Delegate[] others =
        [
            (Func<string, string>)Bindable.Static, (Func<string>)"closed".Static, (Func<string>)new Generic<string>().Instance, (Func<int>)default(Value).Count,
            (Func<double, double>)Math.Sin, (Func<string?>)new object().ToString, typeof(Plain).GetMethod("Instance")!.CreateDelegate<Func<Plain, string>>(),
            new Func<string>(closed), (Func<string>)new Derived("d").Virtual,
        ];

        foreach (Delegate d in others.Concat(others))
        {
            _table.Find(d);
            Assert.Equal(0, _table.Closed(d));
        }

        Assert.Equal([true, true, true, true, false, false, true, true, false], others.Select(_table.Leads));
    }

    [Fact]
    public void A_null_reference_throws() => Assert.Throws<NullReferenceException>(() => _table.Closed(null!));

    /// <summary>More than there is room for, so that some share a place.</summary>
    [Fact]
    public void Readers_find_the_right_one_or_none_while_it_fills()
    {
        _table.Add(Handle(typeof(Many), "Of"), Handle(typeof(Many), "OfClone"), typeof(Many).TypeHandle);
        MethodInfo of = typeof(Many).GetMethod("Of")!;
        Type[] types = [.. typeof(string).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }).Take(800)];
        Func<string>[] delegates = [.. types.Select(t => of.MakeGenericMethod(t).CreateDelegate<Func<string>>(new Many()))];

        Parallel.For(0, 4, offset =>
        {
            for (int i = 0; i < 4 * delegates.Length; i++)
            {
                int at = (i * 7 + offset * 100) % delegates.Length;
                Func<string> d = delegates[at];
                nint found = _table.Closed(d);
                nint pointer = _table.Find(d).Pointer;
                Assert.True(found == 0 || found == pointer);
                Assert.Equal($"{types[at].Name} ctx", HandCall.Instance(pointer, d.Target!, "ctx"));
            }
        });
        int remembered = delegates.Count(d => _table.Closed(d) != 0);
        Assert.InRange(remembered, 250, 513);
    }

    private void AddInstance() => _table.Add(Handle(typeof(Plain), "Instance"), Handle(typeof(Plain), "InstanceClone").GetFunctionPointer(), false);

    private static RuntimeMethodHandle Handle(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)!.MethodHandle;

    private sealed class Many
    {
        public string Of<T>() => typeof(T).Name;

        public string OfClone<T>(string ctx) => $"{typeof(T).Name} {ctx}";
    }
}
