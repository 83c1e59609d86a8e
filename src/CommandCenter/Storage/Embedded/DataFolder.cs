using System.Globalization;

namespace CommandCenter.Storage.Embedded;

/// <summary>
/// The server's own folder, held by one server at a time. Layout: <c>lock</c>, <c>version</c> (format number), <c>mode</c> (demo or own),
/// <c>services.json</c>, <c>secrets/</c>, <c>postgres/</c>, <c>redis/</c>, and <c>demo.json</c> in demo mode. Other files do not matter.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The layout this version makes and reads.</summary>
    public const int Format = 1;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public bool IsDemo { get; private set; }

    public string Services => In("services.json");

    /// <param name="path">Made where missing.</param>
    /// <param name="demo">What the operator asked for; null: what the folder already is, else <paramref name="demoByDefault"/>.</param>
    /// <param name="demoByDefault">What a new folder becomes when nobody said.</param>
    public static DataFolder Open(string path, bool? demo, bool demoByDefault)
    {
        path = System.IO.Path.GetFullPath(path);
        var folder = new DataFolder(path, Hold(path));
        try
        {
            folder.CheckVersion();
            folder.SettleMode(demo, demoByDefault);
            MakeFolder(folder.In("secrets"));
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public string Secret(string name) => System.IO.Path.Combine(Path, "secrets", name);

    public static void MakeFolder(string path) =>
        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly);

    public void Dispose() => _lock.Dispose();

    private static FileStream Hold(string path)
    {
        try
        {
            MakeFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException(ExitCode.Usage, $"The data folder {path} cannot be made: {e.Message}", e);
        }

        try
        {
            // An advisory lock that the kernel lets go with the process, however it ends.
            return new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartupRefusedException(ExitCode.Usage, $"The data folder {path} belongs to another user: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new StartupRefusedException(ExitCode.DataFolderInUse, $"The data folder {path} is in use by another running server: stop that one, or give --data another folder.", e);
        }
    }

    private void CheckVersion()
    {
        var file = In("version");
        if (!File.Exists(file))
        {
            SecretFile.Write(file, Format.ToString(CultureInfo.InvariantCulture) + "\n");
            return;
        }

        var text = File.ReadAllText(file).Trim();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var format) || format > Format)
        {
            throw new StartupRefusedException(
                ExitCode.NewerData,
                $"The data folder {Path} has format '{text}', made by a newer version; this one reads up to {Format}. Start the newer version, or give --data another folder.");
        }
    }

    private void SettleMode(bool? demo, bool demoByDefault)
    {
        var file = In("mode");
        var was = File.Exists(file) ? File.ReadAllText(file).Trim() == "demo" : (bool?)null;
        if (was is { } made && demo is { } asked && made != asked)
        {
            throw new StartupRefusedException(
                ExitCode.OtherMode,
                made
                    ? $"The data folder {Path} holds demo data: start it without --no-demo, or give --data another folder."
                    : $"The data folder {Path} holds no demo data: start it with --no-demo, or give --data another folder.");
        }

        IsDemo = was ?? demo ?? demoByDefault;
        if (was is null)
        {
            SecretFile.Write(file, IsDemo ? "demo\n" : "own\n");
        }
    }
}
