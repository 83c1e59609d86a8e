using System.Text;
using CommandCenter.Contracts.Devices;

namespace CommandCenter.AreaFiles;

/// <summary>
/// Where the secrets of new devices go, since the server shows them once: a CSV file for its owner's eyes alone, made before they are asked for,
/// so that a full or read-only disk costs nothing.
/// </summary>
internal sealed class SecretsFile : IDisposable
{
    private readonly FileStream _stream;

    private SecretsFile(FileStream stream) => _stream = stream;

    public string Path => _stream.Name;

    /// <summary>Null and why when it cannot be made; an older file is never written over.</summary>
    public static SecretsFile? Create(string path, out string fault)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            fault = "";
            return new SecretsFile(new FileStream(path, options));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = e.Message;
            return null;
        }
    }

    public async Task WriteAsync(IEnumerable<EnrolledDevice> devices, CancellationToken cancellationToken)
    {
        // With a byte order mark, which spreadsheets need to read Chinese.
        var text = new StringBuilder("\uFEFFworker,label,osmandId,user,password\r\n");
        foreach (var device in devices)
        {
            text.Append(Cell(device.Worker)).Append(',').Append(Cell(device.Label ?? "")).Append(',')
                .Append(device.OsmandId).Append(',').Append(device.User).Append(',').Append(device.Password).Append("\r\n");
        }

        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        _stream.Flush(flushToDisk: true);
    }

    /// <summary>Takes the file away again, nothing having come of it.</summary>
    public void Discard()
    {
        Dispose();
        File.Delete(Path);
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Quoted where it must be; what a spreadsheet would run as a formula becomes text.</summary>
    internal static string Cell(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
