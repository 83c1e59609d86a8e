using System.Reflection;

namespace CommandCenter.Storage.Embedded;

/// <summary>Where PostgreSQL's programs are: the option, else beside the published server, else where the build installed them.</summary>
internal sealed record PostgresBinaries(string Folder)
{
    public string Postgres => Path.Combine(Folder, "bin", "postgres");

    public string InitDb => Path.Combine(Folder, "bin", "initdb");

    public static PostgresBinaries Find(string option)
    {
        if (option.Length > 0)
        {
            return At(Path.GetFullPath(option))
                ?? throw new StartupRefusedException(ExitCode.MissingTool, $"Storage:PostgresBinaries names {option}, where there is no bin/postgres and bin/initdb.");
        }

        var built = typeof(PostgresBinaries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == "PostgresBinaries")?.Value;
        return At(Path.Combine(AppContext.BaseDirectory, "postgres"))
            ?? (built is { Length: > 0 } ? At(built) : null)
            ?? throw new StartupRefusedException(
                ExitCode.MissingTool,
                "PostgreSQL's programs are missing: build on Linux (x64 or arm64) with Node 20 or newer, set Storage:PostgresBinaries to a folder with bin/postgres, or set ConnectionStrings:Postgres.");
    }

    private static PostgresBinaries? At(string folder)
    {
        var found = new PostgresBinaries(folder);
        return File.Exists(found.Postgres) && File.Exists(found.InitDb) ? found : null;
    }
}
