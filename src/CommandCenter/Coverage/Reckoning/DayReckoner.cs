using System.Diagnostics;
using CommandCenter.Geo;
using CommandCenter.Jobs;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;
using Npgsql;

namespace CommandCenter.Coverage.Reckoning;

/// <summary>What looking at a day came to.</summary>
/// <param name="Workers">Of whom something is stored of the day.</param>
/// <param name="Reckoned">Of these anew.</param>
/// <param name="Damaged">Stored stretches that could not be read.</param>
/// <param name="Corrected">The day came out otherwise than when it was over.</param>
internal readonly record struct DayOutcome(int Workers, int Reckoned, int Damaged, bool Corrected);

/// <summary>
/// Reckons days of a center one after the other: of whom more, or other, is stored than before, some workers at a time, the next of them read while these are
/// reckoned. Memory holds two such lots. For one run.
/// </summary>
internal sealed class DayReckoner(
    ReckonStore store, TrackPartStore parts, DaySums sums, GaussKruger zone, CoverageOptions options, TrackMeaningOptions meaning, TimeProvider time)
{
    /// <summary>Units of progress that a day is worth.</summary>
    public const int DayProgress = 1_000;

    private const int WorkersALot = 128;

    private readonly long _rules = ReckoningRules.Number(zone, options, meaning);
    private readonly WorkerReckoner[] _reckoners = [.. Enumerable.Range(0, options.Threads).Select(_ => new WorkerReckoner(zone, options, meaning))];

    /// <param name="day">Which.</param>
    /// <param name="newest">What the log holds of it, by worker; read before the call, so that what is stored meanwhile is seen twice and not never.</param>
    /// <param name="progress">Gets <see cref="DayProgress"/> in all.</param>
    /// <param name="cancellationToken">Ends it; what was written stays and is right.</param>
    public async Task<DayOutcome> ReckonAsync(DaySpan day, ILookup<int, Fix> newest, JobProgress progress, CancellationToken cancellationToken)
    {
        var asOf = time.GetUtcNow();
        if (await store.IsFrozenAsync(day.Day, cancellationToken))
        {
            await sums.SumAsync(day, asOf, cancellationToken);
            progress.Add(DayProgress);
            return default;
        }

        var look = await LookAsync(day, newest, cancellationToken);
        var lots = look.Changed.Chunk(WorkersALot).ToArray();
        var (reckoned, damaged, told) = (0, 0, 0);
        var next = lots.Length > 0 ? ReadAsync(lots[0], look, newest, day, cancellationToken) : null;
        for (var n = 0; n < lots.Length; n++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var lot = await next!;
            next = n + 1 < lots.Length ? ReadAsync(lots[n + 1], look, newest, day, cancellationToken) : null;
            try
            {
                var rows = Reckon(lot.Inputs, day);
                await ReckonStore.WriteAsync(lot.Transaction, day.Day, rows, cancellationToken);
                await lot.Transaction.CommitAsync(cancellationToken);
                reckoned += rows.Length;
                damaged += rows.Sum(row => row.Damaged);
                progress.Add((DayProgress * (n + 1) / lots.Length) - told);
                told = DayProgress * (n + 1) / lots.Length;
                await Task.Delay(Stopwatch.GetElapsedTime(begun) * options.RestShare, time, cancellationToken);
            }
            catch when (next is not null)
            {
                await LetGoAsync(next);
                throw;
            }
        }

        var corrected = await sums.SumAsync(day, asOf, cancellationToken);
        progress.Add(DayProgress - told);
        return new DayOutcome(look.Workers, reckoned, damaged, corrected);
    }

    private async Task<DayLook> LookAsync(DaySpan day, ILookup<int, Fix> newest, CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<int, long>();
        foreach (var worker in newest)
        {
            if (ReckoningRules.NumberOf(worker, day) is { } number)
            {
                numbers[worker.Key] = number;
            }
        }

        var inputs = await store.InputsAsync(day, cancellationToken);
        var look = new DayLook(_rules, numbers, await store.KnownAsync(day.Day, cancellationToken));
        int[] workers = [.. inputs.Stored.Keys.Union(numbers.Keys).Order()];
        return look with { Workers = workers.Length, Changed = [.. workers.Where(worker => look.IsDue(worker, inputs))] };
    }

    private async Task<Lot> ReadAsync(int[] workers, DayLook look, ILookup<int, Fix> newest, DaySpan day, CancellationToken cancellationToken)
    {
        // Tracks are deleted before or after this transaction, and never between the reading and the writing; what went since the day was looked at is seen here.
        var transaction = await store.BeginAsync(cancellationToken);
        var lot = new Lot(transaction, []);
        try
        {
            var inputs = await ReckonStore.InputsAsync(transaction, day, workers, cancellationToken);
            int[] due = [.. workers.Where(worker => look.IsDue(worker, inputs))];
            foreach (var worker in due)
            {
                lot.ByWorker[worker] = new WorkerInput(worker, look.InputOf(worker, inputs)!.Value, [], [.. newest[worker]], inputs.ErasedUntilMs.GetValueOrDefault(worker));
            }

            await foreach (var part in parts.PartsAsync(due, TrackPiece.HoursOf(day.NearMs, day.NearEndMs), day.NearMs, day.NearEndMs, cancellationToken))
            {
                lot.ByWorker[part.WorkerId].Parts.Add(part);
            }

            return lot;
        }
        catch
        {
            await lot.DisposeAsync();
            throw;
        }
    }

    private ReckonedDay[] Reckon(IReadOnlyList<WorkerInput> inputs, DaySpan day)
    {
        var rows = new ReckonedDay[inputs.Count];
        var taken = -1;
        Parallel.For(0, Math.Min(_reckoners.Length, inputs.Count), new ParallelOptions { MaxDegreeOfParallelism = _reckoners.Length }, thread =>
        {
            for (var n = Interlocked.Increment(ref taken); n < inputs.Count; n = Interlocked.Increment(ref taken))
            {
                rows[n] = _reckoners[thread].Reckon(inputs[n], day);
            }
        });
        return rows;
    }

    private static async Task LetGoAsync(Task<Lot> lot)
    {
        try
        {
            await (await lot).DisposeAsync();
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            // It failed as the one before did, of which is told.
        }
    }

    private sealed class Lot(NpgsqlTransaction transaction, Dictionary<int, WorkerInput> byWorker) : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection = transaction.Connection!;

        public NpgsqlTransaction Transaction { get; } = transaction;

        public Dictionary<int, WorkerInput> ByWorker { get; } = byWorker;

        public IReadOnlyList<WorkerInput> Inputs => [.. ByWorker.Values];

        public async ValueTask DisposeAsync()
        {
            await Transaction.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }
}
