using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Threading;
using System.Threading.Tasks;
using Cassette.Runtime;
using Xunit;

namespace Cassette.Tests.Runtime;

/// <summary>
/// The "clones" here are written by hand as the weaver would write them: the original's parameters, then a context
/// (a string), which they put into what they return.
/// </summary>
public unsafe class DelegateTableTests
{
    private readonly DelegateTable _table = new();

    [Fact]
    public void An_open_static_delegate_is_called_with_its_arguments()
    {
        _table.Add(Handle(typeof(Bindable), "Static"), (nint)(delegate*<string, string, string>)&Bindable.StaticClone, true);

        DelegateClone clone = FindTwice((Func<string, string>)Bindable.Static);

        Assert.Equal(DelegateShape.Open, clone.Shape);
        Assert.Equal("a in ctx", ((delegate*<string, string, string>)clone.Pointer)("a", "ctx"));
    }

    [Fact]
    public void A_static_method_closed_over_its_first_argument_is_not_mixed_up_with_the_open_one()
    {
        _table.Add(Handle(typeof(Bindable), "Static"), (nint)(delegate*<string, string, string>)&Bindable.StaticClone, true);
        Func<string> closed = "bound".Static;

        Assert.Equal(DelegateShape.Open, FindTwice((Func<string, string>)Bindable.Static).Shape);
        DelegateClone clone = FindTwice(closed);

        Assert.Equal(DelegateShape.Closed, clone.Shape);
        Assert.Equal("bound", DelegateTable.Target(closed));
        Assert.Equal("bound in ctx", CallStatic(closed, clone));
    }

    [Fact]
    public void An_instance_method_gets_its_receiver()
    {
        _table.Add(Handle(typeof(Plain), "Instance"), Pointer(typeof(Plain), "InstanceClone"), false);
        Func<string> d = new Plain("p").Instance;

        DelegateClone clone = FindTwice(d);

        Assert.Equal(DelegateShape.ClosedInstance, clone.Shape);
        Assert.Equal("p in ctx", CallInstance(d, clone));
    }

    [Fact]
    public void A_static_clone_of_an_instance_method_takes_the_receiver_as_an_argument()
    {
        _table.Add(Handle(typeof(Plain), "Instance"), (nint)(delegate*<Plain, string, string>)&Plain.ForeignClone, true);
        Func<string> d = new Plain("p").Instance;

        DelegateClone clone = FindTwice(d);

        Assert.Equal(DelegateShape.Closed, clone.Shape);
        Assert.Equal("p foreign in ctx", CallStatic(d, clone));
    }

    [Fact]
    public void An_open_instance_delegate_passes_the_receiver_among_its_arguments()
    {
        _table.Add(Handle(typeof(Plain), "Instance"), Pointer(typeof(Plain), "InstanceClone"), false);
        var d = typeof(Plain).GetMethod("Instance")!.CreateDelegate<Func<Plain, string>>();

        DelegateClone clone = FindTwice(d);

        Assert.Equal(DelegateShape.OpenInstance, clone.Shape);
        Assert.Equal("q in ctx", HandCall.Instance(clone.Pointer, new Plain("q"), "ctx"));
    }

    [Fact]
    public void Lambdas_and_closures_are_found()
    {
        int captured = 5;
        Func<string> d = () => captured.ToString();
        _table.Add(d.Method.MethodHandle, (nint)(delegate*<object, string, string>)&ClosureClone, true);

        captured = 6;

        Assert.Equal("closure 6 ctx", CallStatic(d, FindTwice(d)));
        static string ClosureClone(object closure, string ctx) =>
            $"closure {closure.GetType().GetFields().Single(f => f.FieldType == typeof(int)).GetValue(closure)} {ctx}";
    }

    [Fact]
    public void A_virtual_method_group_is_that_of_the_receivers_class()
    {
        _table.Add(Handle(typeof(Plain), "Virtual"), Pointer(typeof(Plain), "VirtualClone"), false);
        _table.Add(Handle(typeof(Derived), "Virtual"), Pointer(typeof(Derived), "DerivedClone"), false);
        Plain derived = new Derived("d");
        Func<string> ofBase = new Plain("b").Virtual;
        Func<string> ofDerived = derived.Virtual;

        Assert.Equal("base b in ctx", CallInstance(ofBase, FindTwice(ofBase)));
        Assert.Equal("derived d in ctx", CallInstance(ofDerived, FindTwice(ofDerived)));
    }

    [Fact]
    public void An_override_without_a_clone_stays_native_though_its_base_has_one()
    {
        _table.Add(Handle(typeof(Plain), "Virtual"), Pointer(typeof(Plain), "VirtualClone"), false);
        Plain derived = new Derived("d");

        Assert.Equal(DelegateShape.Native, FindTwice((Func<string>)derived.Virtual).Shape);
    }

    [Fact]
    public void An_open_delegate_over_a_virtual_method_stays_native()
    {
        _table.Add(Handle(typeof(Plain), "Virtual"), Pointer(typeof(Plain), "VirtualClone"), false);
        var d = typeof(Plain).GetMethod("Virtual")!.CreateDelegate<Func<Plain, string>>();

        Assert.Equal(0, FindTwice(d).Pointer);
    }

    [Fact]
    public void An_interface_method_group_is_the_implementation()
    {
        _table.Add(Handle(typeof(Derived), "Named"), Pointer(typeof(Derived), "NamedClone"), false);
        INamed named = new Derived("d");
        Func<string> d = named.Named;

        Assert.Equal("named d in ctx", CallInstance(d, FindTwice(d)));
    }

    [Fact]
    public void A_method_of_a_struct_gets_a_reference_into_the_box()
    {
        _table.Add(Handle(typeof(Value), "Count"), Pointer(typeof(Value), "CountClone"), false);
        Func<int> d = new Value { N = 10 }.Count;
        d();

        DelegateClone clone = FindTwice(d);

        Assert.Equal(DelegateShape.ClosedBoxInstance, clone.Shape);
        ref byte content = ref DelegateTable.Content(DelegateTable.Target(d)!);
        Assert.Equal(112, ((delegate*<ref byte, int, int>)clone.Pointer)(ref content, 100));
        Assert.Equal(13, d());
    }

    [Fact]
    public void A_struct_seen_through_an_interface_is_found_too()
    {
        _table.Add(Handle(typeof(Value), "Named"), (nint)(delegate*<ref Value, string, string>)&Value.NamedClone, true);
        INamed boxed = new Value { N = 3 };
        Func<string> d = boxed.Named;

        DelegateClone clone = FindTwice(d);

        Assert.Equal(DelegateShape.ClosedBox, clone.Shape);
        ref byte content = ref DelegateTable.Content(DelegateTable.Target(d)!);
        Assert.Equal("value 3 in ctx", ((delegate*<ref byte, string, string>)clone.Pointer)(ref content, "ctx"));
    }

    [Fact]
    public void A_covariant_conversion_is_the_same_method()
    {
        _table.Add(Handle(typeof(Bindable), "Static"), (nint)(delegate*<string, string, string>)&Bindable.StaticClone, true);
        Func<string, object> converted = (Func<string, string>)Bindable.Static;
        Func<string, object> relaxed = Bindable.Static;

        Assert.Equal("a in ctx", ((delegate*<string, string, object>)FindTwice(converted).Pointer)("a", "ctx"));
        Assert.Equal("a in ctx", ((delegate*<string, string, object>)FindTwice(relaxed).Pointer)("a", "ctx"));
    }

    [Fact]
    public void Instantiations_that_share_code_are_told_apart_by_the_receiver()
    {
        // A static clone has no receiver to take its type arguments from, so a mix-up would show.
        AddGeneric(typeof(Generic<>), "Instance", typeof(Foreign), "Instance");
        var delegates = new List<(Func<string> Delegate, string Expected)>();
        for (int round = 0; round < 2; round++)
        {
            delegates.Add((new Generic<string>().Instance, "String ctx"));
            delegates.Add((new Generic<object>().Instance, "Object ctx"));
            delegates.Add((new Generic<List<string>>().Instance, "List`1 ctx"));
            delegates.Add((new Generic<int>().Instance, "Int32 ctx"));
            delegates.Add((new Generic<(int, string)>().Instance, "ValueTuple`2 ctx"));
            delegates.Add((new OfVersion().Instance, "Version ctx"));
        }

        foreach ((Func<string> d, string expected) in delegates)
            Assert.Equal(expected, CallStatic(d, FindTwice(d)));
    }

    [Fact]
    public void Clones_beside_originals_in_a_generic_class_are_instantiated_with_it()
    {
        AddGeneric(typeof(Generic<>), "Instance", typeof(Generic<>), "InstanceClone");
        Func<string> ofString = new Generic<string>().Instance;
        Func<string> ofObject = new Generic<object>().Instance;
        Func<string> ofInt = new Generic<int>().Instance;

        Assert.Equal("String beside ctx", CallInstance(ofString, FindTwice(ofString)));
        Assert.Equal("Object beside ctx", CallInstance(ofObject, FindTwice(ofObject)));
        Assert.Equal("Int32 beside ctx", CallInstance(ofInt, FindTwice(ofInt)));
    }

    [Fact]
    public void Static_methods_of_generic_classes_are_told_apart()
    {
        AddGeneric(typeof(Generic<>), "Static", typeof(Generic<>), "StaticClone");

        Assert.Equal("String static ctx", CallOpen(FindTwice((Func<string>)Generic<string>.Static)));
        Assert.Equal("Object static ctx", CallOpen(FindTwice((Func<string>)Generic<object>.Static)));
        Assert.Equal("Byte static ctx", CallOpen(FindTwice((Func<string>)Generic<byte>.Static)));
    }

    [Fact]
    public void Generic_methods_are_told_apart_by_both_kinds_of_argument()
    {
        AddGeneric(typeof(Generic<>), "Both", typeof(Foreign), "Both");
        AddGeneric(typeof(Foreign), "Lone", typeof(Foreign), "LoneClone");
        Func<string> stringString = new Generic<string>().Both<string>;
        Func<string> stringObject = new Generic<string>().Both<object>;
        Func<string> objectString = new Generic<object>().Both<string>;
        Func<string> intLong = new Generic<int>().Both<long>;

        Assert.Equal("String String ctx", CallStatic(stringString, FindTwice(stringString)));
        Assert.Equal("String Object ctx", CallStatic(stringObject, FindTwice(stringObject)));
        Assert.Equal("Object String ctx", CallStatic(objectString, FindTwice(objectString)));
        Assert.Equal("Int32 Int64 ctx", CallStatic(intLong, FindTwice(intLong)));
        Assert.Equal("Lone String ctx", CallOpen(FindTwice((Func<string>)Foreign.Lone<string>)));
        Assert.Equal("Lone Uri ctx", CallOpen(FindTwice((Func<string>)Foreign.Lone<Uri>)));
        Assert.Equal("Lone Int32 ctx", CallOpen(FindTwice((Func<string>)Foreign.Lone<int>)));
    }

    [Fact]
    public void Delegates_made_in_shared_code_are_found_exactly()
    {
        AddGeneric(typeof(Generic<>), "Instance", typeof(Foreign), "Instance");
        AddGeneric(typeof(Generic<>), "Both", typeof(Foreign), "Both");
        AddGeneric(typeof(Generic<>), "Static", typeof(Generic<>), "StaticClone");

        AssertAll<string>("String");
        AssertAll<Version>("Version");
        AssertAll<int>("Int32");

        void AssertAll<T>(string name)
        {
            Func<string> instance = Make<T>.Instance();
            Func<string> both = Make<T>.Both();
            Assert.Equal($"{name} ctx", CallStatic(instance, FindTwice(instance)));
            Assert.Equal($"{name} {name} ctx", CallStatic(both, FindTwice(both)));
            Assert.Equal($"{name} static ctx", CallOpen(FindTwice(Make<T>.Static())));
        }
    }

    [Fact]
    public void Generic_virtual_methods_and_default_interface_methods_are_told_apart()
    {
        AddGeneric(typeof(Generic<>), "GenericVirtual", typeof(Foreign), "Both");
        AddGeneric(typeof(IDefault<>), "Default", typeof(Foreign), "Default");
        Func<string> strings = new Generic<string>().GenericVirtual<string>;
        Func<string> objects = new Generic<string>().GenericVirtual<object>;
        var both = new TwoDefaults();
        Func<string> first = ((IDefault<string>)both).Default;
        Func<string> second = ((IDefault<object>)both).Default;

        Assert.Equal("String String ctx", CallStatic(strings, FindTwice(strings)));
        Assert.Equal("String Object ctx", CallStatic(objects, FindTwice(objects)));
        Assert.Equal("default String ctx", CallStatic(first, FindTwice(first)));
        Assert.Equal("default Object ctx", CallStatic(second, FindTwice(second)));
    }

    [Fact]
    public void Generic_structs_are_told_apart_in_their_boxes()
    {
        AddGeneric(typeof(GenericValue<>), "Instance", typeof(GenericValue<>), "InstanceClone");
        Func<string> ofString = new GenericValue<string> { N = 1 }.Instance;
        Func<string> ofObject = new GenericValue<object> { N = 2 }.Instance;

        Assert.Equal("String 1 ctx", CallBox(ofString, FindTwice(ofString)));
        Assert.Equal("Object 2 ctx", CallBox(ofObject, FindTwice(ofObject)));

        static string CallBox(Delegate d, DelegateClone clone) =>
            ((delegate*<ref byte, string, string>)clone.Pointer)(ref DelegateTable.Content(DelegateTable.Target(d)!), "ctx");
    }

    [Fact]
    public void Lambdas_in_generic_methods_are_told_apart()
    {
        Func<string> ofString = Lambda<string>();
        Func<string> ofObject = Lambda<object>();
        Type closure = ofString.Method.DeclaringType!.GetGenericTypeDefinition();
        AddGeneric(closure, ofString.Method.Name, typeof(Foreign), "Lambda");

        Assert.Equal("lambda String ctx", CallStatic(ofString, FindTwice(ofString)));
        Assert.Equal("lambda Object ctx", CallStatic(ofObject, FindTwice(ofObject)));
    }

    private static Func<string> Lambda<T>() => () => typeof(T).Name;

    [Fact]
    public void Lambdas_in_generic_local_functions_are_told_apart()
    {
        Func<string> ofString = Local<string>();
        Func<string> ofObject = Local<object>();
        AddGeneric(ofString.Method.DeclaringType!, ofString.Method.Name, typeof(Foreign), "Lambda");

        Assert.Equal("lambda String ctx", CallStatic(ofString, FindTwice(ofString)));
        Assert.Equal("lambda Object ctx", CallStatic(ofObject, FindTwice(ofObject)));

        static Func<string> Local<T>() => () => typeof(T).Name;
    }

    [Fact]
    public void Recompilation_does_not_lose_or_confuse_a_method()
    {
        AddGeneric(typeof(Hot<>), "Run", typeof(Foreign), "Hot");
        Func<int, int> ofString = new Hot<string>().Run;
        Func<int, int> ofObject = new Hot<object>().Run;
        AssertFound(ofString, 6);
        AssertFound(ofObject, 6);

        // Tier 1 needs 30 calls and the background compiler; a loop of 100 ms beyond that makes on-stack replacement likely.
        for (int round = 0; round < 50; round++)
        {
            for (int i = 0; i < 2_000; i++)
                _ = ofString(i) + ofObject(i);
            Thread.Sleep(10);
        }

        AssertFound(ofString, 6);
        AssertFound(ofObject, 6);
        AssertFound(new Hot<string>().Run, 6);
        AssertFound(new Hot<Uri>().Run, 3);

        void AssertFound(Func<int, int> d, int length) =>
            Assert.Equal(length + 1, ((delegate*<object?, int, string, int>)FindTwice(d).Pointer)(DelegateTable.Target(d), 1, "ctx"));
    }

    [Fact]
    public void Dynamic_methods_and_compiled_expressions_are_native()
    {
        var dynamic = new DynamicMethod("Dynamic", typeof(int), [typeof(int)]);
        ILGenerator il = dynamic.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ret);
        System.Linq.Expressions.Expression<Func<int, int>> expression = x => x + 1;

        Assert.Equal(DelegateShape.Native, FindTwice(dynamic.CreateDelegate<Func<int, int>>()).Shape);
        Assert.Equal(DelegateShape.Native, FindTwice(expression.Compile()).Shape);
    }

    [Fact]
    public void A_delegate_over_a_delegates_invoke_refers_to_that_one()
    {
        Func<string, string> inner = Bindable.Static;
        Func<string, string> wrapper = inner.Invoke;

        DelegateClone clone = FindTwice(wrapper);

        Assert.Equal(DelegateShape.Wrapper, clone.Shape);
        Assert.Equal(0, clone.Pointer);
        Assert.Same(inner, DelegateTable.Target(wrapper));
    }

    [Fact]
    public void Collectible_types_are_found_but_not_remembered()
    {
        AddGeneric(typeof(Generic<>), "Instance", typeof(Foreign), "Instance");
        Type first = MakeCollectible("First");
        Type second = MakeCollectible("Second");

        AddGeneric(typeof(Foreign), "Lone", typeof(Foreign), "LoneClone");

        foreach (Type argument in (Type[])[first, second, first])
        {
            Type type = typeof(Generic<>).MakeGenericType(argument);
            var closed = type.GetMethod("Instance")!.CreateDelegate<Func<string>>(Activator.CreateInstance(type));
            var open = typeof(Foreign).GetMethod("Lone")!.MakeGenericMethod(argument).CreateDelegate<Func<string>>();
            Assert.Equal($"{argument.Name} ctx", CallStatic(closed, FindTwice(closed)));
            Assert.Equal($"Lone {argument.Name} ctx", CallOpen(FindTwice(open)));
            Assert.True(FindAllocates(closed));
            Assert.True(FindAllocates(open));
        }

        // What is remembered is found without allocating; what is not is asked of reflection each time.
        bool FindAllocates(Delegate d)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _table.Find(d);
            return GC.GetAllocatedBytesForCurrentThread() != before;
        }

        static Type MakeCollectible(string name) =>
            AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(name), AssemblyBuilderAccess.RunAndCollect)
                .DefineDynamicModule(name)
                .DefineType(name, TypeAttributes.Public)
                .CreateType();
    }

    [Fact]
    public void A_delegate_without_a_clone_is_native()
    {
        _table.Add(Handle(typeof(Plain), "Instance"), Pointer(typeof(Plain), "InstanceClone"), false);

        Assert.Equal(DelegateShape.Native, FindTwice((Func<string, string>)Bindable.Static).Shape);
        Assert.Equal(DelegateShape.Native, FindTwice((Func<double, double>)Math.Sin).Shape);
    }

    [Fact]
    public void A_second_clone_of_one_method_is_refused()
    {
        _table.Add(Handle(typeof(Plain), "Instance"), Pointer(typeof(Plain), "InstanceClone"), false);

        Assert.Throws<ArgumentException>(
            () => _table.Add(Handle(typeof(Plain), "Instance"), Pointer(typeof(Plain), "InstanceClone"), false));
    }

    [Fact]
    public void Combined_delegates_have_no_single_target()
    {
        Action one = () => { };

        Assert.True(DelegateTable.IsSingle(one));
        Assert.False(DelegateTable.IsSingle(one + one));
    }

    [Fact]
    public void Finding_a_known_method_allocates_nothing()
    {
        AddGeneric(typeof(Generic<>), "Instance", typeof(Foreign), "Instance");
        Func<string> generic = new Generic<string>().Instance;
        Func<string, string> native = Bindable.Static;
        FindTwice(generic);
        FindTwice(native);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _table.Find(generic);
            _table.Find(native);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Readers_see_right_entries_while_the_table_grows()
    {
        AddGeneric(typeof(Foreign), "Lone", typeof(Foreign), "LoneClone");
        MethodInfo lone = typeof(Foreign).GetMethod("Lone")!;
        Type[] types = [.. typeof(string).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false, IsPointer: false }).Take(400)];
        Func<string>[] delegates = [.. types.Select(t => lone.MakeGenericMethod(t).CreateDelegate<Func<string>>())];

        Parallel.For(0, 4, offset =>
        {
            for (int i = 0; i < 4 * delegates.Length; i++)
            {
                int at = (i * 7 + offset * 100) % delegates.Length;
                Assert.Equal($"Lone {types[at].Name} ctx", CallOpen(_table.Find(delegates[at])));
            }
        });
    }

    /// <summary>Once by reflection and once from the table; both must agree, and the quick look too if it finds anything.</summary>
    private DelegateClone FindTwice(Delegate d)
    {
        DelegateClone first = _table.Find(d);
        DelegateClone second = _table.Find(d);
        Assert.Equal((first.Pointer, first.Shape), (second.Pointer, second.Shape));
        if (_table.Closed(d) is not 0 and var closed)
            Assert.Equal((second.Pointer, second.Shape), (closed, DelegateShape.ClosedInstance));
        return second;
    }

    private void AddGeneric(Type originalType, string original, Type cloneType, string clone) =>
        _table.Add(Handle(originalType, original), Handle(cloneType, clone), cloneType.TypeHandle);

    private static string CallOpen(DelegateClone clone)
    {
        Assert.Equal(DelegateShape.Open, clone.Shape);
        return ((delegate*<string, string>)clone.Pointer)("ctx");
    }

    private static string CallStatic(Delegate d, DelegateClone clone)
    {
        Assert.Equal(DelegateShape.Closed, clone.Shape);
        return ((delegate*<object?, string, string>)clone.Pointer)(DelegateTable.Target(d), "ctx");
    }

    private static string CallInstance(Delegate d, DelegateClone clone)
    {
        Assert.Equal(DelegateShape.ClosedInstance, clone.Shape);
        return HandCall.Instance(clone.Pointer, DelegateTable.Target(d)!, "ctx");
    }

    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static RuntimeMethodHandle Handle(Type type, string name) => type.GetMethod(name, All)!.MethodHandle;

    private static nint Pointer(Type type, string name) => Handle(type, name).GetFunctionPointer();
}
