using CommandCenter.Tracks;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>Tracks that come in pieces, late, twice and in any order, with the job between them, end in the rows of a reckoning of all at once.</summary>
public sealed class ReckoningOrderTests
{
    private const int Workers = 6;

    private static readonly DateOnly Day = new(2026, 11, 18);

    /// <summary>Eleven in the evening: half of what is walked lies beyond midnight.</summary>
    private static readonly DateTimeOffset Evening = new(2026, 11, 18, 15, 0, 0, TimeSpan.Zero);

    private ReckoningCenter _center = null!;

    [SetUp]
    public async Task StartAsync() => _center = await ReckoningCenter.StartAsync();

    [TearDown]
    public Task StopAsync() => _center.DisposeAsync().AsTask();

    [Test]
    public async Task StepByStepIsAsFromScratch([Range(1, 6)] int seed)
    {
        var random = new Random(seed);
        var walks = Enumerable.Range(1, Workers).Select(worker => ReckoningCenter.Walk(worker, Evening.AddMinutes(random.Next(50)), 40 + random.Next(40), latitude: 37.82 + (random.Next(4) * 0.0001))).ToList();
        foreach (var piece in Shuffled(random, walks.SelectMany(walk => Pieces(random, walk))))
        {
            // What is not stored yet lies in the log first, and some of it is told twice.
            _center.Log.AddRange(piece);
            if (random.Next(3) == 0)
            {
                await RunAsync(random);
            }

            if (random.Next(2) == 0)
            {
                await _center.KeepAsync(_center.Log.Take(random.Next(_center.Log.Count + 1)).ToList(), _center.Log);
                _center.Log.Clear();
            }

            if (random.Next(4) == 0)
            {
                await RunAsync(random);
            }
        }

        await _center.KeepAsync(_center.Log);
        _center.Log.Clear();
        await _center.RunAsync(Day, Day.AddDays(2));
        var steps = await _center.RowsAsync();
        await _center.ExecuteAsync("truncate track_pieces, coverage_worker_days, coverage_tiles, coverage_days");
        await _center.KeepAsync([.. walks]);
        await _center.RunAsync(Day, Day.AddDays(2));

        Assert.That(steps, Is.EqualTo(await _center.RowsAsync()), $"seed {seed}");
        Assert.That((await _center.DayAsync(Day))!.Totals.CreditedMs + (await _center.DayAsync(Day.AddDays(1)))!.Totals.CreditedMs, Is.EqualTo(walks.Sum(walk => (walk.Count - 1) * 10_000L)), "nothing is lost at midnight");
    }

    private Task RunAsync(Random random) => random.Next(3) switch
    {
        0 => _center.RunAsync(Day),
        1 => _center.RunAsync(Day.AddDays(1)),
        _ => _center.RunAsync(Day, Day.AddDays(2)),
    };

    private static IEnumerable<List<Fix>> Pieces(Random random, List<Fix> walk)
    {
        for (int from = 0, count; from < walk.Count; from += count)
        {
            count = 1 + random.Next(120);
            yield return [.. walk.Skip(from - random.Next(Math.Min(from, 5) + 1)).Take(count + 5)];
        }
    }

    private static List<T> Shuffled<T>(Random random, IEnumerable<T> from)
    {
        T[] all = [.. from];
        random.Shuffle(all);
        return [.. all];
    }
}
