using CommandCenter.Chaos.Load;
using CommandCenter.Tracks;
using Npgsql;

namespace CommandCenter.Chaos.Check;

/// <summary>What PostgreSQL holds of what was answered.</summary>
/// <param name="Answered">Fixes the server answered 200 for.</param>
/// <param name="Stored">Different fixes of these workers in segments and pieces.</param>
/// <param name="Lost">Answered and not stored.</param>
/// <param name="Duplicates">Stored more often than they were sent: the writer's fault, not a phone's retry.</param>
/// <param name="Repeats">Stored again because a phone had to send again; readers see them once.</param>
/// <param name="Changed">Stored at another place than sent.</param>
/// <param name="FirstLost">For people.</param>
public sealed record StoredCheck(long Answered, long Stored, long Lost, long Duplicates, long Repeats, long Changed, string? FirstLost)
{
    private const string Sql = "select worker_id, body from track_parts order by worker_id";

    public bool IsWhole => Lost == 0 && Duplicates == 0 && Changed == 0;

    /// <summary>Reads the pieces past the server, as an auditor would.</summary>
    public static async Task<StoredCheck> RunAsync(string postgres, Ledger ledger, CancellationToken cancellationToken)
    {
        var known = ledger.Workers.Select((w, i) => (w.Id, i)).ToDictionary(p => p.Id, p => p.i);
        var sum = new StoredCheck(ledger.Answered, 0, 0, 0, 0, 0, null);
        var seen = new bool[ledger.Workers.Count];
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var fixes = new List<Fix>();
        var of = -1;
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetInt32(0);
            if (id != of)
            {
                sum = Settle(sum);
                of = id;
            }

            TrackCodec.Decode(reader.GetFieldValue<byte[]>(1), fixes);
        }

        sum = Settle(sum);
        for (var i = 0; i < seen.Length; i++)
        {
            sum = seen[i] ? sum : Judge(sum, ledger, i, []);
        }

        return sum;

        StoredCheck Settle(StoredCheck before)
        {
            var after = before;
            if (known.TryGetValue(of, out var worker))
            {
                seen[worker] = true;
                after = Judge(before, ledger, worker, fixes);
            }

            fixes.Clear();
            return after;
        }
    }

    /// <summary>Adds one worker's verdict; <paramref name="stored"/> as the pieces have them, repeats and all.</summary>
    public static StoredCheck Judge(StoredCheck sum, Ledger ledger, int worker, List<Fix> stored)
    {
        var copies = stored.GroupBy(f => f.FixTimeMs).ToDictionary(g => g.Key, g => (Count: g.Count(), First: g.First()));
        long lost = 0, duplicates = 0, repeats = 0, changed = 0;
        string? first = null;
        foreach (var fix in ledger.Of(worker))
        {
            if (!copies.TryGetValue(fix.FixTimeMs, out var found))
            {
                lost++;
                first ??= $"{ledger.Workers[worker].Code} at {DateTimeOffset.FromUnixTimeMilliseconds(fix.FixTimeMs):HH:mm:ss.fff}, answered after {fix.Tries} tries";
                continue;
            }

            duplicates += found.Count > fix.Tries ? 1 : 0;
            repeats += found.Count - 1;
            changed += found.First.LongitudeE7 != fix.LongitudeE7 || found.First.LatitudeE7 != fix.LatitudeE7 ? 1 : 0;
        }

        return sum with
        {
            Stored = sum.Stored + copies.Count,
            Lost = sum.Lost + lost,
            Duplicates = sum.Duplicates + duplicates,
            Repeats = sum.Repeats + repeats,
            Changed = sum.Changed + changed,
            FirstLost = sum.FirstLost ?? first,
        };
    }
}
