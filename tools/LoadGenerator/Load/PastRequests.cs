using CommandCenter.LoadGenerator.Http;

namespace CommandCenter.LoadGenerator.Load;

/// <summary>
/// What phones kept while out of reach: the same batches, but dated in the past, evenly from a first moment on, so that each worker has a fix each
/// interval. Whoever sends them ends it when <see cref="TimeMs"/> has come far enough.
/// </summary>
/// <param name="batches">With turns of their own: the live ones go on from now.</param>
/// <param name="workers">In turn.</param>
/// <param name="firstMs">Of the first fix, ms since 1970 UTC.</param>
/// <param name="intervalMs">Between two fixes of a worker.</param>
internal sealed class PastRequests(BatchRequests batches, int workers, long firstMs, long intervalMs) : IRequests
{
    private long _written;

    /// <summary>The time that the next request's fixes get.</summary>
    public long TimeMs => firstMs + (Volatile.Read(ref _written) * intervalMs / workers);

    public void Write(Exchange exchange, long nowMs)
    {
        batches.Write(exchange, TimeMs);
        Volatile.Write(ref _written, _written + exchange.Fixes);
    }

    public void Answered(Exchange exchange, int status, ReadOnlySpan<byte> body) => batches.Answered(exchange, status, body);

    public void Unanswered(Exchange exchange) => batches.Unanswered(exchange);
}
