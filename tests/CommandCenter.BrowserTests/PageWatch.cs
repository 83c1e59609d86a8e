using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>What went wrong on a page, and what it asked of anyone but its own server: a closed network answers neither.</summary>
public sealed class PageWatch
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _foreignRequests = new();

    public PageWatch(IPage page, string baseUrl)
    {
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!IsOwn(request.Url, baseUrl))
            {
                _foreignRequests.Enqueue(request.Url);
            }
        };
    }

    /// <summary>Exceptions no code of the page caught.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public IReadOnlyCollection<string> ForeignRequests => _foreignRequests;

    private static bool IsOwn(string url, string baseUrl) =>
        url.StartsWith(baseUrl, StringComparison.Ordinal)
        || url.StartsWith("blob:", StringComparison.Ordinal)
        || url.StartsWith("data:", StringComparison.Ordinal);
}
