namespace CommandCenter.Phones;

/// <summary>One app's way to speak: it writes requests and reads what the server made of each fix. It keeps no state of its own.</summary>
public interface IPhoneApp
{
    /// <summary>The most fixes one request of this app carries.</summary>
    int MaxPerUpload { get; }

    /// <summary>Whether the app can say that it is alive without knowing where it is.</summary>
    bool SendsHeartbeats { get; }

    /// <summary>Whether the app has a word for an SOS.</summary>
    bool SendsSos { get; }

    /// <summary>A request with a path relative to the server's address.</summary>
    HttpRequestMessage Compose(ReadOnlySpan<PhoneFix> fixes);

    /// <summary>Reads a 2xx answer: what became of each of the <paramref name="count"/> fixes sent, in their order.</summary>
    /// <exception cref="InvalidDataException">The answer is not what the protocol promises.</exception>
    ValueTask<IReadOnlyList<FixVerdict>> ReadAsync(HttpResponseMessage answer, int count, CancellationToken cancellationToken);
}

/// <summary>What the server made of one fix. <paramref name="Refusal"/> is its named reason, null when accepted.</summary>
public readonly record struct FixVerdict(string? Refusal)
{
    /// <summary>The one refusal that asks for another try.</summary>
    public const string RateLimited = "rate-limited";

    public bool SendAgain => Refusal == RateLimited;

    /// <summary>For protocols that answer a whole request with one status.</summary>
    public static IReadOnlyList<FixVerdict> AllAccepted(int count) => count == 1 ? One : new FixVerdict[count];

    private static readonly FixVerdict[] One = new FixVerdict[1];
}
