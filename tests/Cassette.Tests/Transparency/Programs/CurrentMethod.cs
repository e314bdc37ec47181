// expect: System.String Plain(Int32)
// expect: 2 parameters: name, size
// expect: System.Reflection.MethodInfo Of[U](T, U) of a definition: True, True
// expect: Names`1
// expect: Int32, String
// expect: 1 parameters
// expect: MoveNext of 0 parameters
// expect: MoveNext of 0 parameters
// expect: 9
// count: Names`1.Of 1
// count: Methods.Plain 1
// asks for its caller: MethodBase.GetCurrentMethod
// more: 768 the handles by which the eight answers are found
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

public static class Names<T>
{
    public static MethodInfo Of<U>(T first, U second) => (MethodInfo)MethodBase.GetCurrentMethod()!;
}

public class Methods
{
    public Methods(string name, int size) =>
        Said = MethodBase.GetCurrentMethod()!.GetParameters().Length + " parameters: " + string.Join(", ", MethodBase.GetCurrentMethod()!.GetParameters().Select(p => p.Name));

    public string Said { get; }

    public static string Plain(int number) => MethodBase.GetCurrentMethod()!.ToString()!;

    public static async Task<string> Later()
    {
        await Task.CompletedTask;
        MethodBase method = MethodBase.GetCurrentMethod()!;
        return method.Name + " of " + method.GetParameters().Length + " parameters";
    }

    public static IEnumerable<string> Each()
    {
        MethodBase method = MethodBase.GetCurrentMethod()!;
        yield return method.Name + " of " + method.GetParameters().Length + " parameters";
    }

    public static int Square(int number)
    {
        var method = (MethodInfo)MethodBase.GetCurrentMethod()!;
        return number < 0 ? (int)method.Invoke(null, [-number])! : number * number;
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Methods.Plain(1));
        output.WriteLine(new Methods("m", 1).Said);
        MethodInfo method = Names<int>.Of(1, "two");
        output.WriteLine($"{method} of a definition: {method.IsGenericMethodDefinition}, {method.DeclaringType!.IsGenericTypeDefinition}");
        output.WriteLine(method.DeclaringType.Name);
        MethodInfo closed = ((MethodInfo)MethodBase.GetMethodFromHandle(method.MethodHandle, typeof(Names<int>).TypeHandle)!).MakeGenericMethod(typeof(string));
        output.WriteLine(string.Join(", ", closed.GetParameters().Select(p => p.ParameterType.Name)));
        Func<int, string> lambda = number => MethodBase.GetCurrentMethod()!.GetParameters().Length + " parameters";
        output.WriteLine(lambda(1));
        output.WriteLine(Methods.Later().Result);
        output.WriteLine(Methods.Each().Single());
        output.WriteLine(Methods.Square(-3));
    }
}
