using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>Makes rules of what is declared, for one context after another, and reports what cannot be one.</summary>
internal sealed class RuleFactory(MatchTools tools, RuleMatcher matcher, FieldShapes fields, DiagnosticBag diagnostics)
{
    private readonly TypeUniverse types = tools.Types;
    private readonly Assignability assignability = tools.Assignability;

    /// <summary>Whether a method can be a rule at all; reports it when not.</summary>
    public bool Check(RuleDeclaration declaration)
    {
        if (declaration.Method.IsStatic)
            return true;
        diagnostics.Report(DiagnosticCatalog.RuleNotStatic, declaration.Position, RuleNames.Of(declaration.Method));
        return false;
    }

    /// <summary>Whether the first parameter takes the context, and what that says of the method's generic parameters.</summary>
    public TypeSymbol?[]? TakesContext(RuleDeclaration declaration, TypeSymbol declaringType, TypeSymbol context)
    {
        var parameters = types.ParametersOf(declaration.Method);
        var inference = new TypeInference(types, assignability, declaration.Method, new TypeSymbol?[parameters.Length]);
        var first = types.Method(declaration.Method, declaringType, TypeSymbol.None).Parameters.FirstOrDefault();
        if (first?.Shape == TypeShape.ByRef)
            first = first.Element!;
        if (first is null || !inference.Infer(first, context) || !assignability.IsBoxedAssignable(context, inference.Apply(first)))
            return null;
        foreach (var parameter in parameters)
        {
            if (inference[parameter.Parameter!.Position] is { } bound && !tools.Constraints.Satisfies(parameter, bound, inference))
                return null;
        }
        return parameters.Select(parameter => inference[parameter.Parameter!.Position]).ToArray();
    }

    /// <summary>The rule, or null when something was wrong and has been reported.</summary>
    public RuleModel? Create(
        RuleDeclaration declaration, TypeSymbol declaringType, ContextModel context, TypeSymbol?[] preset, IEnumerable<Pointcut> narrowings, int order)
    {
        if (declaration.Method.Parameters[0].ParameterType.IsByReference)
        {
            diagnostics.Report(
                DiagnosticCatalog.RuleParameterByRef, declaration.Position, RuleNames.Of(declaration.Method), declaration.Method.Parameters[0].Name,
                "the context is passed by value");
            return null;
        }
        var known = new TypeInference(types, assignability, declaration.Method, preset);
        var signature = new SignatureReader(tools, diagnostics, declaration, declaringType, known).Read();
        var target = TargetOf(declaration, declaringType, narrowings);
        if (signature is null || target is null)
            return null;
        var rule = new RuleModel(declaration.Kind, declaration.Method, declaringType, preset, target, signature, order)
        {
            Await = declaration.Await,
            Position = declaration.Position,
        };
        CheckOverloads(rule, context);
        return rule;
    }

    private RuleTarget? TargetOf(RuleDeclaration declaration, TypeSymbol declaringType, IEnumerable<Pointcut> narrowings)
    {
        var pointcuts = (declaration.Pointcut is { } own ? new[] { own } : []).Concat(narrowings).ToList();
        if (declaration.DeclaringType is null)
            return new RuleTarget(null, null, TargetAccess.Any, [], pointcuts);
        // An attribute cannot mention type parameters, so there is nothing to put in.
        var type = types.Import(declaration.DeclaringType, Metadata.GenericScope.Empty);
        var members = TargetMembers.Find(type, declaration.Name, declaration.Access);
        var fields = TargetMembers.FindFields(type, declaration.Name, declaration.Access);
        if (members.Count + fields.Count > 0)
            return new RuleTarget(type, declaration.Name, declaration.Access, members, pointcuts, fields);
        var name = declaration.Name ?? declaration.Access.ToString();
        diagnostics.Report(
            DiagnosticCatalog.TargetMemberNotFound, declaration.Position, RuleNames.Of(declaration.Method), type.DisplayName, name,
            SuggestionFinder.Phrase(name, TargetMembers.Names(type)));
        return null;
    }

    /// <summary>A rule for named members has to fit one of them.</summary>
    private void CheckOverloads(RuleModel rule, ContextModel context)
    {
        // What an allocation takes are the arguments of whatever constructor runs.
        if (IntrinsicLibrary.IsIntrinsics(rule.Target.DeclaringType?.Named) && rule.Target.MemberList.Any(member => member.Name == IntrinsicLibrary.NewObject))
            return;
        var calls = rule.Target.MemberList.Select(member => CallOf(member, rule)).OfType<CallShape>()
            .Concat(rule.Target.Fields.SelectMany(field => fields.Of(field, rule))).ToList();
        if (calls.Count == 0 || calls.Any(call => matcher.MayFit(rule, context, call)))
            return;
        if (calls.FirstOrDefault(call => matcher.ParametersMayFit(rule, context, call)) is { } fitting)
        {
            diagnostics.Report(
                DiagnosticCatalog.PrimitiveReturnType, rule.Position, rule.DisplayName, rule.Signature.Return.DisplayName, fitting.Callee.DisplayName,
                fitting.Result.DisplayName);
            return;
        }
        diagnostics.Report(
            DiagnosticCatalog.RuleMatchesNoOverload, rule.Position, rule.DisplayName, rule.Target.DisplayName,
            string.Join("; ", calls.Select(call => call.Callee.DisplayName).Distinct(StringComparer.Ordinal)));
    }

    /// <summary>A call of a member as its declaration has it, on a receiver of the target's type.</summary>
    private CallShape? CallOf(MethodDefinition member, RuleModel rule)
    {
        var target = rule.Target.DeclaringType!;
        var self = rule.Target.IsAnyInstantiation ? types.SelfOf(target.Definition!) : target;
        var owner = Enumerable.Repeat(self, 1).Concat(Bases(self)).Concat(self.Interfaces).FirstOrDefault(type => type.Definition == member.DeclaringType);
        if (owner is null)
            return null;
        var method = types.Method(member, owner, types.ParametersOf(member));
        return member.IsConstructor
            ? CallShape.OfNew(method, rule.Definition)
            : CallShape.OfCall(assignability, method, self.IsValueType ? null : self, rule.Definition);
    }

    private static IEnumerable<TypeSymbol> Bases(TypeSymbol type)
    {
        for (var @base = type.BaseType; @base is not null; @base = @base.BaseType)
            yield return @base;
    }
}
