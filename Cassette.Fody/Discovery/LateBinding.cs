using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>Tells the framework's methods that call what is known only at run time from those that only look at it.</summary>
internal static class LateBinding
{
    /// <summary>Whether a method outside the module calls, or binds for a later call, a member that is named at run time.</summary>
    public static bool Calls(MethodDefinition method)
    {
        var type = method.DeclaringType;
        return type.Namespace switch
        {
            _ when MakesAttributes(method) => true,
            "System" => type.Name switch
            {
                "Activator" => method.Name.StartsWith("CreateInstance", System.StringComparison.Ordinal),
                "Delegate" => method.Name is "DynamicInvoke" or "CreateDelegate",
                "Type" => method.Name == "InvokeMember",
                // Without a factory it makes the value by its type.
                "Lazy`1" => method.IsConstructor && !method.Parameters.Any(p => p.ParameterType.Name.StartsWith("Func", System.StringComparison.Ordinal) || p.ParameterType is GenericParameter),
                "AppDomain" => method.Name.StartsWith("CreateInstance", System.StringComparison.Ordinal) || method.Name.StartsWith("ExecuteAssembly", System.StringComparison.Ordinal),
                _ => false,
            },
            "System.Reflection" => method.Name is "Invoke" or "InvokeMember" or "CreateInstance" or "CreateDelegate"
                || type.Name is "PropertyInfo" && method.Name is "GetValue" or "SetValue"
                || type.Name is "EventInfo" && method.Name is "AddEventHandler" or "RemoveEventHandler",
            "System.Linq.Expressions" => method.Name == "Compile",
            "System.Linq" => type.Name == "Queryable" && method.Name == "AsQueryable",
            "System.ComponentModel" => type.Name is "PropertyDescriptor" && method.Name is "GetValue" or "SetValue" or "ResetValue",
            "System.Text.Json" or "System.Xml.Serialization" or "System.Runtime.Serialization" or "System.Runtime.Serialization.Json" => IsSerializing(method),
            _ => IsDynamic(type),
        };
    }

    /// <summary>Attributes are objects that looking for them makes: constructors and property setters of the module may run.</summary>
    private static bool MakesAttributes(MethodDefinition method) =>
        method.Name is "GetCustomAttribute" or "GetCustomAttributes" && method.DeclaringType.Namespace is "System" or "System.Reflection";

    /// <summary>Serialisers make objects and call their properties by reflection.</summary>
    private static bool IsSerializing(MethodDefinition method) =>
        method.DeclaringType.Name.EndsWith("Serializer", System.StringComparison.Ordinal)
        && (method.Name.StartsWith("Serialize", System.StringComparison.Ordinal) || method.Name.StartsWith("Deserialize", System.StringComparison.Ordinal)
            || method.Name.StartsWith("ReadObject", System.StringComparison.Ordinal) || method.Name.StartsWith("WriteObject", System.StringComparison.Ordinal));

    /// <summary>What the compiler calls for an expression of type <c>dynamic</c>.</summary>
    public static bool IsDynamic(TypeDefinition type) => type is { Namespace: "Microsoft.CSharp.RuntimeBinder", Name: "Binder" };
}
