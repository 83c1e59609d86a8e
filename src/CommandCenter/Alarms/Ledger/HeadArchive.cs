using System.Globalization;
using System.Security.Cryptography;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms.Ledger;

/// <summary>
/// The signed lists of heads in the data folder's <c>alarm-heads</c>, one file for each hour in which a ledger grew, with the public key beside them; to be copied where who can write
/// to the database cannot.
/// </summary>
public sealed partial class HeadArchive(IOptions<StorageOptions> storage, ILogger<HeadArchive> logger)
{
    private const string Form = "yyyyMMdd'T'HHmmssfff'Z'";

    private string Folder => Path.Combine(storage.Value.DataFolder, "alarm-heads");

    /// <summary>When the newest list was made; null when there is none.</summary>
    public DateTimeOffset? NewestAt() => Files().Select(file => (DateTimeOffset?)file.At).LastOrDefault();

    public void Add(DateTimeOffset at, IReadOnlyList<LedgerHead> heads)
    {
        DataFolder.MakeFolder(Folder);
        using var key = Key();
        var before = Files().Select(file => file.Path).LastOrDefault();
        var text = new HeadFile(at, before is null ? "" : HeadFile.HashOf(File.ReadAllText(before)), heads).ToText(key);
        SecretFile.Write(Path.Combine(Folder, at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture) + ".txt"), text);
    }

    /// <summary>What was signed since a moment, by alarm. A file that is not as it was signed is said in the log and left out.</summary>
    public ILookup<Guid, LedgerHead> Since(DateTimeOffset moment)
    {
        var files = Files().Where(file => file.At >= moment).ToList();
        if (files.Count == 0)
        {
            return Array.Empty<LedgerHead>().ToLookup(head => head.Alarm);
        }

        using var key = Key();
        var heads = new List<LedgerHead>();
        foreach (var (path, _) in files)
        {
            if (HeadFile.Read(File.ReadAllText(path), key) is { } read)
            {
                heads.AddRange(read.Heads);
            }
            else
            {
                LogForged(Path.GetFileName(path));
            }
        }

        return heads.ToLookup(head => head.Alarm);
    }

    private List<(string Path, DateTimeOffset At)> Files() => !Directory.Exists(Folder) ? []
        : [.. Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal)
            .Select(path => (path, DateTimeOffset.TryParseExact(Path.GetFileNameWithoutExtension(path), Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : default))
            .Where(file => file.Item2 != default)];

    /// <summary>This node's own, made when it first signs.</summary>
    private ECDsa Key() => SigningKey.In(Folder);

    [LoggerMessage(Level = LogLevel.Error, Message = "The list of ledgers' heads {Name} is not as it was signed")]
    private partial void LogForged(string name);
}
