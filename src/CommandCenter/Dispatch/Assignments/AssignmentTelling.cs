using CommandCenter.Alarms;
using CommandCenter.Alarms.Log;
using CommandCenter.Storage;
using CommandCenter.Workers;
using Npgsql;

namespace CommandCenter.Dispatch.Assignments;

/// <summary>
/// Puts the steps of assignments into the ledgers of their alarms, which also tells every wall. A step is marked once it is durable there; its id follows from what it is, so that one
/// told twice, after a kill in between, stands there once.
/// </summary>
internal sealed partial class AssignmentTelling(AssignmentStore store, AlarmLog log, WorkerDirectory workers, ILogger<AssignmentTelling> logger)
{
    private const int MostATime = 200;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Tells what has not been told; what cannot be told now is told by the clock later.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            foreach (var step in await store.UntoldAsync(MostATime, cancellationToken))
            {
                await log.AppendAsync([EventOf(step)], cancellationToken);
                await store.ToldAsync(step.Id, step.Number, cancellationToken);
            }
        }
        catch (Exception e) when (e is RedisAwayException or NpgsqlException or TimeoutException)
        {
            LogUntold(e.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The step's name in the alarm's ledger, whatever it has come to mean when it is told again.</summary>
    public static Guid StepIdOf(Guid alarm, Guid assignment, int number) => AlarmIds.Step(alarm, AlarmStep.Assigned, 0, $"{assignment:D}/{number}");

    private AlarmEvent EventOf(UntoldStep step)
    {
        var code = workers.Current[step.WorkerId]?.Code ?? step.WorkerId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var state = (AssignmentState)step.State;
        var kind = state switch
        {
            AssignmentState.Dispatched => AlarmStep.Assigned,
            AssignmentState.Accepted when step.Before == (short)AssignmentState.NoAnswer => AlarmStep.Assigned,
            AssignmentState.OnScene => AlarmStep.OnScene,
            AssignmentState.Declined or AssignmentState.NoAnswer or AssignmentState.Cancelled when step.NobodyComes => AlarmStep.Unassigned,
            _ => AlarmStep.Note,
        };
        return new AlarmEvent
        {
            Id = StepIdOf(step.AlarmId, step.Id, step.Number),
            Alarm = step.AlarmId,
            Step = kind,
            AtMs = new DateTimeOffset(DateTime.SpecifyKind(step.At, DateTimeKind.Utc), TimeSpan.Zero).ToUnixTimeMilliseconds(),
            // Of a phone's own step nobody: who did it stands in the chain for good, and the words, which say it, can be deleted.
            By = step.ByName == code ? null : step.ByName,
            Text = $"{code} {state.Name()}{(step.Note is { Length: > 0 } note ? ": " + note : "")}",
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Steps of assignments cannot be put into the alarms' ledgers now: {Error}")]
    private partial void LogUntold(string error);
}
