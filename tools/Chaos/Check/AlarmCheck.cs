using System.Diagnostics;
using System.Globalization;
using CommandCenter.Chaos.Load;
using CommandCenter.Chaos.Walls;
using Npgsql;

namespace CommandCenter.Chaos.Check;

/// <summary>What became of the alarms that were answered.</summary>
/// <param name="Pressed">By phones.</param>
/// <param name="Answered">With 201 or 200.</param>
/// <param name="Lost">Answered and not in the ledger.</param>
/// <param name="Doubled">Entries "raised" or "joined" beyond one for each press.</param>
/// <param name="NotShown">Alarms that some wall has never drawn, counted for each wall.</param>
/// <param name="ShownMs">From the first try of each to its drawing, each wall counted, in order.</param>
public sealed record AlarmCheck(int Pressed, int Answered, int Lost, int Doubled, int NotShown, IReadOnlyList<double> ShownMs)
{
    public static readonly AlarmCheck None = new(0, 0, 0, 0, 0, []);

    private const string EntriesSql = "select alarm_id, count(*)::int from alarm_ledger where step in ('raised', 'joined') group by alarm_id";

    /// <summary>Gives the store and the walls so long to have everything.</summary>
    public static async Task<AlarmCheck> RunAsync(string postgres, PressLog log, IReadOnlyList<AlarmWall> walls, TimeSpan patience, CancellationToken cancellationToken)
    {
        var answered = log.Answered.ToList();
        var alarms = answered.Select(press => press.Alarm!.Value).Distinct().ToList();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var entries = await EntriesAsync(postgres, cancellationToken);
            var expected = answered.GroupBy(press => press.Alarm!.Value).ToDictionary(presses => presses.Key, presses => presses.Count());
            var lost = expected.Sum(alarm => Math.Max(0, alarm.Value - entries.GetValueOrDefault(alarm.Key)));
            var notShown = walls.Sum(wall => alarms.Count(alarm => wall.DrawnAt(alarm) is null));
            if ((lost == 0 && notShown == 0) || clock.Elapsed > patience)
            {
                // A press that nobody was answered about may be there, too: once.
                var doubled = Math.Max(0, entries.Values.Sum() - log.All.Count());
                return new AlarmCheck(log.All.Count(), answered.Count, lost, doubled, notShown, Times(answered, walls));
            }

            await Task.Delay(200, cancellationToken);
        }
    }

    public string Line() => string.Create(
        CultureInfo.InvariantCulture,
        $"alarms: {Pressed} pressed, {Answered} answered, {Lost} lost, {Doubled} doubled, {NotShown} not shown; from the press to a wall p50 {At(0.5):0} ms, p90 {At(0.9):0} ms, p99 {At(0.99):0} ms, longest {At(1):0} ms");

    private double At(double share) => ShownMs.Count == 0 ? 0 : ShownMs[(int)Math.Min(ShownMs.Count - 1, Math.Floor(share * ShownMs.Count))];

    private static List<double> Times(List<Press> answered, IReadOnlyList<AlarmWall> walls) =>
        [.. answered.Where(press => press.Alarm == press.Id)
            .SelectMany(press => walls.Select(wall => wall.DrawnAt(press.Id)).OfType<long>().Select(at => Stopwatch.GetElapsedTime(press.SentAt, at).TotalMilliseconds)).Order()];

    private static async Task<Dictionary<Guid, int>> EntriesAsync(string postgres, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(EntriesSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<Guid, int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found[reader.GetGuid(0)] = reader.GetInt32(1);
        }

        return found;
    }
}
