using System.Diagnostics;
using System.Globalization;

namespace CommandCenter.Storage.Embedded;

/// <summary>The server's own Redis: its append-only file lies in <c>redis/</c> of the data folder and is on the disk before an answer.</summary>
internal sealed class EmbeddedRedis(DataFolder folder, StorageOptions options) : IChildProgram
{
    private static readonly TimeSpan ProbeBound = TimeSpan.FromSeconds(2);

    private static readonly string[] Complaints = ["error", "fatal", "can't", "could not", "fail", "bad ", "unexpected", "too long", "out of memory", "crash"];

    private readonly string _folder = folder.In("redis");
    private readonly string _configuration = Path.Combine(folder.In("redis"), "redis.conf");
    private string _password = "";

    public string Name => "Redis";

    public Signal StopSignal => Signal.Terminate;

    public int Port { get; set; }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},password={_password}");

    /// <summary>Folders by which its processes are known.</summary>
    public static IEnumerable<string> Folders(DataFolder folder) => [folder.In("redis")];

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        DataFolder.MakeFolder(_folder);
        _password = SecretFile.ReadOrMakePassword(folder.Secret("redis-password"));
        return Task.CompletedTask;
    }

    public ProcessStartInfo Command()
    {
        // In a file and not in arguments, which every user of the machine can read.
        SecretFile.Write(_configuration, Configuration());
        return ChildCommand.Of(options.RedisServer, StopSignal, refusesRoot: false, [_configuration]);
    }

    public async Task ProbeAsync(CancellationToken cancellationToken) =>
        RedisDoor.Close(await new RedisDoor(ConnectionString, ProbeBound).OpenAsync(attempt: 0, cancellationToken));

    // "<pid>:M 22 Nov 2026 07:00:00.000 # text" is Redis' own mark for a warning, which it puts on its greetings too.
    public bool IsWarning(string line) =>
        line.Contains("FATAL", StringComparison.Ordinal)
        || (line.Contains(" # ", StringComparison.Ordinal) && Complaints.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))
            && !line.Contains("overcommit", StringComparison.Ordinal));

    private string Configuration() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        bind 127.0.0.1
        port {Port}
        protected-mode yes
        requirepass {_password}
        daemonize no
        logfile ""
        dir "{Quoted(_folder)}"
        save ""
        appendonly yes
        appendfsync always
        no-appendfsync-on-rewrite no
        auto-aof-rewrite-percentage 100
        auto-aof-rewrite-min-size 64mb
        maxmemory {options.RedisMaxMegabytes}mb
        maxmemory-policy noeviction

        """);

    private static string Quoted(string path) => path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
