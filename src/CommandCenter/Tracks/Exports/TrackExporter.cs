using CommandCenter.Tracks.Meaning;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Exports;

/// <summary>Writes an export to its file, at its own pace: a slow or broken download neither holds it up nor ends it.</summary>
internal sealed partial class TrackExporter(
    ExportStore store,
    INewestFixes log,
    ExportShelf shelf,
    IOptions<TrackMeaningOptions> meaning,
    IOptions<CenterOptions> center,
    TimeProvider time,
    IHostApplicationLifetime life,
    ILogger<TrackExporter> logger)
{
    /// <summary>Never throws: the file tells its readers how it ended.</summary>
    public async Task WriteAsync(string key, ExportFile file, ExportRequest request, Guid export)
    {
        // Written to the end though the download ends before.
        file.Retain();

        // Let the caller begin to read before a possibly long synchronous stretch.
        await Task.Yield();
        try
        {
            await using var to = new ExportFileWriting(file);
            ExportNotes notes;
            if (request.Format == ExportFormat.Case)
            {
                notes = await WriteCaseAsync(to, request, export);
            }
            else
            {
                var source = new TrackSource(store, log, request, meaning.Value);
                notes = source.Notes;
                await FormatFile.WriteAsync(
                    request.FileName, request.Format.Writer(center.Value.Zone), request, source, to, life.ApplicationStopping);
            }

            shelf.End(key, request.Viewer.AccountId, whole: true);
            file.Finish(notes);
            LogWritten(export, request.Format.Word(), request.Workers.Count, file.Length, file.Sha256!);
            if (notes.Damaged > 0)
            {
                LogDamaged(export, notes.Damaged);
            }
        }
        catch (Exception e)
        {
            shelf.End(key, request.Viewer.AccountId, whole: false);
            file.Fail(e);
            LogBroken(export, e.Message);
        }
        finally
        {
            file.Release();
        }
    }

    private async Task<ExportNotes> WriteCaseAsync(Stream to, ExportRequest request, Guid export)
    {
        using var scratch = shelf.Scratch();
        using var parts = shelf.Scratch();
        var lines = new StoredPartLines(parts, request);
        var source = new TrackSource(store, log, request, meaning.Value, lines);
        var snapshot = new StretchSnapshot(scratch);
        await snapshot.FillAsync(source, life.ApplicationStopping);
        var facts = new CaseFacts(
            export,
            time.GetUtcNow(),
            typeof(TrackExporter).Assembly.GetName().Version!.ToString(3),
            await store.DevicesAsync([.. snapshot.Devices.Order()], life.ApplicationStopping));
        await CaseArchive.WriteAsync(to, facts, request, snapshot, lines, center.Value.Zone, life.ApplicationStopping);
        return source.Notes;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Export {Export} as {Format} of {Workers} workers has {Bytes} bytes, SHA-256 {Sha256}")]
    private partial void LogWritten(Guid export, string format, int workers, long bytes, string sha256);

    [LoggerMessage(Level = LogLevel.Error, Message = "Export {Export} left out {Count} stored parts of tracks that are damaged")]
    private partial void LogDamaged(Guid export, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Export {Export} could not be written: {Error}")]
    private partial void LogBroken(Guid export, string error);
}
