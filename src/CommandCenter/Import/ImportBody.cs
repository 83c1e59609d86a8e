namespace CommandCenter.Import;

/// <summary>Reads an uploaded file whole, up to a bound of its own that is larger than other endpoints'.</summary>
internal static class ImportBody
{
    private const int FirstBytes = 256 * 1_024;

    /// <summary>Null when it is longer than <paramref name="maxBytes"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        // One byte more than allowed, so that the bound and the end can be told apart.
        var buffer = new byte[request.ContentLength is { } length ? (int)length + 1 : FirstBytes];
        var filled = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                return buffer.AsMemory(0, filled);
            }

            filled += read;
            if (filled > maxBytes)
            {
                return null;
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, (long)maxBytes + 1));
            }
        }
    }
}
