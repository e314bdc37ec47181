using System;
using Fuzz;

const int Tries = 200_000;

var blind = new Fuzzer(Settings.Count, seed: 1).Blind(Tries);
Console.WriteLine($"blind:  {(blind.Crash is null ? "nothing" : blind.Crash)} in {blind.Tries} tries");

var guided = new Fuzzer(Settings.Count, seed: 1).Guided(Tries);
Console.WriteLine($"guided: {(guided.Crash is null ? "nothing" : "a crash")} in {guided.Tries} tries, with {guided.Kept.Count} inputs kept");
Console.WriteLine($"the crash is in {guided.Crash}");
