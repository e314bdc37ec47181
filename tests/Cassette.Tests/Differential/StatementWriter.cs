using System.Collections.Generic;
using System.Text;

namespace Cassette.Tests.Differential;

/// <summary>Writes random statements, each a use of one construct.</summary>
internal sealed class StatementWriter(Choice choice, ExpressionWriter expressions, IReadOnlyList<Function> functions)
{
    public void Write(StringBuilder text, Scope scope, int count, int depth)
    {
        for (var i = 0; i < count; i++)
            One(text, scope, depth);
    }

    private void One(StringBuilder text, Scope scope, int depth)
    {
        switch (choice.Below(depth > 0 ? 29 : 9))
        {
            case 0 or 1:
                Declare(text, scope);
                break;
            case 2 or 3:
                text.Append($"{choice.In(scope.Writable)} {choice.Of("=", "+=", "^=", "-=")} {expressions.Int(scope, 3)};\n");
                break;
            case 4:
                text.Append($"Out.Line(\"{choice.Fresh("at")}\", {expressions.Int(scope, 2)});\n");
                break;
            case 5:
                Element(text, scope);
                break;
            case 6:
                Suspend(text, scope);
                break;
            case 7:
                Delegates(text, scope);
                break;
            case 8:
                Objects(text, scope);
                break;
            case 9 or 10:
                If(text, scope, depth);
                break;
            case 11 or 12:
                Loop(text, scope, depth);
                break;
            case 13 or 14:
                Try(text, scope, depth);
                break;
            case 15:
                Using(text, scope, depth);
                break;
            case 16:
                Switch(text, scope, depth);
                break;
            case 17:
                LocalFunction(text, scope, depth);
                break;
            case 18:
                Events(text, scope);
                break;
            case 19:
                Sorting(text, scope);
                break;
            case 20:
                Spans(text, scope);
                break;
            case 21:
                Block(text, "lock (new object())\n", scope.WithoutAwait(), depth, isProtected: true);
                break;
            case 22:
                Foreach(text, scope, depth);
                break;
            case 23:
                Threads(text, scope);
                break;
            case 24 or 25:
                Rare(text, scope);
                break;
            case 26:
                Goto(text, scope, depth);
                break;
            case 27:
                Streams(text, scope, depth);
                break;
            default:
                Closures(text, scope);
                break;
        }
    }

    /// <summary>The rarer constructs, see <see cref="ProgramTools"/>.</summary>
    private void Rare(StringBuilder text, Scope outer)
    {
        var scope = outer.WithoutAwait();
        var x = expressions.Int(scope, 2);
        var y = expressions.Int(scope, 1);
        var name = choice.Fresh("q");
        var parameter = choice.Fresh("p");
        // What runs on several threads at once reads only, and a sum that overflows does so in as many partitions as there happen to be.
        var leaf = expressions.Int(scope.Lambda(parameter), 0);
        var body = expressions.Int(scope.Lambda(parameter), 2);
        text.Append(choice.Below(11) switch
        {
            0 => $"var {name} = new Tank({x}); {name} += {y}; Out.Line(\"tank\", {name}.Level);\n",
            1 => $"var {name} = {expressions.Bool(scope, 2)} ? new Options {{ A = {x} }} : null; {name}?.B = {y}; {name}?.B += 2; Out.Line(\"option\", {name}?.B ?? -1);\n",
            2 => $"Rare.Kept[{x} & 3] = {parameter} => {body};\n",
            3 => $"var {name} = new int[] {{ 3, 1, 2 }}; Array.Sort({name}, new Backwards()); Out.Line(\"backwards\", {name}[0] + {x});\n",
            4 => $"var {name} = 0; Parallel.For(0, 4, {parameter} => Interlocked.Add(ref {name}, {leaf})); Out.Line(\"parallel\", {name});\n",
            5 => $"Out.Line(\"plinq\", Enumerable.Range(0, 9).AsParallel().Select({parameter} => {leaf} & 255).Sum());\n",
            6 => $"var {name} = new ObservableCollection<int>(); {name}.CollectionChanged += ({parameter}s, {parameter}e) => {{ var {parameter} = {parameter}e.NewItems!.Count; Out.Line(\"changed\", {body}); }}; {name}.Add({x});\n",
            7 => $"try {{ if ({expressions.Bool(scope, 2)}) throw new Fault({x}); }} catch (Fault {name}) when (Rare.Note(\"filter\", {name}.Code) > {y}) {{ Out.Line(\"first\", 1); }} catch (Fault {name}) when (Rare.Note(\"second\", {name}.Code) is < 3 or > 9) {{ Out.Line(\"second\", {name}.Code); }}\n",
            8 => $"switch ((object)Shape.Of({x})) {{ case Ring {{ Size: > 4 and var {name} }} when {name} % 2 == 0: Out.Line(\"even ring\", {name}); break; case Circle {name}c: Out.Line(\"circle\", {name}c.Area({y})); break; }}\n",
            9 => $"var {name} = new Words(\"n\").Get({x}) switch {{ ['n', var {name}c, ..] => {name}c, [] => 0, _ => 1 }}; Out.Line(\"listed\", {name});\n",
            _ => $"{{ ref var {name} = ref Tools.Slot(table, {x}); {name} += {y}; ref readonly var {name}l = ref Rare.Larger({name}, table[1]); Out.Line(\"ref\", {name}l); }}\n",
        });
    }

    private void Goto(StringBuilder text, Scope scope, int depth)
    {
        var label = choice.Fresh("again");
        text.Append($"var {label}n = 0;\n{label}:\n{label}n++;\n");
        Block(text, "", scope, depth);
        text.Append($"if ({label}n < 3 && Fuel.Burn()) goto {label};\n");
    }

    /// <summary>Async iterators and disposal in async methods; in others an enumerator that is no interface's.</summary>
    private void Streams(StringBuilder text, Scope scope, int depth)
    {
        var name = choice.Fresh("w");
        var x = expressions.Int(scope.WithoutAwait(), 2);
        if (scope.Kind == FunctionKind.Async && choice.Below(2) == 0)
        {
            Block(text, "await using (new Closing())\n", scope, depth, isProtected: true);
            return;
        }
        var isAsync = scope.Kind == FunctionKind.Async;
        var inner = scope.Inner(isProtected: true, isInLoop: true);
        inner.Readable.Add(name);
        if (isAsync)
            Block(text, $"await foreach (var {name} in Rare.Stream({x}, 3))\n", inner, depth, isInner: true);
        else if (scope.Kind == FunctionKind.Iterator)
            Block(text, $"foreach (var {name} in Rare.Repeat({x}, 2))\n", inner, depth, isInner: true);
        else
            Block(text, $"foreach (var {name} in new Walk({x}))\n", inner, depth, isInner: true);
    }

    /// <summary>Lambdas that share a variable, and have one of each turn of the loop, kept and called later.</summary>
    private void Closures(StringBuilder text, Scope scope)
    {
        var name = choice.Fresh("c");
        var parameter = choice.Fresh("p");
        var lambda = scope.Lambda(parameter);
        lambda.Readable.Add(name + "k");
        lambda.Readable.Add(name + "s");
        lambda.Writable.Add(name + "s");
        var body = expressions.Int(lambda, 2);
        text.Append($"var {name}s = {expressions.Int(scope, 1)};\nvar {name} = new List<Func<int, int>>();\nfor (var {name}i = 0; {name}i < 3; {name}i++)\n{{\nvar {name}k = {name}i * 2;\n{name}.Add({parameter} => {{ {name}s += {name}k; return {body}; }});\n}}\n");
        text.Append($"foreach (var {name}f in {name}) Out.Line(\"kept\", {name}f({expressions.Int(scope.WithoutAwait(), 1)}));\nOut.Line(\"shared\", {name}s);\n");
    }

    private void Declare(StringBuilder text, Scope scope)
    {
        var name = choice.Fresh("v");
        text.Append($"int {name} = {expressions.Int(scope, 3)};\n");
        scope.Readable.Add(name);
        scope.Writable.Add(name);
    }

    private void Element(StringBuilder text, Scope outer)
    {
        var scope = outer.WithoutAwait();
        var x = expressions.Int(scope, 2);
        text.Append(choice.Below(5) switch
        {
            0 => $"table[{x} & 7] += {expressions.Int(scope, 2)};\n",
            1 => $"Tools.Slot(table, {x}) ^= {expressions.Int(scope, 1)};\n",
            2 => $"{choice.In(scope.Writable)} = table[^(({x} & 3) + 1)] + table[1..4].Length;\n",
            3 => $"{{ var grid = new int[2, 3]; grid[1, {x} & 1] = 7; Out.Line(\"grid\", grid[1, 0] + grid[1, 1]); }}\n",
            _ => $"{{ var list = new List<int> {{ {x}, 2 }}; list[0]++; list.Insert(1, 8); Out.Line(\"list\", list.Sum()); }}\n",
        });
    }

    /// <summary>What only iterators and async methods have; in others an assignment.</summary>
    private void Suspend(StringBuilder text, Scope scope)
    {
        var x = expressions.Int(scope, 2);
        if (scope.Kind == FunctionKind.Iterator && !scope.IsProtected)
            text.Append($"yield return {x};\n");
        else if (scope.Kind == FunctionKind.Iterator && !scope.IsProtected && choice.Below(4) == 0)
            text.Append($"if ({expressions.Bool(scope, 2)}) yield break;\n");
        else if (scope.Kind == FunctionKind.Async)
            text.Append(choice.Of("await Task.Yield();\n", $"{choice.In(scope.Writable)} += await Task.FromResult({x});\n", $"await Task.Delay(0);\n"));
        else
            text.Append($"{choice.In(scope.Writable)} = {x};\n");
    }

    private void Delegates(StringBuilder text, Scope scope)
    {
        var name = choice.Fresh("f");
        var parameter = choice.Fresh("p");
        var body = expressions.Int(scope.Lambda(parameter), 2);
        text.Append(choice.Below(4) switch
        {
            0 => $"Func<int, int> {name} = {parameter} => {body}; {name} += {parameter} => {parameter} + 1; Out.Line(\"multicast\", {name}({expressions.Int(scope, 2)}));\n",
            1 => $"Func<int, int> {name} = {(scope.IsInType ? "Math.Abs" : "Adapt")}; Out.Line(\"group\", {name}({expressions.Int(scope, 2)}));\nstatic int Adapt(int x) => x + 1;\n".Replace("Adapt", choice.Fresh("Adapt")),
            2 => $"Action<int> {name} = {parameter} => Out.Line(\"action\", {body}); {name}({expressions.Int(scope, 1)}); {name} -= {name}; {name}?.Invoke(1);\n",
            _ => $"Func<int, int> {name} = new Circle({expressions.Int(scope, 2)}).Area; Out.Line(\"bound\", {name}({expressions.Int(scope, 1)}));\n",
        });
    }

    private void Objects(StringBuilder text, Scope scope)
    {
        var x = expressions.Int(scope, 2);
        var name = choice.Fresh("s");
        text.Append(choice.Below(5) switch
        {
            0 => $"var {name} = new Scaler({x} & 7); {name}.Apply(2); Out.Line(\"scaler\", {name}.Apply(3) + {name}.Calls);\n",
            1 => $"Shape {name} = Shape.Of({x}); {name}.Count = 4; {name}[1] = 6; {name}.Count += 2; Out.Line(\"shape\", {name}.Size);\n",
            2 => $"var ({name}, {name}b) = new Point({x}, 3); ({name}, {name}b) = ({name}b, {name}); Out.Line(\"pair\", {name} - {name}b);\n",
            3 => $"Named? {name} = {expressions.Bool(scope, 2)} ? new Named(\"m\", {x}) : null; Out.Line(\"maybe\", {name}?.Mix(2) ?? -1);\n",
            _ => $"IOp {name} = new Scaler(2); {name}.Apply({x}); Out.Line(\"boxed\", {name}.Twice(2));\n",
        });
    }

    private void If(StringBuilder text, Scope scope, int depth)
    {
        Block(text, $"if ({expressions.Bool(scope, 3)})\n", scope, depth);
        if (choice.Below(2) == 0)
            Block(text, "else\n", scope, depth);
    }

    private void Loop(StringBuilder text, Scope scope, int depth)
    {
        var i = choice.Fresh("i");
        var inner = scope.Inner(isInLoop: true);
        inner.Readable.Add(i);
        switch (choice.Below(3))
        {
            case 0:
                Block(text, $"for (var {i} = 0; {i} < {choice.Between(1, 4)}; {i}++)\n", inner, depth, isInner: true);
                break;
            case 1:
                Block(text, $"var {i} = {choice.Between(1, 3)};\nwhile ({i}-- > 0)\n", inner, depth, isInner: true);
                break;
            default:
                text.Append($"var {i} = 0;\ndo\n");
                Block(text, "", inner, depth, isInner: true);
                text.Append($"while (++{i} < 3);\n");
                break;
        }
    }

    private void Try(StringBuilder text, Scope scope, int depth)
    {
        var fault = choice.Fresh("e");
        Block(text, "try\n", scope, depth, isProtected: true);
        switch (choice.Below(3))
        {
            case 0:
                Block(text, $"catch (Fault {fault}) when ({fault}.Code % 8 != {expressions.Int(scope.WithoutAwait(), 1)})\n", scope, depth, isProtected: true);
                Block(text, "catch (ArithmeticException)\n", scope, depth, isProtected: true);
                break;
            case 1:
                text.Append("finally\n{\n").Append($"Out.Line(\"finally\", {expressions.Int(scope.Inner(true), 1)});\n").Append("}\n");
                break;
            default:
                text.Append($"catch (Exception {fault}) {{ Out.Fault({fault}); }}\n");
                text.Append($"finally {{ {choice.In(scope.Writable)}++; }}\n");
                break;
        }
    }

    private void Using(StringBuilder text, Scope scope, int depth)
    {
        var name = choice.Fresh("r");
        Block(text, $"using (var {name} = new Resource(\"{name}\"))\n", scope, depth, isProtected: true, first: $"Out.Line(\"use\", {name}.Use({expressions.Int(scope, 2)}));\n");
    }

    private void Switch(StringBuilder text, Scope scope, int depth)
    {
        text.Append($"switch ({expressions.Int(scope, 2)} & 3)\n{{\ncase 0:\n");
        Block(text, "", scope, depth, isInner: false, breaks: false);
        text.Append("break;\ncase 1:\n");
        Block(text, "", scope, depth, isInner: false, breaks: false);
        text.Append("goto case 0;\ndefault:\nbreak;\n}\n");
    }

    private void LocalFunction(StringBuilder text, Scope scope, int depth)
    {
        var name = choice.Fresh("L");
        var parameter = choice.Fresh("p");
        var inner = scope.Lambda(parameter);
        inner.Writable.Add(parameter);
        text.Append($"int {name}(int {parameter})\n{{\nif (!Fuel.Burn()) return 2;\n");
        Write(text, inner, 2, depth - 1);
        text.Append($"return {expressions.Int(inner, 2)};\n}}\nOut.Line(\"{name}\", {name}({expressions.Int(scope, 2)}));\n");
    }

    private void Events(StringBuilder text, Scope scope)
    {
        var name = choice.Fresh("bus");
        var parameter = choice.Fresh("p");
        var body = expressions.Int(scope.Lambda(parameter), 2);
        text.Append($"var {name} = new Bus(); Action<int> {name}h = {parameter} => Out.Line(\"rung\", {body}); {name}.Rung += {name}h; {name}.Rung += {name}h; {name}.Ring(2); {name}.Rung -= {name}h; {name}.Ring({expressions.Int(scope, 1)});\n");
    }

    private void Sorting(StringBuilder text, Scope scope)
    {
        var name = choice.Fresh("keys");
        var parameter = choice.Fresh("p");
        var body = expressions.Int(scope.Lambda(parameter), 1);
        text.Append(choice.Below(3) switch
        {
            0 => $"var {name} = new List<int> {{ 3, 1, 2 }}; {name}.Sort((x, {parameter}) => x.CompareTo({parameter})); Out.Line(\"sorted\", {name}[0] + {expressions.Int(scope, 1)});\n",
            1 => $"var {name} = new List<Key> {{ new(3), new({expressions.Int(scope, 1)}), new(2) }}; {name}.Sort(); Out.Line(\"keys\", {name}[1].Rank);\n",
            _ => $"var {name} = new Dictionary<Key, int>(); for (var {parameter} = 0; {parameter} < 5; {parameter}++) {name}[new Key({parameter} % 3)] = {body}; Out.Line(\"map\", {name}.Values.Sum());\n",
        });
    }

    private void Spans(StringBuilder text, Scope scope)
    {
        if (scope.IsProtected || scope.Kind is FunctionKind.Async or FunctionKind.Iterator)
        {
            Declare(text, scope);
            return;
        }
        var name = choice.Fresh("span");
        text.Append($"Span<int> {name} = stackalloc int[4]; {name}[1] = {expressions.Int(scope, 2)}; {name}[2..].Fill(3); ref int {name}r = ref {name}[0]; {name}r += {name}[1]; Out.Line(\"span\", Tools.Sum({name}));\n");
    }

    private void Foreach(StringBuilder text, Scope scope, int depth)
    {
        var name = choice.Fresh("x");
        var iterators = new List<string> { "new Sequence(3)", "table[..3]", "new Dictionary<int, int> { [1] = 2 }.Values" };
        foreach (var function in functions)
        {
            if (function.Kind == FunctionKind.Iterator && !scope.IsInType)
                iterators.Add($"{function.Name}({expressions.Int(scope, 1)}, 2).Take(5)");
        }
        var inner = scope.Inner(isProtected: true, isInLoop: true);
        inner.Readable.Add(name);
        Block(text, $"foreach (var {name} in {choice.In(iterators)})\n", inner, depth, isInner: true);
    }

    private void Threads(StringBuilder text, Scope scope)
    {
        var name = choice.Fresh("t");
        var parameter = choice.Fresh("p");
        var body = expressions.Int(scope.Lambda(parameter), 2);
        // What the thread throws would end the process.
        text.Append($"var {name}n = 0; var {name} = new Thread(() => {{ try {{ var {parameter} = 1; {name}n = {body}; }} catch (Exception fault) {{ Out.Fault(fault); }} }}); {name}.Start(); {name}.Join(); Out.Line(\"thread\", {name}n);\n");
    }

    private void Block(StringBuilder text, string head, Scope scope, int depth, bool isProtected = false, bool isInner = false, bool breaks = true, string first = "")
    {
        var inner = isInner ? scope : scope.Inner(isProtected);
        text.Append(head).Append("{\n").Append(first);
        Write(text, inner, choice.Between(1, 3), depth - 1);
        if (breaks && inner.IsInLoop && choice.Below(4) == 0)
            text.Append($"if ({expressions.Bool(inner, 2)}) {choice.Of("break", "continue")};\n");
        text.Append("}\n");
    }
}
