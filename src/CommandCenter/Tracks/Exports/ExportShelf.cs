using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Exports;

/// <summary>
/// Exports of this node that are being written or can still be taken up again, by who asked and what for. Bounded in number, bytes and time.
/// </summary>
internal sealed class ExportShelf : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Place> _places = [];
    private readonly HashSet<int> _writing = [];
    private readonly TrackExportOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private readonly string _folder;

    public ExportShelf(IOptions<TrackExportOptions> options, IOptions<StorageOptions> storage, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _folder = Path.Combine(storage.Value.DataFolder, "exports");
        _sweep = time.CreateTimer(_ => Sweep(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>A new file, for the caller to release, in the place of an older one of the same request; null when this account or enough others are being written for.</summary>
    public ExportFile? Begin(string key, int accountId)
    {
        Sweep();
        lock (_lock)
        {
            if (_writing.Count >= _options.AtOnce || !_writing.Add(accountId))
            {
                return null;
            }

            try
            {
                // Only the server's own user may even list the folder; it is empty but for the moment between a file's making and its unlinking.
                Directory.CreateDirectory(_folder);
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                }

                var file = ExportFile.Create(_folder, _time.GetUtcNow());
                file.Retain();
                Remove(key);
                _places[key] = new Place(file, _time.GetTimestamp());
                return file;
            }
            catch
            {
                _writing.Remove(accountId);
                throw;
            }
        }
    }

    /// <summary>Scratch space that is never served.</summary>
    public ExportFile Scratch() => ExportFile.Create(_folder, _time.GetUtcNow());

    /// <summary>To be called before readers are told, so that whoever has the whole file may ask for the next at once.</summary>
    public void End(string key, int accountId, bool whole)
    {
        lock (_lock)
        {
            _writing.Remove(accountId);
            if (whole && _places.TryGetValue(key, out var place))
            {
                place.UsedAt = _time.GetTimestamp();
            }
            else
            {
                Remove(key);
            }
        }
    }

    /// <summary>For the caller to release.</summary>
    public ExportFile? Find(string key)
    {
        lock (_lock)
        {
            if (!_places.TryGetValue(key, out var place))
            {
                return null;
            }

            place.UsedAt = _time.GetTimestamp();
            place.File.Retain();
            return place.File;
        }
    }

    public void Dispose()
    {
        _sweep.Dispose();
        lock (_lock)
        {
            foreach (var key in _places.Keys.ToList())
            {
                Remove(key);
            }
        }
    }

    private void Sweep()
    {
        lock (_lock)
        {
            var done = _places.Where(place => place.Value.File.Finished.IsCompleted).OrderBy(place => place.Value.UsedAt).ToList();
            var bytes = _places.Values.Sum(place => place.File.Length);
            foreach (var (key, place) in done)
            {
                var old = _time.GetElapsedTime(place.UsedAt).TotalMinutes >= _options.KeepMinutes
                    || _time.GetUtcNow() >= place.File.BegunAt.AddMinutes(_options.LongestMinutes);
                if (old || bytes > _options.ShelfMegabytes * 1_000_000L)
                {
                    bytes -= place.File.Length;
                    Remove(key);
                }
            }
        }
    }

    private void Remove(string key)
    {
        if (_places.Remove(key, out var place))
        {
            place.File.Dispose();
        }
    }

    private sealed class Place(ExportFile file, long usedAt)
    {
        public ExportFile File { get; } = file;

        public long UsedAt { get; set; } = usedAt;
    }
}
