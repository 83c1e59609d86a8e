using System.CommandLine;
using CommandCenter.Storage;
using Npgsql;
using StackExchange.Redis;

namespace CommandCenter.Backup;

/// <summary>The command line. Exit codes: 0 done, 1 an argument, 2 it could not be done: then there is no backup of that name, or the data folder must not be used.</summary>
internal static class BackupCommand
{
    private const int BadArgument = 1;
    private const int Failed = 2;

    private static readonly Option<string> Data = new("--data") { Description = "The center's data folder", Required = true };
    private static readonly Option<string> To = new("--to") { Description = "The backup's folder; must not exist", Required = true };
    private static readonly Option<string> From = new("--from") { Description = "The backup's folder", Required = true };
    private static readonly Option<string?> Postgres = new("--postgres") { Description = "Connection string, where the center does not run its own PostgreSQL; pg_dump and pg_restore of its version must be in PATH" };
    private static readonly Option<string?> Redis = new("--redis") { Description = "Connection string of the center's Redis, together with --postgres" };

    public static RootCommand Build()
    {
        var take = new Command("take", "Copies a running center.") { Data, To, Postgres, Redis };
        take.SetAction((arguments, cancellationToken) => RunAsync(arguments, (backends, say) => new TakeRun(
            Path.GetFullPath(arguments.GetRequiredValue(Data)), Path.GetFullPath(arguments.GetRequiredValue(To)), backends, say).RunAsync(cancellationToken)));
        var restore = new Command("restore", "Makes a center of a backup: in an empty data folder, and with --postgres and --redis in an empty database and Redis.") { From, Data, Postgres, Redis };
        restore.SetAction((arguments, cancellationToken) => RunAsync(arguments, (backends, say) => new RestoreRun(
            Path.GetFullPath(arguments.GetRequiredValue(From)), Path.GetFullPath(arguments.GetRequiredValue(Data)), backends, say).RunAsync(cancellationToken)));
        return new RootCommand("Backup and restore of a center.") { take, restore };
    }

    private static async Task<int> RunAsync(ParseResult arguments, Func<BackendAddresses?, Action<string>, Task> run)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var (postgres, redis) = (arguments.GetValue(Postgres), arguments.GetValue(Redis));
        if (postgres is null != redis is null)
        {
            await error.WriteLineAsync("--postgres and --redis belong together");
            return BadArgument;
        }

        try
        {
            await run(postgres is null ? null : new BackendAddresses(postgres, redis!), output.WriteLine);
            return 0;
        }
        catch (Exception e) when (e is BackupException or StartupRefusedException or IOException or UnauthorizedAccessException or NpgsqlException or RedisException or TimeoutException)
        {
            await error.WriteLineAsync($"Not done: {e.Message}");
            return Failed;
        }
    }
}

/// <summary>Something that the operator must change first; the message says what.</summary>
internal sealed class BackupException(string message) : Exception(message);
