using CommandCenter.Tracks.Keeping;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Exports;

/// <summary>Makes watches over downloads.</summary>
internal sealed class ExportWatches(ErasureStore erasures, IOptions<TrackExportOptions> options, TimeProvider time)
{
    public ExportWatch Over(ExportFile file, ExportRequest request)
    {
        int[] workerIds = [.. request.Workers.Select(worker => worker.Id)];
        var until = file.BegunAt.AddMinutes(options.Value.LongestMinutes);
        return new ExportWatch(async cancellationToken => time.GetUtcNow() < until && !await erasures.OrderedSinceAsync(workerIds, file.BegunAt, cancellationToken));
    }
}

/// <summary>
/// Whether a download that is under way may go on: not when an erasure of somebody in it was ordered since the file was begun, nor past the file's longest time. Asked
/// before the first byte and then for each quarter of a megabyte.
/// </summary>
internal sealed class ExportWatch(Func<CancellationToken, Task<bool>> mayGoOnAsync)
{
    private const long EveryBytes = 256 * 1_024;
    private long _due;

    /// <exception cref="OperationCanceledException">It may not: the connection is to be broken, so that what came looks like no whole file.</exception>
    public async ValueTask AskAsync(int bytes, CancellationToken cancellationToken)
    {
        if (_due <= 0)
        {
            _due = EveryBytes;
            if (!await mayGoOnAsync(cancellationToken))
            {
                throw new OperationCanceledException("The export is not served any more.");
            }
        }

        _due -= bytes;
    }
}
