using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using CommandCenter.Web;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CommandCenter;

/// <summary>From the command line to the exit status: which backends, which mode, which address, and how it all ends.</summary>
internal static class ServerLife
{
    public const string DefaultUrls = "http://localhost:8080";

    public static WebApplicationBuilder CreateBuilder(CommandLine commandLine)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = WebRoot(),
        });
        AddSecrets(builder.Configuration, commandLine);
        builder.Configuration.AddInMemoryCollection(commandLine.Settings);
        builder.Services.AddSingleton(TimeProvider.System);
        return builder;
    }

    /// <summary>Starts what no connection string names, and settles <c>Demo:Enabled</c>, <c>Urls</c> and the absolute <c>Storage:DataFolder</c>.</summary>
    public static async Task<RunningBackends> StartBackendsAsync(this WebApplicationBuilder builder, CommandLine commandLine)
    {
        var configuration = builder.Configuration;
        var options = new StorageOptions();
        configuration.GetSection(StorageOptions.Section).Bind(options);
        var ownPostgres = string.IsNullOrEmpty(configuration.GetConnectionString("Postgres"));
        var ownRedis = string.IsNullOrEmpty(configuration.GetConnectionString("Redis"));
        var asked = commandLine.Demo ?? configuration.GetValue<bool?>("Demo:Enabled");

        // Somebody else's database gets demo data only on request; with one's own the folder remembers what it is.
        var folder = ownPostgres || ownRedis || asked == true
            ? DataFolder.Open(options.DataFolder, ownPostgres ? asked : asked ?? false, demoByDefault: ownPostgres)
            : null;
        var running = new RunningBackends(folder);
        try
        {
            var demo = folder?.IsDemo ?? false;
            Set(configuration, "Demo:Enabled", demo ? "true" : "false");
            Set(configuration, "Storage:DataFolder", folder?.Path ?? Path.GetFullPath(options.DataFolder));
            Set(configuration, "Urls", Addresses(commandLine.Urls ?? configuration["Urls"], demo));
            var https = HttpsOptions.Read(configuration);
            if (https.Enabled)
            {
                var (urls, plainPort) = HttpsAddresses.Of(configuration["Urls"]!, https.PlainPort);
                Set(configuration, "Urls", urls);
                Set(configuration, "Https:PlainPort", plainPort.ToString(CultureInfo.InvariantCulture));
            }

            RequireFreePorts(configuration["Urls"]!);
            if (folder is not null && (ownPostgres || ownRedis))
            {
                await running.StartAsync(configuration, ownPostgres, ownRedis, options);
            }

            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    public static async Task<ExitCode> RunToTheEndAsync(this WebApplication app)
    {
        // Asked for now: the host disposes of them when it has run.
        var startup = app.Services.GetRequiredService<StartupSteps>();
        var stopping = app.Lifetime.ApplicationStopping;
        var loops = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        try
        {
            await app.RunAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw InUse(app.Configuration["Urls"] ?? "", e);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop while the host was still starting: that is an end like any other.
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied or SocketError.AddressNotAvailable)
        {
            throw new StartupRefusedException(ExitCode.Usage, $"The server cannot listen on {app.Configuration["Urls"]}: {e.Message}", e);
        }
        catch (OptionsValidationException e)
        {
            throw new StartupRefusedException(ExitCode.Usage, $"A setting makes no sense: {string.Join("; ", e.Failures)}", e);
        }

        if (startup.Refused is { } refused)
        {
            throw refused;
        }

        return loops.Any(loop => loop.ExecuteTask is { IsFaulted: true }) ? ExitCode.Failed : ExitCode.Stopped;
    }

    /// <summary>Demo sign-ins are public knowledge, so a demo listens on loopback alone.</summary>
    internal static string Addresses(string? urls, bool demo)
    {
        urls = string.IsNullOrWhiteSpace(urls) ? DefaultUrls : urls;
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(url);
            }
            catch (FormatException e)
            {
                throw new StartupRefusedException(ExitCode.Usage, $"'{url}' is no address to listen on, such as {DefaultUrls}.", e);
            }

            var known = IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip);
            var loopback = address.Host is "localhost" || (known && IPAddress.IsLoopback(ip!));
            if (demo && !loopback)
            {
                throw new StartupRefusedException(ExitCode.Usage, $"In demo mode the server listens on loopback only, not on {url}: use --no-demo with another data folder.");
            }
        }

        return urls;
    }

    /// <summary>Before a database is made for nothing: a port that is taken now will be taken when the host starts, which asks again.</summary>
    private static void RequireFreePorts(string urls)
    {
        foreach (var address in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(BindingAddress.Parse).Where(a => !a.IsUnixPipe))
        {
            var ip = IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) ? literal : address.Host is "localhost" ? IPAddress.Loopback : IPAddress.Any;
            using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(ip, address.Port));
                socket.Listen(1);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                throw InUse(address.ToString(), e);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied or SocketError.AddressNotAvailable)
            {
                throw new StartupRefusedException(ExitCode.Usage, $"The server cannot listen on {address}: {e.Message}.", e);
            }
        }
    }

    private static StartupRefusedException InUse(string address, Exception e) =>
        new(ExitCode.PortInUse, $"The address {address} is in use: stop what listens there, or choose another port with --port.", e);

    private static void Set(IConfiguration configuration, string key, string value) => configuration[key] = value;

    /// <summary>
    /// A folder of files, each named after a key with <c>__</c> for the colons, as Docker's secrets and systemd's credentials are: passwords that stand in no
    /// environment and on no command line.
    /// </summary>
    private static void AddSecrets(ConfigurationManager configuration, CommandLine commandLine)
    {
        const string key = "Secrets:Folder";
        var given = commandLine.Settings.FirstOrDefault(setting => string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase)).Value ?? configuration[key];
        if (string.IsNullOrEmpty(given))
        {
            return;
        }

        var folder = Path.GetFullPath(given);
        try
        {
            configuration.AddKeyPerFile(folder, optional: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException(ExitCode.Usage, $"{key} names {folder}, which cannot be read: {e.Message}", e);
        }
    }

    private static string WebRoot()
    {
        var published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var built = typeof(ServerLife).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == "WebRoot")?.Value;
        return Directory.Exists(published) || built is null ? published : built;
    }
}
