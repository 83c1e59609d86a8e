namespace CommandCenter.Tests.Contracts;

/// <summary>Files that are generated and committed: compared with what the code makes, rewritten only when asked to.</summary>
internal static class Committed
{
    /// <summary>Set to 1 to rewrite the committed files instead of comparing them.</summary>
    public const string UpdateVariable = "UPDATE_GOLDEN";

    /// <summary>The repository's root, found by its solution file.</summary>
    public static string Root { get; } = FindRoot();

    public static bool Updating => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    /// <param name="path">Relative to the repository's root, with forward slashes.</param>
    public static void Compare(string path, string made)
    {
        var file = Path.Combine(Root, path);
        if (Updating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, made);
            return;
        }

        var committed = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (committed != made)
        {
            Assert.Fail($"{path} is not what the code makes.\n{FirstDifference(committed, made)}\n"
                + "Others rely on it (the web client reads the same file). If the change is meant, rewrite it by running this test with "
                + $"{UpdateVariable}=1, read the diff, and commit it together with the change.");
        }
    }

    private static string FirstDifference(string committed, string made)
    {
        var before = committed.Split('\n');
        var now = made.Split('\n');
        var line = 0;
        while (line < before.Length && line < now.Length && before[line] == now[line])
        {
            line++;
        }

        var (old, fresh) = (before.ElementAtOrDefault(line) ?? "(nothing)", now.ElementAtOrDefault(line) ?? "(nothing)");
        var column = old.Zip(fresh).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{now.Take(line).LastOrDefault()?.Trim()}\nline {line + 1}, column {column + 1}\n  committed: {Around(old, column)}\n  made:      {Around(fresh, column)}";
    }

    /// <summary>Lines of hex are long: what stands near the difference is enough to find the field.</summary>
    private static string Around(string line, int column)
    {
        var from = Math.Max(0, column - 40);
        var to = Math.Min(line.Length, column + 40);
        return $"{(from > 0 ? "…" : "")}{line[from..to]}{(to < line.Length ? "…" : "")}";
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CommandCenter.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests must run inside the repository: no CommandCenter.sln above them.");
    }
}
