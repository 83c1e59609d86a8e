using CommandCenter.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web;

/// <summary>What <c>--https</c> adds to the server. There is no HSTS: browsers would apply it to the plain port that helps them to trust, too.</summary>
internal static class HttpsSetup
{
    public static void AddHttps(this WebApplicationBuilder builder)
    {
        var options = HttpsOptions.Read(builder.Configuration);
        if (!options.Enabled)
        {
            return;
        }

        var storage = new StorageOptions();
        builder.Configuration.GetSection(StorageOptions.Section).Bind(storage);
        var https = HttpsCertificate.Settle(options, storage.DataFolder, TimeProvider.System.GetUtcNow());
        builder.Services.AddSingleton(https);
        builder.Services.AddTransient<IStartupFilter, PlainPort>();
        builder.Services.AddSingleton(services => new CurrentCertificate(
            options, storage.DataFolder, https, TimeProvider.System, services.GetRequiredService<ILogger<CurrentCertificate>>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<CurrentCertificate>());
        builder.Services.AddOptions<KestrelServerOptions>().Configure<CurrentCertificate>((kestrel, current) => kestrel.ConfigureHttpsDefaults(defaults =>
        {
            // Asked for by Kestrel to start; each connection then takes the current one.
            defaults.ServerCertificate = https.Certificate;
            defaults.OnAuthenticate = (_, ssl) => ssl.ServerCertificateContext = current.Context;
        }));
    }
}
