namespace CommandCenter.Positions.Protocols;

/// <summary>What a phone is told when its reports were taken, as bytes that are made once.</summary>
internal sealed class PhoneAnswer : IResult
{
    public static readonly PhoneAnswer Empty = new([], null);
    public static readonly PhoneAnswer EmptyArray = new("[]"u8.ToArray(), "application/json");

    /// <summary>For an answer that was written already.</summary>
    public static readonly IResult Written = TypedResults.Empty;

    private readonly byte[] _body;
    private readonly string? _contentType;

    private PhoneAnswer(byte[] body, string? contentType) => (_body, _contentType) = (body, contentType);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = _contentType;
        response.ContentLength = _body.Length;
        response.Headers.CacheControl = "no-store";
        if (_body.Length == 0)
        {
            return Task.CompletedTask;
        }

        var written = response.BodyWriter.WriteAsync(_body);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }
}
