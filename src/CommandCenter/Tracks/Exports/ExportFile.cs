using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Tracks.Exports;

/// <summary>
/// A file that grows while it is read: written once by the export, followed by as many downloads as there are. It has no name: it is unlinked as
/// soon as it is open, so that nothing of anybody's whereabouts stays on the disk, however the server ends.
/// </summary>
internal sealed class ExportFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _length;
    private int _users = 1;

    private ExportFile(FileStream stream, DateTimeOffset begunAt) => (_stream, BegunAt) = (stream, begunAt);

    /// <summary>Nothing in it was read before.</summary>
    public DateTimeOffset BegunAt { get; }

    /// <summary>Of this file and no other, known before its content is: two downloads with one tag have the same bytes.</summary>
    public EntityTagHeaderValue Tag { get; } = new($"\"{Guid.NewGuid():N}\"");

    public long Length => Interlocked.Read(ref _length);

    /// <summary>Ends when the last byte is there; fails with what kept it from being written.</summary>
    public Task Finished => _finished.Task;

    /// <summary>SHA-256 of the whole, once it is finished.</summary>
    public string? Sha256 { get; private set; }

    /// <summary>What it says of itself, once it is finished.</summary>
    public ExportNotes? Notes { get; private set; }

    public static ExportFile Create(string folder, DateTimeOffset begunAt)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new ExportFile(new FileStream(path, options), begunAt);
        File.Delete(path);
        return file;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_stream.SafeFileHandle, bytes, _length);
        _hash.AppendData(bytes);
        Interlocked.Add(ref _length, bytes.Length);
        Wake();
    }

    public void Finish(ExportNotes notes)
    {
        Notes = notes;
        Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        _finished.TrySetResult();
        Wake();
    }

    public void Fail(Exception e)
    {
        _finished.TrySetException(e);
        _ = _finished.Task.Exception; // nobody may be left to look at it
        Wake();
    }

    /// <summary>True once there is more than <paramref name="length"/>; false when there will never be.</summary>
    public async Task<bool> IsLongerAsync(long length, CancellationToken cancellationToken)
    {
        while (Length <= length)
        {
            Task grown;
            lock (_lock)
            {
                grown = _grown.Task;
            }

            if (Finished.IsCompleted)
            {
                await Finished;
                return Length > length;
            }

            if (Length <= length)
            {
                await grown.WaitAsync(cancellationToken);
            }
        }

        return true;
    }

    public ValueTask<int> ReadAsync(Memory<byte> into, long at, CancellationToken cancellationToken) => RandomAccess.ReadAsync(_stream.SafeFileHandle, into, at, cancellationToken);

    /// <summary>Keeps the file open until <see cref="Release"/>, whatever becomes of its place on the shelf.</summary>
    public void Retain() => Interlocked.Increment(ref _users);

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _stream.Dispose();
            _hash.Dispose();
        }
    }

    /// <summary>Ends the use by who made it.</summary>
    public void Dispose() => Release();

    private void Wake()
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        grown.TrySetResult();
    }
}
