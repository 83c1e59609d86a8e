using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CommandCenter.Contracts.Wall;
using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.IntegrationTests.MessagePack;

/// <summary>A method for each way in which a hub and a client speak.</summary>
public sealed class OfficialClientHub : Hub
{
    private static int cancelledStreams;

    public int Add(int one, int other) => one + other;

    public double Half(double whole) => whole / 2;

    public string? Greet(string? name) => name is null ? null : $"你好 {name}";

    public void Nothing()
    {
    }

    public byte[] Reverse(byte[] bytes) => [.. Enumerable.Reverse(bytes)];

    public WallFrame FrameOf(WatchRequest request) => new()
    {
        Epoch = request.Area,
        Tick = request.Tick ?? 0,
        Time = 1_795_329_000_000,
        Full = request.Bounds is [112.5, 38, 113, 38.5],
        Names = [new WallName { Slot = 1, Worker = "w-1", Name = "王芳", Role = "gridWorker" }],
    };

    public DateTime TomorrowOf(DateTimeOffset moment) => moment.UtcDateTime.AddDays(1);

    public ChannelReader<int> Count(int count)
    {
        var channel = Channel.CreateBounded<int>(count);
        for (var i = 0; i < count; i++)
        {
            channel.Writer.TryWrite(i);
        }

        channel.Writer.Complete();
        return channel.Reader;
    }

    public async IAsyncEnumerable<int> CountSlowly(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Delay(30, cancellationToken);
            yield return i;
        }
    }

    public async IAsyncEnumerable<WallFrame> Watch(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var tick = 1; ; tick++)
            {
                yield return new WallFrame { Epoch = request.Area, Tick = tick, Count = tick, Records = new byte[tick * WallRecord.Size] };
                await Task.Delay(10, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Increment(ref cancelledStreams);
        }
    }

    public int CancelledStreams() => Volatile.Read(ref cancelledStreams);

    public async Task<long> Sum(IAsyncEnumerable<int> numbers)
    {
        long sum = 0;
        await foreach (var number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    public void Refuse() => throw new HubException("Outside your area.");

    public void Crash() => throw new InvalidOperationException("secret");

    public async IAsyncEnumerable<int> RefuseLater()
    {
        yield return 1;
        await Task.Yield();
        throw new HubException("Outside your area.");
    }

    public Task TellMe(int number) => Clients.Caller.SendAsync("Told", number, null, "told", new byte[] { 1, 2 });

    public async Task<string> AskMe(string question) => await Clients.Caller.InvokeAsync<string>("Ask", question, Context.ConnectionAborted);

    public void CloseMe() => Context.Abort();
}
