using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Tracks.Exports;
using CommandCenter.Tracks.Reimport;

namespace CommandCenter.TrackFiles;

/// <summary>A case, a CSV or a GPX file of ours, read fix by fix; never whole in memory.</summary>
internal sealed class ExportedFile : IDisposable
{
    private const string Sums = "SHA256SUMS";
    private const int MostSumsChars = 64 * 1_024;

    private readonly FileStream _file;
    private readonly ZipArchive? _zip;
    private readonly Stream _content;
    private readonly Func<Stream, IEnumerable<FixLine>> _read;
    private readonly long _length;

    private ExportedFile(FileStream file, ZipArchive? zip, Stream content, long length, Func<Stream, IEnumerable<FixLine>> read) =>
        (_file, _zip, _content, _length, _read) = (file, zip, new CountingStream(content), length, read);

    /// <summary>How much of it has been read, 0 to 1.</summary>
    public double Share => _length == 0 ? 1 : Math.Min(1, _content.Position / (double)_length);

    /// <exception cref="InvalidDataException">It is none of ours, or a case whose sums are wrong.</exception>
    public static ExportedFile Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1_024, FileOptions.SequentialScan);
        try
        {
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".csv":
                    return new ExportedFile(file, null, file, file.Length, CsvFixes.Read);
                case ".gpx":
                    return new ExportedFile(file, null, file, file.Length, GpxFixes.Read);
                case ".jsonl":
                    return new ExportedFile(file, null, file, file.Length, RawFixes.Read);
                case ".zip":
                    var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
                    var entry = zip.GetEntry(CaseArchive.RawName) ?? throw new InvalidDataException($"It holds no {CaseArchive.RawName}: this is no case export.");
                    Check(zip, entry);
                    return new ExportedFile(file, zip, entry.Open(), entry.Length, RawFixes.Read);
                default:
                    throw new InvalidDataException("Only case exports (.zip), their raw fixes (.jsonl), CSV and GPX are put back.");
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public IEnumerable<FixLine> Fixes() => _read(_content);

    public void Dispose()
    {
        _content.Dispose();
        _zip?.Dispose();
        _file.Dispose();
    }

    /// <summary>What was changed since it was exported is not put back as if phones had sent it.</summary>
    private static void Check(ZipArchive zip, ZipArchiveEntry raw)
    {
        var sums = zip.GetEntry(Sums) ?? throw new InvalidDataException($"It holds no {Sums}: this is no case export.");
        using var text = new StreamReader(sums.Open(), Encoding.UTF8);
        var buffer = new char[MostSumsChars];
        var lines = new string(buffer, 0, text.ReadBlock(buffer)).Split('\n');
        using var content = raw.Open();
        var sum = Convert.ToHexStringLower(SHA256.HashData(content));
        if (!lines.Contains($"{sum}  {raw.FullName}"))
        {
            throw new InvalidDataException($"{raw.FullName} is not as it was exported: its SHA-256 is {sum}, and {Sums} says otherwise.");
        }
    }

    /// <summary>Tells how far it has been read, which an unpacking stream does not.</summary>
    private sealed class CountingStream(Stream inner) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
