using System.Globalization;
using CommandCenter.Phones;
using CommandCenter.Replay.Reading;

namespace CommandCenter.Replay;

/// <summary>What the run says to people, in plain lines.</summary>
public static class Report
{
    /// <summary>What the server's public rules allow: 60 s ahead, 30 days behind.</summary>
    private const long MostAheadMs = 60_000;
    private const long OldestMs = 30L * 86_400_000;

    public static async Task WriteReadingAsync(TextWriter output, TrackSink sink)
    {
        await output.WriteLineAsync(Invariant($"read {sink.Read} fixes, skipped {sink.Skipped} lines, outside of the wanted time {sink.OutsideTime}, to play {sink.Points.Count}"));
        foreach (var note in sink.Notes)
        {
            await output.WriteLineAsync(Invariant($"  {note.File}, line {note.Line}: {note.Why}"));
        }

        if (sink.Skipped > sink.Notes.Count)
        {
            await output.WriteLineAsync(Invariant($"  and {sink.Skipped - sink.Notes.Count} more"));
        }
    }

    public static async Task WriteScoreAsync(TextWriter output, Score score, long nowMs)
    {
        await output.WriteLineAsync(Invariant($"{score.Tracks} tracks, {score.Fixes} fixes from {Moment(score.FirstMs)} to {Moment(score.LastMs)}"));
        if (score.Misplaced > 0)
        {
            await output.WriteLineAsync(Invariant($"{score.Misplaced} fixes left out: the shift moved them off the map"));
        }

        var all = score.Parts.SelectMany(p => p.Fixes);
        var old = all.LongCount(f => f.FixTimeMs < nowMs - OldestMs);
        var early = score.Parts.Sum(p => p.Fixes.Zip(p.DueMs).LongCount(f => f.First.FixTimeMs > nowMs + f.Second + MostAheadMs));
        if (old + early > 0)
        {
            await output.WriteLineAsync(Invariant($"note: {old} fixes are older than 30 days and {early} lie in the future when they are played: servers refuse such; see --shift-time, --arrange and --by-day"));
        }

        if (score.Fixes > 0)
        {
            await output.WriteLineAsync(Invariant(
                $"west {all.Min(f => f.Longitude):0.#####}, south {all.Min(f => f.Latitude):0.#####}, east {all.Max(f => f.Longitude):0.#####}, north {all.Max(f => f.Latitude):0.#####}"));
        }
    }

    public static string Progress(UploadCounters counters, long left) =>
        Invariant($"sent {counters.Sent}, accepted {counters.Accepted}, refused {counters.Refused}, retried {counters.Retried}, to go {left}");

    public static async Task WriteEndAsync(TextWriter output, UploadCounters counters, IReadOnlyList<Ending> endings)
    {
        await output.WriteLineAsync(Progress(counters, endings.Sum(e => e.Undelivered)));
        foreach (var (reason, count) in counters.RefusedByReason)
        {
            await output.WriteLineAsync(Invariant($"  refused {reason}: {count}"));
        }

        for (var i = 0; i < endings.Count; i++)
        {
            if (endings[i].Trouble is { } trouble)
            {
                await output.WriteLineAsync(Invariant($"  device {i + 1}: {endings[i].Undelivered} not delivered: {trouble}"));
            }
        }
    }

    private static string Moment(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
