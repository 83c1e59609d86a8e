using System.Globalization;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using Microsoft.Extensions.Options;

namespace CommandCenter.Basemaps;

/// <summary>A tile on the disk and when it was fetched.</summary>
internal sealed record CachedTile(byte[] Body, DateTimeOffset FetchedAt);

/// <summary>
/// Fetched tiles as files <c>basemaps/cache/MAP/z/x/y</c>: the file's time is when it was fetched. Writing stops at the bound until
/// <see cref="Trim"/> has made room, so that the disk never holds more. A disk that fails makes the proxy slower and nothing else.
/// </summary>
internal sealed partial class TileCache(IOptions<BasemapOptions> options, IOptions<StorageOptions> storage, TimeProvider time, ILogger<TileCache> logger)
{
    /// <summary>What a file costs at least: many small ones must not eat the disk's table of files.</summary>
    private const long BlockBytes = 4_096;
    private const string Draft = ".new";

    private readonly string _folder = Path.Combine(BasemapList.Folder(storage.Value), "cache");
    private readonly long _mostBytes = options.Value.CacheMegabytes * 1_000_000L;
    private long _bytes;
    private int _counted;
    private int _drafts;

    public bool IsFull => Interlocked.Read(ref _bytes) > _mostBytes;

    /// <summary>Null: not there.</summary>
    public async Task<CachedTile?> ReadAsync(string map, TileAddress tile, CancellationToken cancellationToken)
    {
        var path = PathOf(map, tile);
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            var body = await File.ReadAllBytesAsync(path, cancellationToken);
            if (TileImage.TypeOf(body) is null)
            {
                // Torn by a power cut: fetched again rather than refused until it is old.
                TryDelete(path);
                return null;
            }

            return new CachedTile(body, new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Trimmed away between two lines, or a disk that fails: fetched again.
            if (e is not (FileNotFoundException or DirectoryNotFoundException))
            {
                LogDisk(e.Message);
            }

            return null;
        }
    }

    public async Task WriteAsync(string map, TileAddress tile, byte[] body)
    {
        // Before what is there was counted once, and past the bound, nothing is added.
        var path = PathOf(map, tile);
        var folder = Path.GetDirectoryName(path)!;
        if (Volatile.Read(ref _counted) == 0 || Interlocked.Add(ref _bytes, Cost(body.Length) + (Directory.Exists(folder) ? 0 : BlockBytes)) > _mostBytes)
        {
            return;
        }

        var draft = path + Draft + Interlocked.Increment(ref _drafts).ToString(CultureInfo.InvariantCulture);
        try
        {
            DataFolder.MakeFolder(folder);
            await File.WriteAllBytesAsync(draft, body);
            File.SetLastWriteTimeUtc(draft, time.GetUtcNow().UtcDateTime);
            File.Move(draft, path, overwrite: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Removed as empty between two lines; the tile is fetched again when it is wanted again.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogDisk(e.Message);
            TryDelete(draft);
        }
    }

    /// <summary>
    /// Counts what is there, folders too, deletes what is too old, and, above the bound, the oldest down to nine tenths of it. False when the disk failed, and
    /// nothing was counted.
    /// </summary>
    public bool Trim(CancellationToken cancellationToken)
    {
        var counted = Interlocked.Read(ref _bytes);
        try
        {
            var (kept, bytes) = Look(cancellationToken);
            if (bytes > _mostBytes || IsFull)
            {
                foreach (var file in kept.OrderBy(f => f.At).TakeWhile(_ => bytes > _mostBytes / 10 * 9))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    TryDelete(file.Path);
                    bytes -= file.Bytes;
                }
            }

            bytes -= RemoveEmptyFolders() * BlockBytes;

            // What was written meanwhile stays in the sum, though it may have been seen, too: rather too much than too little, until the next time.
            Interlocked.Add(ref _bytes, bytes - counted);
            Volatile.Write(ref _counted, 1);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogDisk(e.Message);
            return false;
        }
    }

    private (List<(DateTime At, long Bytes, string Path)> Kept, long Bytes) Look(CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(_folder);
        var keepFrom = time.GetUtcNow().UtcDateTime.AddDays(-options.Value.KeepDays);
        var draftsFrom = time.GetUtcNow().UtcDateTime.AddHours(-1);
        var kept = new List<(DateTime At, long Bytes, string Path)>();
        var bytes = 0L;
        foreach (var entry in folder.Exists ? folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry is not FileInfo file)
            {
                bytes += BlockBytes;
                continue;
            }

            var at = file.LastWriteTimeUtc;
            if (at < keepFrom || (at < draftsFrom && file.Name.Contains(Draft, StringComparison.Ordinal)))
            {
                TryDelete(file.FullName);
                continue;
            }

            kept.Add((at, Cost(file.Length), file.FullName));
            bytes += Cost(file.Length);
        }

        return (kept, bytes);
    }

    /// <summary>The deepest first, so that what they leave empty goes, too; how many.</summary>
    private int RemoveEmptyFolders()
    {
        if (!Directory.Exists(_folder))
        {
            return 0;
        }

        var removed = 0;
        foreach (var path in Directory.GetDirectories(_folder, "*", SearchOption.AllDirectories).OrderByDescending(path => path.Length))
        {
            if (Directory.EnumerateFileSystemEntries(path).Any())
            {
                continue;
            }

            try
            {
                Directory.Delete(path);
                removed++;
            }
            catch (IOException)
            {
                // A tile came into it this very moment.
            }
        }

        return removed;
    }

    private static long Cost(long length) => (length + BlockBytes - 1) / BlockBytes * BlockBytes;

    private string PathOf(string map, TileAddress tile) =>
        Path.Combine(_folder, map, string.Create(CultureInfo.InvariantCulture, $"{tile.Z}/{tile.X}/{tile.Y}"));

    private void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogDisk(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tile cache's disk fails: {Error}")]
    private partial void LogDisk(string error);
}
