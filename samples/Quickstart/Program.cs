System.Console.WriteLine(System.Math.Sin(1.0));
