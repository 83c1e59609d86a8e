using CommandCenter.Phones;
using CommandCenter.Replay.Reading;

namespace CommandCenter.Replay;

/// <summary>Read, shift, play, report. Exit codes: 0 all was delivered, 2 there is nothing to play, 3 something was not delivered.</summary>
public sealed class ReplayRun(ReplayOptions options, TimeProvider clock, TextWriter output, TextWriter error)
{
    private const int Delivered = 0;
    private const int NothingToPlay = 2;
    private const int NotDelivered = 3;
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromSeconds(10);

    /// <summary>Tries in a row before a device gives up: with the longest wait about four minutes.</summary>
    public int Patience { get; init; } = 12;

    public Backoff Backoff { get; init; } = Backoff.Default;

    public UploadCounters Counters { get; } = new();

    /// <param name="http">Null for a dry run: nothing is sent.</param>
    /// <param name="cancellationToken">Stops playing; the summary is still written.</param>
    public async Task<int> RunAsync(HttpClient? http, CancellationToken cancellationToken)
    {
        var sink = new TrackSink(options.Wanted);
        foreach (var path in options.Inputs)
        {
            if (TrackFile.Read(path, options.Columns, sink) is { } fault)
            {
                await error.WriteLineAsync(fault);
            }
        }

        await Report.WriteReadingAsync(output, sink);
        if (sink.Overflowed)
        {
            await error.WriteLineAsync($"The files hold more than {TrackSink.MostPoints} fixes: narrow them with --from, --to or --limit.");
            return NothingToPlay;
        }

        if (sink.Points.Count == 0)
        {
            await error.WriteLineAsync("There is nothing to play.");
            return NothingToPlay;
        }

        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var score = Score.Write(sink.Points, options, Math.Max(1, options.Apps.Count), nowMs);
        await Report.WriteScoreAsync(output, score, nowMs);
        return http is null ? Delivered : await PlayAsync(score, http, cancellationToken);
    }

    private async Task<int> PlayAsync(Score score, HttpClient http, CancellationToken cancellationToken)
    {
        var players = score.Parts.Zip(options.Apps, (part, app) =>
            new DevicePlayer(part, new Phone(app, http, Counters, Backoff), Patience, clock)).ToList();
        var start = clock.GetTimestamp();
        var playing = Task.WhenAll(players.Select(p => p.RunAsync(start, cancellationToken)));
        while (await Task.WhenAny(playing, Task.Delay(ProgressPeriod, clock, CancellationToken.None)) != playing)
        {
            await output.WriteLineAsync(Report.Progress(Counters, players.Sum(p => p.Undelivered)));
        }

        var endings = await playing;
        await Report.WriteEndAsync(output, Counters, endings);
        return endings.All(e => e.Trouble is null) ? Delivered : NotDelivered;
    }
}
