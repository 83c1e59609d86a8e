using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.BrowserTests;

/// <summary>A demo center in which one worker has stayed in one square a moment ago, and the job has reckoned it.</summary>
public sealed class CoverageCenter : IAsyncDisposable
{
    public const double Longitude = 112.5700;
    public const double Latitude = 37.8600;

    private CoverageCenter(DemoPages pages) => Pages = pages;

    public DemoPages Pages { get; }

    public DemoCenter Demo => Pages.Center;

    public string Worker => Demo.Devices[0].Worker;

    public static async Task<CoverageCenter> StartAsync()
    {
        var center = new CoverageCenter(await DemoPages.StartAsync("--Jobs:LookSeconds=0.5"));
        var demo = center.Demo;

        // Nobody was on duty before the server began: the stay lies as far ahead as clocks may be wrong.
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var seconds = 0; seconds <= 50; seconds += 10)
        {
            Assert.That(await demo.SendFixAsync(demo.Devices[0], now + (seconds * 1_000), Longitude, Latitude), Is.EqualTo(HttpStatusCode.OK));
        }

        using var http = new HttpClient { BaseAddress = demo.Server.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await demo.SignInAsync("administrator"));
        await Eventually.TrueAsync(() => IsReckonedAsync(http), "a visited square", TimeSpan.FromSeconds(120));
        return center;
    }

    public ValueTask DisposeAsync() => Pages.DisposeAsync();

    private static async Task<bool> IsReckonedAsync(HttpClient http)
    {
        var today = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        using var asked = await http.PostAsJsonAsync("/api/jobs/coverage/runs", new { from = $"{today.AddDays(-1):yyyy-MM-dd}", to = $"{today.AddDays(1):yyyy-MM-dd}" });
        if (!asked.IsSuccessStatusCode)
        {
            return false;
        }

        using var answer = await http.GetAsync("/api/coverage/rates?area=140106");
        return answer.IsSuccessStatusCode
            && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0].GetProperty("visited").GetInt32() > 0;
    }
}
