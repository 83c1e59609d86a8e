using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Alarms;

/// <summary>One step of one alarm, as it stands in the log and, as a payload, beside the ledger. The same id is the same step, however often it comes.</summary>
public sealed record AlarmEvent
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required Guid Id { get; init; }

    public required Guid Alarm { get; init; }

    /// <summary>Written always: the first of the enum is its default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required AlarmStep Step { get; init; }

    /// <summary>By the server's clock, ms since 1970 UTC.</summary>
    public required long AtMs { get; init; }

    /// <summary>User name, or the name of a wall; null where the center itself did it, or a device.</summary>
    public string? By { get; init; }

    /// <summary>A reason, or a note.</summary>
    public string? Text { get; init; }

    /// <summary>Of an escalation: which, from 1.</summary>
    public int Level { get; init; }

    /// <summary>Of what was raised or joined: what the sender said.</summary>
    public AlarmPress? Press { get; init; }

    /// <summary>Of a note or a file that somebody added: <c>a</c> and an account's number, or <c>w</c> and a worker's.</summary>
    public string? Speaker { get; init; }

    /// <summary>Of a note or a file by a phone: its worker's code. Not in <see cref="By"/>, which is in the chain for good.</summary>
    public string? SpokenBy { get; init; }

    /// <summary>Of a note or a file: the alarm had ended when it was added.</summary>
    public bool AfterEnd { get; init; }

    /// <summary>Of what was attached.</summary>
    public AttachedFile? File { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="InvalidDataException">No event.</exception>
    public static AlarmEvent FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AlarmEvent>(json, Json) ?? throw new InvalidDataException("It is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}

/// <summary>What binds a file to the ledger.</summary>
/// <param name="Id">Among the files of its alarm.</param>
/// <param name="Name">With the extension of its type.</param>
/// <param name="Type">Media type.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
public sealed record AttachedFile(Guid Id, string Name, string Type, int Size, string Sha256);

/// <summary>What a sender said, and what was known of it when it arrived.</summary>
public sealed record AlarmPress
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required AlarmKind Kind { get; init; }

    /// <summary>Who sent it: <c>d</c> and a device's number, <c>a</c> and an account's. Ids are unique for each.</summary>
    public required string Source { get; init; }

    /// <summary>The id that the sender gave.</summary>
    public Guid Given { get; init; }

    public int? DeviceId { get; init; }

    public int? WorkerId { get; init; }

    /// <summary>Code of the worker.</summary>
    public string? Worker { get; init; }

    /// <summary>Of the worker; of the place, or the whole center, where there is none.</summary>
    public int HomeAreaId { get; init; }

    /// <summary>The smallest area that holds the position.</summary>
    public int? PlaceAreaId { get; init; }

    /// <summary>By the sender's clock, ms since 1970 UTC.</summary>
    public long OccurredMs { get; init; }

    public bool Late { get; init; }

    public bool OffDuty { get; init; }

    public bool Exercise { get; init; }

    public double? Longitude { get; init; }

    public double? Latitude { get; init; }

    public double? AccuracyMeters { get; init; }

    public string? Note { get; init; }
}
