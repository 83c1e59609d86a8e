using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Areas;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Http;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms;

/// <summary><c>GET /api/alarms/reconciliation</c>: that what was sent was received, shown and acknowledged.</summary>
internal static class ReconciliationEndpoint
{
    private const int Most = 20_000;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/alarms/reconciliation", GetAsync)
        .WithTags("Alarms").RequireAuthorization(Permissions.Dispatch)
        .Produces<AlarmReconciliation>().ProducesProblem(400).ProducesProblem(403)
        .WithSummary($"Alarms that arrived from= until before to= (the last day; at most {Longest.Days} days) in the area: how many reached each station, and which did not.");

    private static async Task<IResult> GetAsync(
        string? from,
        string? to,
        string? area,
        ClaimsPrincipal user,
        AreaDirectory areas,
        AlarmReads reads,
        AlarmBoard board,
        HeadArchive archive,
        TimeProvider time,
        IOptions<AlarmOptions> options,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var end = arguments.Moment("to", to) ?? time.GetUtcNow();
        var start = arguments.Moment("from", from) ?? (end - DateTimeOffset.MinValue > Usual ? end - Usual : end);
        if (start >= end || end - start > Longest)
        {
            arguments.Refuse("from", $"a moment before 'to' and at most {Longest.Days} days earlier");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var (fromMs, toMs) = (start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds());
        var stored = await reads.ArrivedAsync(fromMs, toMs, scope.IdsUnder(node), Most + 1, archive.Since(start), cancellationToken);
        if (stored.Count > Most)
        {
            return Problems.BadArgument("from", $"nearer to 'to': these are more than {Most} alarms");
        }

        var under = new AreaScope(scope.Tree, node);
        var here = board.All().Where(alarm => alarm.ArrivedMs >= fromMs && alarm.ArrivedMs < toMs && AlarmViews.Sees(under, alarm));
        return TypedResults.Ok(ReconciliationRules.Sum(start, end, stored, here, time.GetUtcNow().AddDays(-options.Value.KeepDays)));
    }
}
