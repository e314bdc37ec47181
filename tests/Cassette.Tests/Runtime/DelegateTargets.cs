using System;

namespace Cassette.Tests.Runtime;

internal interface INamed
{
    string Named();
}

internal class Plain(string name)
{
    protected string Name => name;

    public string Instance() => name;

    public string InstanceClone(string ctx) => $"{name} in {ctx}";

    public static string ForeignClone(Plain self, string ctx) => $"{self.Name} foreign in {ctx}";

    public virtual string Virtual() => name;

    public string VirtualClone(string ctx) => $"base {name} in {ctx}";
}

internal static class Bindable
{
    public static string Static(this string text) => text;

    public static string StaticClone(string text, string ctx) => $"{text} in {ctx}";
}

internal sealed class Derived(string name) : Plain(name), INamed
{
    public override string Virtual() => Name;

    public string DerivedClone(string ctx) => $"derived {Name} in {ctx}";

    public string Named() => Name;

    public string NamedClone(string ctx) => $"named {Name} in {ctx}";
}

internal struct Value : INamed
{
    public int N;

    public int Count() => ++N;

    public int CountClone(int ctx) => ++N + ctx;

    public readonly string Named() => "value";

    public static string NamedClone(ref Value self, string ctx) => $"value {self.N} in {ctx}";
}

internal class Generic<T>
{
    public string Instance() => typeof(T).Name;

    public string InstanceClone(string ctx) => $"{typeof(T).Name} beside {ctx}";

    public static string Static() => typeof(T).Name;

    public static string StaticClone(string ctx) => $"{typeof(T).Name} static {ctx}";

    public string Both<U>() => typeof(T).Name + typeof(U).Name;

    public virtual string GenericVirtual<U>() => typeof(T).Name + typeof(U).Name;
}

internal sealed class OfVersion : Generic<Version>;

internal struct GenericValue<T>
{
    public int N;

    public readonly string Instance() => typeof(T).Name;

    public readonly string InstanceClone(string ctx) => $"{typeof(T).Name} {N} {ctx}";
}

internal interface IDefault<T>
{
    string Default() => typeof(T).Name;
}

internal sealed class TwoDefaults : IDefault<string>, IDefault<object>;

internal sealed class Hot<T>
{
    public int Run(int x)
    {
        int sum = 0;
        for (int i = 0; i < x; i++)
            sum += typeof(T).Name.Length;
        return sum;
    }
}

/// <summary>Makes delegates in code that is shared by the instantiations of <typeparamref name="T"/>.</summary>
internal static class Make<T>
{
    public static Func<string> Instance() => new Generic<T>().Instance;

    public static Func<string> Both() => new Generic<T>().Both<T>;

    public static Func<string> Static() => Generic<T>.Static;
}

/// <summary>Clones as the weaver places those of foreign methods: static, with all type parameters on the method.</summary>
internal static class Foreign
{
    public static string Instance<T>(Generic<T> self, string ctx) => $"{typeof(T).Name} {ctx}";

    public static string Both<T, U>(Generic<T> self, string ctx) => $"{typeof(T).Name} {typeof(U).Name} {ctx}";

    public static string Default<T>(IDefault<T> self, string ctx) => $"default {typeof(T).Name} {ctx}";

    public static string Lone<T>() => typeof(T).Name;

    public static string LoneClone<T>(string ctx) => $"Lone {typeof(T).Name} {ctx}";

    public static string Lambda<T>(object closure, string ctx) => $"lambda {typeof(T).Name} {ctx}";

    public static int Hot<T>(Hot<T> self, int x, string ctx) => self.Run(x) + x;
}
