using CommandCenter.Contracts.Tracks;

namespace CommandCenter.Tracks.Reimport;

/// <summary>What became of the fixes of one request.</summary>
internal sealed class ReimportCounts
{
    public const string BadLine = "bad-line";
    public const string UnknownWorker = "unknown-worker";
    public const string Erased = "erased";
    public const string PastKeeping = "past-keeping";
    public const string Future = "future";

    /// <summary>Different refusals that are told apart; a file of nobody's has as many codes as lines.</summary>
    private const int MostTold = 200;

    private const int MostCodeChars = 60;

    private readonly Dictionary<(string Worker, string Reason), (int Fixes, long Line)> _refused = [];

    public int Fixes { get; set; }

    public int Restored { get; set; }

    public int Present { get; set; }

    public int Differing { get; set; }

    public int DamagedParts { get; set; }

    public void Refuse(string worker, string reason, long line, int fixes = 1)
    {
        var key = (worker.Length > MostCodeChars ? worker[..MostCodeChars] : worker, reason);
        if (!_refused.ContainsKey(key) && _refused.Count >= MostTold)
        {
            key = ("", reason);
        }

        _refused[key] = _refused.TryGetValue(key, out var before) ? (before.Fixes + fixes, before.Line) : (fixes, line);
    }

    public TrackReimportReport ToReport() => new(
        Fixes, Restored, Present, Differing, DamagedParts, [.. _refused.Select(one => new TrackReimportRefusal(one.Key.Worker, one.Key.Reason, one.Value.Fixes, one.Value.Line))]);
}
