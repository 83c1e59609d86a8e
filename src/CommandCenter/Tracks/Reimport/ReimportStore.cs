using System.Globalization;
using CommandCenter.Access;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Reimport;

/// <summary>Reads what there is and writes what was missing, with its rows on the trail and its days marked to be summed up anew, in one transaction.</summary>
internal sealed class ReimportStore(NpgsqlDataSource dataSource, AuditStore audit)
{
    public const long DayMs = 24 * TrackPiece.HourMilliseconds;

    private const string ReadSql = "select body from track_parts where hour_ms = any(@hours) and worker_id = @workerId";

    /// <summary>Whatever became of an erasure since: what was before it does not come back.</summary>
    private const string ErasedSql = """
        select worker_id as WorkerId, max(until_ms) as UntilMs from track_erasures where worker_id = any(@workerIds) group by worker_id
        """;

    /// <summary>All stored fixes of a worker's hours, in any order and with repeats, and how many parts cannot be read.</summary>
    public async Task<(List<Fix> Fixes, int Damaged)> ReadAsync(int workerId, long[] hours, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var fixes = new List<Fix>();
        var damaged = 0;
        foreach (var body in await connection.QueryAsync<byte[]>(new CommandDefinition(ReadSql, new { workerId, hours }, cancellationToken: cancellationToken)))
        {
            var before = fixes.Count;
            try
            {
                TrackCodec.Decode(body, fixes);
            }
            catch (InvalidDataException)
            {
                fixes.RemoveRange(before, fixes.Count - before);
                damaged++;
            }
        }

        return (fixes, damaged);
    }

    /// <summary>Every worker asked about is a row, also where nothing was missing: the answer says whether there is a track.</summary>
    public async Task WriteAsync(Viewer viewer, AuditReason reason, IReadOnlyList<ReimportTrack> tracks, ReimportCounts counts, CancellationToken cancellationToken)
    {
        var asked = tracks.Where(track => track.Asked > 0).ToList();
        if (asked.Count == 0)
        {
            return;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Erasures are ordered under the same lock: one that was answered for before is seen here, a later one finds these pieces.
        await KeepingLock.TakeAsync(connection, transaction, cancellationToken);
        var erased = (await connection.QueryAsync<(int WorkerId, long UntilMs)>(new CommandDefinition(
            ErasedSql, new { workerIds = asked.ConvertAll(track => track.Worker.Id).ToArray() }, transaction, cancellationToken: cancellationToken)))
            .ToDictionary(row => row.WorkerId, row => row.UntilMs);
        foreach (var track in asked)
        {
            if (erased.TryGetValue(track.Worker.Id, out var untilMs) && track.Fixes.RemoveAll(fix => fix.FixTimeMs < untilMs) is var gone and > 0)
            {
                counts.Refuse(track.Worker.Code, ReimportCounts.Erased, 0, gone);
            }
        }

        var pieces = asked.SelectMany(track => track.Fixes.GroupBy(fix => TrackPiece.HourOf(fix.FixTimeMs)).Select(hour => TrackPiece.From([.. hour])));
        await TrackCopy.WriteAsync(connection, pieces, cancellationToken);
        await audit.WriteWithinAsync(connection, transaction, viewer, asked.Select(track => Act(track, reason)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        counts.Restored = asked.Sum(track => track.Fixes.Count);
    }

    private static AuditAct Act(ReimportTrack track, AuditReason reason)
    {
        var span = track.Fixes.Count == 0 ? "" : $" {Moment(track.Fixes[0])}/{Moment(track.Fixes[^1])}";
        return new AuditAct(
            AuditActions.ReimportTrack,
            track.Worker.HomeAreaId,
            track.Worker.Id,
            string.Create(CultureInfo.InvariantCulture, $"{track.Fixes.Count} of {track.Asked} fixes put back{span}; {reason.OnTrail}"));
    }

    private static string Moment(in Fix fix) => DateTimeOffset.FromUnixTimeMilliseconds(fix.FixTimeMs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
