using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Cassette.Tests.RoundTrip;

/// <summary>Finds type arguments that satisfy the constraints of generic types and methods, by trying.</summary>
internal sealed class Instantiations(Assembly assembly)
{
    private const int MaxAttempts = 400;

    private static readonly Type[] Common = [typeof(int), typeof(object), typeof(string), typeof(double), typeof(Exception), typeof(Guid), typeof(Action), typeof(List<int>), typeof(DayOfWeek)];

    private readonly Lazy<Type[]> own = new(() => [.. assembly.GetTypes().Where(t => !t.ContainsGenericParameters)]);

    public Type? Of(Type type) => type.ContainsGenericParameters ? First(type.GetGenericArguments(), type.MakeGenericType) : type;

    public MethodBase? Of(MethodBase method) => method.IsGenericMethodDefinition ? First(method.GetGenericArguments(), ((MethodInfo)method).MakeGenericMethod) : method;

    private T? First<T>(Type[] parameters, Func<Type[], T> make)
        where T : class
    {
        var attempts = 0;
        return Extend([], parameters, make, ref attempts);
    }

    private T? Extend<T>(Type[] chosen, Type[] parameters, Func<Type[], T> make, ref int attempts)
        where T : class
    {
        if (chosen.Length == parameters.Length)
        {
            attempts++;
            try
            {
                return make(chosen);
            }
            // Thrown when a constraint is not met.
            catch (Exception violation) when (violation is ArgumentException or TypeLoadException)
            {
                return null;
            }
        }
        foreach (var candidate in Candidates(parameters[chosen.Length]))
        {
            if (Extend([.. chosen, candidate], parameters, make, ref attempts) is { } found)
                return found;
            if (attempts > MaxAttempts)
                return null;
        }
        return null;
    }

    /// <summary>Only what the parameter's own constraints do not rule out, the constraints themselves first.</summary>
    private IEnumerable<Type> Candidates(Type parameter)
    {
        var constraints = parameter.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).ToList();
        var isStruct = (parameter.GenericParameterAttributes & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0;
        var isClass = (parameter.GenericParameterAttributes & GenericParameterAttributes.ReferenceTypeConstraint) != 0;
        bool Fits(Type type) => (!isStruct || type.IsValueType) && (!isClass || !type.IsValueType)
            && constraints.TrueForAll(c => c.ContainsGenericParameters ? !c.IsGenericType || Implements(type, c.GetGenericTypeDefinition()) : c.IsAssignableFrom(type));
        var closed = constraints.Where(c => !c.ContainsGenericParameters);
        var common = closed.Concat(Common).Where(Fits);
        return constraints.Count == 0 ? common : common.Concat(own.Value.Where(Fits).Take(40));
    }

    private static bool Implements(Type type, Type generic)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.IsGenericType && at.GetGenericTypeDefinition() == generic)
                return true;
        }
        return Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == generic);
    }
}
