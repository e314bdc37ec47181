using System;
using System.Reflection;
using System.Reflection.Emit;

namespace Cassette.Tests.Runtime;

/// <summary>Calls code with a <c>this</c>, which C# function pointers cannot.</summary>
internal static class HandCall
{
    public static readonly Func<nint, object, string, string> Instance = Make();

    private static Func<nint, object, string, string> Make()
    {
        var method = new DynamicMethod("CallInstance", typeof(string), [typeof(nint), typeof(object), typeof(string)]);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_0);
        il.EmitCalli(OpCodes.Calli, CallingConventions.HasThis, typeof(string), [typeof(string)], null);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<nint, object, string, string>>();
    }
}
