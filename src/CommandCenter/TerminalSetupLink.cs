// The terminal is where the operator is; a log could be anywhere.
#pragma warning disable RS0030
using System.Globalization;
using CommandCenter.Access;

namespace CommandCenter;

/// <summary>Prints the one-time set-up link, with the address the server was told to listen on.</summary>
internal sealed class TerminalSetupLink(IConfiguration configuration) : ISetupLinkPrinter
{
    public void Print(string pathAndFragment, TimeSpan goodFor)
    {
        var url = (configuration["Urls"]?.Split(';')[0] ?? ServerLife.DefaultUrls).TrimEnd('/');
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Nobody can sign in yet. Make the first administrator within {goodFor.TotalMinutes:0} minutes: {url}{pathAndFragment}"));
    }
}
