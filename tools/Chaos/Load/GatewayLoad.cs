using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using CommandCenter.Chaos.Center;
using CommandCenter.Contracts.Positions;
using CommandCenter.Phones;

namespace CommandCenter.Chaos.Load;

/// <summary>
/// A gateway that hands in the fixes of many workers, each in its turn: two batches a second, tried until they are answered. While the
/// center is away it keeps what its bound allows and then takes no more.
/// </summary>
public sealed class GatewayLoad(CenterPeople people, Ledger ledger, HttpClient http, IReadOnlyList<int> workers, int rate)
{
    private const int Senders = 4;
    private const int MostBatches = 240;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly Backoff Patience = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(3));

    private readonly Channel<Batch> _waiting = Channel.CreateBounded<Batch>(MostBatches);
    private readonly BatchMessagePackFormat _format = new();
    private readonly AuthenticationHeaderValue _signIn = new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{people.Gateway.User}:{people.Gateway.Password}")));

    /// <summary>Takes fixes until <paramref name="taking"/> is cancelled, then delivers what waits; <paramref name="giveUp"/> ends even that.</summary>
    public async Task RunAsync(CancellationToken taking, CancellationToken giveUp)
    {
        var senders = Enumerable.Range(0, Senders).Select(_ => SendAsync(giveUp)).ToArray();
        await TakeAsync(taking);
        _waiting.Writer.Complete();
        await Task.WhenAll(senders);
    }

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Beat);
        var next = 0;
        var owed = 0.0;
        while (await WaitAsync(timer, cancellationToken))
        {
            owed += rate * Beat.TotalSeconds;
            var count = Math.Min((int)owed, workers.Count);
            owed -= count;
            if (count == 0 || _waiting.Reader.Count == MostBatches)
            {
                continue;
            }

            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var batch = new Batch(now, [.. Enumerable.Range(next, count).Select(i => workers[i % workers.Count])]);
            next = (next + count) % workers.Count;
            foreach (var worker in batch.Workers)
            {
                ledger.Taken(worker, now);
            }

            _waiting.Writer.TryWrite(batch);
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SendAsync(CancellationToken giveUp)
    {
        await foreach (var batch in _waiting.Reader.ReadAllAsync(giveUp))
        {
            for (var failures = 1; batch.Workers.Count > 0; failures++)
            {
                var asked = await TryAsync(batch, giveUp);
                if (batch.Workers.Count > 0)
                {
                    await Task.Delay(Patience.After(failures, asked < Patience.Longest ? asked : null, Random.Shared.NextDouble()), giveUp);
                }
            }
        }
    }

    /// <summary>One try: what was answered leaves the batch. Returns the server's Retry-After.</summary>
    private async Task<TimeSpan?> TryAsync(Batch batch, CancellationToken giveUp)
    {
        using var request = Compose(batch);
        batch.Tries++;
        try
        {
            using var answer = await http.SendAsync(request, giveUp);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Settle(batch, _format.Read(await answer.Content.ReadAsByteArrayAsync(giveUp), answer.Content.Headers.ContentType?.MediaType));
            }

            return answer.Headers.RetryAfter?.Delta;
        }
        catch (HttpRequestException e)
        {
            // Nobody listened: that try reached nobody.
            batch.Tries -= e.HttpRequestError == HttpRequestError.ConnectionError ? 1 : 0;
            return null;
        }
        catch (SocketException)
        {
            batch.Tries--;
            return null;
        }
        catch (OperationCanceledException) when (!giveUp.IsCancellationRequested)
        {
            return null;
        }
    }

    private HttpRequestMessage Compose(Batch batch)
    {
        var reports = new PositionBatchItem[batch.Workers.Count];
        for (var i = 0; i < reports.Length; i++)
        {
            var worker = ledger.Workers[batch.Workers[i]];
            var fix = Walk.FixAt(worker, batch.FixTimeMs);
            reports[i] = new PositionBatchItem
            {
                Device = worker.Device.User,
                FixTime = batch.FixTimeMs,
                Longitude = fix.Longitude,
                Latitude = fix.Latitude,
                SpeedMps = fix.SpeedMps,
                AccuracyMeters = fix.AccuracyMeters,
                Battery = fix.BatteryPercent,
            };
        }

        var content = new ByteArrayContent(_format.Write(new PositionBatch { Reports = reports }));
        content.Headers.ContentType = new MediaTypeHeaderValue(_format.MediaType);
        var request = new HttpRequestMessage(HttpMethod.Post, "api/positions") { Content = content };
        request.Headers.Authorization = _signIn;
        return request;
    }

    private void Settle(Batch batch, PositionBatchResult result)
    {
        var again = new List<int>();
        for (var i = 0; i < batch.Workers.Count; i++)
        {
            var worker = batch.Workers[i];
            var item = result.Items[i];
            if (item.Reason == FixVerdict.RateLimited)
            {
                again.Add(worker);
            }
            else if (item.Status == "refused")
            {
                ledger.Refuse(item.Reason ?? "unnamed");
            }
            else
            {
                var (longitude, latitude) = Walk.At(ledger.Workers[worker], batch.FixTimeMs);
                ledger.Keep(worker, new AnsweredFix(batch.FixTimeMs, longitude, latitude, batch.Tries));
            }
        }

        batch.Workers = again;
    }

    private sealed class Batch(long fixTimeMs, List<int> workers)
    {
        public long FixTimeMs { get; } = fixTimeMs;

        public List<int> Workers { get; set; } = workers;

        public int Tries { get; set; }
    }
}
