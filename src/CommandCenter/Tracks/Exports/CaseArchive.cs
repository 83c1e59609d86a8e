using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CommandCenter.Access;

namespace CommandCenter.Tracks.Exports;

/// <summary>
/// A case: a zip with the tracks in every format, the accepted fixes and the parts they were read from as they are stored, a manifest of who took them when and why, and SHA-256
/// sums that the everyday tool <c>sha256sum</c> checks.
/// </summary>
internal static class CaseArchive
{
    public const string RawName = "raw/fixes.jsonl";
    public const string PartsName = "raw/parts.jsonl";

    private static readonly ExportFormat[] Formats = [ExportFormat.Gpx, ExportFormat.Kml, ExportFormat.Csv, ExportFormat.GeoJson, ExportFormat.MfJson];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly string Verify = """
        如何核对 / How to check
        ======================
        解压后在本文件夹中运行：    sha256sum -c SHA256SUMS
        After unpacking, run here:  sha256sum -c SHA256SUMS
        Windows (PowerShell):       Get-FileHash <file> -Algorithm SHA256

        每个文件都应显示 OK。manifest.json 写明由谁、何时、为何导出；服务器的审计记录中有同一编号。
        Every file must say OK. manifest.json says who exported this, when and why; the server's audit trail has the same number.

        时间为 UTC，坐标为 WGS-84。轨迹在静默处断开：断开处没有数据，不等于不在岗。
        Times are UTC, places WGS-84. Tracks are split at silences: no data there, which is not absence.
        """.ReplaceLineEndings("\r\n");

    public static async Task WriteAsync(
        Stream to, CaseFacts facts, ExportRequest request, IStretches stretches, StoredPartLines parts, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        var files = new List<WrittenFile>();
        foreach (var format in Formats)
        {
            await AddAsync($"tracks/tracks.{format.Extension()}", format.Writer(zone));
        }

        await AddAsync(RawName, new RawFormat());
        using (var entry = Entry(PartsName).Open())
        {
            files.Add(await parts.CopyAsync(PartsName, entry, cancellationToken));
        }

        var workers = await CountAsync(request, stretches, cancellationToken);
        Add("VERIFY.txt", Encoding.UTF8.GetBytes("\uFEFF" + Verify));
        Add("manifest.json", JsonSerializer.SerializeToUtf8Bytes(Manifest(facts, request, stretches.Notes, workers, files), Json));
        Add("SHA256SUMS", Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Sha256}  {file.Name}\n"))));

        async Task AddAsync(string name, ITrackFormat format)
        {
            using var entry = Entry(name).Open();
            files.Add(await FormatFile.WriteAsync(name, format, request, stretches, entry, cancellationToken));
        }

        void Add(string name, byte[] content)
        {
            using var entry = Entry(name).Open();
            entry.Write(content);
            files.Add(new WrittenFile(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), 0));
        }

        ZipArchiveEntry Entry(string name)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
            entry.LastWriteTime = facts.At;
            return entry;
        }
    }

    private static async Task<Dictionary<int, WorkerCount>> CountAsync(ExportRequest request, IStretches stretches, CancellationToken cancellationToken)
    {
        var counts = request.Workers.ToDictionary(worker => worker.Id, _ => new WorkerCount());
        await foreach (var stretch in stretches.ReadAsync(cancellationToken))
        {
            var count = counts[stretch.Worker.Id];
            count.Stretches++;
            count.Fixes += stretch.Fixes.Count;
            count.FirstMs ??= stretch.Fixes[0].FixTimeMs;
            count.LastMs = stretch.Fixes[^1].FixTimeMs;
        }

        return counts;
    }

    private static object Manifest(
        CaseFacts facts, ExportRequest request, ExportNotes notes, Dictionary<int, WorkerCount> counts, List<WrittenFile> files) => new
        {
            Format = "commandcenter-case/3",
            facts.Export,
            ExportedAt = facts.At,
            ExportedBy = new { request.Viewer.User, Role = request.Viewer.Role.Name() },
            Reason = request.Reason.Text,
            request.Reason.Case,
            Server = new { Name = "CommandCenter", facts.Version },
            request.From,
            request.To,
            Clean = false,
            CoordinateSystem = "WGS-84",
            Workers = request.Workers.Select(worker => new
            {
                worker.Code,
                worker.Name,
                counts[worker.Id].Fixes,
                counts[worker.Id].Stretches,
                First = Moment(counts[worker.Id].FirstMs),
                Last = Moment(counts[worker.Id].LastMs),
                GapSeconds = notes.GapMsOf(worker) / 1_000.0,
            }),
            Devices = facts.Devices.Select(device => new { device.Device, device.EnrolledAt, device.RevokedAt }),
            DamagedParts = notes.Damaged,
            Damaged = notes.Named.Select(part => new { Worker = part.Worker.Code, First = Moment(part.FirstMs), Last = Moment(part.LastMs), part.Fixes }),
            Files = files.Select(file => new { file.Name, file.Bytes, file.Sha256 }).ToList(),
        };

    private static DateTimeOffset? Moment(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private sealed class WorkerCount
    {
        public long Fixes { get; set; }

        public int Stretches { get; set; }

        public long? FirstMs { get; set; }

        public long? LastMs { get; set; }
    }
}

/// <summary>What a case says of its making. <paramref name="Export"/>: its number, which the audit trail has too.</summary>
internal sealed record CaseFacts(Guid Export, DateTimeOffset At, string Version, IReadOnlyList<CaseDevice> Devices);

/// <summary>A phone in a case: its number in the fixes, since when it was enrolled and until when.</summary>
internal sealed record CaseDevice(int Device, DateTimeOffset EnrolledAt, DateTimeOffset? RevokedAt);
