using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace CommandCenter.Basemaps;

/// <summary>What a map's server made of a request for a tile.</summary>
internal enum TileOutcome
{
    Fetched,

    /// <summary>It has no such tile.</summary>
    Absent,

    /// <summary>It cannot be reached, is too slow, or asks for patience.</summary>
    Away,

    /// <summary>It does not accept the key, or this server.</summary>
    Refused,

    /// <summary>It answers something that is no tile.</summary>
    Strange,

    /// <summary>Too many tiles wait already.</summary>
    Busy,

    /// <summary>The viewer has had too many fetched.</summary>
    Limited,
}

/// <param name="Outcome">What happened.</param>
/// <param name="Body">The image, when fetched.</param>
/// <param name="Trouble">For the log: a sentence without address and key.</param>
internal readonly record struct TileAnswer(TileOutcome Outcome, byte[]? Body = null, string? Trouble = null);

/// <summary>
/// Fetches tiles from the maps' servers: a bounded number at a time, each within its time and size. Follows no redirects, keeps no
/// cookies, and says nothing about its requests to logs or traces, since their addresses hold keys.
/// </summary>
internal sealed class TileUpstream : IDisposable
{
    private readonly BasemapOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots;
    private readonly HttpMessageInvoker _http;
    private int _waiting;

    public TileUpstream(IOptions<BasemapOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _slots = new SemaphoreSlim(_options.UpstreamRequests);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = _options.UpstreamRequests,
            ConnectTimeout = TimeSpan.FromSeconds(_options.UpstreamSeconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10), // so that a changed DNS entry is seen
            ActivityHeadersPropagator = null,
        });
    }

    public async Task<TileAnswer> FetchAsync(TileSource source, TileAddress tile, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > _options.UpstreamQueue)
        {
            Interlocked.Decrement(ref _waiting);
            return new TileAnswer(TileOutcome.Busy);
        }

        try
        {
            await _slots.WaitAsync(cancellationToken);
            try
            {
                return await AskAsync(source, tile, cancellationToken);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _slots.Dispose();
    }

    private async Task<TileAnswer> AskAsync(TileSource source, TileAddress tile, CancellationToken stopping)
    {
        using var ending = new CancellationTokenSource(TimeSpan.FromSeconds(_options.UpstreamSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, stopping);
        using var request = new HttpRequestMessage(HttpMethod.Get, source.Template.Of(tile));
        request.Headers.TryAddWithoutValidation("User-Agent", "CommandCenter");
        request.Headers.TryAddWithoutValidation("Accept", "image/*");
        foreach (var (name, value) in source.Template.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await _http.SendAsync(request, either.Token);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => await ReadAsync(answer.Content, either.Token),
                HttpStatusCode.NoContent or HttpStatusCode.NotFound or HttpStatusCode.Gone => new TileAnswer(TileOutcome.Absent),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new TileAnswer(TileOutcome.Refused, Trouble: $"it answers {(int)answer.StatusCode}"),
                HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                    new TileAnswer(TileOutcome.Away, Trouble: $"it answers {(int)answer.StatusCode}"),
                _ => new TileAnswer(TileOutcome.Strange, Trouble: $"it answers {(int)answer.StatusCode}"),
            };
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return new TileAnswer(TileOutcome.Away, Trouble: $"no answer within {_options.UpstreamSeconds} s");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            var error = (e as HttpRequestException)?.HttpRequestError ?? (e as HttpIOException)?.HttpRequestError;
            return new TileAnswer(TileOutcome.Away, Trouble: $"the connection failed ({error ?? HttpRequestError.Unknown})");
        }
    }

    private async Task<TileAnswer> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var most = _options.MaxTileBytes;
        if (content.Headers.ContentLength > most)
        {
            return TooLarge();
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream((int)(content.Headers.ContentLength ?? 16_384));
        var buffer = new byte[16_384];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > most)
            {
                return TooLarge();
            }

            body.Write(buffer, 0, read);
        }

        var tile = body.ToArray();
        return TileImage.TypeOf(tile) is null
            ? new TileAnswer(TileOutcome.Strange, Trouble: "it answers something that is no PNG, JPEG, WebP or GIF image")
            : new TileAnswer(TileOutcome.Fetched, tile);

        TileAnswer TooLarge() => new(TileOutcome.Strange, Trouble: $"its tile is larger than {most} bytes");
    }
}
