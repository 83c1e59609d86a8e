using System.Globalization;
using System.Security.Claims;
using System.Text;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Assessment.Periods;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Assessment.Scores;

/// <summary>A period's scores as a file.</summary>
internal static class ScoreExportEndpoint
{
    private const int MostRows = 200_000;

    private static readonly IReadOnlyDictionary<string, int> Formats = new Dictionary<string, int> { ["csv"] = 0 };

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/assessment/{period}/export", GetAsync)
        .WithTags("Assessment").RequireAuthorization(Permissions.Supervise)
        .Produces(200, contentType: ScoreCsv.ContentType).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
        .WithSummary("Scores with all their indicators as CSV that Excel opens; on the audit trail.");

    private static async Task<IResult> GetAsync(
        string period,
        string? area,
        string? subject,
        string? starts,
        string? version,
        string? format,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister register,
        ScoreStore store,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var asked = ScoreArguments.Read(period, subject, starts, version, arguments);
        arguments.OneOf("format", format, Formats);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        if (await store.FindSnapshotAsync(asked!.Period, asked.Starts, asked.Version, cancellationToken) is not { } snapshot)
        {
            return PeriodEndpoints.NoPeriod();
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"{asked.Period.Word()} {snapshot.Starts:yyyy-MM-dd} version {snapshot.Version} {asked.Subject.Word()}");
        await audit.WriteAsync(viewer, AuditActions.ExportScores, node.Area.Id, detail: what, cancellationToken: cancellationToken);
        var rows = await store.InAsync([snapshot.Id], [asked.Subject], scope.IdsUnder(node), MostRows, cancellationToken);
        var names = await ScoreNames.OfAsync(scope.Tree, register, rows.Select(row => row.WorkerId), cancellationToken);
        return TypedResults.File(
            Encoding.UTF8.GetBytes(ScoreCsv.Of(SnapshotViews.Of(snapshot), rows, names)),
            ScoreCsv.ContentType,
            $"assessment-{asked.Period.Word()}-{SnapshotViews.Day(snapshot.Starts)}-v{snapshot.Version}-{asked.Subject.Word()}.csv");
    }
}
