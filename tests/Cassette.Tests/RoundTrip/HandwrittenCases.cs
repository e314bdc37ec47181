using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using static Cassette.Tests.RoundTrip.HandCode;

namespace Cassette.Tests.RoundTrip;

/// <summary>Instructions and prefixes that compilers rarely use. A method named <c>Yields..._n</c> returns n.</summary>
internal static class HandwrittenCases
{
    public static void Write(HandModule m)
    {
        Calls(m);
        TypedReferences(m);
        Memory(m);
        Constrained(m);
        Tokens(m);
        Sizes(m);
        Generics(m);
    }

    private static void Calls(HandModule m)
    {
        var answer = m.NewMethod("Answer", m.Int, il => il.Op(OpCodes.Ldc_I4, 41).Op(OpCodes.Ldarg_0).Op(OpCodes.Add).Op(OpCodes.Ret), m.Int);
        var jumper = m.NewMethod("Jumper", m.Int, il => il.Op(OpCodes.Jmp, answer), m.Int);
        m.NewMethod("YieldsJmp_42", m.Int, il => il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Call, jumper).Op(OpCodes.Ret));
        m.NewMethod("YieldsTail_43", m.Int, il => il.Op(OpCodes.Ldc_I4_2).Op(OpCodes.Tail).Op(OpCodes.Call, answer).Op(OpCodes.Ret));
        m.NewMethod("YieldsCalli_44", m.Int, il =>
        {
            var site = new CallSite(m.Int);
            site.Parameters.Add(new ParameterDefinition(m.Int));
            il.Op(OpCodes.Ldc_I4_3).Op(OpCodes.Ldftn, answer).Op(OpCodes.Calli, site).Op(OpCodes.Ret);
        });
        m.NewMethod("YieldsCalliInstance_3", m.Int, il =>
        {
            var site = new CallSite(m.Int) { HasThis = true };
            il.Op(OpCodes.Ldstr, "abc").Op(OpCodes.Dup).Op(OpCodes.Ldvirtftn, m.Method(typeof(string), "get_Length")).Op(OpCodes.Calli, site).Op(OpCodes.Ret);
        });
        m.NewMethod("CalliUnmanagedIsTypedOnly", m.Int, il =>
        {
            var (site, skip) = (new CallSite(m.Int) { CallingConvention = MethodCallingConvention.C }, Label());
            il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Brtrue, skip).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Conv_I).Op(OpCodes.Calli, site).Op(OpCodes.Pop).At(skip).Op(OpCodes.Ldc_I4_5).Op(OpCodes.Ret);
        });
        var sum = m.NewMethod("VarArgSum", m.Int, il => il.Op(OpCodes.Arglist).Op(OpCodes.Pop).Op(OpCodes.Ldarg_0).Op(OpCodes.Ret), m.Int);
        sum.CallingConvention = MethodCallingConvention.VarArg;
        m.NewMethod("VarArgCall", m.Int, il =>
        {
            var call = new MethodReference("VarArgSum", m.Int, sum.DeclaringType) { CallingConvention = MethodCallingConvention.VarArg };
            call.Parameters.Add(new ParameterDefinition(m.Int));
            call.Parameters.Add(new ParameterDefinition(new SentinelType(m.Module.TypeSystem.Double)));
            call.Parameters.Add(new ParameterDefinition(m.Module.TypeSystem.String));
            il.Op(OpCodes.Ldc_I4_7).Op(OpCodes.Ldc_R8, 1.5).Op(OpCodes.Ldstr, "x").Op(OpCodes.Call, call).Op(OpCodes.Ret);
        });
    }

    private static void TypedReferences(HandModule m)
    {
        m.NewMethod("YieldsTypedReference_9", m.Int, il =>
        {
            var local = il.Local(m.Int);
            il.Op(OpCodes.Ldc_I4, 9).Op(OpCodes.Stloc, local).Op(OpCodes.Ldloca, local).Op(OpCodes.Mkrefany, m.Int).Op(OpCodes.Refanyval, m.Int).Op(OpCodes.Ldind_I4).Op(OpCodes.Ret);
        });
        m.NewMethod("YieldsReferenceType_System.Int32", m.Module.TypeSystem.Object, il =>
        {
            var local = il.Local(m.Int);
            il.Op(OpCodes.Ldloca, local).Op(OpCodes.Mkrefany, m.Int).Op(OpCodes.Refanytype).Op(OpCodes.Call, m.Method(typeof(Type), nameof(Type.GetTypeFromHandle), typeof(RuntimeTypeHandle))).Op(OpCodes.Ret);
        });
    }

    private static void Memory(HandModule m)
    {
        m.NewMethod("YieldsBlocks_7", m.Int, il =>
        {
            var (a, b) = (il.Local(m.Module.TypeSystem.IntPtr), il.Local(m.Module.TypeSystem.IntPtr));
            il.Op(OpCodes.Ldc_I4, 16).Op(OpCodes.Conv_U).Op(OpCodes.Localloc).Op(OpCodes.Stloc, a).Op(OpCodes.Ldc_I4, 16).Op(OpCodes.Localloc).Op(OpCodes.Stloc, b);
            il.Op(OpCodes.Ldloc, a).Op(OpCodes.Ldc_I4_7).Op(OpCodes.Ldc_I4, 16).Op(OpCodes.Unaligned, (byte)1).Op(OpCodes.Volatile).Op(OpCodes.Initblk);
            il.Op(OpCodes.Ldloc, b).Op(OpCodes.Ldloc, a).Op(OpCodes.Ldc_I4, 16).Op(OpCodes.Volatile).Op(OpCodes.Unaligned, (byte)2).Op(OpCodes.Cpblk);
            il.Op(OpCodes.Ldloc, b).Op(OpCodes.Ldc_I4_3).Op(OpCodes.Add).Op(OpCodes.Volatile).Op(OpCodes.Ldind_U1).Op(OpCodes.Ret);
        });
        m.NewMethod("YieldsDupOfByRef_12", m.Int, il =>
        {
            var local = il.Local(m.Int);
            il.Op(OpCodes.Ldc_I4_5).Op(OpCodes.Stloc, local).Op(OpCodes.Ldloca, local).Op(OpCodes.Dup).Op(OpCodes.Ldind_I4).Op(OpCodes.Ldc_I4_7).Op(OpCodes.Add).Op(OpCodes.Stind_I4).Op(OpCodes.Ldloc, local).Op(OpCodes.Ret);
        });
        m.NewMethod("YieldsReadonlyElement_x", m.Module.TypeSystem.Object, il =>
        {
            il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Newarr, m.Module.TypeSystem.String).Op(OpCodes.Dup).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Ldstr, "x").Op(OpCodes.Stelem_Ref);
            il.Op(OpCodes.Ldc_I4_0).Op(OpCodes.Readonly).Op(OpCodes.Ldelema, m.Module.TypeSystem.Object).Op(OpCodes.Ldind_Ref).Op(OpCodes.Ret);
        });
        m.NewMethod("YieldsUnbox_6", m.Int, il => il.Op(OpCodes.Ldc_I4_6).Op(OpCodes.Box, m.Int).Op(OpCodes.Unbox, m.Int).Op(OpCodes.Ldobj, m.Int).Op(OpCodes.Ret));
        m.NewMethod("YieldsCpobj_8", m.Int, il =>
        {
            var (a, b) = (il.Local(m.Int), il.Local(m.Int));
            il.Op(OpCodes.Ldc_I4_8).Op(OpCodes.Stloc, a).Op(OpCodes.Ldloca, b).Op(OpCodes.Ldloca, a).Op(OpCodes.Cpobj, m.Int).Op(OpCodes.Ldloc, b).Op(OpCodes.Ret);
        });
        var holder = m.NewType("Holder", typeof(ValueType));
        holder.CustomAttributes.Add(new CustomAttribute(m.Constructor(typeof(System.Runtime.CompilerServices.IsByRefLikeAttribute))));
        var field = m.NewField(holder, "Target", new ByReferenceType(m.Int));
        m.NewMethod("YieldsRefField_21", m.Int, il =>
        {
            var (held, target) = (il.Local(holder), il.Local(m.Int));
            il.Op(OpCodes.Ldloca, held).Op(OpCodes.Ldloca, target).Op(OpCodes.Stfld, field).Op(OpCodes.Ldloc, held).Op(OpCodes.Ldfld, field).Op(OpCodes.Ldc_I4, 21).Op(OpCodes.Stind_I4).Op(OpCodes.Ldloc, target).Op(OpCodes.Ret);
        });
        var modified = new FunctionPointerType { ReturnType = new OptionalModifierType(m.Type(typeof(System.Runtime.CompilerServices.CallConvCdecl)), m.Int), CallingConvention = (MethodCallingConvention)9 };
        modified.Parameters.Add(new ParameterDefinition(new RequiredModifierType(m.Type(typeof(System.Runtime.InteropServices.InAttribute)), new ByReferenceType(m.Int))));
        m.NewMethod("YieldsFunctionPointerLocal_1", m.Int, il =>
        {
            var local = il.Local(modified);
            il.Op(OpCodes.Ldc_I4_0).Op(OpCodes.Conv_U).Op(OpCodes.Stloc, local).Op(OpCodes.Ldloc, local).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Conv_U).Op(OpCodes.Ceq).Op(OpCodes.Ret);
        });
    }

    private static void Constrained(HandModule m)
    {
        var text = m.Method(typeof(object), nameof(ToString));
        m.NewMethod("YieldsConstrainedValue_17", m.Module.TypeSystem.String, il =>
        {
            var local = il.Local(m.Int);
            il.Op(OpCodes.Ldc_I4, 17).Op(OpCodes.Stloc, local).Op(OpCodes.Ldloca, local).Op(OpCodes.Constrained, m.Int).Op(OpCodes.Callvirt, text).Op(OpCodes.Ret);
        });
        m.NewMethod("YieldsConstrainedReference_abc", m.Module.TypeSystem.String, il =>
        {
            var local = il.Local(m.Module.TypeSystem.String);
            il.Op(OpCodes.Ldstr, "abc").Op(OpCodes.Stloc, local).Op(OpCodes.Ldloca, local).Op(OpCodes.Constrained, m.Module.TypeSystem.String).Op(OpCodes.Callvirt, text).Op(OpCodes.Ret);
        });
    }

    private static void Tokens(HandModule m)
    {
        var fromHandle = m.Method(typeof(Type), nameof(Type.GetTypeFromHandle), typeof(RuntimeTypeHandle));
        void TypeToken(string name, TypeReference type) => m.NewMethod(name, m.Module.TypeSystem.Object, il => il.Op(OpCodes.Ldtoken, type).Op(OpCodes.Call, fromHandle).Op(OpCodes.Ret));
        TypeToken("YieldsToken_System.Int32", m.Int);
        TypeToken("YieldsTokenArray_System.Int32[,]", new ArrayType(m.Int, 2));
        TypeToken("YieldsTokenPointer_System.Int32*", new PointerType(m.Int));
        TypeToken("YieldsTokenByRef_System.Int32&", new ByReferenceType(m.Int));
        TypeToken("YieldsTokenOpen_System.Collections.Generic.List`1[T]", m.Type(typeof(List<>)));
        TypeToken("TokenOfFunctionPointer", new FunctionPointerType { ReturnType = m.Int });
        m.NewMethod("MethodToken", m.Module.TypeSystem.Object, il => il.Op(OpCodes.Ldtoken, m.Method(typeof(Math), nameof(Math.Abs), typeof(int)))
            .Op(OpCodes.Call, m.Method(typeof(System.Reflection.MethodBase), nameof(System.Reflection.MethodBase.GetMethodFromHandle), typeof(RuntimeMethodHandle))).Op(OpCodes.Ret));
        m.NewMethod("FieldToken", m.Module.TypeSystem.Object, il => il.Op(OpCodes.Ldtoken, m.Module.ImportReference(typeof(string).GetField(nameof(string.Empty))))
            .Op(OpCodes.Call, m.Method(typeof(System.Reflection.FieldInfo), nameof(System.Reflection.FieldInfo.GetFieldFromHandle), typeof(RuntimeFieldHandle))).Op(OpCodes.Ret));
    }

    private static void Sizes(HandModule m)
    {
        m.NewMethod("YieldsManyLocals_399", m.Int, il =>
        {
            var locals = Enumerable.Range(0, 400).Select(_ => il.Local(m.Int)).ToList();
            for (var i = 0; i < locals.Count; i++)
                il.Op(OpCodes.Ldc_I4, i).Op(OpCodes.Stloc, locals[i]);
            il.Op(OpCodes.Ldloca, locals[399]).Op(OpCodes.Ldind_I4).Op(OpCodes.Ldloc, locals[255]).Op(OpCodes.Ldloc, locals[256]).Op(OpCodes.Sub).Op(OpCodes.Add).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Add).Op(OpCodes.Ret);
        });
        var many = m.NewMethod("ManyArguments", m.Int, il =>
        {
            var parameters = il.Body.Method.Parameters;
            il.Op(OpCodes.Ldc_I4, 1000).Op(OpCodes.Starg, parameters[299]).Op(OpCodes.Ldarg, parameters[255]).Op(OpCodes.Ldarg, parameters[256]).Op(OpCodes.Add).Op(OpCodes.Ldarga, parameters[299]).Op(OpCodes.Ldind_I4).Op(OpCodes.Add).Op(OpCodes.Ret);
        }, [.. Enumerable.Repeat(m.Int, 300)]);
        m.NewMethod("YieldsManyArguments_1511", m.Int, il =>
        {
            for (var i = 0; i < 300; i++)
                il.Op(OpCodes.Ldc_I4, i);
            il.Op(OpCodes.Call, many).Op(OpCodes.Ret);
        });
        // A branch over n nops; the short form reaches 127 bytes forwards and 128 back.
        foreach (var distance in new[] { 120, 124, 125, 126, 127, 128, 129, 130, 131, 140, 1000 })
        {
            m.NewMethod($"YieldsForward{distance}_1", m.Int, il =>
            {
                var end = Label();
                il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Dup).Op(OpCodes.Brtrue, end);
                for (var i = 0; i < distance; i++)
                    il.Op(OpCodes.Nop);
                il.Op(OpCodes.Pop).Op(OpCodes.Ldc_I4_2).At(end).Op(OpCodes.Ret);
            });
            m.NewMethod($"YieldsBack{distance}_3", m.Int, il =>
            {
                var (count, top) = (il.Local(m.Int), Label());
                il.At(top);
                for (var i = 0; i < distance; i++)
                    il.Op(OpCodes.Nop);
                il.Op(OpCodes.Ldloc, count).Op(OpCodes.Ldc_I4_1).Op(OpCodes.Add).Op(OpCodes.Dup).Op(OpCodes.Stloc, count).Op(OpCodes.Ldc_I4_3).Op(OpCodes.Blt, top).Op(OpCodes.Ldloc, count).Op(OpCodes.Ret);
            });
        }
    }

    private static void Generics(HandModule m)
    {
        var box = new TypeDefinition("", "Box`1", TypeAttributes.Public, m.Module.TypeSystem.Object);
        m.Module.Types.Add(box);
        var t = new GenericParameter("T", box);
        box.GenericParameters.Add(t);
        var swap = new MethodDefinition("Swap", MethodAttributes.Public | MethodAttributes.Static, m.Module.TypeSystem.String);
        var u = new GenericParameter("U", swap) { Attributes = (GenericParameterAttributes)0x20 };
        swap.GenericParameters.Add(u);
        swap.Parameters.Add(new ParameterDefinition(new ByReferenceType(t)));
        swap.Parameters.Add(new ParameterDefinition(new ArrayType(t)));
        swap.Parameters.Add(new ParameterDefinition(new PointerType(m.Int)));
        swap.Parameters.Add(new ParameterDefinition(new ByReferenceType(u)));
        box.Methods.Add(swap);
        swap.Body.GetILProcessor().Op(OpCodes.Ldarg_0).Op(OpCodes.Ldarg_1).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Ldelem_Any, t).Op(OpCodes.Stobj, t)
            .Op(OpCodes.Ldarg_3).Op(OpCodes.Constrained, u).Op(OpCodes.Callvirt, m.Method(typeof(object), nameof(ToString))).Op(OpCodes.Ret);
        m.NewMethod("YieldsGeneric_5z", m.Module.TypeSystem.String, il =>
        {
            var (target, array, other) = (il.Local(m.Module.TypeSystem.String), il.Local(new ArrayType(m.Module.TypeSystem.String)), il.Local(m.Int));
            var closed = new MethodReference("Swap", m.Module.TypeSystem.String, new GenericInstanceType(box) { GenericArguments = { m.Module.TypeSystem.String } });
            closed.GenericParameters.Add(new GenericParameter("U", closed));
            closed.Parameters.Add(new ParameterDefinition(new ByReferenceType(t)));
            closed.Parameters.Add(new ParameterDefinition(new ArrayType(t)));
            closed.Parameters.Add(new ParameterDefinition(new PointerType(m.Int)));
            closed.Parameters.Add(new ParameterDefinition(new ByReferenceType(closed.GenericParameters[0])));
            il.Op(OpCodes.Ldc_I4_1).Op(OpCodes.Newarr, m.Module.TypeSystem.String).Op(OpCodes.Stloc, array).Op(OpCodes.Ldloc, array).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Ldstr, "z").Op(OpCodes.Stelem_Any, m.Module.TypeSystem.String);
            il.Op(OpCodes.Ldc_I4_5).Op(OpCodes.Stloc, other).Op(OpCodes.Ldloca, target).Op(OpCodes.Ldloc, array).Op(OpCodes.Ldc_I4_0).Op(OpCodes.Conv_U).Op(OpCodes.Ldloca, other);
            il.Op(OpCodes.Call, new GenericInstanceMethod(closed) { GenericArguments = { m.Int } }).Op(OpCodes.Ldloc, target).Op(OpCodes.Call, m.Method(typeof(string), nameof(string.Concat), typeof(string), typeof(string))).Op(OpCodes.Ret);
        });
    }
}
