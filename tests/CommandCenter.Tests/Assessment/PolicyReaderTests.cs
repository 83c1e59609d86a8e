using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Assessment.Policies;
using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Tests.Assessment;

public sealed class PolicyReaderTests
{
    /// <summary>What is done to the shipped policy, and where it is complained about.</summary>
    private static readonly (string What, Action<JsonNode> Do, string Pointer)[] Slips =
    [
        ("weights make 95", p => p["subjects"]!["worker"]![0]!["weight"] = 30, "/subjects/worker"),
        ("weight below 0", p => p["subjects"]!["worker"]![0]!["weight"] = -5, "/subjects/worker/0/weight"),
        ("weight is a text", p => p["subjects"]!["worker"]![0]!["weight"] = "35", "/subjects/worker/0/weight"),
        ("no such indicator", p => p["subjects"]!["grid"]![1]!["id"] = "smiles", "/subjects/grid/1/id"),
        ("indicator twice", p => p["subjects"]!["grid"]![1]!["id"] = "grid-coverage", "/subjects/grid/1/id"),
        ("hours weigh", p => { p["subjects"]!["worker"]![0]!["weight"] = 30; p["subjects"]!["worker"]![8]!["weight"] = 5; }, "/subjects/worker/8/weight"),
        ("no samples", p => p["subjects"]!["worker"]![2]!["minimumSamples"] = 0, "/subjects/worker/2/minimumSamples"),
        ("half a sample", p => p["subjects"]!["worker"]![2]!["minimumSamples"] = 1.5, "/subjects/worker/2/minimumSamples"),
        ("no such formula", p => p["subjects"]!["worker"]![0]!["formula"]!["kind"] = "magic", "/subjects/worker/0/formula/kind"),
        ("a flat line", p => p["subjects"]!["worker"]![0]!["formula"]!["full"] = 0, "/subjects/worker/0/formula/full"),
        ("steps descend", p => p["subjects"]!["worker"]![0]!["formula"] = JsonNode.Parse("""{"kind":"steps","steps":[{"from":0.8,"points":100},{"from":0.5,"points":60}]}"""), "/subjects/worker/0/formula/steps/1/from"),
        ("no steps", p => p["subjects"]!["worker"]![0]!["formula"] = JsonNode.Parse("""{"kind":"steps","steps":[]}"""), "/subjects/worker/0/formula/steps"),
        ("bands overlap", p => p["bands"]![1]!["from"] = 95, "/bands/1/from"),
        ("nothing for the worst", p => p["bands"]![3]!["from"] = 10, "/bands/3/from"),
        ("band twice", p => p["bands"]![1]!["id"] = "excellent", "/bands/1/id"),
        ("band without a name", p => p["bands"]![0]!["zh"] = " ", "/bands/0/zh"),
        ("no bands", p => p["bands"] = new JsonArray(), "/bands"),
        ("unknown word", p => p["weigths"] = 1, "/weigths"),
        ("a slash in a word", p => p["a/b~c"] = 1, "/a~1b~0c"),
        ("no timing", p => ((JsonObject)p).Remove("timing"), "/timing"),
        ("too long", p => p["timing"]!["arriveSeconds"] = 90_000, "/timing/arriveSeconds"),
        ("no subjects", p => p["subjects"] = new JsonObject(), "/subjects"),
        ("no such subject", p => p["subjects"]!["dog"] = new JsonArray(), "/subjects/dog"),
        ("a list of texts", p => p["subjects"]!["worker"]![0] = "grid-coverage", "/subjects/worker/0"),
    ];

    private static IEnumerable<TestCaseData> Cases() => Slips.Select(slip => new TestCaseData(slip.What).SetName($"{{m}}({slip.What})"));

    [TestCaseSource(nameof(Cases))]
    public void ASlipIsNamedByItsPlace(string what)
    {
        var slip = Slips.Single(one => one.What == what);
        var faults = new PolicyFaults();
        var json = JsonNode.Parse(StoredPolicy.Shipped.Json.GetRawText())!;
        slip.Do(json);

        Assert.That(Read(json, faults), Is.Null);
        Assert.That(faults.ByPointer.Keys, Does.Contain(slip.Pointer), string.Join('\n', faults.ByPointer.Select(fault => $"{fault.Key}: {fault.Value[0]}")));
    }

    [Test]
    public void AllSlipsAreToldAtOnce()
    {
        var faults = new PolicyFaults();
        var json = JsonNode.Parse(StoredPolicy.Shipped.Json.GetRawText())!;
        json["bands"]![1]!["from"] = 95;
        json["subjects"]!["worker"]![0]!["weight"] = -1;
        json["timing"]!["doneSeconds"] = 0;

        Read(json, faults);

        Assert.That(faults.ByPointer.Keys, Is.SupersetOf(new[] { "/bands/1/from", "/subjects/worker/0/weight", "/timing/doneSeconds" }));
    }

    [Test]
    public void HoursMayWeighOnceALegalBasisIsRecorded()
    {
        var json = JsonNode.Parse(StoredPolicy.Shipped.Json.GetRawText())!;
        json["subjects"]!["worker"]![0]!["weight"] = 30;
        json["subjects"]!["worker"]![8]!["weight"] = 5;

        Assert.That(Read(json, new PolicyFaults(), hasLegalBasis: true), Is.Not.Null);
    }

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("3")]
    [TestCase("{}")]
    public void WhatIsNoPolicyIsRefused(string json)
    {
        var faults = new PolicyFaults();

        Assert.That(PolicyReader.Read(JsonDocument.Parse(json).RootElement, false, faults), Is.Null);
        Assert.That(faults.Any, Is.True);
    }

    [Test]
    public void TheSchemaKnowsTheSameWords()
    {
        var schema = JsonNode.Parse(StoredPolicy.Schema)!;

        Assert.That(schema["$defs"]!["indicators"]!["items"]!["properties"]!["id"]!["enum"]!.AsArray().Select(id => (string)id!), Is.EquivalentTo(IndicatorIds.All));
        Assert.That(
            schema["properties"]!["subjects"]!["properties"]!.AsObject().Select(subject => subject.Key),
            Is.EquivalentTo(Enum.GetValues<SubjectKind>().Select(kind => kind.ToString().ToLowerInvariant())));
        foreach (var part in new[] { "timing", "name" })
        {
            Assert.That(schema["properties"]![part]!["required"]!.AsArray().Select(name => (string)name!), Is.EquivalentTo(Shipped(part)));
        }

        Assert.That(schema["properties"]!["bands"]!["items"]!["required"]!.AsArray().Select(name => (string)name!), Is.EquivalentTo(new[] { "id", "zh", "en", "from" }));
        IEnumerable<string> Shipped(string part) => StoredPolicy.Shipped.Json.GetProperty(part).EnumerateObject().Select(property => property.Name);
    }

    private static AssessmentPolicy? Read(JsonNode json, PolicyFaults faults, bool hasLegalBasis = false) =>
        PolicyReader.Read(JsonDocument.Parse(json.ToJsonString()).RootElement, hasLegalBasis, faults);
}
