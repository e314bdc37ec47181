using System;
using Cassette;

var profile = new ProfileCtx(new Profile());
string answer = profile.Overdub(() => Shop.Checkout("apple", "pear", "durian"));

Console.WriteLine(answer);
Console.WriteLine();
Console.WriteLine("     ms  calls");
profile.Metadata.Write(Console.Out);
