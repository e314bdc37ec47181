module Subject

open System
open System.Collections.Generic
open System.IO
open System.Threading.Tasks
open Cassette

[<Struct>]
type NoRulesCtx =
    interface IContext

[<Struct>]
type CountCtx(counts: Dictionary<string, int>) =
    interface IContext<Dictionary<string, int>> with
        member _.Metadata = counts
    member _.Counts = counts
    [<Prehook>]
    static member Before(ctx: CountCtx, f: JoinPoint) =
        let name = f.Name
        lock ctx.Counts (fun () ->
            ctx.Counts[name] <- (match ctx.Counts.TryGetValue name with | true, n -> n + 1 | _ -> 1))

module Model =
    let step x = x + 1

    // Tail calls between functions: the stack does not grow.
    let rec even n = if n = 0 then true else odd (n - 1)
    and odd n = if n = 0 then false else even (n - 1)

    // A tail call through a closure that is not known.
    let rec through (f: int -> int) n = if n = 0 then f 0 else through (fun x -> f (x + 1)) (n - 1)

    // Continuations: every call is a tail call of a closure.
    let rec sumTo n (k: int64 -> int64) : int64 = if n = 0 then k 0L else sumTo (n - 1) (fun rest -> k (rest + int64 n))

    type Shape =
        | Circle of radius: float
        | Square of side: float
        | Scaled of factor: float * shape: Shape
        | Nothing

    let rec area shape =
        match shape with
        | Circle r -> Math.PI * r * r
        | Square s -> s * s
        | Scaled(k, inner) -> k * k * area inner
        | Nothing -> 0.0

    let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd
    let (|Multiple|_|) k n = if n % k = 0 then Some(n / k) else None

    let describe n =
        match n with
        | Multiple 3 q -> "three times " + string q
        | Even -> "even"
        | Odd -> "odd"

    [<Struct>]
    type Vector =
        { X: float; Y: float }
        static member (+)(a, b) = { X = a.X + b.X; Y = a.Y + b.Y }
        member v.Length = sqrt (v.X * v.X + v.Y * v.Y)

    let inline twice f x = f (f x)
    let inline add a b = a + b

    let squares n = seq { for i in 1..n do if i % 2 = 1 then yield i * step i }

    let rec walk shape = seq {
        yield shape
        match shape with
        | Scaled(_, inner) -> yield! walk inner
        | _ -> () }

    type Maybe() =
        member _.Bind(x, f) = Option.bind f x
        member _.Return x = Some x
    let maybe = Maybe()

    let half n = if n % 2 = 0 then Some(n / 2) else None
    let quarter n = maybe {
        let! h = half n
        let! q = half h
        return q }

    let later n = async {
        do! Async.Sleep 1
        return step n }

    let all n = async {
        let! parts = List.init n later |> Async.Parallel
        return Array.sum parts }

    let work n = task {
        let mutable sum = 0
        for i in 1..n do
            do! Task.Yield()
            sum <- sum + step i
        return sum }

    let quoted = <@ fun x -> x + 1 @>

    let mutual (log: List<string>) =
        let rec loop acc n = if n = 0 then acc else loop (acc + n) (n - 1)
        log.Add(string (loop 0 1000))

    exception Failed of string * int

    let attempt n =
        try
            try
                if n > 2 then raise (Failed("big", n)) else n
            finally
                ignore (step n)
        with
        | Failed(word, k) when k > 3 -> word.Length
        | Failed _ -> -1

    type Counter(start: int) =
        let mutable count = start
        member _.Next() = count <- count + 1; count
        interface IComparable<Counter> with
            member this.CompareTo other = compare (this.Next()) (other.Next())
        interface IDisposable with
            member _.Dispose() = count <- -1

    let partial = List.map (add 1) >> List.filter (fun x -> x > 2) >> List.fold (+) 0

    [<Measure>] type m
    let distance (a: float<m>) = a * 2.0

    let anonymous = {| Name = "a"; Size = 3 |}

let run (output: TextWriter) =
    let line (text: string) = output.Write(text + "\n")
    line (string (Model.even 1000000))
    line (string (Model.through id 1000))
    line (string (Model.sumTo 100000 id))
    line (sprintf "%.3f" (Model.area (Model.Scaled(2.0, Model.Scaled(0.5, Model.Circle 1.0)))))
    line (String.Join(",", [ 1..6 ] |> List.map Model.describe))
    line (string ({ Model.X = 1.0; Model.Y = 2.0 } + { Model.X = 2.0; Model.Y = 2.0 }).Length)
    line (string (Model.twice Model.step 5))
    line (String.Join(",", Model.squares 7))
    line (string (Seq.length (Model.walk (Model.Scaled(1.0, Model.Scaled(1.0, Model.Nothing))))))
    line (string (Model.quarter 12) + string (Model.quarter 6).IsNone)
    line (string (Model.all 5 |> Async.RunSynchronously))
    line (string (Model.work 5).Result)
    line (Model.quoted.ToString().Substring(0, 6))
    let log = List<string>()
    Model.mutual log
    line log[0]
    line (String.Join(",", [ 1; 3; 5 ] |> List.map Model.attempt))
    use counter = new Model.Counter(1)
    line (string (counter.Next()))
    line (string (Model.partial [ 0; 1; 2; 3 ]))
    line (string (float (Model.distance 3.0<Model.m>)))
    line (Model.anonymous.Name + string Model.anonymous.Size)
    line (string (set [ Model.Circle 1.0; Model.Nothing; Model.Circle 1.0 ]).Count)
    line (string (Model.Square 2.0 = Model.Square 2.0) + string (compare (Model.Circle 1.0) (Model.Circle 2.0)))
    line (string ((Map.ofList [ 1, "a"; 2, "b" ])[2]))
    let values = [| for i in 1..4 -> Model.step i |]
    line (string (Array.sumBy (fun x -> x * x) values))

let native (output: TextWriter) = run output
let noRules (output: TextWriter) = NoRulesCtx().Overdub(Action<TextWriter>(run), output)
let counting (output: TextWriter) =
    let counts = Dictionary<string, int>()
    CountCtx(counts).Overdub(Action<TextWriter>(run), output)
    counts
