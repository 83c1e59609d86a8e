using System.Threading.Channels;
using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Log;
using CommandCenter.Storage;

namespace CommandCenter.Alarms;

/// <summary>
/// That walls have drawn an alarm, as steps of its ledger: the first time of each wall. Many walls say so in the same moment, so what came meanwhile is written as one.
/// </summary>
public sealed partial class AlarmsShown(AlarmLog log, AlarmBoard board, TimeProvider time, ILogger<AlarmsShown> logger) : BackgroundService
{
    private const int Room = 20_000;
    private const int AtATime = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<AlarmEvent> _waiting = Channel.CreateBounded<AlarmEvent>(Room);

    /// <summary>Returns at once; the caller has looked whether the wall may see it.</summary>
    /// <param name="alarm">What was drawn.</param>
    /// <param name="accountId">Of the wall.</param>
    /// <param name="name">Of the wall.</param>
    public void Drawn(AlarmState alarm, int accountId, string name)
    {
        var id = AlarmIds.Step(alarm.Id, AlarmStep.Shown, alarm.Reopened, accountId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (!alarm.Seen.Contains(id)
            && !_waiting.Writer.TryWrite(new AlarmEvent { Id = id, Alarm = alarm.Id, Step = AlarmStep.Shown, AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(), By = name }))
        {
            LogFull(Room);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new Dictionary<Guid, AlarmEvent>();
        while (await WaitAsync(batch.Count > 0, stoppingToken))
        {
            while (batch.Count < AtATime && _waiting.Reader.TryRead(out var step))
            {
                if (board.FindByStep(step.Id) is null)
                {
                    batch.TryAdd(step.Id, step);
                }
            }

            try
            {
                if (batch.Count > 0)
                {
                    await log.AppendAsync([.. batch.Values], stoppingToken);
                }

                batch.Clear();
            }
            catch (RedisAwayException)
            {
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                batch.Clear();
                LogFailed(e.Message);
            }
        }
    }

    private async Task<bool> WaitAsync(bool again, CancellationToken stoppingToken)
    {
        try
        {
            return (again && !stoppingToken.IsCancellationRequested) || await _waiting.Reader.WaitToReadAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "More than {Count} drawings of alarms wait to be noted; one was left out")]
    private partial void LogFull(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Drawings of alarms could not be noted: {Error}")]
    private partial void LogFailed(string error);
}
