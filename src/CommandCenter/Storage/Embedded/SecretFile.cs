using System.Security.Cryptography;

namespace CommandCenter.Storage.Embedded;

/// <summary>Files that only the server's own user may read, written whole or not at all.</summary>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The password in the file, made (256 random bits in hex) where there is none yet.</summary>
    public static string ReadOrMakePassword(string path)
    {
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } known)
        {
            return known;
        }

        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Write(path, password);
        return password;
    }

    /// <summary>Replaces the file atomically; it is on the disk when this returns.</summary>
    public static void Write(string path, string text)
    {
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
