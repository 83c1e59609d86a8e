using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CommandCenter.Storage.Embedded;

/// <summary>Linux signals by number.</summary>
internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}

/// <summary>
/// How a program is run as our child: in its own session, so that Ctrl-C on the terminal reaches the server alone and it can store what it
/// holds before its backends stop; told to stop by the kernel when the server dies; and with an almost empty environment.
/// Every wrapper replaces itself, so the process id stays the program's own.
/// </summary>
internal static partial class ChildCommand
{
    public static ProcessStartInfo Of(string program, Signal onServerDeath, bool refusesRoot, IEnumerable<string> arguments)
    {
        var command = new ProcessStartInfo("setsid")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var environment = command.Environment;
        environment.TryGetValue("PATH", out var path);
        environment.Clear();
        environment["PATH"] = path ?? "/usr/local/bin:/usr/bin:/bin";
        environment["LC_ALL"] = "C";
        environment["TZ"] = "UTC";

        var words = command.ArgumentList;
        if (refusesRoot && Environment.IsPrivilegedProcess)
        {
            // PostgreSQL will not run as root: in a user namespace of its own it is somebody else, while its files stay ours.
            foreach (var word in (string[])["unshare", "-U", "--map-user=1000", "--map-group=1000"])
            {
                words.Add(word);
            }
        }

        words.Add("setpriv");
        words.Add("--pdeathsig");
        words.Add(onServerDeath is Signal.Interrupt ? "INT" : "TERM");
        words.Add(program);
        foreach (var argument in arguments)
        {
            words.Add(argument);
        }

        return command;
    }

    /// <summary>Refuses to go on without a program that is looked up in PATH or given as a path.</summary>
    public static void Require(string program, string howToGetIt)
    {
        var found = program.Contains('/', StringComparison.Ordinal)
            ? File.Exists(program)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
        if (!found)
        {
            throw new StartupRefusedException(ExitCode.MissingTool, $"{program} is not installed: {howToGetIt}");
        }
    }

    /// <summary>False: there is no such process any more.</summary>
    public static bool Send(int processId, Signal signal)
    {
        if (kill(processId, (int)signal) == 0)
        {
            return true;
        }

        const int noSuchProcess = 3;
        var error = Marshal.GetLastPInvokeError();
        return error == noSuchProcess ? false : throw new Win32Exception(error, $"Cannot signal process {processId}");
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
