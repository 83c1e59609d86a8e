using CommandCenter.Storage;

namespace CommandCenter.Demo;

/// <summary>What the demo adds to the server: a startup step, which does nothing but look unless <c>Demo:Enabled</c>.</summary>
public static class DemoSlice
{
    public static IHostApplicationBuilder AddDemo(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DemoStore>();
        builder.Services.AddSingleton<IStartupStep, DemoStep>();
        return builder;
    }
}
