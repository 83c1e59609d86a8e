using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Assessment.Policies;

namespace CommandCenter.Tests.Assessment;

/// <summary>The published schema and the reader say the same of a policy, but for what a schema cannot say.</summary>
public sealed class PolicySchemaTests
{
    private const string Small = """
        {
          "name": {"zh": "办法", "en": "Policy"},
          "timing": {"acknowledgeSeconds": 60, "acceptSeconds": 60, "arriveSeconds": 600, "doneSeconds": 7200, "patrolMinutes": 30, "dutyMinutes": 30},
          "bands": [{"id": "good", "zh": "好", "en": "Good", "from": 60}, {"id": "poor", "zh": "差", "en": "Poor", "from": 0}],
          "subjects": {"grid": [
            {"id": "grid-coverage", "weight": 100, "minimumSamples": 20, "formula": {"kind": "linear", "zero": 0, "full": 0.9}},
            {"id": "visits", "weight": 0, "minimumSamples": 1, "formula": {"kind": "steps", "steps": [{"from": 0.5, "points": 60}, {"from": 0.8, "points": 100}]}}]}
        }
        """;

    /// <summary>What stands in the place of each part of a policy, one after another.</summary>
    private static readonly string[] Instead =
        ["null", "true", "\"\"", "\" \"", "\"Good\"", "\"visits\"", "\"good\\n\"", "\"mileage\"", "[]", "{}", "[1]", "-1", "0", "0.5", "1.0", "2", "1e2", "101", "1e7", "1e300"];

    /// <summary>Beginnings of what the reader says of policies that the schema lets pass.</summary>
    private static readonly string[] BeyondTheSchema =
    [
        "must have weights that make 100", "must be below that of the band before", "of the last band must be 0", "is the id of another band", "stands here already",
        "must be above that of the step before", "must be another value than zero", "must be 0 as long as no legal basis",
    ];

    private static readonly SchemaCheck Schema = new(JsonNode.Parse(StoredPolicy.Schema)!);

    [Test]
    public void BothTakeTheShippedPolicyAndTheSmallOne()
    {
        foreach (var json in new[] { StoredPolicy.Shipped.Json.GetRawText(), Small })
        {
            Assert.That(Schema.Allows(JsonNode.Parse(json)), Is.True);
            Assert.That(Faults(json), Is.Empty);
        }
    }

    [Test]
    public void WhateverOneChangesBothSayTheSame()
    {
        var (alike, beyond) = (0, 0);
        foreach (var changed in Changes())
        {
            var (allowed, faults) = (Schema.Allows(changed), Faults(changed.ToJsonString()));
            if (allowed == (faults.Count == 0))
            {
                alike++;
                continue;
            }

            Assert.That(allowed, Is.True, $"the reader takes what the schema refuses: {changed.ToJsonString()}");
            Assert.That(faults.Values.SelectMany(words => words).Where(word => !BeyondTheSchema.Any(known => word.StartsWith(known, StringComparison.Ordinal))), Is.Empty, changed.ToJsonString());
            beyond++;
        }

        Assert.That(alike, Is.GreaterThan(500));
        Assert.That(beyond, Is.GreaterThan(10));
    }

    [TestCase("""{"name": {"zh": "\ud800", "en": "x"}}""", "/name/zh")]
    [TestCase("""{"name": {"zh": "a\u0000b", "en": "x"}}""", "/name/zh")]
    [TestCase("""{"name": {"\ud800": 1}}""", "/name")]
    [TestCase("""{"bands": [{"id": "\u0000"}]}""", "/bands/0/id")]
    public void WhatCannotBeStoredIsRefusedByItsPlace(string json, string pointer) => Assert.That(Faults(json).Keys, Is.EqualTo(new[] { pointer }));

    [Test]
    public void NobodyIsAnsweredWithMoreFaultsThanCanBeRead()
    {
        var many = new JsonObject(Enumerable.Range(0, 5_000).Select(number => KeyValuePair.Create($"word-{number}", (JsonNode?)1)));

        Assert.That(Faults(many.ToJsonString()), Has.Count.EqualTo(200));
    }

    /// <summary>The small policy with each part left out, replaced, and each object with a word more.</summary>
    private static IEnumerable<JsonNode> Changes()
    {
        foreach (var path in Paths(JsonNode.Parse(Small)!, []).ToList())
        {
            yield return Changed(path, (parent, key) => _ = key is int place ? Removed(parent.AsArray(), place) : parent.AsObject().Remove((string)key));
            foreach (var instead in Instead)
            {
                yield return Changed(path, (parent, key) => Put(parent, key, JsonNode.Parse(instead)));
            }

            yield return Changed(path, (parent, key) =>
            {
                if ((key is int place ? parent[place] : parent[(string)key]) is JsonObject whole)
                {
                    whole["more"] = 1;
                }
            });
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] to) => node switch
    {
        JsonObject whole => whole.SelectMany(part => Below(part.Value!, [.. to, part.Key])),
        JsonArray list => list.SelectMany((item, place) => Below(item!, [.. to, place])),
        _ => [],
    };

    private static IEnumerable<object[]> Below(JsonNode node, object[] path) => Paths(node, path).Prepend(path);

    private static JsonNode Changed(object[] path, Action<JsonNode, object> change)
    {
        var root = JsonNode.Parse(Small)!;
        change(path[..^1].Aggregate(root, (at, key) => key is int place ? at[place]! : at[(string)key]!), path[^1]);
        return root;
    }

    private static bool Removed(JsonArray list, int place)
    {
        list.RemoveAt(place);
        return true;
    }

    private static void Put(JsonNode parent, object key, JsonNode? value)
    {
        if (key is int place)
        {
            parent[place] = value;
        }
        else
        {
            parent[(string)key] = value;
        }
    }

    private static IReadOnlyDictionary<string, string[]> Faults(string json)
    {
        var faults = new PolicyFaults();
        var read = PolicyReader.Read(JsonDocument.Parse(json).RootElement, hasLegalBasis: false, faults);
        Assert.That(read is null, Is.EqualTo(faults.Any));
        return faults.ByPointer;
    }
}
