using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>Tells what each parameter of one rule method is for, or reports why it is no rule.</summary>
/// <param name="tools">The weave's.</param>
/// <param name="diagnostics">Gets what is wrong.</param>
/// <param name="declaration">The rule.</param>
/// <param name="declaringType">The type that it stands in, with the context's arguments put in.</param>
/// <param name="known">What the context says of the method's generic parameters.</param>
internal sealed class SignatureReader(MatchTools tools, DiagnosticBag diagnostics, RuleDeclaration declaration, TypeSymbol declaringType, TypeInference known)
{
    private readonly MethodDefinition method = declaration.Method;
    private readonly TypeSymbol[] parameters = tools.Types.Method(declaration.Method, declaringType, TypeSymbol.None).Parameters.Select(known.Apply).ToArray();
    private readonly TypeSymbol returned = known.Apply(tools.Types.Method(declaration.Method, declaringType, TypeSymbol.None).ReturnType);
    private int next = 1;
    private bool failed;

    /// <summary>The signature, or null.</summary>
    public RuleSignature? Read()
    {
        var output = declaration.Kind == RuleKind.Posthook ? TakeOutput() : null;
        var exception = declaration.Kind == RuleKind.Throwhook ? TakeException() : null;
        var hasJoinPoint = TakeJoinPoint();
        var firstTyped = next;
        var typed = TakeTyped();
        var swallower = next < parameters.Length ? parameters[next] : null;
        var form = swallower is null ? typed.Length == 0 ? ArgumentsForm.Ignored : ArgumentsForm.Fixed
            : IsArray(next) ? ArgumentsForm.Array
            : IsTuple(swallower) ? ArgumentsForm.Tuple : ArgumentsForm.Call;
        var call = form == ArgumentsForm.Call ? CallConstraint(swallower!) : null;
        CheckReturn(output);
        CheckInferable();
        return failed ? null : new RuleSignature
        {
            Context = parameters[0],
            Output = output,
            Exception = exception,
            HasJoinPoint = hasJoinPoint,
            Typed = typed,
            FirstTyped = firstTyped,
            Form = form,
            Swallower = form is ArgumentsForm.Tuple or ArgumentsForm.Call ? swallower!.Parameter : null,
            CallArguments = call is { Arguments.Length: 2 } ? call.Arguments[0] : null,
            CallResult = call?.Arguments[call.Arguments.Length - 1],
            Return = returned,
        };
    }

    private TypeSymbol? TakeOutput()
    {
        if (next == parameters.Length || IsJoinPoint(parameters[next]) || IsSwallower(next))
            return null;
        RefuseByRef(next, "an output is passed by value; what the hook returns replaces it");
        return parameters[next++];
    }

    private TypeSymbol? TakeException()
    {
        if (next < parameters.Length)
        {
            RefuseByRef(next, "an exception is passed by value");
            var type = parameters[next].Shape == TypeShape.ByRef ? parameters[next].Element! : parameters[next];
            if (type.Shape != TypeShape.Interface && tools.Assignability.IsBoxedAssignable(type, tools.Types.Exception))
                return parameters[next++];
        }
        Report(DiagnosticCatalog.ThrowhookWithoutException);
        return null;
    }

    private bool TakeJoinPoint()
    {
        if (next == parameters.Length || !IsJoinPoint(parameters[next]))
            return false;
        RefuseByRef(next, "a join point is passed by value");
        next++;
        return true;
    }

    private TypeSymbol[] TakeTyped()
    {
        var first = next;
        for (; next < parameters.Length && !(next == parameters.Length - 1 && IsSwallower(next)); next++)
            CheckTyped(next);
        if (next < parameters.Length)
            CheckSwallower(next, next - first);
        return parameters.Skip(first).Take(next - first).ToArray();
    }

    private void CheckTyped(int index)
    {
        var type = parameters[index];
        var name = method.Parameters[index].Name;
        if (IsJoinPoint(type))
            Report(DiagnosticCatalog.JoinPointMisplaced, name);
        else if (IsArray(index) || IsTuple(type))
            Report(DiagnosticCatalog.ArgumentsRuleShape, name, "parameters follow it");
        else if (IsParams(method.Parameters[index]))
            Report(DiagnosticCatalog.ArgumentsRuleShape, name, "its elements are '" + (type.Element ?? type).DisplayName + "', not 'object'");
        else if (type.IsGenericParameter && HasConstraint(type, tools.Vocabulary.Tuple))
            Report(DiagnosticCatalog.ArgumentsRuleShape, name, "'" + type.DisplayName + "' is not constrained to struct");
        else if (IsCallInterface(type))
            Report(DiagnosticCatalog.CallRuleShape, "'" + name + "' is an interface, not a type parameter constrained to it");
        else if (CallConstraint(type) is not null)
            Report(DiagnosticCatalog.CallRuleShape, "'" + name + "' is not the last parameter, or its type is not constrained to struct");
        else if (method.Parameters[index] is { IsOut: true, IsIn: false } && type.Shape == TypeShape.ByRef && declaration.Kind is not (RuleKind.Overdub or RuleKind.Fallback))
            Report(DiagnosticCatalog.RuleParameterByRef, name, "a hook has no value for an out parameter");
    }

    private void CheckSwallower(int index, int typed)
    {
        if (IsArray(index) || IsTuple(parameters[index]))
            return;
        if (declaration.Kind is not (RuleKind.Overdub or RuleKind.Fallback))
            Report(DiagnosticCatalog.CallRuleShape, "only primitives and fallbacks can take the call");
        else if (typed > 0)
            Report(DiagnosticCatalog.CallRuleShape, "the call has its arguments in it, so that no parameter stands for one");
    }

    private void CheckReturn(TypeSymbol? output)
    {
        if (returned.Shape == TypeShape.Void)
            return;
        switch (declaration.Kind)
        {
            case RuleKind.Prehook when returned.Shape != TypeShape.Boolean:
                Report(DiagnosticCatalog.PrehookReturnType, returned.DisplayName);
                break;
            case RuleKind.Posthook when output is null:
                Report(DiagnosticCatalog.PosthookWithoutOutput);
                break;
            case RuleKind.Posthook when output != returned:
                Report(DiagnosticCatalog.PosthookOutputType, returned.DisplayName, output.DisplayName);
                break;
            case RuleKind.Throwhook:
                Report(DiagnosticCatalog.ThrowhookReturnType, returned.DisplayName);
                break;
        }
    }

    /// <summary>A generic parameter is bound by a parameter's type, a primitive's result, or the constraint of one that is bound.</summary>
    private void CheckInferable()
    {
        var own = tools.Types.ParametersOf(method);
        var bound = own.Where(p => parameters.Any(t => Mentions(t, p)) || declaration.Kind is RuleKind.Overdub or RuleKind.Fallback && Mentions(returned, p)).ToList();
        for (var i = 0; i < bound.Count; i++)
        {
            var constraints = tools.Types.ConstraintsOf(bound[i]).ToList();
            bound.AddRange(own.Where(p => !bound.Contains(p) && constraints.Any(c => Mentions(c, p))));
        }
        // One that the context decides is no longer mentioned, so it is asked of the method as written.
        foreach (var parameter in own)
        {
            if (!bound.Contains(parameter) && !method.Parameters.Any(p => Mentions(tools.Types.Import(p.ParameterType, GenericScope.Of(tools.Types, method)), parameter)))
                Report(DiagnosticCatalog.RuleGenericNotInferable, parameter.DisplayName);
        }
    }

    private static bool Mentions(TypeSymbol type, TypeSymbol parameter) =>
        type == parameter || type.IsOpen && (type.Element is { } element && Mentions(element, parameter) || type.Arguments.Any(a => Mentions(a, parameter)));

    private bool IsSwallower(int index) =>
        index == parameters.Length - 1
        && (IsArray(index) || IsTuple(parameters[index]) || IsStruct(parameters[index]) && CallConstraint(parameters[index]) is not null);

    private bool IsArray(int index) => parameters[index] is { Shape: TypeShape.Vector } type && type.Element == tools.Types.Object && IsParams(method.Parameters[index]);

    private bool IsTuple(TypeSymbol type) => IsStruct(type) && HasConstraint(type, tools.Vocabulary.Tuple);

    private static bool IsStruct(TypeSymbol type) => type.IsGenericParameter && type.Parameter!.HasNotNullableValueTypeConstraint;

    private bool HasConstraint(TypeSymbol parameter, TypeSymbol constraint) => tools.Types.ConstraintsOf(parameter).Contains(constraint);

    private TypeSymbol? CallConstraint(TypeSymbol type) => type.IsGenericParameter ? tools.Types.ConstraintsOf(type).FirstOrDefault(IsCallInterface) : null;

    private bool IsCallInterface(TypeSymbol type) =>
        type.Definition is { } definition && (definition == tools.Vocabulary.Call.Definition || definition == tools.Vocabulary.CallWithArguments.Definition);

    private bool IsJoinPoint(TypeSymbol type) => type == tools.Vocabulary.JoinPoint || type.Shape == TypeShape.ByRef && type.Element == tools.Vocabulary.JoinPoint;

    private static bool IsParams(ParameterDefinition parameter) =>
        parameter.HasCustomAttributes && parameter.CustomAttributes.Any(a => a.AttributeType.FullName
            is "System.ParamArrayAttribute" or "System.Runtime.CompilerServices.ParamCollectionAttribute");

    private void RefuseByRef(int index, string reason)
    {
        if (parameters[index].Shape == TypeShape.ByRef)
            Report(DiagnosticCatalog.RuleParameterByRef, method.Parameters[index].Name, reason);
    }

    private void Report(DiagnosticDescriptor descriptor, params object?[] details)
    {
        failed = true;
        diagnostics.Report(descriptor, declaration.Position, new List<object?>(details).Prepend(RuleNames.Of(method)).ToArray());
    }
}
