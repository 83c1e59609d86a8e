using System.Security.Cryptography;
using System.Text.Json;
using CommandCenter.Contracts.Devices;
using CommandCenter.Contracts.Import;

namespace CommandCenter.Import;

/// <summary>What a file would do to what is stored: counts for people, and what the fingerprint is made of.</summary>
public sealed record ImportPlan(ImportKind Kind, int Rows, IReadOnlyList<ImportedRow> Changes, int Unchanged, int Left, ImportProblems Problems)
{
    public const int MaxListed = 500;

    public bool MayApply => Problems.Errors == 0;

    /// <summary>
    /// Of the file and of all that it would do. What others do in the meantime changes it only where it changes what this file would do; so a
    /// duty switched or another area's name mended does not outdate a preview.
    /// </summary>
    public string Fingerprint(ReadOnlySpan<byte> file, string options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new
        {
            Kind,
            options,
            Rows,
            Unchanged,
            Changes,
            Problems.Errors,
            Problems.Warnings,
            Listed = Problems.ToList(),
        }));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    public ImportReport ToReport(string fingerprint, string encoding, bool applied, IReadOnlyList<EnrolledDevice>? devices)
    {
        var added = Changes.Count(change => change.Added);
        var listed = Problems.ToList();
        return new ImportReport(
            Kind,
            applied,
            fingerprint,
            encoding,
            Rows,
            added,
            Changes.Count - added,
            Unchanged,
            Left,
            [.. Changes.Take(MaxListed)],
            Math.Max(0, Changes.Count - MaxListed),
            listed,
            Problems.Errors + Problems.Warnings - listed.Count,
            devices);
    }
}
