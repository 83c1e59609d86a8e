using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Devices;
using CommandCenter.Contracts.Jobs;
using CommandCenter.Contracts.Positions;
using CommandCenter.Contracts.Tracks;
using CommandCenter.LoadGenerator.Load;

namespace CommandCenter.LoadGenerator.Center;

/// <summary>The server's REST interface as far as a run needs it before and after the load.</summary>
internal sealed class CenterClient(HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan DirectoryPatience = TimeSpan.FromMinutes(10);

    public async Task<SessionInfo> SignInAsync(string user, string password, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("api/session", new SessionRequest(user, password), cancellationToken);
        var session = await ReadAsync<SessionInfo>(answer, cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
        return session;
    }

    public async Task<Ground> GroundOfAsync(string area, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync($"api/areas/{area}", cancellationToken);
        return Ground.Around((await ReadAsync<AreaInfo>(answer, cancellationToken)).Center);
    }

    /// <summary>The areas that so many workers are at home in, under the account's own; those there already stay.</summary>
    public async Task EnsureAreasAsync(string root, int workers, CancellationToken cancellationToken)
    {
        for (var worker = 0; worker < workers; worker += LoadWorkers.AreaWorkers)
        {
            var code = LoadWorkers.AreaOf(worker);
            using var answer = await http.PostAsJsonAsync(
                "api/areas", new NewArea(code, "负载 " + code, "Load " + code, "microgrid", null, root, null), cancellationToken);
            if (answer.StatusCode != HttpStatusCode.Conflict)
            {
                await ReadAsync<AreaInfo>(answer, cancellationToken);
            }
        }
    }

    public async Task<GatewayAccess> EnrolGatewayAsync(string area, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("api/gateways", new NewGateway("Load generator", area), cancellationToken);
        var gateway = await ReadAsync<EnrolledGateway>(answer, cancellationToken);
        return new GatewayAccess(gateway.Id, gateway.User, gateway.Password);
    }

    public async Task RevokeGatewayAsync(GatewayAccess gateway, CancellationToken cancellationToken)
    {
        using var answer = await http.DeleteAsync($"api/gateways/{gateway.Id}", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>
    /// Waits until the server knows the devices and their workers. It is asked with reports without a time, which it refuses and never keeps: as
    /// malformed when it knows the device, as unknown when not.
    /// </summary>
    public async Task UntilKnownAsync(GatewayAccess gateway, LoadWorkers workers, CancellationToken cancellationToken)
    {
        int[] probes = [0, workers.Count / 3, workers.Count / 2, workers.Count - 1];
        var body = JsonSerializer.Serialize(new { reports = probes.Select(i => new { device = LoadWorkers.DeviceOf(i) }) });
        var start = clock.GetTimestamp();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/positions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{gateway.User}:{gateway.Password}")));
            using var answer = await http.SendAsync(request, cancellationToken);
            var result = await ReadAsync<PositionBatchResult>(answer, cancellationToken);
            if (result.Items.All(item => item.Reason == "malformed"))
            {
                return;
            }

            if (clock.GetElapsedTime(start) > DirectoryPatience)
            {
                throw new RunFailedException("The server did not take up the new devices within 10 minutes.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, cancellationToken);
        }
    }

    /// <summary>The tracks of everyone who was in the area in the hour before, as the playback page reads them. Returns their bytes.</summary>
    public async Task<long> ReadLastHourAsync(string area, DateTimeOffset to, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/tracks?area={area}&from={to.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}&to={to:yyyy-MM-ddTHH:mm:ssZ}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(TrackChunk.PackedType));
        request.Headers.Add("X-Audit-Reason", "load test");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ExpectSuccessAsync(answer, cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var (buffer, bytes) = (new byte[65_536], 0L);
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            bytes += read;
        }

        return bytes;
    }

    /// <summary>Asks for a run of a background job over the days of a span.</summary>
    public async Task<JobRunInfo> RunJobAsync(string job, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync($"api/jobs/{job}/runs", new NewJobRun($"{from:yyyy-MM-ddTHH:mm:ssZ}", $"{to:yyyy-MM-ddTHH:mm:ssZ}"), cancellationToken);
        return await ReadAsync<JobRunInfo>(answer, cancellationToken);
    }

    public async Task<JobRunInfo> JobRunAsync(long id, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync($"api/jobs/runs/{id}", cancellationToken);
        return await ReadAsync<JobRunInfo>(answer, cancellationToken);
    }

    /// <summary>Nothing where it has ended already.</summary>
    public async Task CancelJobAsync(long id, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync($"api/jobs/runs/{id}/cancel", null, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Conflict)
        {
            await ExpectSuccessAsync(answer, cancellationToken);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await ExpectSuccessAsync(answer, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<T>(cancellationToken) ?? throw new RunFailedException("The server answered nothing.");
    }

    private static async Task ExpectSuccessAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new RunFailedException($"{answer.RequestMessage?.RequestUri?.AbsolutePath} was answered {(int)answer.StatusCode}: {text[..Math.Min(300, text.Length)]}");
        }
    }
}

/// <summary>The run cannot go on; the message says why, for people.</summary>
internal sealed class RunFailedException(string message) : Exception(message);
