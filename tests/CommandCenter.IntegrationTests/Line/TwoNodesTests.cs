using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Line;

/// <summary>Two real servers on one Redis and one PostgreSQL.</summary>
public sealed class TwoNodesTests
{
    [Test]
    public async Task ShowTheSamePictureAndOneGoesOnWithoutTheOther()
    {
        await using var backends = await Backends.FreshAsync(withSchema: false);
        using var folder = new TemporaryFolder();
        await using var first = await ServerProcess.StartAsync(folder.Path, ServerProcess.Environment(backends), "--demo");
        var center = await DemoCenter.OfAsync(first);
        using var otherFolder = new TemporaryFolder();
        foreach (var file in new[] { "demo.json", "simulator.json" })
        {
            File.Copy(Path.Combine(folder.Path, file), Path.Combine(otherFolder.Path, file));
        }

        await using var second = await ServerProcess.StartAsync(otherFolder.Path, ServerProcess.Environment(backends), "--demo");
        var other = center.At(second);
        var token = await center.SignInAsync("dispatcher");
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await center.SendFixAsync(center.Devices[0], now, 112.571);
        await other.SendFixAsync(center.Devices[1], now, 112.572);

        await Eventually.TrueAsync(
            async () => await PictureAsync(center, token) is { Length: > 0 } picture && picture.Contains("112.571", StringComparison.Ordinal)
                && picture.Contains("112.572", StringComparison.Ordinal) && picture == await PictureAsync(other, token),
            "both show the same");
        await first.KillAsync();
        await other.SendFixAsync(center.Devices[0], now + 1_000, 112.5715);
        await Eventually.TrueAsync(
            async () => (await PictureAsync(other, token)).Contains("112.5715", StringComparison.Ordinal), "the other goes on");
    }

    private static async Task<string> PictureAsync(DemoCenter center, string token)
    {
        var shown = new List<string>();
        foreach (var device in center.Devices)
        {
            if (await center.PositionOfAsync(token, device.Worker) is { } feature)
            {
                shown.Add(JsonSerializer.Serialize(feature));
            }
        }

        return string.Join('\n', shown);
    }
}
