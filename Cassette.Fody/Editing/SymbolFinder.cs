using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Editing;

/// <summary>
/// Finds types, methods and fields for the code that a pass writes: by <c>typeof</c> and reflection objects of the pass's own process, by lambdas, or
/// by names. They are looked up by name among what the woven assembly is built with: a type that moved between assemblies from one framework
/// to the next is found where it is there. An assembly that the woven one does not refer to yet is referred to once its members are used.
/// </summary>
public sealed class SymbolFinder
{
    private readonly TypeUniverse types;
    private readonly Dictionary<string, TypeDefinition?> found = new(StringComparer.Ordinal);
    private readonly List<ModuleDefinition> modules = [];

    internal SymbolFinder(TypeUniverse types)
    {
        this.types = types;
        modules.Add(types.Module);
        modules.Add(types.CoreModule);
    }

    /// <summary>A type, with its type arguments put in.</summary>
    /// <exception cref="EditRefusedException">What the woven assembly is built with has no such type.</exception>
    public TypeSymbol Type(Type type)
    {
        if (type.IsByRef)
            return types.ByRef(Type(type.GetElementType()!));
        if (type.IsPointer)
            return types.Pointer(Type(type.GetElementType()!));
        if (type.IsArray)
            return type.GetArrayRank() == 1 ? types.Vector(Type(type.GetElementType()!)) : types.Array(Type(type.GetElementType()!), type.GetArrayRank());
        if (type.IsGenericParameter)
            throw new EditRefusedException($"The generic parameter {type} of the pass has no meaning in the method.");
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var symbol = types.Import(Definition(open.FullName!.Replace('+', '/'), open.Assembly.GetName().Name), GenericScope.Empty);
        return type.IsConstructedGenericType ? types.Instantiate(symbol, [.. type.GetGenericArguments().Select(Type)]) : symbol;
    }

    /// <summary>A type by its full name: <c>Space.Outer+Inner</c>, <c>Space.Box`1</c> for a generic one.</summary>
    /// <exception cref="EditRefusedException">What the woven assembly is built with has no such type.</exception>
    public TypeSymbol Type(string fullName) => types.Import(Definition(fullName.Replace('+', '/'), null), GenericScope.Empty);

    /// <summary>A method by the reflection object of the pass's own process.</summary>
    public MethodSymbol Method(MethodBase method)
    {
        var declaring = Type(method.DeclaringType!);
        var open = method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : method;
        var parameters = open.GetParameters().Select(p => p.ParameterType).ToArray();
        var candidates = declaring.Definition!.Methods.Where(m => m.Name == method.Name && m.Parameters.Count == parameters.Length
            && m.GenericParameters.Count == (open.IsGenericMethodDefinition ? open.GetGenericArguments().Length : 0)).ToList();
        if (candidates.Count > 1)
        {
            // The method's parameters as its type declares them: the arguments of the declaring type are not put in there.
            var definition = method.DeclaringType!.IsConstructedGenericType
                ? method.DeclaringType.GetGenericTypeDefinition().GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
                    .OfType<MethodBase>().First(m => m.MetadataToken == open.MetadataToken)
                : open;
            var names = definition.GetParameters().Select(p => NameOf(p.ParameterType)).ToArray();
            candidates = [.. candidates.Where(m => m.Parameters.Select(p => p.ParameterType.FullName).SequenceEqual(names))];
        }
        if (candidates.Count != 1)
            throw new EditRefusedException($"{declaring} has no method like {method}.");
        var arguments = method is MethodInfo { IsGenericMethod: true, IsGenericMethodDefinition: false } closed ? closed.GetGenericArguments().Select(Type).ToArray() : TypeSymbol.None;
        return types.Method(candidates[0], declaring, arguments);
    }

    /// <summary>The method that a lambda calls, or whose value it gives: <c>Method(() => Math.Sin(0))</c>.</summary>
    public MethodSymbol Method(Expression<Action> call) => Method(call.Body);

    /// <inheritdoc cref="Method(Expression{Action})"/>
    public MethodSymbol Method<T>(Expression<Func<T>> call) => Method(call.Body);

    private MethodSymbol Method(System.Linq.Expressions.Expression body) => body switch
    {
        MethodCallExpression call => Method(call.Method),
        NewExpression { Constructor: { } constructor } => Method(constructor),
        MemberExpression { Member: PropertyInfo property } => Method(property.GetMethod!),
        UnaryExpression { NodeType: ExpressionType.Convert } convert => Method(convert.Operand),
        _ => throw new EditRefusedException($"The lambda {body} calls no method."),
    };

    /// <summary>A method by its type and name, and where there are several, by its parameters' types.</summary>
    /// <exception cref="EditRefusedException">There is none, or more than one.</exception>
    public MethodSymbol Method(Type type, string name, params Type[] parameters) => Method(Type(type), name, [.. parameters.Select(Type)]);

    /// <inheritdoc cref="Method(Type, string, Type[])"/>
    public MethodSymbol Method(string type, string name) => Method(Type(type), name);

    /// <inheritdoc cref="Method(Type, string, Type[])"/>
    public MethodSymbol Method(TypeSymbol type, string name, params TypeSymbol[] parameters)
    {
        var named = MethodsOf(type).Where(m => m.Name == name).ToList();
        if (named.Count == 0)
            throw new EditRefusedException($"{type} has no method {name}.{Suggestion(name, MethodsOf(type).Select(m => m.Name))}");
        var fitting = parameters.Length > 0 || named.Count > 1 ? [.. named.Where(m => m.Parameters.SequenceEqual(parameters))] : named;
        if (fitting.Count == 1)
            return fitting[0];
        throw new EditRefusedException(
            $"{type} has {(fitting.Count == 0 ? "no" : "more than one")} method {name}({string.Join(", ", parameters.Select(p => p.DisplayName))}). It has: {string.Join("; ", named.Select(m => m.DisplayName))}.");
    }

    /// <summary>The overload of a method that takes given values, as C# would choose it where only one is applicable.</summary>
    internal MethodSymbol Method(TypeSymbol type, string name, IReadOnlyList<Expression> arguments, ExpressionTyping typing, bool isConstructor = false)
    {
        var named = MethodsOf(type).Where(m => m.Name == name).ToList();
        if (named.Count == 0)
            throw new EditRefusedException($"{type} has no method {name}.{Suggestion(name, MethodsOf(type).Select(m => m.Name))}");
        var fitting = named.Where(m => Fits(m, exact: false)).ToList();
        if (fitting.Count > 1)
            fitting = [.. fitting.Where(m => Fits(m, exact: true))];
        if (fitting.Count == 1)
            return fitting[0];
        throw new EditRefusedException(
            $"{type} has {(fitting.Count == 0 ? "no" : "more than one")} method {name} that takes ({string.Join(", ", arguments.Select(a => a.Type.DisplayName))}). It has: {string.Join("; ", named.Select(m => m.DisplayName))}.");

        bool Fits(MethodSymbol method, bool exact)
        {
            var first = method.HasThis && !isConstructor ? 1 : 0;
            if (method.Parameters.Length + first != arguments.Count)
                return false;
            for (var i = 0; i < method.Parameters.Length; i++)
            {
                var argument = arguments[i + first];
                if (argument.StackType is not { } given)
                    return false;
                var isSame = argument.Type == method.Parameters[i];
                // A constant of 0 or 1 is no bool, and an int no char, though the stack holds them alike.
                if (exact ? !isSame : !isSame && (!typing.Fits(given, method.Parameters[i]) || given.Kind is IL.StackKind.Int32 or IL.StackKind.Float && !IsConstant(argument)))
                    return false;
            }
            return true;
        }
    }

    private static bool IsConstant(Expression expression) => expression.Code == Mono.Cecil.Cil.Code.Ldc_I4;

    /// <summary>A method with other type arguments of its own.</summary>
    public MethodSymbol Generic(MethodSymbol method, params TypeSymbol[] arguments)
    {
        if (method.Definition is not { } definition || definition.GenericParameters.Count != arguments.Length)
            throw new EditRefusedException($"{method} does not take {arguments.Length} type arguments.");
        return types.Method(definition, method.DeclaringType, arguments);
    }

    /// <summary>A field by its type and name.</summary>
    public FieldSymbol Field(Type type, string name) => Field(Type(type), name);

    /// <inheritdoc cref="Field(Type, string)"/>
    public FieldSymbol Field(TypeSymbol type, string name)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.Definition?.Fields.FirstOrDefault(f => f.Name == name) is { } field)
                return types.Field(field, candidate);
        }
        throw new EditRefusedException($"{type} has no field {name}.{Suggestion(name, type.Definition?.Fields.Select(f => f.Name) ?? [])}");
    }

    private IEnumerable<MethodSymbol> MethodsOf(TypeSymbol type) =>
        type.Definition?.Methods.Select(m => types.Method(m, type, TypeSymbol.None)) ?? throw new EditRefusedException($"{type} has no methods that could be found.");

    private TypeDefinition Definition(string name, string? assembly)
    {
        if (!found.TryGetValue(name, out var definition))
            found.Add(name, definition = Find(name, assembly));
        return definition ?? throw new EditRefusedException(
            $"The type {name.Replace('/', '+')} is not found. {types.Module.Assembly.Name.Name} is built with: {string.Join(", ", types.Module.AssemblyReferences.Select(r => r.Name).OrderBy(n => n, StringComparer.Ordinal))}"
            + (assembly is null ? "." : $"; {assembly} is not among what it can refer to, or has no such type."));
    }

    private TypeDefinition? Find(string name, string? assembly)
    {
        foreach (var module in modules)
        {
            if (In(module, name) is { } type)
                return type;
        }
        var references = types.Module.AssemblyReferences.Select(r => r.FullName).ToList();
        if (assembly is not null)
            references.Add(assembly);
        // Framework types live in an assembly that is named like their namespace, or a part of it.
        var @namespace = name.LastIndexOf('.') is var dot and > 0 ? name.Substring(0, dot) : "";
        for (; @namespace.Length > 0; @namespace = @namespace.LastIndexOf('.') is var cut and > 0 ? @namespace.Substring(0, cut) : "")
            references.Add(@namespace);
        references.Add("System.Runtime");
        foreach (var reference in references)
        {
            if (Resolve(reference) is { } module && In(module, name) is { } type)
                return type;
        }
        return null;
    }

    private ModuleDefinition? Resolve(string reference)
    {
        var name = AssemblyNameReference.Parse(reference);
        if (modules.FirstOrDefault(m => m.Assembly?.Name.Name == name.Name) is { } known)
            return known;
        try
        {
            var module = types.Module.AssemblyResolver.Resolve(name)?.MainModule;
            if (module is not null)
                modules.Add(module);
            return module;
        }
        catch (AssemblyResolutionException)
        {
            // One of the places to look at; what is found nowhere is refused with the whole list.
            return null;
        }
    }

    private static TypeDefinition? In(ModuleDefinition module, string name)
    {
        if (module.GetType(name) is { } type)
            return type;
        return module.HasExportedTypes ? module.ExportedTypes.FirstOrDefault(e => e.FullName == name)?.Resolve() : null;
    }

    private static string NameOf(Type type) => type switch
    {
        { IsByRef: true } => NameOf(type.GetElementType()!) + "&",
        { IsPointer: true } => NameOf(type.GetElementType()!) + "*",
        { IsArray: true } => NameOf(type.GetElementType()!) + "[" + (type.GetArrayRank() == 1 ? "" : string.Join(",", Enumerable.Repeat("0...", type.GetArrayRank()))) + "]",
        { IsGenericParameter: true } => type.Name,
        { IsConstructedGenericType: true } => type.GetGenericTypeDefinition().FullName!.Replace('+', '/') + "<" + string.Join(",", type.GetGenericArguments().Select(NameOf)) + ">",
        _ => type.FullName!.Replace('+', '/'),
    };

    private static string Suggestion(string name, IEnumerable<string> known)
    {
        var nearest = known.Where(k => string.Equals(k, name, StringComparison.OrdinalIgnoreCase) || k.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0).OrderBy(k => k, StringComparer.Ordinal).FirstOrDefault();
        return nearest is null ? "" : $" Did you mean {nearest}?";
    }
}
