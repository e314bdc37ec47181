using System.Globalization;
using System.IO;
using Cassette.Tests.Verification;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.RoundTrip;

/// <summary>Runs one program against the original Newtonsoft.Json and against the emitted one, and compares all that it says.</summary>
[Collection(ReemissionCollection.Name)]
public class JsonBehaviourTests(Reemissions reemissions, ITestOutputHelper output)
{
    [Fact]
    public void The_emitted_library_does_what_the_original_does()
    {
        var driver = CompiledDriver.Compile(Program, Corpus.PathOf(Corpus.Newtonsoft));
        var expected = Run(driver, File.ReadAllBytes(Corpus.PathOf(Corpus.Newtonsoft)));
        var actual = Run(driver, reemissions.Of(Corpus.Newtonsoft).Image);
        output.WriteLine($"{expected.Length} results, the last one: {expected[^1]}");
        Assert.Equal(expected, actual);
        Assert.True(expected.Length > 100, $"only {expected.Length} results");
    }

    private static string[] Run(byte[] driver, byte[] library)
    {
        using var load = new IsolatedLoad();
        var json = load.Add(library);
        var program = load.Add(driver);
        var results = (string[])program.GetType("Driver")!.GetMethod("Run")!.Invoke(null, null)!;
        Assert.Equal(json.ManifestModule.ModuleVersionId.ToString("D", CultureInfo.InvariantCulture), results[0]);
        return results[1..];
    }

    private const string Program = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Collections.ObjectModel;
        using System.Dynamic;
        using System.Globalization;
        using System.IO;
        using System.Linq;
        using System.Numerics;
        using System.Runtime.Serialization;
        using System.Text;
        using Newtonsoft.Json;
        using Newtonsoft.Json.Bson;
        using Newtonsoft.Json.Converters;
        using Newtonsoft.Json.Linq;
        using Newtonsoft.Json.Schema;
        using Newtonsoft.Json.Serialization;

        public enum Colour { Red, [EnumMember(Value = "verde")] Green, Blue = 7 }
        [Flags] public enum Access { None, Read = 1, Write = 2 }
        public struct Point { public int X; public double Y { get; set; } }
        public record Person(string Name, int Age, DateTime? Born = null);
        public abstract class Shape { public string Tag; [JsonProperty(Order = -2)] public Colour Colour; }
        public class Circle : Shape { public double Radius = 1.5; [JsonIgnore] public int Hidden = 3; }
        public class Square : Shape { public decimal Side = 2.25m; [JsonProperty("extra", NullValueHandling = NullValueHandling.Ignore)] public string Extra; }
        public class Node { public int Id; public Node Next; public List<Node> Children = new(); }
        public class Lazybones
        {
            public string Seen; public int Count { get; private set; }
            [JsonExtensionData] public IDictionary<string, JToken> Rest;
            [OnDeserialized] void Done(StreamingContext c) => Seen = "done " + Count + " " + (Rest?.Count ?? 0);
            [OnSerializing] void Start(StreamingContext c) => Count++;
            [OnError] void Failed(StreamingContext c, ErrorContext e) { Seen = e.Error.Message; e.Handled = true; }
            public bool ShouldSerializeSeen() => Seen != null;
        }
        public class Guarded { [JsonProperty(Required = Required.Always)] public string Must; [JsonConstructor] Guarded(string must) { Must = must + "!"; } }
        public class UpperConverter : JsonConverter<string>
        {
            public override string ReadJson(JsonReader r, Type t, string old, bool has, JsonSerializer s) => ((string)r.Value)?.ToLowerInvariant();
            public override void WriteJson(JsonWriter w, string v, JsonSerializer s) => w.WriteValue(v?.ToUpperInvariant());
        }
        public class Hidden : ISerializable
        {
            readonly int n; public Hidden(int n) { this.n = n; } protected Hidden(SerializationInfo i, StreamingContext c) { n = i.GetInt32("n") + 1; }
            public void GetObjectData(SerializationInfo i, StreamingContext c) { i.AddValue("n", n); i.AddValue("when", new DateTime(2020, 1, 2)); }
        }
        public static class Driver
        {
            static readonly List<string> log = new();
            static void Try(Func<object> run)
            {
                try { log.Add(Convert.ToString(run(), CultureInfo.InvariantCulture) ?? "null"); }
                catch (Exception e)
                {
                    log.Add(e.GetType().FullName + ": " + e.Message + (e is JsonReaderException r ? $" {r.Path} {r.LineNumber} {r.LinePosition}" : "") + (e.InnerException is { } i ? " <- " + i.Message : ""));
                }
            }
            static void Round<T>(T value, JsonSerializerSettings settings = null)
            {
                string text = null;
                Try(() => text = JsonConvert.SerializeObject(value, typeof(T), Formatting.None, settings));
                Try(() => JsonConvert.SerializeObject(value, typeof(T), Formatting.Indented, settings));
                Try(() => text == null ? "" : JsonConvert.SerializeObject(JsonConvert.DeserializeObject<T>(text, settings), settings));
            }
            public static string[] Run()
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                log.Add(typeof(JsonConvert).Module.ModuleVersionId.ToString("D"));
                Values(); Objects(); Errors(); Linq(); Readers(); Converters();
                return log.ToArray();
            }
            static void Values()
            {
                Round(1); Round(-1L); Round(ulong.MaxValue); Round(1.5); Round(double.NaN); Round(double.PositiveInfinity); Round(1.5f); Round(12.340m); Round('x'); Round("q\"\\\n\u0001\u2028é😀");
                Round(true); Round((int?)null); Round((bool?)false); Round(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")); Round(new Uri("http://a/b?c=d"));
                Round(TimeSpan.FromSeconds(12.5)); Round(new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc)); Round(new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(2)));
                Round(new byte[] { 1, 2, 3, 255 }); Round(new Version(1, 2, 3)); Round(BigInteger.Pow(7, 60)); Round(Colour.Green); Round(Access.Read | Access.Write); Round(new DateOnly(2020, 1, 2)); Round(new TimeOnly(3, 4));
            }
            static void Objects()
            {
                Round(new Point { X = 1, Y = 2.5 }); Round(new Person("Ann", 3)); Round(new Person(null, -1, new DateTime(2000, 1, 1)));
                Round(new int[] { 1, 2 }); Round(new int[,] { { 1, 2 }, { 3, 4 } }); Round(new int[][] { new[] { 1 }, null }); Round(new List<Person> { new("a", 1), null });
                Round(new Dictionary<string, int> { ["b"] = 1, ["a"] = 2 }); Round(new Dictionary<Colour, List<int>> { [Colour.Blue] = new() { 1 } }); Round(new SortedDictionary<int, string> { [3] = "x", [1] = null });
                Round(new HashSet<string> { "z", "y" }); Round(new Queue<int>(new[] { 1, 2 })); Round(new Stack<int>(new[] { 1, 2 })); Round(new ReadOnlyCollection<int>(new[] { 1 })); Round(new Hashtable { ["k"] = 1 });
                Round((1, "two", 3.0)); Round(Tuple.Create(1, "x")); Round(KeyValuePair.Create("k", 2)); Round(new { A = 1, B = new[] { "x" } }); Round(new Hidden(4)); Round(new LinkedList<int>(new[] { 4, 5 }));
                Round<Shape>(new Circle { Tag = "c" }, new() { TypeNameHandling = TypeNameHandling.Auto }); Round<object>(new Square(), new() { TypeNameHandling = TypeNameHandling.All });
                Round(new Square { Colour = Colour.Green }, new() { Converters = { new StringEnumConverter() }, ContractResolver = new CamelCasePropertyNamesContractResolver() });
                Round(new Circle(), new() { DefaultValueHandling = DefaultValueHandling.Ignore, ContractResolver = new DefaultContractResolver { NamingStrategy = new SnakeCaseNamingStrategy() } });
                var node = new Node { Id = 1 }; node.Next = node; node.Children.Add(new Node { Id = 2, Next = node });
                Round(node); Round(node, new() { ReferenceLoopHandling = ReferenceLoopHandling.Ignore }); Round(node, new() { PreserveReferencesHandling = PreserveReferencesHandling.All });
                Round(new Lazybones()); Try(() => JsonConvert.DeserializeObject<Lazybones>("{\"Count\":3,\"a\":1,\"b\":[2]}").Seen); Try(() => JsonConvert.DeserializeObject<Lazybones>("{\"Seen\":{}}").Seen);
                dynamic expando = new ExpandoObject(); expando.A = 1; expando.B = "x"; Try(() => JsonConvert.SerializeObject((object)expando)); Try(() => ((dynamic)JsonConvert.DeserializeObject<ExpandoObject>("{\"q\":{\"r\":5}}")).q.r);
                Try(() => { var p = new Point { X = 9 }; object box = new List<Point> { p }; JsonConvert.PopulateObject("[{\"X\":4}]", box); return ((List<Point>)box).Count; });
                Try(() => JsonConvert.DeserializeObject<Guarded>("{\"Must\":\"x\"}").Must); Try(() => JsonConvert.DeserializeAnonymousType("{\"A\":5}", new { A = 0 }).A);
                Try(() => JsonConvert.SerializeObject(new Exception("boom"), new JsonSerializerSettings { ContractResolver = new DefaultContractResolver { IgnoreSerializableInterface = true } }).Length > 0);
                Try(() => JsonConvert.SerializeXNode(System.Xml.Linq.XElement.Parse("<a x='1'><b>2</b><b/></a>"))); Try(() => JsonConvert.DeserializeXNode("{\"a\":{\"@x\":\"1\",\"b\":[1,2]}}"));
                var trace = new MemoryTraceWriter(); Try(() => JsonConvert.SerializeObject(new Point(), new JsonSerializerSettings { TraceWriter = trace })); Try(() => trace.GetTraceMessages().Count());
            }
            static void Errors()
            {
                foreach (var text in new[] { "{", "[1,", "{\"a\" 1}", "nul", "1e", "\"\\u12G4\"", "[1]]", "{'a':tru}", "/* x", "[,]", "{\"a\":1,}", "99999999999999999999999", "0x1G", "'\\q'", "-", "", "[1 2]", "{\"a\":NaN, \"b\":-Infinity}", "new Date(1,2)", "undefined" })
                {
                    Try(() => JsonConvert.DeserializeObject(text)); Try(() => JToken.Parse(text)); Try(() => JsonConvert.DeserializeObject<Dictionary<string, int>>(text)); Try(() => JsonConvert.DeserializeObject<int[]>(text));
                }
                Try(() => JsonConvert.DeserializeObject<Guarded>("{}")); Try(() => JsonConvert.DeserializeObject<Guarded>("{\"Must\":null}")); Try(() => JsonConvert.DeserializeObject<Shape>("{}")); Try(() => JsonConvert.DeserializeObject<Colour>("\"Pink\""));
                Try(() => JsonConvert.DeserializeObject<byte>("300")); Try(() => JsonConvert.DeserializeObject<DateTime>("\"x\"")); Try(() => JsonConvert.DeserializeObject<Person>("[1]")); Try(() => JsonConvert.DeserializeObject<Person>("{\"Age\":\"x\"}"));
                Try(() => JsonConvert.DeserializeObject<Person>("{\"Q\":1}", new JsonSerializerSettings { MissingMemberHandling = MissingMemberHandling.Error })); Try(() => JsonConvert.DeserializeObject<int[,]>("[[1],[2,3]]"));
                Try(() => JsonConvert.DeserializeObject<object>(new string('[', 80))); Try(() => JsonConvert.DeserializeObject<object>("{\"$type\":\"No.Such, Thing\"}", new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.All }));
            }
            static void Linq()
            {
                var o = JObject.Parse("{\"store\":{\"book\":[{\"t\":\"a\",\"p\":8.95},{\"t\":\"b\",\"p\":12.5,\"isbn\":\"1\"}],\"bike\":{\"p\":19.95}}}");
                foreach (var path in new[] { "$.store.book[*].t", "$..p", "$.store.book[?(@.p < 10)].t", "$.store.book[-1:]", "$.store.book[0,1].p", "$..book[?(@.isbn)]", "store.bike.p", "$.store['bike','book']", "$..[?(@.p =~ /9/)]", "$[", "$.a[?(@", "$.store.book[?(@.t == 'a' && @.p > 1 || !@.x)]" })
                    Try(() => string.Join("|", o.SelectTokens(path).Select(t => t.ToString(Formatting.None))));
                Try(() => { o["store"]["book"].First.AddAfterSelf(new JObject(new JProperty("t", "n"))); return o.ToString(Formatting.None); });
                Try(() => { ((JObject)o["store"]).Remove("bike"); return o.Descendants().Count(); }); Try(() => JToken.DeepEquals(o, o.DeepClone())); Try(() => new JTokenEqualityComparer().GetHashCode(new JArray(1, 2)) == new JTokenEqualityComparer().GetHashCode(new JArray(1, 2)));
                Try(() => { var a = JObject.Parse("{\"x\":[1,2],\"y\":{\"z\":1}}"); a.Merge(JObject.Parse("{\"x\":[2,3],\"y\":{\"w\":2}}"), new JsonMergeSettings { MergeArrayHandling = MergeArrayHandling.Union }); return a.ToString(Formatting.None); });
                Try(() => (string)o["nope"] ?? "none"); Try(() => (int)JValue.CreateString("12")); Try(() => (int)(JToken)new JObject()); Try(() => new JObject(1)); Try(() => JArray.Parse("[1,[2,{\"a\":null}]]").Last[1]["a"].Type); Try(() => new JValue(3).CompareTo(new JValue(4.5)));
                Try(() => from p in o["store"]["book"] where p["p"] != null orderby (double)p["p"] descending select (string)p["t"] is var q ? q : null); Try(() => { dynamic d = JObject.Parse("{\"n\":{\"m\":[1,2]}}"); d.n.extra = "y"; return d.n.m[1] + 5 + " " + d.n.extra + d.n.ToString(Formatting.None); });
                Try(() => JObject.FromObject(new Circle { Tag = "t" }).ToString(Formatting.None)); Try(() => JObject.Parse("{\"Radius\":3}").ToObject<Circle>().Radius); Try(() => ((JObject)o).Properties().Select(p => p.Name + p.Path).First()); Try(() => o.Annotation<string>() ?? "no annotation"); Try(() => JObject.Parse("{\"a\":1, \"a\":2}", new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error }));
                #pragma warning disable CS0618
                Try(() => { var s = JsonSchema.Parse("{'type':'object','properties':{'a':{'type':'integer','minimum':3}},'required':['a']}"); var ok = JObject.Parse("{'a':1}").IsValid(s, out IList<string> errors); return ok + string.Join(";", errors); });
            }
            static void Readers()
            {
                Try(() => { var r = new JsonTextReader(new StringReader("{a:1,/*c*/'b':[true,null,1.5e3,'x',new D(1)],\"d\":0x1F,e:'2020-01-01T00:00:00Z'}")); var b = new StringBuilder(); while (r.Read()) b.Append(r.TokenType).Append(r.Value).Append('@').Append(r.Path).Append(r.LinePosition).Append(' '); return b; });
                Try(() => { var w = new StringWriter(); var j = new JsonTextWriter(w) { QuoteChar = '\'', QuoteName = false, Formatting = Formatting.Indented, Indentation = 1, IndentChar = '\t', StringEscapeHandling = StringEscapeHandling.EscapeNonAscii }; j.WriteStartObject(); j.WritePropertyName("é"); j.WriteStartArray(); j.WriteValue(1.0f); j.WriteValue("<é>"); j.WriteRaw("raw"); j.WriteComment("c"); j.WriteStartConstructor("K"); j.WriteValue(new byte[] { 1 }); j.WriteEnd(); j.WriteEnd(); j.WriteEndObject(); j.Flush(); return w; });
                Try(() => { var w = new JsonTextWriter(new StringWriter()); w.WriteStartObject(); w.WriteValue(1); return 0; }); Try(() => { var w = new JTokenWriter(); w.WriteStartArray(); w.WriteValue(1); w.WriteEndArray(); return w.Token.ToString(Formatting.None); });
                Try(() => { var r = new JsonTextReader(new StringReader("[1,2,3]")) { MaxDepth = 1 }; r.Read(); return r.ReadAsInt32() + r.ReadAsString() + r.ReadAsDecimal(); }); Try(() => { var r = new JsonTextReader(new StringReader("{} {} 3")) { SupportMultipleContent = true }; var n = 0; while (r.Read()) n++; return n; });
                #pragma warning disable CS0618
                Try(() => { var m = new MemoryStream(); new JsonSerializer().Serialize(new BsonWriter(m), new { a = 1, b = "x", c = new[] { 1.5 } }); m.Position = 0; return Convert.ToBase64String(m.ToArray()) + JToken.ReadFrom(new BsonReader(m)).ToString(Formatting.None); });
                Try(() => { var r = new JsonTextReader(new StringReader("{\"a\":[1,{\"b\":2}],\"c\":3}")); var n = 0; while (r.ReadAsync().GetAwaiter().GetResult()) n++; return n + JToken.LoadAsync(new JsonTextReader(new StringReader("[1,{\"q\":[]}]"))).Result.ToString(Formatting.None); });
                Try(() => { var w = new StringWriter(); var j = new JsonTextWriter(w); j.WriteStartArrayAsync().Wait(); j.WriteValueAsync(1.25m).Wait(); j.WriteValueAsync("é\"").Wait(); j.WriteEndArrayAsync().Wait(); return w; });
            }
            static void Converters()
            {
                Round(new List<string> { "aB", null }, new() { Converters = { new UpperConverter() } }); Round(Colour.Green, new() { Converters = { new StringEnumConverter(new CamelCaseNamingStrategy(), false) } }); Round(Access.Read | Access.Write, new() { Converters = { new StringEnumConverter() } });
                Round(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), new() { DateFormatHandling = DateFormatHandling.MicrosoftDateFormat }); Round(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), new() { Converters = { new UnixDateTimeConverter() } }); Round(new DateTime(2020, 1, 2), new() { DateFormatString = "yy/MM" });
                Round(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), new() { Converters = { new JavaScriptDateTimeConverter() } }); Round(new Version(1, 2), new() { Converters = { new VersionConverter() } }); Round(new KeyValuePair<int, string>(1, "x"), new() { Converters = { new KeyValuePairConverter() } });
                Round(double.NaN, new() { FloatFormatHandling = FloatFormatHandling.Symbol }); Round(1.10m, new() { FloatParseHandling = FloatParseHandling.Decimal }); Round("<&>", new() { StringEscapeHandling = StringEscapeHandling.EscapeHtml });
            }
        }
        """;
}
