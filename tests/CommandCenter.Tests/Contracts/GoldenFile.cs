using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagePack;

namespace CommandCenter.Tests.Contracts;

/// <summary>A file of <c>tests/golden</c>: bytes in hex beside what they mean. Its README describes the form.</summary>
internal sealed class GoldenFile(string name, string about)
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonArray cases = [];

    public static string PathOf(string name) => $"tests/golden/{name}.json";

    public static IReadOnlyList<(string Name, byte[] Bytes, JsonNode? Value)> Read(string name)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Committed.Root, PathOf(name))))!;
        return [.. file["cases"]!.AsArray().Select(c => ((string)c!["name"]!, Convert.FromHexString((string)c["hex"]!), c["value"]?.DeepClone()))];
    }

    public void AddMessagePack<T>(string caseName, T value)
    {
        var bytes = MessagePackSerializer.Serialize(value);
        Add(caseName, bytes, Meaning(bytes));
    }

    public void Add(string caseName, byte[] bytes, JsonNode? value) =>
        cases.Add(new JsonObject { ["name"] = caseName, ["hex"] = Convert.ToHexStringLower(bytes), ["value"] = value });

    public void Add(JsonObject entry) => cases.Add(entry);

    public void Compare() => Committed.Compare(PathOf(name), new JsonObject { ["about"] = about, ["cases"] = cases }.ToJsonString(Form) + "\n");

    /// <summary>What MessagePack bytes say, without knowing the type: a bin is <c>{"bin": hex}</c>.</summary>
    public static JsonNode? Meaning(ReadOnlyMemory<byte> bytes) => ToJson(MessagePackSerializer.Deserialize<object?>(bytes));

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        byte[] bin => new JsonObject { ["bin"] = Convert.ToHexStringLower(bin) },
        object?[] items => new JsonArray([.. items.Select(ToJson)]),
        Dictionary<object, object?> map => new JsonObject(map.Select(entry => KeyValuePair.Create((string)entry.Key, ToJson(entry.Value)))),
        _ => JsonSerializer.SerializeToNode(value),
    };
}
