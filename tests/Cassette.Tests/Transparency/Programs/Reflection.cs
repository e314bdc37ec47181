// expect: Size,Twice,get_Size
// expect: 8
// expect: name, size
// expect: Size
// expect: 6
// expect: Twice
// expect: True
// count: Model..ctor 1
// count: Model.get_Size 1
// count: Model.Twice 0
// count: Model.Here 1
// asks for its caller: MethodBase.GetCurrentMethod
// more: 48 the reflection objects of the clones
// more: 96 the handle by which the current method is found
using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

public class Model(string name, int size)
{
    public string Name = name;

    public int Size => size;

    public virtual int Twice() => 2 * size;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string Here() => MethodBase.GetCurrentMethod()!.DeclaringType!.Name;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        string[] members =
        [
            .. typeof(Model).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(member => member is not FieldInfo and not ConstructorInfo)
                .Select(member => member.Name)
                .Order(StringComparer.Ordinal),
        ];
        output.WriteLine(string.Join(",", members));
        var model = new Model("m", 4);
        output.WriteLine(typeof(Model).GetMethod("Twice")!.Invoke(model, null));
        ConstructorInfo[] constructors = typeof(Model).GetConstructors();
        output.WriteLine(string.Join(", ", constructors.Single().GetParameters().Select(parameter => parameter.Name)));
        output.WriteLine(typeof(Model).GetProperties().Single().Name);
        var made = (Model)Activator.CreateInstance(typeof(Model), "x", 6)!;
        output.WriteLine(made.Size);
        output.WriteLine(nameof(Model.Twice));
        output.WriteLine(Model.Here() == "Model");
    }
}
