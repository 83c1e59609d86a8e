using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using StackExchange.Redis;

namespace CommandCenter.Positions.Live;

/// <summary>
/// The picture in Redis: a hash of chunks and, written last, the log position they cover. Chunks may be newer than the position, because
/// applying the same part of the log twice changes nothing.
/// </summary>
public sealed class PictureCheckpoint(RedisConnection redis)
{
    private const string PositionField = "position";

    /// <summary>The log position covered by the partition's checkpoint; the log's start when there is none.</summary>
    public async Task<LogPosition> ReadPositionAsync(int partition, CancellationToken cancellationToken)
    {
        var value = await redis.CallAsync(
            database => database.HashGetAsync(RedisKeys.PictureCheckpoint(partition), PositionField), cancellationToken);
        return value.IsNull ? LogPosition.Start : LogPosition.Parse((string)value!);
    }

    /// <summary>Hands each chunk to <paramref name="apply"/> and returns the position from which the log must be replayed.</summary>
    public async Task<LogPosition> LoadAsync(int partition, Action<byte[]> apply, CancellationToken cancellationToken)
    {
        var position = await ReadPositionAsync(partition, cancellationToken);
        var fields = await redis.CallAsync(database => database.HashKeysAsync(RedisKeys.PictureCheckpoint(partition)), cancellationToken);
        foreach (var field in fields.Where(field => field != PositionField))
        {
            var chunk = await redis.CallAsync(database => database.HashGetAsync(RedisKeys.PictureCheckpoint(partition), field), cancellationToken);
            if (!chunk.IsNull)
            {
                apply(chunk!);
            }
        }

        return position;
    }

    public Task SaveChunkAsync(int partition, int chunk, byte[] body, CancellationToken cancellationToken) => redis.CallAsync(
        database => database.HashSetAsync(RedisKeys.PictureCheckpoint(partition), chunk, body), cancellationToken);

    public Task SavePositionAsync(int partition, LogPosition position, CancellationToken cancellationToken) => redis.CallAsync(
        database => database.HashSetAsync(RedisKeys.PictureCheckpoint(partition), PositionField, position.ToString()), cancellationToken);
}
