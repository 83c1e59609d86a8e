using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Positions;
using CommandCenter.Contracts.Wall;
using MessagePack;

namespace CommandCenter.Tests.Contracts;

/// <summary>The bytes on the wire are pinned: phones, gateways and open walls of the version before rely on them.</summary>
public sealed class GoldenBytesTests
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    [Test]
    public void WallFramesKeepTheirBytes() => Pinned("wall-frame", "What WallHub.Watch streams: a MessagePack map.", GoldenSamples.Frames);

    [Test]
    public void WallNamesKeepTheirBytes() => Pinned("wall-name", "One of a frame's names: a MessagePack map.", GoldenSamples.Names);

    [Test]
    public void WatchRequestsKeepTheirBytes() => Pinned("watch-request", "The argument of WallHub.Watch: a MessagePack map.", GoldenSamples.Requests);

    [Test]
    public void AlarmNewsKeepsItsBytes() => Pinned("alarm-news", "What WallHub.Alarms streams: a MessagePack map.", GoldenSamples.News);

    [Test]
    public void PositionBatchesKeepTheirBytes() => Pinned("position-batch", "Body of POST /api/positions as MessagePack.", GoldenSamples.Batches);

    [Test]
    public void PositionBatchResultsKeepTheirBytes() => Pinned("position-batch-result", "Answer of POST /api/positions as MessagePack.", GoldenSamples.Results);

    [Test]
    public void WallRecordsKeepTheirBytes()
    {
        var file = new GoldenFile("wall-record", "One record of a frame's records: 16 bytes, little-endian; value.presence is state & 7, value.flags is state & 0xf8.");
        foreach (var (name, record) in GoldenSamples.Records)
        {
            var bytes = GoldenSamples.Bytes(record);
            Assert.That(WallRecord.Read(bytes), Is.EqualTo(record));
            file.Add(name, bytes, JsonSerializer.SerializeToNode(record, Camel));
        }

        file.Compare();
    }

    [Test]
    public void AreaCountRecordsKeepTheirBytes()
    {
        var file = new GoldenFile("area-count-record", "One record of a frame's counts: 24 bytes, little-endian.");
        foreach (var (name, record) in GoldenSamples.Counts)
        {
            var bytes = GoldenSamples.Bytes(record);
            Assert.That(AreaCountRecord.Read(bytes), Is.EqualTo(record));
            file.Add(name, bytes, JsonSerializer.SerializeToNode(record, Camel));
        }

        file.Compare();
    }

    [Test]
    public void AgesKeepTheirBytes()
    {
        var file = new GoldenFile("age", "A record's age byte: how many seconds are written as, and what a reader takes the byte for (null: unknown).");
        foreach (var seconds in GoldenSamples.Ages)
        {
            var age = WallRecord.EncodeAge(seconds);
            file.Add(new JsonObject { ["seconds"] = seconds, ["age"] = age, ["reads"] = WallRecord.DecodeAge(age) });
        }

        file.Compare();
    }

    /// <summary>SignalR's official protocol writes enums as names and ours as numbers; DateTimeOffset differs too. Neither is in a contract, so the packages can be exchanged.</summary>
    [Test]
    public void NoMessagePackContractHoldsWhatTheOfficialPackagesWriteOtherwise()
    {
        var members = typeof(OneOfAttribute).Assembly.GetExportedTypes().Where(type => type.GetCustomAttribute<MessagePackObjectAttribute>() is not null)
            .SelectMany(type => type.GetProperties()).ToList();
        Assert.That(members, Is.Not.Empty);
        Assert.That(
            members.Where(member => (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) is { } type && (type.IsEnum || type == typeof(DateTimeOffset))),
            Is.Empty);
    }

    private static void Pinned<T>(string name, string about, (string Name, T Value)[] samples)
    {
        var file = new GoldenFile(name, about);
        foreach (var (caseName, value) in samples)
        {
            file.AddMessagePack(caseName, value);
        }

        file.Compare();
        foreach (var ((caseName, bytes, meaning), sample) in GoldenFile.Read(name).Zip(samples))
        {
            var read = MessagePackSerializer.Deserialize<T>(bytes);
            Assert.That(JsonSerializer.Serialize(read), Is.EqualTo(JsonSerializer.Serialize(sample.Value)), caseName);
            Assert.That(JsonNode.DeepEquals(GoldenFile.Meaning(bytes), meaning), Is.True, caseName);
        }
    }
}
