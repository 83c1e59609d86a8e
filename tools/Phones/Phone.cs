using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace CommandCenter.Phones;

/// <summary>
/// One phone: an app, an offline queue, and patience. What was taken out of the queue is held until the server has judged it, so
/// fixes leave oldest first and none is lost by a failed try. One upload at a time; recording may happen meanwhile.
/// </summary>
public sealed class Phone(IPhoneApp app, HttpClient http, UploadCounters counters, Backoff backoff, int queueLimit = Phone.DefaultQueueLimit)
{
    /// <summary>A shift of seven hours at one fix per five seconds.</summary>
    public const int DefaultQueueLimit = 5_000;

    private readonly OfflineQueue _queue = new(queueLimit);
    private PhoneFix[] _held = [];
    private int _sentBefore;
    private int _portion = app.MaxPerUpload;
    private int _failures;
    private UploadResult _last;

    /// <summary>Fixes that the server has not judged yet.</summary>
    public int Waiting => _queue.Count + _held.Length;

    public int Room => _queue.Limit - _queue.Count;

    public bool SendsHeartbeats => app.SendsHeartbeats;

    public bool SendsSos => app.SendsSos;

    /// <summary>Tries in a row that came to nothing.</summary>
    public int Failures => _failures;

    /// <summary>How the newest try ended.</summary>
    public UploadResult Last => _last;

    public void Record(in PhoneFix fix)
    {
        if (!_queue.Add(fix))
        {
            counters.CountDropped();
        }
    }

    /// <summary>Sends the oldest portion once. Network trouble is an outcome; only the caller's cancellation throws.</summary>
    public async Task<UploadOutcome> UploadAsync(CancellationToken cancellationToken)
    {
        var outcome = await SendAsync(cancellationToken);
        _last = outcome.Result;
        return outcome;
    }

    private async Task<UploadOutcome> SendAsync(CancellationToken cancellationToken)
    {
        if (_held.Length == 0)
        {
            (_held, _sentBefore) = (_queue.Take(_portion), 0);
        }

        var sending = Math.Min(_portion, _held.Length);
        if (sending == 0)
        {
            return UploadOutcome.Idle;
        }

        counters.CountRetried(Math.Min(sending, _sentBefore));
        counters.CountSent(Math.Max(0, sending - _sentBefore));
        _sentBefore = Math.Max(sending, _sentBefore);

        try
        {
            using var request = app.Compose(_held.AsSpan(0, sending));
            using var answer = await http.SendAsync(request, cancellationToken);
            return await JudgeAsync(answer, sending, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            return TryLater(UploadResult.Away, null, Describe(error));
        }
        catch (SocketException)
        {
            return TryLater(UploadResult.Away, null, "no connection");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TryLater(UploadResult.Away, null, "no answer in time");
        }
        catch (InvalidDataException error)
        {
            return TryLater(UploadResult.Strange, null, error.Message);
        }
    }

    private async Task<UploadOutcome> JudgeAsync(HttpResponseMessage answer, int sending, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        switch (answer.StatusCode)
        {
            case >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices:
                return Settle(await app.ReadAsync(answer, sending, cancellationToken));
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return TryLater(UploadResult.NotKnown, backoff.Longest, $"the server does not accept this phone ({status})");
            case HttpStatusCode.RequestEntityTooLarge when sending > 1:
                _portion = sending / 2;
                return await SendAsync(cancellationToken);
            case HttpStatusCode.TooManyRequests:
                return TryLater(UploadResult.Slowed, RetryAfter(answer), "the server asks for patience (429)");
            case HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError:
                return TryLater(UploadResult.Away, RetryAfter(answer), $"the server answers {status}");
            case HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity:
                return Refuse(sending, await ReasonAsync(answer, cancellationToken));
            default:
                return TryLater(UploadResult.Strange, RetryAfter(answer), $"the server answers {status}; is its address right?");
        }
    }

    private UploadOutcome Settle(IReadOnlyList<FixVerdict> verdicts)
    {
        var again = new List<PhoneFix>();
        var accepted = 0;
        for (var i = 0; i < verdicts.Count; i++)
        {
            if (verdicts[i].SendAgain)
            {
                again.Add(_held[i]);
            }
            else if (verdicts[i].Refusal is { } reason)
            {
                counters.CountRefused(reason, 1);
            }
            else
            {
                accepted++;
            }
        }

        counters.CountAccepted(accepted);
        _failures = again.Count < verdicts.Count ? 0 : _failures;
        _sentBefore += again.Count - verdicts.Count;
        _held = [.. again, .. _held.AsSpan(verdicts.Count)];
        if (again.Count > 0)
        {
            return TryLater(UploadResult.Slowed, null, "the server asks for patience (rate-limited)");
        }

        return UploadOutcome.Delivered;
    }

    private UploadOutcome Refuse(int sent, string reason)
    {
        counters.CountRefused(reason, sent);
        _sentBefore -= sent;
        _held = _held[sent..];
        _failures = 0;
        return UploadOutcome.Delivered;
    }

    private UploadOutcome TryLater(UploadResult result, TimeSpan? asked, string trouble)
    {
        _failures++;
        return new UploadOutcome(result, backoff.After(_failures, asked, Random.Shared.NextDouble()), trouble);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when answer.Headers.Date is { } now => date - now,
        _ => null,
    };

    /// <summary>The machine-readable reason of a problem+json body, else the status.</summary>
    private static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var status = $"http-{(int)answer.StatusCode}";
        try
        {
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.ValueKind == JsonValueKind.Object
                && problem.RootElement.TryGetProperty("reason", out var reason)
                && reason.ValueKind == JsonValueKind.String
                ? reason.GetString()!
                : status;
        }
        catch (JsonException)
        {
            return status; // a body that is no problem+json has no more to say than its status
        }
    }

    private static string Describe(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.ConnectionError => "no connection",
        HttpRequestError.NameResolutionError => "the server's name is not known",
        HttpRequestError.SecureConnectionError => "no secure connection",
        _ => "the connection broke",
    };
}
