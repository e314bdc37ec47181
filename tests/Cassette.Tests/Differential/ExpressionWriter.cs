using System.Collections.Generic;

namespace Cassette.Tests.Differential;

/// <summary>Writes random expressions of type <c>int</c>, each a use of one construct with other such expressions in it.</summary>
internal sealed class ExpressionWriter(Choice choice, IReadOnlyList<Function> functions)
{
    /// <summary>An expression that can stand anywhere: it is one name, one number, or in parentheses.</summary>
    public string Int(Scope scope, int depth)
    {
        if (depth <= 0 || choice.Below(6) == 0)
            return Leaf(scope);
        var inner = depth - 1;
        string Sub() => Int(scope, inner);
        return choice.Below(13) switch
        {
            > 9 => Rare(scope.WithoutAwait(), inner),
            < 3 => Operator(scope, inner),
            < 5 => Call(scope, inner),
            < 7 => Member(scope, inner),
            7 => WithLambda(scope, inner),
            8 => Pattern(scope, inner),
            _ => scope.Kind == FunctionKind.Async && choice.Below(2) == 0 ? Awaited(scope, inner) : $"({Sub()} + {Sub()})",
        };
    }

    public string Bool(Scope scope, int depth) => choice.Below(4) switch
    {
        0 => $"({Int(scope, depth - 1)} < {Int(scope, depth - 1)})",
        1 => $"({Int(scope, depth - 1)} % 3 == 0)",
        2 => $"({Int(scope, depth - 1)} is > 2 and < 40 or 50)",
        _ => $"({Int(scope, depth - 1)} >= 5 && {Int(scope, depth - 1)} != 7)",
    };

    private string Leaf(Scope scope) => choice.Below(3) == 0 || scope.Readable.Count == 0 ? choice.Between(0, 9).ToString() : choice.In(scope.Readable);

    private string Operator(Scope scope, int depth)
    {
        var left = Int(scope, depth);
        var right = Int(scope, depth);
        return choice.Below(9) switch
        {
            0 => $"({left} * {right})",
            1 => $"({left} - {right})",
            2 => $"({left} ^ {right})",
            3 => $"({left} / ({right} | 1))",
            4 => $"({left} % ({right} | 3))",
            5 => $"({left} << ({right} & 3))",
            6 => $"({Bool(scope, depth)} ? {left} : {right})",
            7 => $"(checked({left} + {right}))",
            _ => $"(-{left} >>> 28)",
        };
    }

    private string Call(Scope outer, int depth)
    {
        // By-ref results and spans do not live over an await.
        var scope = outer.WithoutAwait();
        var x = Int(scope, depth);
        var y = Int(scope, depth);
        if (!scope.IsInType && choice.Below(3) > 0)
        {
            var function = choice.In(functions);
            return function.Kind switch
            {
                FunctionKind.Iterator => $"Enumerable.Sum({function.Name}({x} & 15, {y}))",
                FunctionKind.Async => $"{function.Name}({x}, {y}).GetAwaiter().GetResult()",
                FunctionKind.Generic => $"{function.Name}<{choice.Of("int", "long", "Point")}>(3, {x}, {y})",
                FunctionKind.ByRef => $"{function.Name}(ref Tools.Slot(table, {x}), {y})",
                _ => $"{function.Name}({x}, {y})",
            };
        }
        return choice.Below(9) switch
        {
            0 => $"Tools.Sum({x}, {y}, 3)",
            1 => $"Tools.Optional(y: {x}, x: {y})",
            2 => $"Tools.Optional({x}, {y}, 1, 2)",
            3 => $"(Tools.Try({x}, out var {choice.Fresh("o")}) ? 1 : {y})",
            4 => $"Tools.Add(new Num({x}), Num.Of({y})).Value",
            5 => $"Tools.Through(new Scaler({x} & 7), {y})",
            6 => $"Tools.Through<IOp>(new Adder({x}), {y})",
            7 => $"Tools.Fail({x})",
            _ => $"({x}).Folded()",
        };
    }

    private string Member(Scope scope, int depth)
    {
        var x = Int(scope, depth);
        var y = Int(scope, depth);
        return choice.Below(18) switch
        {
            0 => $"Shape.Of({x}).Area({y})",
            1 => $"Shape.Of({x}).Edge({y})",
            2 => $"new Circle({x}).Count",
            3 => $"((Shape)new Ring({x}, 3))[{y}]",
            4 => $"((IOp)new Adder({x})).Twice({y})",
            5 => $"new Scaler({x} & 7).Peek({y})",
            6 => $"(new Point({x}, 2) + {y}).Sum()",
            7 => $"(new Point({x}, 1) with {{ X = {y} }}).X",
            8 => $"new Named(\"n\", {x}).Mix({y})",
            9 => $"((Named)new Titled(\"t\", {x}, 3) {{ Total = 2 }} with {{ Value = {y} }}).Mix(5)",
            10 => $"new Box<int>({x}).Value",
            11 => $"$\"{{Shape.Of({x})}}{{{y}}}\".Length",
            12 => $"({x}, {y}).Item2",
            13 => $"Box<string>.Made({x})",
            14 => $"((int?){x} ?? {y})",
            15 => $"(new Circle({x}).Equals(new Circle({y})) ? 1 : 0)",
            16 => $"IOp.Start({x})",
            _ => $"({x}).Half",
        };
    }

    private string WithLambda(Scope scope, int depth)
    {
        var parameter = choice.Fresh("p");
        var body = Int(scope.Lambda(parameter), depth);
        var x = Int(scope, depth);
        return choice.Below(9) switch
        {
            0 => $"((Func<int, int>)({parameter} => {body}))({x})",
            1 => $"Enumerable.Range(0, 3).Select({parameter} => {body}).Sum()",
            2 => $"Enumerable.Range(0, 4).Where({parameter} => {body} > 2).Count()",
            3 => $"new Box<int>({x}).Map({parameter} => {body}).Value",
            4 => $"new Sequence(3).Aggregate({x}, (sum, {parameter}) => sum + {body})",
            5 => $"new Lazy<int>(() => {{ var {parameter} = 1; return {body}; }}).Value",
            6 => $"Enumerable.Range(0, 4).OrderBy({parameter} => {body}).First()",
            7 => $"(from {parameter} in new Sequence(3) where {parameter} != 1 select {body}).Max()",
            _ => $"Task.Run(() => {{ var {parameter} = {choice.Between(0, 9)}; return {body}; }}).GetAwaiter().GetResult()",
        };
    }

    private string Pattern(Scope scope, int depth)
    {
        var x = Int(scope, depth);
        var y = Int(scope, depth);
        var name = choice.Fresh("m");
        return choice.Below(5) switch
        {
            0 => $"({x} switch {{ 0 => {y}, > 10 and < 20 => 2, int {name} when {name} % 2 == 0 => {name}, _ => 5 }})",
            1 => $"(Shape.Of({x}) switch {{ Ring {{ Size: > 3 }} {name} => {name}.Size, Circle => {y}, _ => 0 }})",
            2 => $"(new int[] {{ {x}, {y}, 3 }} is [var {name}, .., 3] ? {name} : 1)",
            3 => $"(new Point({x}, {y}) is (> 3, var {name}) ? {name} : 4)",
            _ => $"((object)new Titled(\"q\", {x}, {y}) is Named {{ Total: var {name} }} ? {name} : 0)",
        };
    }

    /// <summary>The rarer constructs, see <see cref="ProgramTools"/>.</summary>
    private string Rare(Scope scope, int depth)
    {
        var x = Int(scope, depth);
        var y = Int(scope, depth);
        var parameter = choice.Fresh("p");
        var body = Int(scope.Lambda(parameter), depth);
        return choice.Below(24) switch
        {
            0 => $"new LoudVisitor({x}).Both(\"v\", {y})",
            1 => $"((Visitor)new NameVisitor(2)).Visit<{choice.Of("int", "string", "Point")}>(default!, {x})",
            2 => $"((ISource<object>)new Words(\"w\")).Get({x}).ToString()!.Length",
            3 => $"((ISink<string>)new Words(\"w\")).Put(\"s\", {x})",
            4 => $"((Deer)new Stag({x})).Grow({y}).Size",
            5 => $"new Stag({x}).Grow({y}).Grow(1).Size",
            6 => scope.IsInType ? $"Tools.Sum([{x}, 2])" : $"new Cursor(ref Tools.Slot(table, {x})).Add({y})",
            7 => $"Rare.Inline({x}, {y})",
            8 => $"Rare.Pointers({x})",
            9 => $"Rare.Logged({x}, $\"a{{{y}}}b{{\"c\"}}\")",
            10 => $"(int)(new Tank({x}) - {y})",
            11 => $"(int)checked(new Tank({x} & 255) - {y})",
            12 => $"(new Tank({x}) ? {y} : 3)",
            13 => $"new Window({x})[1..^1][^2]",
            14 => $"new Options {{ A = {x}, B = {y}, Items = {{ 1, 2 }} }}.B",
            15 => $"Rare.Apply({parameter} => {body}, {x})",
            16 => $"Rare.Curry({x})({y})",
            17 => $"Rare.Twice({parameter} => {body})({x})",
            18 => $"Rare.Recall({x}, {y})",
            19 => $"Rare.Larger({x}, {y})",
            20 => $"Rare.Repeat({x}, 3).First()",
            21 => $"Rare.Spread({x}, {y})",
            22 => $"Rare.Made(() => {{ var {parameter} = {choice.Between(0, 9)}; return {body}; }})",
            _ => $"Task.Run(() => {choice.Between(0, 9)}).ContinueWith({parameter}t => {{ var {parameter} = {parameter}t.Result; return {body}; }}).GetAwaiter().GetResult()",
        } is var written && written.StartsWith("(int)", System.StringComparison.Ordinal) ? $"({written})" : written;
    }

    private string Awaited(Scope scope, int depth)
    {
        var x = Int(scope, depth);
        return choice.Below(5) switch
        {
            4 => $"await new Later({choice.Between(0, 9)}).Get({x})",
            0 => $"await Task.FromResult({x})",
            1 => $"await new ValueTask<int>({x})",
            2 => $"await Task.Run(async () => {{ await Task.Yield(); return {choice.Between(0, 9)}; }}).ConfigureAwait(false)",
            _ => $"(await Task.WhenAll(Task.FromResult({x}), Task.FromResult(2)))[0]",
        } is var awaited ? $"({awaited})" : "";
    }
}
