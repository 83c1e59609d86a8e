using CommandCenter.Storage.Embedded;

namespace CommandCenter.Backup;

/// <summary>Copies folders that are in use: what vanishes meanwhile was not needed. Only their owner may read the copies.</summary>
internal static class FileCopy
{
    /// <summary>Copies <paramref name="from"/> into <paramref name="to"/>. The two are asked with paths relative to it; a file's folder is made even when all its files are left out.</summary>
    public static void Folder(string from, string to, Func<string, bool> skipsFile, Func<string, bool> skipsFolder) => Folder(from, from, to, skipsFile, skipsFolder);

    private static void Folder(string root, string from, string to, Func<string, bool> skipsFile, Func<string, bool> skipsFolder)
    {
        DataFolder.MakeFolder(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var name = Path.GetRelativePath(root, entry.FullName);
            var target = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo)
            {
                if (!skipsFolder(name))
                {
                    Folder(root, entry.FullName, target, skipsFile, skipsFolder);
                }
            }
            else if (!skipsFile(name))
            {
                One(entry.FullName, target);
            }
        }
    }

    public static void One(string from, string to)
    {
        try
        {
            DataFolder.MakeFolder(Path.GetDirectoryName(to)!);
            using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = new FileStream(to, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            source.CopyTo(target);
            target.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Dropped by its owner since it was listed.
        }
    }
}
