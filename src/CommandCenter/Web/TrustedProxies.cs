using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web;

/// <summary>
/// Behind a proxy that is named in <c>Web:TrustedProxies</c>, the caller's address and scheme are those that it forwards; from anybody else these headers
/// are only text. Host is not taken over: a proxy passes it on.
/// </summary>
internal static class TrustedProxies
{
    public static void Use(WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<IOptions<WebOptions>>().Value.TrustedProxies;
        if (trusted.Count == 0)
        {
            return;
        }

        // The chain is followed through trusted proxies, to the first address that is none.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted.Select(text => TryRead(text, out var read) ? read : default).Where(network => network != default))
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>An address is the network of itself alone.</summary>
    public static bool TryRead(string text, out System.Net.IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return System.Net.IPNetwork.TryParse(text, out network);
    }
}

internal sealed class WebOptionsValidation : IValidateOptions<WebOptions>
{
    public ValidateOptionsResult Validate(string? name, WebOptions options)
    {
        foreach (var text in options.TrustedProxies)
        {
            if (!TrustedProxies.TryRead(text, out var network))
            {
                return ValidateOptionsResult.Fail($"{WebOptions.Section}:TrustedProxies holds '{text}', which is neither an IP address nor a network such as 10.0.0.0/24.");
            }

            if (network.PrefixLength == 0)
            {
                return ValidateOptionsResult.Fail($"{WebOptions.Section}:TrustedProxies holds '{text}', which is everybody: name the proxies.");
            }
        }

        return ValidateOptionsResult.Success;
    }
}
