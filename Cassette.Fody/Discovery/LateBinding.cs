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
            "System" => type.Name switch
            {
                "Activator" => method.Name.StartsWith("CreateInstance", System.StringComparison.Ordinal),
                "Delegate" => method.Name is "DynamicInvoke" or "CreateDelegate",
                "Type" => method.Name == "InvokeMember",
                "AppDomain" => method.Name.StartsWith("CreateInstance", System.StringComparison.Ordinal) || method.Name.StartsWith("ExecuteAssembly", System.StringComparison.Ordinal),
                _ => false,
            },
            "System.Reflection" => method.Name is "Invoke" or "InvokeMember" or "CreateInstance" or "CreateDelegate"
                || type.Name is "PropertyInfo" && method.Name is "GetValue" or "SetValue"
                || type.Name is "EventInfo" && method.Name is "AddEventHandler" or "RemoveEventHandler",
            _ => IsDynamic(type),
        };
    }

    /// <summary>What the compiler calls for an expression of type <c>dynamic</c>.</summary>
    public static bool IsDynamic(TypeDefinition type) => type is { Namespace: "Microsoft.CSharp.RuntimeBinder", Name: "Binder" };
}
