using CommandCenter.Tracks.Keeping;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Assessment.Periods;

/// <summary>How far back all that scores are reckoned from is still there: squares of workers go with their tracks.</summary>
internal sealed class SourceKeeping(NpgsqlDataSource dataSource, IOptions<TrackKeepingOptions> keeping)
{
    private const string ShortestSql = "select min(days) from track_retention";

    public async Task<DateOnly> OldestDayAsync(DateOnly today, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var shortest = await connection.QuerySingleAsync<int?>(new CommandDefinition(ShortestSql, cancellationToken: cancellationToken));

        // The day at the border is going.
        return today.AddDays(1 - Math.Min(keeping.Value.RawDays, shortest ?? int.MaxValue));
    }
}
