using System.Globalization;
using CommandCenter.Storage;
using StackExchange.Redis;

namespace CommandCenter.Alarms.Escalation;

/// <summary>
/// Escalations to come, in a sorted set of Redis that all nodes share. Whoever takes a member out has claimed it; should that node die in the same moment, the others put it in
/// again from their boards, and the step's id keeps it one.
/// </summary>
public sealed class DueSteps(RedisConnection redis)
{
    private const int AtATime = 100;

    /// <summary>Puts steps in; one that is in already becomes due sooner where the times were made shorter since, never later.</summary>
    public Task ArmAsync(IEnumerable<(Guid Alarm, int Level, long Clock, long DueMs)> steps, CancellationToken cancellationToken)
    {
        object[] arguments = [RedisKeys.AlarmsDue, "LT", .. steps.SelectMany(step => new object[] { step.DueMs, Member(step.Alarm, step.Level, step.Clock) })];
        return arguments.Length == 2 ? Task.CompletedTask : redis.CallAsync(database => database.ExecuteAsync("ZADD", arguments), cancellationToken);
    }

    /// <summary>Takes out what is due; each is given to one node alone.</summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    public async Task<IReadOnlyList<Guid>> ClaimAsync(long nowMs, CancellationToken cancellationToken)
    {
        var claimed = new List<Guid>();
        for (var more = true; more;)
        {
            var reply = await redis.CallAsync(
                database => database.ExecuteAsync("ZRANGEBYSCORE", RedisKeys.AlarmsDue, "-inf", nowMs, "LIMIT", 0, AtATime), cancellationToken);
            string[] members = reply.IsNull ? [] : [.. ((RedisResult[])reply!).Select(member => (string)member!)];
            var taken = await Task.WhenAll(members.Select(member => redis.CallAsync(database => database.ExecuteAsync("ZREM", RedisKeys.AlarmsDue, member), cancellationToken)));
            foreach (var member in members.Where((_, n) => (long)taken[n] == 1))
            {
                if (Guid.TryParseExact(member.Split('|')[0], "N", out var alarm))
                {
                    claimed.Add(alarm);
                }
            }

            more = members.Length == AtATime;
        }

        return claimed;
    }

    private static string Member(Guid alarm, int level, long clock) => string.Create(CultureInfo.InvariantCulture, $"{alarm:N}|{level}|{clock}");
}
