namespace CommandCenter.Contracts.Tracks;

/// <summary>What a re-import did with the fixes of one request: <c>POST /api/tracks/reimport</c>.</summary>
/// <param name="Fixes">Lines that were sent.</param>
/// <param name="Restored">Fixes that were missing and are stored now.</param>
/// <param name="Present">Fixes that were there already, and repeats of one within the request.</param>
/// <param name="Differing">Fixes of which the store has another version (same device and moment): it stays as it is.</param>
/// <param name="DamagedParts">Stored parts of these hours that cannot be read: what they held was taken for missing.</param>
/// <param name="Refused">What was not taken, by worker and reason.</param>
public sealed record TrackReimportReport(int Fixes, int Restored, int Present, int Differing, int DamagedParts, IReadOnlyList<TrackReimportRefusal> Refused);

/// <param name="Worker">The code as the file has it; empty where there is none, or for the rest of many.</param>
/// <param name="Reason">bad-line, unknown-worker (or outside the administrator's area), erased, past-keeping or future.</param>
/// <param name="Fixes">So many.</param>
/// <param name="Line">The first of them within the request, from 1.</param>
public sealed record TrackReimportRefusal(string Worker, string Reason, int Fixes, long Line);
