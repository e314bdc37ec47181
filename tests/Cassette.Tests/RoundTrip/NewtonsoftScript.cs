using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.Dynamic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.Serialization;

namespace Cassette.Tests.RoundTrip;

/// <summary>Puts one Newtonsoft.Json, whichever assembly it is, through its paces by reflection; what comes out is text to be compared.</summary>
internal sealed class NewtonsoftScript(Assembly json)
{
    public enum Colour
    {
        Red,
        Green = 5,
        [EnumMember(Value = "bleu")]
        Blue,
    }

    [Flags]
    public enum Options
    {
        None,
        First = 1,
        Second = 2,
    }

    public interface IShape
    {
        double Area { get; }
    }

    [DataContract]
    public sealed class Contracted
    {
        [DataMember(Name = "the-name", Order = 2)]
        public string? Name { get; set; }

        [DataMember(Order = 1)]
        private int secret = 42;

        public int Ignored { get; set; } = 1;

        public int Secret() => secret;
    }

    public sealed record Point(int X, int Y);

    public sealed class Square : IShape
    {
        public double Side { get; set; }

        public double Area => Side * Side;
    }

    public class Node
    {
        public string? Name { get; set; }

        public Node? Next { get; set; }

        public List<Node> Children { get; set; } = [];

        public Dictionary<string, object?> Extra { get; set; } = [];
    }

    public struct Mixed
    {
        public int? Maybe;
        public decimal Price;
        public DateTime When;
        public TimeSpan Duration;
        public Guid Id;
        public Colour Colour;
        public Options Options;
        public byte[]? Bytes;
        public int[,]? Matrix;
        public Uri? Link;
        public Version? Version;
    }

    public static readonly object?[] Values =
    [
        null, true, 1, -1L, ulong.MaxValue, 1.5, 1e300, double.NaN, double.NegativeInfinity, 0.1f, 12.340m, 'c', "text", "quote\" \\ / \n \u2028 \u0001 é 𝄞",
        new DateTime(2024, 2, 29, 12, 30, 15, 123, DateTimeKind.Utc), new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(-5)), TimeSpan.FromTicks(123456789), Guid.Empty,
        new Uri("https://example.org/a?b=c"), new Version(1, 2, 3), Colour.Blue, Options.First | Options.Second, new byte[] { 1, 2, 3, 250 }, new[] { 1, 2, 3 }, new int[,] { { 1, 2 }, { 3, 4 } },
        new[] { new[] { 1 }, [2, 3] }, new List<object?> { 1, "a", null, new object[] { 2.5 } }, new Dictionary<string, int> { ["a"] = 1, ["b c"] = 2 }, new Dictionary<Colour, Point> { [Colour.Green] = new(1, 2) },
        new SortedDictionary<int, string> { [2] = "two", [1] = "one" }, new HashSet<int> { 3, 1 }, new Queue<string>(["x", "y"]), new Stack<int>([1, 2]), (1, "two", 3.0), new KeyValuePair<string, int>("k", 1),
        new Point(3, 4), new Square { Side = 2 }, new Contracted { Name = "n" }, Chain(3), Tree(),
        new Mixed { Maybe = 7, Price = 9.99m, When = new DateTime(2000, 1, 1), Duration = TimeSpan.FromHours(25.5), Id = Guid.Empty, Colour = Colour.Green, Options = Options.Second, Bytes = [0, 255], Matrix = new int[,] { { 1 }, { 2 } }, Link = new Uri("a/b", UriKind.Relative), Version = new Version(4, 5) },
        new { Anonymous = 1, Inner = new { Deep = "x" } }, new ArrayList { 1, "b" }, new Hashtable { ["one"] = 1 }, Dynamic(), Table(), new Tuple<int, string>(1, "a"), new InvalidTimeZoneException("message"), CultureInfo.InvariantCulture, typeof(string),
    ];

    private static readonly string[] Texts =
    [
        "null", "true", "1", "-1.5e3", "\"a\\u0041\\n\"", "[]", "{}", "[1,2,[3,{\"a\":null}]]", "{\"Name\":\"a\",\"Next\":{\"Name\":\"b\"},\"Children\":[{\"Name\":\"c\"}],\"Extra\":{\"x\":[1,2.5,\"s\",null,{}]}}",
        "{\"X\":1,\"Y\":2}", "{\"Side\":3}", "{\"the-name\":\"q\",\"secret\":7,\"Ignored\":9}", "{\"Maybe\":null,\"Price\":1.10,\"When\":\"2024-02-29T00:00:00Z\",\"Duration\":\"1.02:03:04\",\"Colour\":\"bleu\",\"Options\":3,\"Bytes\":\"AQID\",\"Matrix\":[[1],[2]]}",
        "// comment\n{ 'single': undefined, unquoted: 0x1F, \"trailing\": [1,], }", "'2024-02-29'", "NaN", "-Infinity", "012", "1e400", "123456789012345678901234567890", "[1 2]", "{\"a\" 1}", "{\"a\":}", "[", "]", "{", "\"open", "tru", "nul", "{'a':1,'a':2}", "", "   ", "/* open", "\"\\x\"", "\"\\u12\"", "[1,2", "new Date(1,2)",
        "{\"X\":\"not a number\"}", "{\"X\":99999999999}", "[1,\"a\",null]", "{\"$type\":\"System.Int32\",\"$value\":1}", "{\"$id\":\"1\",\"Next\":{\"$ref\":\"1\"}}",
    ];

    private static readonly Type[] Targets =
        [typeof(object), typeof(string), typeof(int), typeof(double), typeof(bool?), typeof(decimal), typeof(DateTime), typeof(Colour), typeof(int[]), typeof(List<object>), typeof(Dictionary<string, object>), typeof(Point), typeof(Square), typeof(Contracted), typeof(Node), typeof(Mixed), typeof(ExpandoObject), typeof(IShape), typeof((int, string)), typeof(System.Collections.Immutable.ImmutableList<int>)];

    private static readonly string[] Paths = ["$", "Name", "$..Name", "Children[0].Name", "$.Extra.x[?(@ > 1)]", "$.Extra.x[-1:]", "Extra['x'][0,2]", "$[", "a..", "$.x[?(@.a == 'b' && @.c)]"];

    private readonly Type convert = json.GetType("Newtonsoft.Json.JsonConvert", true)!;
    private readonly Type settings = json.GetType("Newtonsoft.Json.JsonSerializerSettings", true)!;
    private readonly Type token = json.GetType("Newtonsoft.Json.Linq.JToken", true)!;

    /// <summary>One line for each thing tried.</summary>
    public List<string> Run()
    {
        var lines = new List<string>();
        foreach (var (name, options) in Settings())
        {
            foreach (var value in Values)
                lines.Add($"write {name} {value?.GetType().Name}: " + Try(() => Call(convert, "SerializeObject", [typeof(object), settings], value, options)));
            foreach (var text in Texts)
            {
                foreach (var target in Targets)
                    lines.Add($"read {name} {text} as {target.Name}: " + Try(() => Written(Call(convert, "DeserializeObject", [typeof(string), typeof(Type), settings], text, target, options))));
            }
        }
        Linq(lines);
        return lines;
    }

    private void Linq(List<string> lines)
    {
        foreach (var text in Texts)
        {
            lines.Add($"parse {text}: " + Try(() => Call(token, "Parse", [typeof(string)], text)));
            foreach (var path in Paths)
            {
                lines.Add($"select {path} of {text}: " + Try(() =>
                {
                    var parsed = Call(token, "Parse", [typeof(string)], text)!;
                    var found = (IEnumerable)token.GetMethod("SelectTokens", [typeof(string)])!.Invoke(parsed, [path])!;
                    return string.Join(" | ", found.Cast<object>().Select(f => f + " at " + token.GetProperty("Path")!.GetValue(f)));
                }));
            }
            lines.Add($"schema of {text}: " + Try(() =>
            {
                var parsed = Call(token, "Parse", [typeof(string)], text)!;
                var clone = token.GetMethod("DeepClone", [])!.Invoke(parsed, [])!;
                return $"{Call(token, "DeepEquals", [token, token], parsed, clone)} {token.GetProperty("Type")!.GetValue(clone)} {Convert(parsed)}";
            }));
        }
    }

    /// <summary>To XML and back, through BSON-free but reflection-heavy code.</summary>
    private string Convert(object parsed)
    {
        var text = "{\"root\":" + parsed + "}";
        return Try(() => ((System.Xml.XmlDocument)Call(convert, "DeserializeXmlNode", [typeof(string)], text)!).OuterXml);
    }

    private IEnumerable<(string Name, object Options)> Settings()
    {
        yield return ("plain", Configured());
        yield return ("indented", Configured(("Formatting", 1), ("NullValueHandling", 1), ("DefaultValueHandling", 1)));
        yield return ("typed", Configured(("TypeNameHandling", 3), ("PreserveReferencesHandling", 1)));
        yield return ("camel", Configured(("ContractResolver", json.GetType("Newtonsoft.Json.Serialization.CamelCasePropertyNamesContractResolver", true)), ("StringEscapeHandling", 1), ("FloatFormatHandling", 2), ("ReferenceLoopHandling", 1)));
        yield return ("strict", Configured(("MissingMemberHandling", 1), ("CheckAdditionalContent", true), ("MaxDepth", 3), ("DateFormatHandling", 1), ("FloatParseHandling", 1)));
        var converting = Configured();
        var converters = (IList)settings.GetProperty("Converters")!.GetValue(converting)!;
        foreach (var converter in new[] { "StringEnumConverter", "VersionConverter", "KeyValuePairConverter", "UnixDateTimeConverter", "ExpandoObjectConverter", "XmlNodeConverter", "DataTableConverter" })
            converters.Add(Activator.CreateInstance(json.GetType("Newtonsoft.Json.Converters." + converter, true)!)!);
        yield return ("converters", converting);
    }

    private object Configured(params (string Name, object? Value)[] values)
    {
        var options = Activator.CreateInstance(settings)!;
        foreach (var (name, value) in values)
        {
            var property = settings.GetProperty(name)!;
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(options, type.IsEnum ? Enum.ToObject(type, value!) : value is Type made ? Activator.CreateInstance(made) : value);
        }
        return options;
    }

    private string Written(object? value) =>
        value is null ? "null" : value.GetType().Name + " " + Call(convert, "SerializeObject", [typeof(object)], value);

    private static object? Call(Type type, string method, Type[] parameters, params object?[] arguments) =>
        type.GetMethod(method, parameters)!.Invoke(null, arguments);

    private static string Try(Func<object?> action)
    {
        try
        {
            return action()?.ToString() ?? "null";
        }
        catch (Exception thrown)
        {
            // What was thrown is what is compared; some of it comes out of sequences that are not run by reflection.
            var lines = new List<string>();
            for (var inner = thrown is TargetInvocationException ? thrown.InnerException : thrown; inner != null; inner = inner.InnerException)
                lines.Add(inner.GetType().FullName + ": " + inner.Message);
            return string.Join(" <- ", lines);
        }
    }

    private static Node Chain(int length)
    {
        var node = new Node { Name = "n" + length };
        if (length > 0)
            node.Next = Chain(length - 1);
        else
            node.Extra["self"] = node;
        return node;
    }

    private static Node Tree() => new() { Name = "root", Children = { new Node { Name = "a", Extra = { ["shape"] = new Square { Side = 1 } } }, new Node { Name = "b" } } };

    private static ExpandoObject Dynamic()
    {
        IDictionary<string, object?> made = new ExpandoObject();
        made["x"] = 1;
        made["list"] = new List<int> { 1 };
        return (ExpandoObject)made;
    }

    private static DataTable Table()
    {
        var table = new DataTable("t");
        table.Columns.Add("id", typeof(int));
        table.Columns.Add("name", typeof(string));
        table.Rows.Add(1, "a");
        table.Rows.Add(2, DBNull.Value);
        return table;
    }
}
