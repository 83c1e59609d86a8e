using System.Text.Json;
using CommandCenter.Alarms.Escalation;
using CommandCenter.Areas;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Alarms.Webhooks;

/// <summary>What webhooks are to be told, noted in the transaction that writes the step: told at least once, and never of a step that is not there.</summary>
public sealed class HookList(AreaDirectory areas, IOptions<WebhookOptions> options)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const string NoteSql =
        """
        insert into alarm_outbox (event_id, hook, alarm_id, body) select * from unnest(@events, @hooks, @alarms, @bodies) on conflict do nothing
        """;

    public async Task NoteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IEnumerable<(AlarmEvent Step, AlarmState Alarm)> steps, CancellationToken cancellationToken)
    {
        var told = steps
            .Where(step => step.Step.Step != AlarmStep.Shown && step.Alarm.Press.Kind.Priority() <= options.Value.LeastPriority)
            .SelectMany(step => options.Value.Urls.Keys.Select(hook => (Hook: hook, step.Step, Body: BodyOf(step.Step, step.Alarm, areas.Current)))).ToList();
        if (told.Count == 0)
        {
            return;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            NoteSql,
            new
            {
                events = told.Select(one => one.Step.Id).ToArray(),
                hooks = told.Select(one => one.Hook).ToArray(),
                alarms = told.Select(one => one.Step.Alarm).ToArray(),
                bodies = told.Select(one => one.Body).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
    }

    /// <summary>Without name and number: who receives it asks the center, where the look is on the audit trail.</summary>
    private static string BodyOf(AlarmEvent step, AlarmState alarm, AreaTree tree) => JsonSerializer.Serialize(
        new
        {
            Event = step.Id,
            Alarm = alarm.Id,
            Step = step.Step.Word(),
            At = DateTimeOffset.FromUnixTimeMilliseconds(step.AtMs),
            Kind = alarm.Press.Kind.Word(),
            Priority = alarm.Press.Kind.Priority(),
            State = alarm.Stage.Word(),
            alarm.Level,
            Desk = EscalationRules.DeskOf(alarm, tree)?.Area.Code,
            Home = tree.Find(alarm.Press.HomeAreaId)?.Area.Code,
            Place = alarm.Press.PlaceAreaId is { } place ? tree.Find(place)?.Area.Code : null,
            alarm.Press.Worker,
            alarm.Press.Exercise,
            alarm.Press.Late,
            OccurredAt = AlarmTimes.Of(alarm.Press.OccurredMs),
            ArrivedAt = AlarmTimes.Of(alarm.ArrivedMs),
            alarm.Press.Longitude,
            alarm.Press.Latitude,
            alarm.Press.AccuracyMeters,
        },
        Json);
}
