using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cassette.Tests.Harness;

/// <summary>
/// Has the JIT compile every method of an assembly, generic ones over a value type and over a reference type
/// where their constraints allow both.
/// </summary>
internal static class JitCheck
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Problems(LoadedProgram program)
    {
        Type[] own = program.Assembly.GetTypes();
        Type[] candidates = [typeof(int), typeof(string), typeof(object), typeof(double), .. own.Where(IsPlain)];
        foreach (Type type in own)
        {
            foreach (Type closed in Closings(type, candidates))
            {
                IEnumerable<MethodBase> methods = closed.GetMethods(Declared).Concat<MethodBase>(closed.GetConstructors(Declared));
                if (closed.TypeInitializer is { } initializer)
                    methods = methods.Append(initializer);
                foreach (MethodBase method in methods.Where(HasBody))
                {
                    foreach (MethodBase ready in Closings(method, candidates))
                    {
                        if (Problem(ready) is { } problem)
                            yield return problem;
                    }
                }
            }
        }
    }

    private static bool HasBody(MethodBase method) =>
        !method.IsAbstract && method.MethodImplementationFlags.HasFlag(MethodImplAttributes.Runtime) is false
        && !method.Attributes.HasFlag(MethodAttributes.PinvokeImpl);

    private static bool IsPlain(Type type) =>
        !type.ContainsGenericParameters && !type.IsByRefLike && !(type.IsAbstract && type.IsSealed)
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static string? Problem(MethodBase method)
    {
        Type[] instantiation =
        [
            .. method.DeclaringType!.GetGenericArguments(),
            .. method.IsGenericMethod ? method.GetGenericArguments() : [],
        ];
        try
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. instantiation.Select(argument => argument.TypeHandle)]);
            return null;
        }
        catch (Exception exception) when (exception is InvalidProgramException or TypeLoadException or MissingMemberException
            or BadImageFormatException or MemberAccessException or System.Security.VerificationException)
        {
            return $"JIT: {method.DeclaringType}.{method}: {exception.GetType().Name}: {exception.Message}";
        }
    }

    private static IEnumerable<Type> Closings(Type type, Type[] candidates) =>
        type.ContainsGenericParameters
            ? Instantiations(type.GetGenericArguments(), candidates, arguments => type.MakeGenericType(arguments))
            : [type];

    private static IEnumerable<MethodBase> Closings(MethodBase method, Type[] candidates) =>
        method is MethodInfo { IsGenericMethodDefinition: true } open
            ? Instantiations(open.GetGenericArguments(), candidates, arguments => open.MakeGenericMethod(arguments))
            : [method];

    /// <summary>At most one instantiation that starts with a value type, and one that starts with a reference type.</summary>
    private static IEnumerable<T> Instantiations<T>(Type[] parameters, Type[] candidates, Func<Type[], T> make)
        where T : class
    {
        foreach (bool valueFirst in new[] { true, false })
        {
            // A few of each are enough: most parameters take any.
            List<Type[]> fitting =
            [
                .. parameters.Select((parameter, i) =>
                    candidates.Where(candidate => (i > 0 || candidate.IsValueType == valueFirst) && MayStandFor(parameter, candidate)).Take(64).ToArray()),
            ];
            if (fitting.Exists(types => types.Length == 0))
                continue;
            T? found = Tuples(fitting)
                .Take(4096)
                .Select(tuple => TryMake(tuple, make))
                .FirstOrDefault(made => made is not null);
            if (found is not null)
                yield return found;
        }
    }

    private static T? TryMake<T>(Type[] arguments, Func<Type[], T> make) where T : class
    {
        try
        {
            return make(arguments);
        }
        catch (ArgumentException)
        {
            // The arguments violate a constraint; another tuple may not.
            return null;
        }
    }

    /// <summary>Whether a type meets the constraints of a parameter that do not depend on other parameters; trying it is dear.</summary>
    private static bool MayStandFor(Type parameter, Type candidate)
    {
        GenericParameterAttributes special = parameter.GenericParameterAttributes;
        if (special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) && !candidate.IsValueType
            || special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) && candidate.IsValueType)
            return false;
        return parameter.GetGenericParameterConstraints().All(constraint =>
            !constraint.ContainsGenericParameters ? constraint.IsAssignableFrom(candidate)
            : !constraint.IsGenericType || !constraint.IsInterface
                || candidate.GetInterfaces().Append(candidate).Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == constraint.GetGenericTypeDefinition()));
    }

    private static IEnumerable<Type[]> Tuples(List<Type[]> candidates)
    {
        IEnumerable<Type[]> tuples = [[]];
        // The first varies fastest.
        for (int i = candidates.Count - 1; i >= 0; i--)
        {
            Type[] mine = candidates[i];
            IEnumerable<Type[]> rests = tuples;
            tuples = rests.SelectMany(rest => mine.Select(first => (Type[])[first, .. rest]));
        }

        return tuples;
    }
}
