using System.Runtime.Loader;
using CommandCenter.IntegrationTests.Jobs;
using Microsoft.AspNetCore.Hosting;

[assembly: HostingStartup(typeof(TestJobs))]

/// <summary>Lets a server process find this assembly, so that it runs jobs that only tests have: see <see cref="JobCenter"/>. Runtimes look for it by this name.</summary>
internal static class StartupHook
{
    public static void Initialize() => AssemblyLoadContext.Default.Resolving += (context, name) =>
    {
        var file = Path.Combine(Path.GetDirectoryName(typeof(StartupHook).Assembly.Location)!, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    };
}
