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
        builder.Services.AddOptions<KestrelServerOptions>().Configure(kestrel => kestrel.ConfigureHttpsDefaults(defaults =>
        {
            defaults.ServerCertificate = https.Certificate;
            defaults.ServerCertificateChain = https.Between;
        }));
    }
}
