using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Live;

/// <summary>Sounds the picture's beat, once a tick.</summary>
public sealed class PictureBeat(LivePicture picture, PictureFeed feed, FixClock clock, TimeProvider time, IOptions<LivePictureOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await feed.Rebuilt.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.TickMilliseconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            clock.Beat();
            picture.Beat();
        }
    }
}
