namespace CommandCenter.LoadGenerator.Http;

/// <summary>One request of a connection and what it carries, kept until its answer. Reused: nothing is allocated for a request.</summary>
internal sealed class Exchange
{
    public byte[] Request { get; private set; } = new byte[1_024];

    public int Length { get; set; }

    public int Written { get; set; }

    /// <summary>When it was due, as a timestamp; answers are timed from it.</summary>
    public long Due { get; set; }

    /// <summary>Its first turn, and how many follow one another from there: <see cref="Load.FixTurns"/>.</summary>
    public int FirstTurn { get; set; }

    public int Fixes { get; set; }

    /// <summary>Of every fix in it, ms since 1970 UTC.</summary>
    public long FixTimeMs { get; set; }

    public Span<byte> Room(int bytes)
    {
        if (Request.Length < bytes)
        {
            Request = new byte[bytes];
        }

        return Request;
    }
}

/// <summary>What a lane sends and what becomes of it. Called by the lane's thread alone.</summary>
internal interface IRequests
{
    void Write(Exchange exchange, long nowMs);

    void Answered(Exchange exchange, int status, ReadOnlySpan<byte> body);

    /// <summary>The connection broke or no answer came: whether the server has it is not known.</summary>
    void Unanswered(Exchange exchange);
}
