using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CommandCenter.Chaos.Center;

namespace CommandCenter.Chaos.Load;

/// <summary>Presses SOS on one phone after another, each tried with its own id until it is answered, without waiting for the one before.</summary>
public sealed class AlarmLoad(IReadOnlyList<ReportingWorker> workers, PressLog log, HttpClient http, TimeSpan interval)
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _atOnce = new(MostAtOnce);

    /// <param name="taking">No new ones afterwards.</param>
    /// <param name="giveUp">What is not answered then never is.</param>
    public async Task RunAsync(CancellationToken taking, CancellationToken giveUp)
    {
        var open = new List<Task>();
        for (var n = 0; !taking.IsCancellationRequested; n++)
        {
            await _atOnce.WaitAsync(giveUp);
            open.RemoveAll(press => press.IsCompletedSuccessfully);
            open.Add(PressAsync(n % workers.Count, giveUp));
            await Task.Delay(interval, taking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(open);
    }

    private async Task PressAsync(int worker, CancellationToken giveUp)
    {
        var press = log.Begin(worker);
        var (who, at) = (workers[worker], DateTimeOffset.UtcNow);
        try
        {
            while (!giveUp.IsCancellationRequested && !await TryAsync(press, who, at, giveUp))
            {
                await Task.Delay(Pause, giveUp);
            }
        }
        finally
        {
            _atOnce.Release();
        }
    }

    private async Task<bool> TryAsync(Press press, ReportingWorker who, DateTimeOffset at, CancellationToken giveUp)
    {
        press.Tries++;
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/alarms")
        {
            Content = JsonContent.Create(new { id = press.Id, kind = "sos", longitude = who.Longitude, latitude = who.Latitude, accuracyMeters = 12, occurredAt = at }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{who.Device.User}:{who.Device.Password}")));
        try
        {
            using var answer = await http.SendAsync(request, giveUp);
            if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
            {
                var receipt = await answer.Content.ReadFromJsonAsync<JsonElement>(giveUp);
                press.Alarm = receipt.TryGetProperty("joined", out var joined) && joined.ValueKind == JsonValueKind.String ? joined.GetGuid() : press.Id;
                return true;
            }

            if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway))
            {
                log.Refusals.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(giveUp)}");
                return true;
            }
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            // The line broke: whether it arrived is not known, so it is sent again.
        }
        catch (OperationCanceledException) when (!giveUp.IsCancellationRequested)
        {
            // No answer in time.
        }

        return false;
    }
}
