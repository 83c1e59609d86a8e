using System.Buffers;
using System.Globalization;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Exports;
using CommandCenter.Tracks.Reimport;

namespace CommandCenter.TrackFiles;

/// <summary>One file sent batch by batch. Each batch is stored whole or not at all, and what is stored is passed over the next time: killed anywhere, it is run again.</summary>
internal sealed class ReimportRun(CenterClient client, AuditReason reason, TextWriter say)
{
    private const int MostTold = 50;

    private readonly Dictionary<(string Worker, string Reason), long> _refused = [];
    private long _read;
    private long _restored;
    private long _present;
    private long _differing;
    private long _damaged;

    public async Task<int> RunAsync(string path, CancellationToken cancellationToken)
    {
        using var file = ExportedFile.Open(path);
        await say.WriteLineAsync($"{Path.GetFileName(path)}:");
        foreach (var batch in ReimportLimits.Batches(WithoutFaults(file.Fixes())))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(await client.PutBackAsync(Lines(batch), reason, cancellationToken));
            _read += batch.Count;
            await say.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{Math.Floor(file.Share * 100),3} %  {_read} fixes: {_restored} put back, {_present} were there, {_differing} differ, {Refused} refused"));
        }

        return await SumUpAsync();
    }

    private long Refused => _refused.Values.Sum();

    /// <summary>Lines that say no fix stay here: the server would say the same of them.</summary>
    private IEnumerable<FixLine> WithoutFaults(IEnumerable<FixLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Fault is { } fault)
            {
                Refuse("", $"bad {fault}", 1);
            }
            else
            {
                yield return line;
            }
        }
    }

    private static ReadOnlyMemory<byte> Lines(List<FixLine> batch)
    {
        var buffer = new ArrayBufferWriter<byte>(batch.Count * 256);
        var text = new ExportText(buffer);
        foreach (var line in batch)
        {
            RawFormat.Line(text, line.Worker, line.Fix);
        }

        return buffer.WrittenMemory;
    }

    private void Add(TrackReimportReport report)
    {
        _restored += report.Restored;
        _present += report.Present;
        _differing += report.Differing;
        _damaged += report.DamagedParts;
        foreach (var refused in report.Refused)
        {
            Refuse(refused.Worker, refused.Reason, refused.Fixes);
        }
    }

    private void Refuse(string worker, string why, long fixes)
    {
        // A file of nobody's has as many codes as lines.
        var key = _refused.Count < 10_000 || _refused.ContainsKey((worker, why)) ? (worker, why) : ("", why);
        _refused[key] = _refused.GetValueOrDefault(key) + fixes;
    }

    private async Task<int> SumUpAsync()
    {
        await say.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Done: {_restored} fixes put back, {_present} were there already, {_differing} are stored otherwise and stay as they are, {Refused} refused."));
        if (_damaged > 0)
        {
            await say.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{_damaged} stored parts of these hours are damaged: what they held was put back beside them."));
        }

        foreach (var ((worker, why), fixes) in _refused.OrderByDescending(one => one.Value).Take(MostTold))
        {
            await say.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {(worker.Length == 0 ? "-" : worker)}: {fixes} fixes, {why}"));
        }

        if (_refused.Count > MostTold)
        {
            await say.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  … and {_refused.Count - MostTold} more"));
        }

        return _refused.Count == 0 ? ExitStatus.Done : ExitStatus.SomeRefused;
    }
}
