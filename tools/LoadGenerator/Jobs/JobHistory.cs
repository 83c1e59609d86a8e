using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Http;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Runs;
using Spectre.Console;

namespace CommandCenter.LoadGenerator.Jobs;

/// <summary>
/// Days for jobs to reckon: an hour of everyone's fixes on each of the days before, sent through the gateway as phones send what they kept, then left alone until it is folded and
/// summed up, so that no stage carries what the history costs. A center that has days before today already is taken as it is.
/// </summary>
internal sealed class JobHistory(Rig rig, int workers)
{
    public const int Days = 3;

    private const long HourMs = 3_600_000;
    private const long IntervalMs = 15_000;
    private const int Batch = 2_500;

    private const string KnownSql = "select coalesce(sum(fixes), 0)::bigint from track_parts where hour_ms < @before";

    private const string UnrestSql =
        """
        select (select count(*) from track_pieces where hour_ms < @before) + (select count(*) from track_days_due where hour_ms < @before)
            + (select count(*) from track_days where due_since is not null and day < to_timestamp(@before / 1000)::date)
        """;

    private const string ForgetSql = "delete from coverage_worker_days; delete from coverage_days; delete from coverage_tiles";

    private readonly DateTimeOffset _now = rig.Clock.GetUtcNow();

    /// <summary>Of the window that jobs are asked for.</summary>
    public DateTimeOffset From => _now.AddDays(-Days);

    public DateTimeOffset To => _now;

    /// <summary>Before the hour that the live load begins in.</summary>
    private long BeforeMs => (_now.AddHours(-12).ToUnixTimeMilliseconds() / HourMs * HourMs) - HourMs;

    public async Task EnsureAsync(TimeSpan settle, CancellationToken cancellationToken)
    {
        if (await AskAsync(KnownSql, cancellationToken) is > 0 and var known)
        {
            rig.Console.WriteLine($"days before today are there: {known} fixes");
        }
        else
        {
            for (var ago = Days; ago >= 1; ago--)
            {
                await SendAsync(_now.AddDays(-ago), cancellationToken);
            }

            await rig.Stored.SinceAsync(rig.StoredBefore, rig.Ledger.Accepted, settle, cancellationToken);
            rig.Console.WriteLine($"{Days} days before today were sent: {rig.Ledger.Accepted} fixes ({rig.Clock.GetUtcNow() - _now:mm\\:ss})");
        }

        await UntilQuietAsync(settle, cancellationToken);
    }

    /// <summary>As if no coverage had been reckoned: a day that did not change is not reckoned anew.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await using var command = rig.Database.CreateCommand(ForgetSql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task SendAsync(DateTimeOffset begin, CancellationToken cancellationToken)
    {
        var first = begin.ToUnixTimeMilliseconds() / HourMs * HourMs;
        var batches = new BatchRequests(rig.Workers, rig.Gateway, rig.Host, Batch, rig.Ledger, new FixTurns(workers));
        var past = new PastRequests(batches, workers, first, IntervalMs);
        var lane = new Lane(rig.EndPoint, Scenario.Country.Connections, past, Pacer.FlatOut, rig.Clock);
        lane.Start();
        try
        {
            while (past.TimeMs < first + HourMs - IntervalMs)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), rig.Clock, cancellationToken);
            }
        }
        finally
        {
            await lane.StopAsync();
        }
    }

    private async Task UntilQuietAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = rig.Clock.GetTimestamp();
        while (await AskAsync(UnrestSql, cancellationToken) is > 0 and var left)
        {
            if (rig.Clock.GetElapsedTime(start) > patience)
            {
                throw new RunFailedException($"The days before today were not folded and summed up within {patience.TotalSeconds:0} s: {left} are left. Run it again on the same --data.");
            }

            await Task.Delay(TimeSpan.FromSeconds(2), rig.Clock, cancellationToken);
        }
    }

    private async Task<long> AskAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = rig.Database.CreateCommand(sql);
        command.Parameters.AddWithValue("before", BeforeMs);
        command.CommandTimeout = 120;
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
