using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Workers;
using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>
/// The dispatcher who signs workers on and off: one account, one request at a time, a few a second. What the server has not
/// confirmed is tried again, so that an outage delays a change of duty and loses none.
/// </summary>
public sealed class DutyDesk(HttpClient http, PlannedDesk account, IReadOnlyList<string> workers, TimeProvider clock, Action<string> log)
{
    private const int PageSize = 2_000;

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan BetweenChanges = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(10);

    /// <summary>A wrong password is slowed down by the server, and rightly.</summary>
    private static readonly Backoff Patience = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2));

    private readonly Entry[] _entries = [.. workers.Select(code => new Entry(code))];
    private AuthenticationHeaderValue? _token;
    private bool _rosterRead;
    private int _next;
    private int _failures;
    private long _changed;

    /// <summary>Changes that the server has confirmed.</summary>
    public long Changed => Interlocked.Read(ref _changed);

    /// <summary>Changes that still wait.</summary>
    public int Waiting => _entries.Count(e => e.Wanted is { } wanted && wanted != e.Known);

    public void Want(int worker, bool onDuty) => _entries[worker].Wanted = onDuty;

    /// <summary>What the server knows; before it was asked, on duty, as a demo begins.</summary>
    public bool IsOnDuty(int worker) => _entries[worker].Known ?? true;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = await StepAsync(cancellationToken);
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>One request at most; how long to wait until the next.</summary>
    private async Task<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var refusal = _token is null ? await SignInAsync(cancellationToken)
                : !_rosterRead ? await ReadRosterAsync(cancellationToken)
                : await ChangeOneAsync(cancellationToken);
            return refusal ?? (_rosterRead && Waiting == 0 ? BetweenLooks : BetweenChanges);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return Failed(null, "it cannot reach the server");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(null, "the server does not answer in time");
        }
        catch (JsonException)
        {
            return Failed(null, "the server's answer is none of its own");
        }
    }

    private async Task<TimeSpan?> SignInAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("api/session", new SessionRequest(account.User, account.Password), Wire, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            return Failed(answer, $"the server does not sign {account.User} in ({(int)answer.StatusCode})");
        }

        var session = await answer.Content.ReadFromJsonAsync<SessionInfo>(Wire, cancellationToken);
        _token = new AuthenticationHeaderValue("Bearer", session?.Token ?? throw new JsonException("no token"));
        return Answered();
    }

    /// <summary>Who is off duty from an earlier run or by other hands.</summary>
    private async Task<TimeSpan?> ReadRosterAsync(CancellationToken cancellationToken)
    {
        var off = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (string? cursor = ""; cursor is not null;)
        {
            using var request = Signed(HttpMethod.Get, $"api/workers?onDuty=false&limit={PageSize}" + (cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : ""));
            using var answer = await http.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                return Failed(answer, $"the server does not show the roster ({(int)answer.StatusCode})");
            }

            var page = await answer.Content.ReadFromJsonAsync<Page<WorkerInfo>>(Wire, cancellationToken) ?? throw new JsonException("no page");
            off.UnionWith(page.Items.Select(w => w.Code));
            cursor = page.Next;
        }

        foreach (var entry in _entries)
        {
            entry.Known = !off.Contains(entry.Code);
        }

        _rosterRead = true;
        return Answered();
    }

    private async Task<TimeSpan?> ChangeOneAsync(CancellationToken cancellationToken)
    {
        if (NextDue() is not { } entry)
        {
            return null;
        }

        var onDuty = entry.Wanted!.Value;
        using var request = Signed(HttpMethod.Post, $"api/workers/{Uri.EscapeDataString(entry.Code)}/duty");
        request.Content = JsonContent.Create(new DutyChange(onDuty), options: Wire);
        using var answer = await http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            entry.Known = onDuty;
            Interlocked.Increment(ref _changed);
            return Answered();
        }

        if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            // About this worker alone, who may have left: the others go on.
            entry.NotBefore = clock.GetTimestamp() + (long)(AfterRefusal.TotalSeconds * clock.TimestampFrequency);
            log($"the desk may not change {entry.Code}'s duty ({(int)answer.StatusCode}); it tries again in {AfterRefusal.TotalMinutes:0} minutes");
            return null;
        }

        return Failed(answer, $"the server does not change duty ({(int)answer.StatusCode})");
    }

    private Entry? NextDue()
    {
        var now = clock.GetTimestamp();
        for (var i = 0; i < _entries.Length; i++)
        {
            _next = (_next + 1) % _entries.Length;
            var entry = _entries[_next];
            if (entry.Wanted is { } wanted && wanted != entry.Known && entry.NotBefore <= now)
            {
                return entry;
            }
        }

        return null;
    }

    private HttpRequestMessage Signed(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = _token;
        return request;
    }

    private TimeSpan? Answered()
    {
        _failures = 0;
        return null;
    }

    private TimeSpan Failed(HttpResponseMessage? answer, string trouble)
    {
        if (answer?.StatusCode == HttpStatusCode.Unauthorized)
        {
            _token = null;
        }

        if (_failures++ == 2)
        {
            log($"the desk changes nobody's duty now: {trouble}; it goes on trying");
        }

        return Patience.After(_failures, answer?.Headers.RetryAfter?.Delta, Random.Shared.NextDouble());
    }

    private sealed class Entry(string code)
    {
        private volatile int _wanted = -1;
        private volatile int _known = -1;

        public string Code => code;

        public long NotBefore { get; set; }

        /// <summary>Set by the simulation, read by the desk.</summary>
        public bool? Wanted
        {
            get => Of(_wanted);
            set => _wanted = value == true ? 1 : 0;
        }

        /// <summary>Set by the desk, read by the simulation.</summary>
        public bool? Known
        {
            get => Of(_known);
            set => _known = value == true ? 1 : 0;
        }

        private static bool? Of(int value) => value < 0 ? null : value == 1;
    }
}
