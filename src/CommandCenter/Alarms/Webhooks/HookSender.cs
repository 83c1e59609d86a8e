using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Storage;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Alarms.Webhooks;

/// <summary>
/// Posts to webhooks what <see cref="HookList"/> noted, one at a time for each address, in order but for what has to be tried again. A row is locked while it is sent, so of several nodes one sends it; a
/// receiver may get one twice, by its <c>event</c> it knows.
/// </summary>
public sealed partial class HookSender(
    NpgsqlDataSource dataSource, SchemaMigrations schema, TimeProvider time, IOptions<WebhookOptions> options, ILogger<HookSender> logger) : BackgroundService
{
    private const double LongestPauseSeconds = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // Messages of one address leave one after another: the lock is of the whole address, for as long as the transaction.
    private const string NextSql =
        """
        select event_id as EventId, body as Body, attempts as Attempts from alarm_outbox
        where hook = @hook and sent_at is null and failed_at is null and next_at <= @now and pg_try_advisory_xact_lock(hashtext('alarm_outbox'), hashtext(@hook))
        order by next_at limit 1 for update skip locked
        """;

    private const string DoneSql =
        """
        update alarm_outbox set attempts = @attempts, sent_at = @sentAt, failed_at = @failedAt, next_at = @nextAt where event_id = @eventId and hook = @hook
        """;

    private const string ForgetSql = "delete from alarm_outbox where hook = @hook and (sent_at < @before or failed_at < @before)";

    /// <summary><c>t=MS,v1=HEX</c>: HMAC-SHA-256 by the address's key over <c>MS.BODY</c>.</summary>
    public static string Signature(string key, long nowMs, string body)
    {
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{nowMs}.{body}")));
        return string.Create(CultureInfo.InvariantCulture, $"t={nowMs},v1={Convert.ToHexStringLower(mac)}");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Urls.Count > 0)
        {
            await schema.WhenAppliedAsync(stoppingToken);
            await Task.WhenAll(options.Value.Urls.Select(hook => SendAsync(hook.Key, new Uri(hook.Value), stoppingToken)));
        }
    }

    private async Task SendAsync(string hook, Uri url, CancellationToken stoppingToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds) };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await SendNextAsync(http, hook, url, stoppingToken))
                {
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogInterrupted(hook, e.Message);
                await Task.Delay(Pause * 4, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> SendNextAsync(HttpClient http, string hook, Uri url, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(NextSql, new { hook, now = time.GetUtcNow() }, transaction, cancellationToken: cancellationToken));
        if (row is null)
        {
            return false;
        }

        var error = await PostAsync(http, url, options.Value.Keys[hook], row.Body, cancellationToken);
        var (now, attempts) = (time.GetUtcNow(), row.Attempts + 1);
        var given = error is not null && attempts >= options.Value.Attempts;
        var pause = Math.Min(LongestPauseSeconds, Math.Pow(2, attempts)) * (0.5 + (0.5 * Random.Shared.NextDouble()));
        await connection.ExecuteAsync(new CommandDefinition(
            DoneSql,
            new { row.EventId, hook, attempts, sentAt = error is null ? now : (DateTimeOffset?)null, failedAt = given ? now : (DateTimeOffset?)null, nextAt = now.AddSeconds(pause) },
            transaction,
            cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(ForgetSql, new { hook, before = now.AddDays(-30) }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        if (given)
        {
            LogGivenUp(hook, attempts, error!);
        }

        return true;
    }

    /// <summary>Null when it was taken, otherwise why not.</summary>
    private async Task<string?> PostAsync(HttpClient http, Uri url, string key, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-CommandCenter-Signature", Signature(key, time.GetUtcNow().ToUnixTimeMilliseconds(), body));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"it answered {(int)answer.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return e switch
            {
                HttpRequestException failed => failed.HttpRequestError.ToString(),
                SocketException => nameof(HttpRequestError.ConnectionError),
                _ => "it did not answer in time",
            };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Name} waits: {Error}")]
    private partial void LogInterrupted(string name, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhook {Name} was not told of an alarm after {Attempts} attempts: {Error}")]
    private partial void LogGivenUp(string name, int attempts, string error);

    private sealed class Row
    {
        public Guid EventId { get; init; }

        public string Body { get; init; } = "";

        public int Attempts { get; init; }
    }
}
