using System.Text.Json;
using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>The accessibility checker of the web client's packages, run inside a page.</summary>
public static class Axe
{
    private static readonly Lazy<string> Script = new(() => File.ReadAllText(Path.Combine(Repository.Root, "web", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>What is wrong on the page, one line a rule with the first element found; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        // Evaluated by the browser's debugger: the page's own policy lets no script of strangers in.
        await page.EvaluateAsync(Script.Value);
        var found = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes.length}, first ${v.nodes[0].html.slice(0, 200)}`)");
        return [.. found.EnumerateArray().Select(one => one.GetString()!)];
    }
}
