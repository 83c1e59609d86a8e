using System.Security.Cryptography;
using CommandCenter.Geo;
using Microsoft.Extensions.Caching.Memory;

namespace CommandCenter.Areas;

/// <summary>A tile as it is sent: <paramref name="Tag"/> names its bytes, so it holds on every node and across restarts.</summary>
public sealed record AreaTile(byte[] Bytes, string Tag);

/// <summary>
/// Area tiles already encoded, by version of the tree, scope and place. Bounded by their bytes: old versions fall out on their own.
/// </summary>
public sealed class AreaTiles : IDisposable
{
    private const long MaxBytes = 48L << 20;

    // What an entry costs beside its bytes.
    private const int Overhead = 300;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxBytes, CompactionPercentage = 0.2 });

    public AreaTile Get(AreaScope scope, TileAddress address)
    {
        var key = (scope.Tree.Version, scope.Root?.Area.Id ?? 0, address);
        if (_cache.TryGetValue(key, out AreaTile? known))
        {
            return known!;
        }

        var bytes = AreaTileRules.Encode(scope, address);
        var tile = new AreaTile(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
        _cache.Set(key, tile, new MemoryCacheEntryOptions { Size = bytes.Length + Overhead });
        return tile;
    }

    public void Dispose() => _cache.Dispose();
}
