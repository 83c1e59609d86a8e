using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;

namespace CommandCenter.Coverage.Answers;

/// <summary>An answer as it is sent; <paramref name="Tag"/> names its bytes, so it holds on every node and across restarts.</summary>
public sealed record CoverageBody(byte[] Bytes, string Tag);

/// <summary>Answers already written, by all that they depend on. Bounded by their bytes: what is out of date falls out on its own.</summary>
public sealed class CoverageBodies : IDisposable
{
    private const long MaxBytes = 32L << 20;

    // What an entry costs beside its bytes.
    private const int Overhead = 600;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxBytes, CompactionPercentage = 0.25 });

    public CoverageBody? Find(string key) => _cache.TryGetValue(key, out CoverageBody? known) ? known : null;

    public CoverageBody Keep(string key, byte[] bytes)
    {
        var body = new CoverageBody(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
        _cache.Set(key, body, new MemoryCacheEntryOptions { Size = bytes.Length + Overhead + (key.Length * sizeof(char)) });
        return body;
    }

    public void Dispose() => _cache.Dispose();
}
