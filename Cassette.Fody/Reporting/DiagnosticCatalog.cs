// One entry a diagnostic: the file is as long as the catalogue, and is kept in one class so that ids are
// assigned in one place and never twice.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Cassette.Fody.Reporting;

/// <summary>
/// Every diagnostic that Cassette gives. An id, once released, keeps its meaning. The range says the area:
/// CAS1xx XML configuration, CAS2xx patterns and pointcuts, CAS3xx contexts, rules and (from 350) passes, CAS4xx entries,
/// CAS5xx calls that leave the context and methods without a clone, CAS6xx the build.
/// A comment beside each field lists what its <see cref="DiagnosticDescriptor.Create(SourcePosition?, object?[])"/> takes.
/// A "suggestion phrase" is what <see cref="SuggestionFinder.Phrase(string, IEnumerable{string})"/> gives.
/// </summary>
public static class DiagnosticCatalog
{
    // ---- CAS1xx: XML configuration

    public static readonly DiagnosticDescriptor MalformedXml = Error( // 0 the parser's words
        "CAS101", "Malformed XML",
        "The configuration is not well-formed XML: {0}",
        "Correct the XML at this position");

    public static readonly DiagnosticDescriptor UnreadableConfiguration = Error( // 0 path, 1 reason
        "CAS102", "Unreadable configuration",
        "The configuration file '{0}' cannot be read: {1}",
        "Make the file readable for the build, or remove it");

    public static readonly DiagnosticDescriptor UnknownAttribute = Error( // 0 element, 1 attribute, 2 suggestion phrase, 3 known names
        "CAS103", "Unknown attribute",
        "<{0}> has no attribute '{1}'",
        "{2}It takes: {3}");

    public static readonly DiagnosticDescriptor UnknownElement = Error( // 0 parent, 1 element, 2 suggestion phrase, 3 known names
        "CAS104", "Unknown element",
        "<{0}> has no element <{1}>",
        "{2}It takes: {3}");

    public static readonly DiagnosticDescriptor InvalidBoolean = Error( // 0 attribute, 1 value
        "CAS105", "Not a boolean",
        "{0}=\"{1}\" is not a boolean",
        "Write true or false");

    public static readonly DiagnosticDescriptor InvalidInteger = Error( // 0 attribute, 1 value, 2 default
        "CAS106", "Not an integer",
        "{0}=\"{1}\" is not an integer",
        "Write a whole number such as {2}");

    public static readonly DiagnosticDescriptor MaxNestingOutOfRange = Error( // 0 value, 1 least, 2 greatest
        "CAS107", "MaxNesting out of range",
        "MaxNesting=\"{0}\" is outside {1} to {2}",
        "Write the number of contexts that may be active inside each other, from {1} to {2}");

    public static readonly DiagnosticDescriptor MissingAttribute = Error( // 0 element, 1 attribute, 2 example
        "CAS108", "Missing attribute",
        "<{0}> lacks the attribute '{1}'",
        "Add {1}=\"{2}\" with your own name");

    public static readonly DiagnosticDescriptor DuplicateContext = Error( // 0 type, 1 where the first is: at line N | above
        "CAS109", "Context listed twice",
        "The context '{0}' is already configured {1}",
        "Merge the two <Context> elements");

    public static readonly DiagnosticDescriptor EmptyValue = Error( // 0 what, 1 what to write
        "CAS110", "Empty value",
        "{0} is empty",
        "Write {1}, or remove it");

    public static readonly DiagnosticDescriptor UnexpectedText = Error( // 0 element, 1 text
        "CAS111", "Text where none is allowed",
        "<{0}> takes no text, but has '{1}'",
        "Remove the text, or put it into the element it belongs to");

    public static readonly DiagnosticDescriptor EntryWithoutMember = Error( // 0 text
        "CAS112", "Entry names no method",
        "The entry '{0}' names no method",
        "Write Namespace.Type::Method, such as MyApp.Program::Main");

    public static readonly DiagnosticDescriptor EntryHasWildcard = Error( // 0 text
        "CAS113", "Entry with a wildcard",
        "The entry '{0}' has a wildcard in its type or name",
        "List each entry by its exact type and method name");

    public static readonly DiagnosticDescriptor ContradictorySelection = Error( // 0 selection, 1 where the first is: at line N | above
        "CAS114", "Included and excluded",
        "'{0}' is both included and excluded; the other is {1}",
        "Keep one of the two");

    public static readonly DiagnosticDescriptor DuplicateItem = Warning( // 0 element, 1 text, 2 where the first is: at line N | above
        "CAS115", "Listed twice",
        "<{0}> '{1}' is already listed {2}",
        "Remove one of the two");

    public static readonly DiagnosticDescriptor MisplacedElement = Error( // 0 element, 1 parent, 2 where it belongs
        "CAS116", "Element in the wrong place",
        "<{0}> cannot stand in <{1}>",
        "Move it into {2}");

    public static readonly DiagnosticDescriptor InvalidTypeName = Error( // 0 attribute, 1 value
        "CAS117", "Not a type name",
        "{0}=\"{1}\" is not the name of one type",
        "Write the full name of one type without wildcards, such as MyTools.ProfileCtx");

    public static readonly DiagnosticDescriptor InvalidAssemblyPattern = Error( // 0 value, 1 character, 2 column within the value
        "CAS118", "Not an assembly name",
        "Assembly=\"{0}\" has '{1}' at column {2}, which no assembly name contains",
        "Write the simple name of an assembly, without extension, version or path; * stands for any letters");

    public static readonly DiagnosticDescriptor MissingWeaverElement = Warning( // 0 path
        "CAS119", "No <Cassette> element",
        "The configuration file '{0}' has no <Cassette> element",
        "Add <Cassette /> inside <Weavers>");

    public static readonly DiagnosticDescriptor DuplicateWeaverElement = Error( // 0 line of the first
        "CAS120", "Two <Cassette> elements",
        "There is already a <Cassette> element at line {0}",
        "Merge the two elements");

    public static readonly DiagnosticDescriptor RuleWithoutMember = Error( // 0 value
        "CAS121", "Rule names no method",
        "Method=\"{0}\" names no rule method",
        "Write Namespace.Type::Method, such as MyTools.ProfileCtx::Before");

    public static readonly DiagnosticDescriptor DuplicateRule = Error( // 0 method, 1 where the first is: at line N | above
        "CAS122", "Rule narrowed twice",
        "The rule '{0}' is already narrowed {1}",
        "Join the two pointcuts with && in one <Rule>");

    public static readonly DiagnosticDescriptor NamespacedName = Error( // 0 local name, 1 namespace
        "CAS123", "Name in an XML namespace",
        "'{0}' is in the XML namespace '{1}'",
        "Remove the xmlns declaration or the prefix");

    public static readonly DiagnosticDescriptor PassTimeoutOutOfRange = Error( // 0 value, 1 least, 2 greatest
        "CAS124", "PassTimeout out of range",
        "PassTimeout=\"{0}\" is outside {1} to {2}",
        "Write how many seconds a pass may take for one method, from {1} to {2}");

    // ---- CAS2xx: patterns and pointcuts

    public static readonly DiagnosticDescriptor EmptyPattern = Error( // 0 example
        "CAS201", "Empty pattern",
        "The pattern is empty",
        "Write a pattern such as {0}");

    public static readonly DiagnosticDescriptor UnexpectedCharacter = Error( // 0 character, 1 column, 2 pattern
        "CAS202", "Unexpected character",
        "'{0}' at column {1} of '{2}' is not part of the pattern language",
        "Remove it; names consist of letters, digits, _ and the wildcard *");

    public static readonly DiagnosticDescriptor PatternExpected = Error( // 0 expected, 1 found, 2 column, 3 pattern, 4 example
        "CAS203", "Pattern does not parse",
        "Expected {0} instead of {1} at column {2} of '{3}'",
        "Correct the pattern there, after the example {4}");

    public static readonly DiagnosticDescriptor UnknownPointcut = Error( // 0 word, 1 column, 2 pattern, 3 suggestion phrase
        "CAS204", "Unknown pointcut",
        "There is no pointcut '{0}' (column {1} of '{2}')",
        "{3}Write call, get, set, new, within or @attribute");

    public static readonly DiagnosticDescriptor UnclosedBracket = Error( // 0 opening, 1 column, 2 pattern, 3 closing
        "CAS205", "Unclosed bracket",
        "The '{0}' at column {1} of '{2}' is never closed",
        "Add the missing '{3}'");

    public static readonly DiagnosticDescriptor TrailingText = Error( // 0 found, 1 column, 2 pattern
        "CAS206", "Text after the pattern",
        "'{2}' is complete before column {1}, where {0} follows",
        "Remove the rest, or join it with && or ||");

    public static readonly DiagnosticDescriptor SingleOperator = Error( // 0 operator, 1 column, 2 pattern, 3 word
        "CAS207", "Single & or |",
        "'{0}' at column {1} of '{2}' is not an operator",
        "Write {0}{0} (in XML &amp;&amp; for &&), or the word {3}");

    public static readonly DiagnosticDescriptor MemberNameMissing = Error( // 0 column, 1 pattern
        "CAS208", "Name missing",
        "A name is missing at column {0} of '{1}'",
        "Add the name, or * for any");

    public static readonly DiagnosticDescriptor ParametersNotAllowed = Error( // 0 pointcut, 1 column, 2 pattern
        "CAS209", "Parameters not allowed",
        "{0}(...) names a property or field and takes no parameter list (column {1} of '{2}')",
        "Remove the parameter list");

    public static readonly DiagnosticDescriptor ConflictingModifiers = Error( // 0 second, 1 column, 2 pattern, 3 first
        "CAS210", "Conflicting modifiers",
        "The modifier '{0}' at column {1} of '{2}' repeats or contradicts '{3}'",
        "Keep one of the two");

    public static readonly DiagnosticDescriptor MisplacedVoid = Error( // 0 column, 1 pattern
        "CAS211", "void in the wrong place",
        "'void' at column {0} of '{1}' is not a type here",
        "Use void only as a return type or as void*");

    public static readonly DiagnosticDescriptor PatternTooDeep = Error( // 0 limit, 1 column
        "CAS212", "Pattern too deep",
        "The pattern nests more than {0} levels at column {1}",
        "Split the pattern");

    public static readonly DiagnosticDescriptor PatternMatchesNothing = Warning( // 0 pattern, 1 suggestion phrase
        "CAS213", "Pattern matches nothing",
        "The pattern '{0}' matches nothing",
        "{1}Correct the pattern, or remove it");

    public static readonly DiagnosticDescriptor PatternNameUnknown = Warning( // 0 pattern, 1 the part that matches nothing, 2 suggestion phrase
        "CAS214", "Name in a pattern matches nothing",
        "The pattern '{0}' matches nothing, because there is no {1}",
        "{2}Correct the name, or remove the pattern");

    // ---- CAS3xx: contexts and rules

    public static readonly DiagnosticDescriptor ContextNotFound = Error( // 0 type, 1 suggestion phrase
        "CAS301", "Context type not found",
        "There is no type '{0}'",
        "{1}Write the full name of a context type of this project or of a referenced assembly");

    public static readonly DiagnosticDescriptor NotAContext = Error( // 0 type
        "CAS302", "Type is not a context",
        "'{0}' is not a context, because it does not implement IContext",
        "Let it implement IContext or IContext<TMetadata>");

    public static readonly DiagnosticDescriptor ContextNotConcrete = Error( // 0 type, 1 an open generic type | abstract | an interface
        "CAS303", "Context type is not concrete",
        "'{0}' cannot be a context, because it is {1}",
        "Use a closed, concrete struct or class");

    public static readonly DiagnosticDescriptor RuleNotStatic = Error( // 0 rule
        "CAS304", "Rule is not static",
        "The rule '{0}' is an instance method",
        "Make it static and take the context as its first parameter");

    public static readonly DiagnosticDescriptor RuleWithoutContext = Error( // 0 rule, 1 context
        "CAS305", "Rule without the context",
        "The first parameter of the rule '{0}' is not the context '{1}'",
        "Let it take {1} as its first parameter");

    public static readonly DiagnosticDescriptor RuleParameterByRef = Error( // 0 rule, 1 parameter, 2 reason
        "CAS306", "By-ref rule parameter",
        "The parameter '{1}' of the rule '{0}' is by reference, where {2}",
        "Take it by value");

    public static readonly DiagnosticDescriptor PrehookReturnType = Error( // 0 rule, 1 type
        "CAS307", "Prehook return type",
        "The prehook '{0}' returns '{1}'",
        "Return void, or bool to say whether to overdub below the call");

    public static readonly DiagnosticDescriptor PosthookWithoutOutput = Error( // 0 rule
        "CAS308", "Posthook without the output",
        "The posthook '{0}' returns a value but takes no output parameter",
        "Take the output as the second parameter, or return void");

    public static readonly DiagnosticDescriptor PosthookOutputType = Error( // 0 rule, 1 return type, 2 output type
        "CAS309", "Posthook output type",
        "The posthook '{0}' returns '{1}', but its output parameter is '{2}'",
        "Return the type of the output parameter, or void");

    public static readonly DiagnosticDescriptor ThrowhookWithoutException = Error( // 0 rule
        "CAS310", "Throwhook without the exception",
        "The second parameter of the throwhook '{0}' is not an exception",
        "Take an Exception, or a class derived from it, as the second parameter");

    public static readonly DiagnosticDescriptor ThrowhookReturnType = Error( // 0 rule, 1 type
        "CAS311", "Throwhook return type",
        "The throwhook '{0}' returns '{1}'",
        "Return void; the exception goes on after the hook");

    public static readonly DiagnosticDescriptor PrimitiveReturnType = Error( // 0 rule, 1 type, 2 target, 3 target's type
        "CAS312", "Primitive return type",
        "The primitive '{0}' returns '{1}', but its target '{2}' returns '{3}'",
        "Return '{3}', or a type that converts to it by a reference conversion");

    public static readonly DiagnosticDescriptor RuleMatchesNoOverload = Error( // 0 rule, 1 target, 2 overloads
        "CAS313", "No overload fits",
        "The parameters of the rule '{0}' fit no overload of '{1}'; there are: {2}",
        "Take the parameters of one of them after the context, the receiver first");

    public static readonly DiagnosticDescriptor TargetMemberNotFound = Error( // 0 rule, 1 type, 2 member, 3 suggestion phrase
        "CAS314", "Target has no such member",
        "'{1}', the target of the rule '{0}', has no member '{2}'",
        "{3}Name a method, property or constructor of '{1}'");

    public static readonly DiagnosticDescriptor AmbiguousRules = Error( // 0 first rule, 1 second rule, 2 callee
        "CAS315", "Ambiguous rules",
        "The rules '{0}' and '{1}' both match the call of '{2}', and neither is more specific",
        "Narrow one of them, or add a rule for the types where both match");

    public static readonly DiagnosticDescriptor RuleInaccessible = Error( // 0 rule, 1 assembly
        "CAS316", "Rule is inaccessible",
        "The rule '{0}' in the assembly '{1}' is not accessible from here",
        "Make the method and its type public");

    public static readonly DiagnosticDescriptor RuleGenericNotInferable = Error( // 0 rule, 1 generic parameter
        "CAS317", "Generic parameter not inferable",
        "The generic parameter '{1}' of the rule '{0}' cannot be inferred from a call",
        "Use it in the type of a parameter, or remove it");

    public static readonly DiagnosticDescriptor RulesTypeNotStatic = Error( // 0 type
        "CAS318", "[Rules] on a type that is not static",
        "'{0}' is marked [Rules] but is not a static class",
        "Make it a static class");

    public static readonly DiagnosticDescriptor RulesContextInvalid = Error( // 0 type, 1 context
        "CAS319", "[Rules] for a type that is no context",
        "'{0}' is marked [Rules] for '{1}', which is not a context",
        "Name a type that implements IContext");

    public static readonly DiagnosticDescriptor ConflictingRuleAttributes = Error( // 0 rule, 1 first, 2 second
        "CAS320", "Conflicting rule attributes",
        "The rule '{0}' is marked both [{1}] and [{2}]",
        "Keep one attribute, and let a second method carry the other");

    public static readonly DiagnosticDescriptor RuleOutsideContext = Error( // 0 method, 1 attribute
        "CAS321", "Rule outside a context",
        "'{0}' is marked [{1}], but its type is neither a context nor marked [Rules]",
        "Move it into the context type, or mark its static class [Rules(typeof(...))]");

    public static readonly DiagnosticDescriptor CallRuleShape = Error( // 0 rule, 1 what is wrong
        "CAS322", "ICall rule has the wrong shape",
        "The rule '{0}' takes the call itself but has the wrong shape: {1}",
        "Write static TResult Name<TCall, TResult>(Ctx ctx, TCall call) where TCall : struct, ICall<TResult>");

    public static readonly DiagnosticDescriptor ArgumentsRuleShape = Error( // 0 rule, 1 parameter, 2 what is wrong
        "CAS323", "Catch-all arguments have the wrong shape",
        "The parameter '{1}' of the rule '{0}' swallows the arguments but has the wrong shape: {2}",
        "Write params object?[] args, or TArgs args where TArgs : struct, ITuple, as the last parameter");

    public static readonly DiagnosticDescriptor ContextHasNoRules = Info( // 0 context
        "CAS324", "Context without rules",
        "No rule of the context '{0}' matches any call, so that it changes nothing",
        "Add a rule, or check the pointcuts of the rules it has");

    public static readonly DiagnosticDescriptor RuleTypeNotFound = Error( // 0 rule, 1 suggestion phrase
        "CAS325", "Rule to narrow not found",
        "There is no rule '{0}' to narrow",
        "{1}Name a method marked as a rule, such as MyTools.ProfileCtx::Before");

    public static readonly DiagnosticDescriptor JoinPointMisplaced = Error( // 0 rule, 1 parameter
        "CAS326", "JoinPoint in the wrong place",
        "The parameter '{1}' of the rule '{0}' is a JoinPoint among the arguments",
        "Take the JoinPoint once, before the arguments and after the context and a hook's output or exception");

    public static readonly DiagnosticDescriptor AwaitedArgument = Error( // 0 rule, 1 callee
        "CAS327", "Awaiting hook takes a passing argument",
        "The hook '{0}' is to run when the task that '{1}' returns completes, but takes an argument that does not live that long",
        "Leave the argument out, or leave out Await = true");

    public static readonly DiagnosticDescriptor RuleUndecided = Warning( // 0 rule, 1 callee, 2 caller
        "CAS328", "Rule cannot be decided in shared code",
        "The rule '{0}' is left out at the call of '{1}' in '{2}', because it depends on type arguments that all share this code",
        "Call the method directly from where its type arguments are known, not through a delegate or a virtual method");

    // ---- CAS35x to CAS39x: passes

    public static readonly DiagnosticDescriptor PassOutsideContext = Error( // 0 type
        "CAS350", "Pass of no context",
        "'{0}' is marked [Pass], but is not a context",
        "Let it implement IContext, or mark the context instead");

    public static readonly DiagnosticDescriptor PassNameInvalid = Error( // 0 context, 1 text
        "CAS351", "Not a pass's name",
        "The [Pass] of '{0}' names '{1}', which is not the name of one type",
        "Write typeof(MyPass), or \"MyTools.MyPass, MyTools.Passes\"");

    public static readonly DiagnosticDescriptor PassAssemblyNotListed = Error( // 0 assembly, 1 pass, 2 suggestion phrase
        "CAS352", "Not a pass assembly",
        "The assembly '{0}' of the pass '{1}' is not among the pass assemblies",
        "{2}Reference its project with OutputItemType=\"CassettePassAssembly\" ReferenceOutputAssembly=\"false\"");

    public static readonly DiagnosticDescriptor NoPassAssemblies = Error( // 0 pass
        "CAS353", "No pass assemblies",
        "There is no pass assembly in which to look for the pass '{0}'",
        "Reference the pass's project with OutputItemType=\"CassettePassAssembly\" ReferenceOutputAssembly=\"false\"");

    public static readonly DiagnosticDescriptor PassAssemblyNotLoaded = Error( // 0 path, 1 pass, 2 reason
        "CAS354", "Pass assembly not loaded",
        "The pass assembly '{0}' cannot be loaded for the pass '{1}': {2}",
        "Build it for netstandard2.0, and have what it references copied beside it by CopyLocalLockFileAssemblies");

    public static readonly DiagnosticDescriptor PassTypeNotFound = Error( // 0 pass, 1 assemblies, 2 suggestion phrase
        "CAS355", "Pass not found",
        "There is no type '{0}' in the pass assemblies {1}",
        "{2}Write the full name of a class that implements IPass");

    public static readonly DiagnosticDescriptor PassAmbiguous = Error( // 0 pass, 1 paths
        "CAS356", "Pass is ambiguous",
        "The pass '{0}' is in more than one pass assembly: {1}",
        "Name its assembly too, or list only one of them");

    public static readonly DiagnosticDescriptor PassTypeNotPass = Error( // 0 type
        "CAS357", "Not a pass",
        "'{0}' is not a pass",
        "Let it implement Cassette.Fody.Passes.IPass");

    public static readonly DiagnosticDescriptor PassNotConstructible = Error( // 0 pass, 1 reason
        "CAS358", "Pass cannot be made",
        "The pass '{0}' cannot be made: {1}",
        "Make it a class with a public constructor without parameters");

    public static readonly DiagnosticDescriptor PassConstructorThrew = Error( // 0 pass, 1 exception type, 2 its message
        "CAS359", "Pass's constructor threw",
        "The constructor of the pass '{0}' threw {1}: {2}",
        "Correct the constructor");

    public static readonly DiagnosticDescriptor PassListedTwice = Warning( // 0 context, 1 pass
        "CAS360", "Pass listed twice",
        "The context '{0}' is given the pass '{1}' more than once; it runs once",
        "Keep one of them");

    public static readonly DiagnosticDescriptor PassThrew = Error( // 0 pass, 1 method, 2 exception type, 3 its message
        "CAS371", "Pass threw",
        "The pass '{0}' threw {2} for '{1}': {3}",
        "Correct the pass, or let it return the body as it is for methods that it does not understand");

    public static readonly DiagnosticDescriptor PassTimedOut = Error( // 0 pass, 1 method, 2 seconds
        "CAS372", "Pass does not end",
        "The pass '{0}' is not done with '{1}' after {2} seconds",
        "Look for a loop in the pass that edits what it goes through, or set a greater PassTimeout in FodyWeavers.xml");

    public static readonly DiagnosticDescriptor PassResultRefused = Error( // 0 pass, 1 method, 2 reason
        "CAS373", "Pass result not usable",
        "The pass '{0}' gave no usable body for '{1}': {2}",
        "Return the reflection's body, edited, or one from Reflection.Rewrite");

    public static readonly DiagnosticDescriptor PassEditRefused = Error( // 0 pass, 1 method, 2 reason, 3 the printed body
        "CAS374", "Pass edit refused",
        "The pass '{0}' makes an edit of '{1}' that is refused: {2}",
        "Correct the edit. The method as it stood: {3}");

    // ---- CAS4xx: entries

    public static readonly DiagnosticDescriptor EntryNotFound = Error( // 0 entry, 1 context, 2 suggestion phrase
        "CAS401", "Entry does not exist",
        "There is no method '{0}' for an entry into '{1}'",
        "{2}Name a method of this project as Namespace.Type::Method");

    public static readonly DiagnosticDescriptor EntryAmbiguous = Error( // 0 entry, 1 count, 2 overloads
        "CAS402", "Entry is ambiguous",
        "The entry '{0}' names {1} methods: {2}",
        "Add the parameter list of one of them, such as {0}(int, string)");

    public static readonly DiagnosticDescriptor EntryWithoutBody = Error( // 0 method, 1 abstract | extern
        "CAS403", "Entry has no body",
        "The entry '{0}' has no body, because it is {1}",
        "Declare the entry on a method with a body");

    public static readonly DiagnosticDescriptor EntryIsGeneric = Error( // 0 method
        "CAS404", "Entry is generic",
        "The entry '{0}' is in a generic type or is a generic method",
        "Declare the entry on a method without type parameters, or enter with ctx.Overdub(...)");

    public static readonly DiagnosticDescriptor EntryContextNotConstructible = Error( // 0 method, 1 context
        "CAS405", "Context cannot be constructed",
        "The entry '{0}' needs an accessible parameterless constructor of the context '{1}'",
        "Add one, or enter with ctx.Overdub(...)");

    public static readonly DiagnosticDescriptor EntryContextOpen = Error( // 0 method, 1 type parameter
        "CAS406", "Context is a type parameter",
        "The context of the entry in '{0}' is known only as the type parameter '{1}'",
        "Enter where the context's type is known");

    public static readonly DiagnosticDescriptor EntryContextUnknown = Error( // 0 method, 1 static type
        "CAS407", "Context is not statically known",
        "The context of the entry in '{0}' is known only as '{1}'",
        "Give the expression the context's own type");

    public static readonly DiagnosticDescriptor EntryListedTwice = Warning( // 0 method, 1 context
        "CAS408", "Entry declared twice",
        "The entry '{0}' into '{1}' is declared in the XML and by [OverdubWith]",
        "Keep one of the two");

    public static readonly DiagnosticDescriptor NoEntries = Warning( // 0 context
        "CAS409", "Context without entries",
        "Nothing enters the context '{0}'",
        "Call one of its entry points such as ctx.Overdub(...), mark a method [OverdubWith], or remove its <Context>");

    public static readonly DiagnosticDescriptor EntryMarkedNoOverdub = Error( // 0 method
        "CAS410", "Entry marked [NoOverdub]",
        "The entry '{0}' is marked [NoOverdub]",
        "Remove one of the two attributes");

    // ---- CAS5xx: calls that leave the context, methods without a clone

    public static readonly DiagnosticDescriptor CalleeWithoutBody = Warning( // 0 callee, 1 caller, 2 abstract | extern | runtime
        "CAS501", "No body",
        "The call of '{0}' in '{1}' leaves the context: it has no body ({2})",
        "Add a primitive for it, or mark the call's method [NoOverdub] if that is meant");

    public static readonly DiagnosticDescriptor CalleeIsVarargs = Warning( // 0 callee, 1 caller
        "CAS502", "Varargs definition",
        "The call of '{0}' in '{1}' leaves the context: it takes a native variable argument list",
        "Add a primitive for it, or use params");

    public static readonly DiagnosticDescriptor CalleeIsNative = Warning( // 0 callee, 1 caller
        "CAS503", "Native or mixed code",
        "The call of '{0}' in '{1}' leaves the context: it is native code",
        "Add a primitive for it");

    public static readonly DiagnosticDescriptor CalleeNotImported = Warning( // 0 callee, 1 caller, 2 reason
        "CAS504", "IL not typed",
        "The call of '{0}' in '{1}' leaves the context: its IL cannot be typed: {2}",
        "Add a primitive for it, or exclude it");

    public static readonly DiagnosticDescriptor CloneNotVerified = Warning( // 0 callee, 1 caller, 2 reason
        "CAS505", "Clone rejected",
        "The call of '{0}' in '{1}' leaves the context: its clone does not verify: {2}",
        "Exclude the method, and report this as a fault of Cassette");

    public static readonly DiagnosticDescriptor StateMachineNotOverdubbed = Warning( // 0 callee, 1 caller, 2 async | iterator | async iterator
        "CAS506", "State machine",
        "The call of '{0}' in '{1}' leaves the context: it is marked as an {2} method, but the state machine that it names cannot be cloned",
        "Add a primitive for it, or exclude it");

    public static readonly DiagnosticDescriptor FamilyRootedOutside = Warning( // 0 callee, 1 caller, 2 root type
        "CAS507", "Family rooted outside",
        "The call of '{0}' in '{1}' leaves the context: what an object or a type outside the project does in the family of '{2}' is native",
        "Give the receiver the type of the implementation, or add a primitive");

    public static readonly DiagnosticDescriptor MarkedNoOverdub = Info( // 0 callee, 1 caller
        "CAS508", "[NoOverdub]",
        "The call of '{0}' in '{1}' leaves the context: it is marked [NoOverdub], or a pass marks the call",
        "Remove the attribute to overdub it");

    public static readonly DiagnosticDescriptor ExcludedByConfiguration = Info( // 0 callee, 1 caller, 2 pattern
        "CAS509", "Excluded",
        "The call of '{0}' in '{1}' leaves the context: the configuration excludes it by '{2}'",
        "Remove or narrow the <Exclude> to overdub it");

    public static readonly DiagnosticDescriptor ReflectionCall = Warning( // 0 callee, 1 caller
        "CAS510", "Reflection",
        "The call of '{0}' in '{1}' leaves the context: it calls by reflection what is known only at run time",
        "Call the method directly or through a delegate made in the context, or add a primitive");

    public static readonly DiagnosticDescriptor AssemblyNotSelected = Info( // 0 callee, 1 caller, 2 assembly
        "CAS511", "Assembly not selected",
        "The call of '{0}' in '{1}' leaves the context: its assembly '{2}' is not selected",
        "Add a primitive for it where its behaviour must change: this version overdubs the project's own methods only");

    public static readonly DiagnosticDescriptor DelegateToNativeCode = Warning( // 0 callee, 1 caller
        "CAS512", "Delegate to native code",
        "The call of '{0}' in '{1}' leaves the context: a delegate is passed to native code, which calls it outside",
        "Enter the context again inside the delegate's method");

    public static readonly DiagnosticDescriptor DynamicCall = Warning( // 0 callee, 1 caller
        "CAS513", "dynamic",
        "The call of '{0}' in '{1}' leaves the context: the call is bound at run time",
        "Give the receiver and the arguments static types");

    public static readonly DiagnosticDescriptor CallInExceptionFilter = Warning( // 0 callee, 1 caller
        "CAS514", "Exception filter",
        "The call of '{0}' in '{1}' leaves the context: it is called in an exception filter, which runs before the frames below are unwound",
        "Move the call into the catch block");

    public static readonly DiagnosticDescriptor ObjectToNativeCode = Warning( // 0 callee, 1 caller, 2 type
        "CAS515", "Object to native code",
        "The call of '{0}' in '{1}' leaves the context: it is handed a '{2}', and what it calls of that type's own methods runs natively",
        "Hand over a delegate instead, which keeps the context, or add a primitive");

    public static readonly DiagnosticDescriptor UnresolvedCallee = Warning( // 0 callee, 1 caller, 2 reason
        "CAS516", "Callee not found",
        "The call of '{0}' in '{1}' leaves the context: its definition cannot be found: {2}",
        "Reference the assembly that defines it");

    public static readonly DiagnosticDescriptor IndirectCall = Warning( // 0 callee, 1 caller
        "CAS517", "Function pointer",
        "The call of '{0}' in '{1}' leaves the context: what a function pointer points to is not known, unless the project takes its address",
        "Call through a delegate");

    public static readonly DiagnosticDescriptor EntryShapeNotOverdubbed = Warning( // 0 callee, 1 caller, 2 reason
        "CAS518", "Delegate not known",
        "The call of '{0}' in '{1}' leaves the context: the delegate given to the entry cannot be traced to its method: {2}",
        "Give the entry a lambda or a method group");

    public static readonly DiagnosticDescriptor ForeignFrameworkCode = Info( // 0 callee, 1 caller, 2 assembly
        "CAS519", "Framework code",
        "The call of '{0}' in '{1}' leaves the context: it is part of the shared framework, which is overdubbed only on request",
        "Add a primitive for it where its behaviour must change: this version overdubs the project's own methods only");

    public static readonly DiagnosticDescriptor StrictViolation = Error( // 0 count, 1 context
        "CAS520", "Strict mode",
        "{0} calls leave the context '{1}' unintended",
        "Give each a primitive, an <Exclude> or [NoOverdub], or set Strict=\"false\"");

    public static readonly DiagnosticDescriptor DelegateToForeignField = Warning( // 0 field, 1 caller
        "CAS521", "Delegate in a field or an array outside",
        "The delegate in '{0}', which '{1}' writes, leaves the context: code outside may call it there",
        "Give the field the delegate's own type and assign to it, or enter the context again inside the delegate's method");

    public static readonly DiagnosticDescriptor DelegateReturned = Info( // 0 entry, 1 caller
        "CAS522", "Delegate within what an entry returns",
        "What '{0}' returns in '{1}' may hold delegates, which run natively where native code calls them",
        "Return the delegate itself, or enter the context again to call it, as in ctx.Overdub(f)");

    // ---- CAS6xx: the build

    public static readonly DiagnosticDescriptor InternalError = Error( // 0 where, 1 what
        "CAS601", "Internal error",
        "The weaver failed in '{0}': {1}",
        "Report this as a fault of Cassette, with the assembly if you can");

    public static readonly DiagnosticDescriptor RuntimeLibraryMissing = Error(
        "CAS602", "Runtime library missing",
        "The project does not reference the Cassette runtime library",
        "Add a PackageReference to Cassette.Fody, which brings it");

    public static readonly DiagnosticDescriptor RuntimeLibraryMismatch = Error( // 0 library, 1 weaver
        "CAS603", "Runtime library of another version",
        "The runtime library has version {0}, the weaver {1}",
        "Use the same version of both packages");

    public static readonly DiagnosticDescriptor DumpFailed = Warning( // 0 path, 1 reason
        "CAS604", "Dump not written",
        "The dump file '{0}' cannot be written: {1}",
        "Make the folder writable, or remove Dump");

    public static readonly DiagnosticDescriptor ReportFailed = Warning( // 0 path, 1 reason
        "CAS605", "Report not written",
        "The report file '{0}' cannot be written: {1}",
        "Make the folder writable, or set Report=\"false\"");

    public static readonly DiagnosticDescriptor AlreadyWoven = Error( // 0 assembly
        "CAS606", "Already woven",
        "The assembly '{0}' is already woven",
        "Rebuild the project, so that the weaver sees the compiler's output");

    // Has to stand last: static initialisers run in textual order.

    /// <summary>All of the above, ordered by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        .. typeof(DiagnosticCatalog).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message, string remedy) =>
        new(id, DiagnosticSeverity.Error, title, message, remedy);

    private static DiagnosticDescriptor Warning(string id, string title, string message, string remedy) =>
        new(id, DiagnosticSeverity.Warning, title, message, remedy);

    private static DiagnosticDescriptor Info(string id, string title, string message, string remedy) =>
        new(id, DiagnosticSeverity.Info, title, message, remedy);
}
