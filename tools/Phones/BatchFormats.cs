using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Contracts.Positions;
using MessagePack;

namespace CommandCenter.Phones;

/// <summary>How a batch is written and its answer read.</summary>
public interface IBatchFormat
{
    string MediaType { get; }

    byte[] Write(PositionBatch batch);

    /// <exception cref="InvalidDataException">The bytes are no batch answer.</exception>
    PositionBatchResult Read(byte[] body, string? mediaType);
}

public sealed class BatchJsonFormat : IBatchFormat
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string MediaType => "application/json";

    public byte[] Write(PositionBatch batch) => JsonSerializer.SerializeToUtf8Bytes(batch, Wire);

    public PositionBatchResult Read(byte[] body, string? mediaType) => ReadJson(body);

    internal static PositionBatchResult ReadJson(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<PositionBatchResult>(body, Wire) ?? throw new InvalidDataException("The answer is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("The answer is no batch result: " + error.Message, error);
        }
    }
}

public sealed class BatchMessagePackFormat : IBatchFormat
{
    public string MediaType => "application/x-msgpack";

    public byte[] Write(PositionBatch batch) => MessagePackSerializer.Serialize(batch);

    /// <summary>A server may answer a MessagePack request in JSON: the answer's own media type decides.</summary>
    public PositionBatchResult Read(byte[] body, string? mediaType)
    {
        if (mediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true)
        {
            return BatchJsonFormat.ReadJson(body);
        }

        try
        {
            return MessagePackSerializer.Deserialize<PositionBatchResult>(body);
        }
        catch (MessagePackSerializationException error)
        {
            throw new InvalidDataException("The answer is no batch result: " + error.Message, error);
        }
    }
}
