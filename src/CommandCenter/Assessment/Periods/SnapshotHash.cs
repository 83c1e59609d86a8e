using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Assessment.Periods;

/// <summary>
/// The hashes that freeze a period (SHA-256). A row's is over a salt and its text; the snapshot's is over what it is and its rows' hashes, sorted. So a row whose person was erased keeps its hash
/// alone and the snapshot's stays as it was.
/// </summary>
internal static class SnapshotHash
{
    public const int SaltBytes = 16;

    public static byte[] OfRow(ReadOnlySpan<byte> salt, string body) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(body)]);

    /// <param name="period">Which.</param>
    /// <param name="version">Of it, from 1.</param>
    /// <param name="policy">That it was scored by.</param>
    /// <param name="closedAt">To the millisecond.</param>
    /// <param name="rows">In any order.</param>
    public static byte[] Of(Period period, int version, int policy, DateTimeOffset closedAt, IEnumerable<byte[]> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{period.Kind.Word()} {period.Starts:yyyy-MM-dd} {period.Ends:yyyy-MM-dd} {version} {policy} {closedAt.ToUnixTimeMilliseconds()}\n")));
        var count = 0;
        foreach (var row in rows.OrderBy(Convert.ToHexString, StringComparer.Ordinal))
        {
            hash.AppendData(row);
            count++;
        }

        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, count);
        hash.AppendData(length);
        return hash.GetHashAndReset();
    }
}
