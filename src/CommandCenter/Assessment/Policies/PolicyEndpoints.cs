using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Http;
using CommandCenter.Jobs;
using CommandCenter.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CommandCenter.Assessment.Policies;

/// <summary>How people are assessed: read by supervisors, changed by administrators of the whole center.</summary>
internal static class PolicyEndpoints
{
    private const int MostWords = 500;
    private const int LeastBasis = 10;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/assessment/policies").WithTags("Assessment").RequireAuthorization(Permissions.Supervise);
        group.MapGet("", ListAsync).Produces<AssessmentPolicies>().WithSummary("All versions of the assessment policy, newest first.");
        group.MapGet("schema", () => TypedResults.Text(StoredPolicy.Schema, "application/schema+json")).WithSummary("The JSON schema of a policy.");
        group.MapGet("{version:int}", GetAsync).Produces<AssessmentPolicyInfo>().ProducesProblem(404).WithSummary("One version of the policy.");
        group.MapPost("check", Check).Produces(204).ProducesProblem(400)
            .WithSummary("Says all that is wrong with a policy: errors by JSON pointer.");
        group.MapPost("preview", PreviewAsync).Produces<PolicyPreview>().ProducesProblem(400).ProducesProblem(404)
            .WithSummary("What a past period would have come to under a policy, beside what it came to.");
        group.MapPut("", PutAsync).Produces<AssessmentPolicyInfo>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .RequireAuthorization(Permissions.Administer).WithSummary("A new version of the policy; periods that were closed keep theirs.");
    }

    private static async Task<Ok<AssessmentPolicies>> ListAsync(
        ClaimsPrincipal user, PolicyStore store, AreaDirectory areas, IOptions<CenterOptions> center, TimeProvider time, CancellationToken cancellationToken)
    {
        var today = JobWindow.DayOf(time.GetUtcNow(), center.Value);
        var all = await store.ListAsync(cancellationToken);
        var inForce = all.First(policy => policy.ValidFrom <= today).Version;
        return TypedResults.Ok(new AssessmentPolicies(
            [.. all.Select(policy => View(policy, policy.Version == inForce))], IndicatorIds.All, IndicatorIds.NeedLegalBasis, MayChange(user.ToViewer(), areas)));
    }

    private static async Task<IResult> GetAsync(
        int version, PolicyStore store, IOptions<CenterOptions> center, TimeProvider time, CancellationToken cancellationToken) =>
        await store.FindAsync(version, cancellationToken) is { } policy
            ? TypedResults.Ok(View(policy, (await store.InForceAsync(JobWindow.DayOf(time.GetUtcNow(), center.Value), cancellationToken)).Version == version))
            : Problems.NotFound("no-policy", "There is no such version of the policy.");

    private static IResult Check(CheckedAssessmentPolicy body)
    {
        var faults = new PolicyFaults();
        Read(body.Policy, body.LegalBasis, faults);
        return faults.Any ? Faulty(faults) : TypedResults.NoContent();
    }

    private static async Task<IResult> PreviewAsync(
        AskedPolicyPreview body, ClaimsPrincipal user, AreaDirectory areas, IAssessmentPreview preview, CancellationToken cancellationToken)
    {
        var faults = new PolicyFaults();
        var policy = Read(body.Policy, body.LegalBasis, faults);
        if (body.Period is not ("week" or "month" or "quarter"))
        {
            faults.Add("/period", "must be one of week, month, quarter");
        }

        if (!Day(body.Starts, out var starts))
        {
            faults.Add("/starts", "must be a day such as 2026-10-01");
        }

        if (!Enum.TryParse<SubjectKind>(body.Subject ?? "worker", ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || char.IsAsciiDigit((body.Subject ?? "w")[0]))
        {
            faults.Add("/subject", "must be one of worker, grid, community, subdistrict, department");
        }

        return faults.Any ? Faulty(faults)
            : await preview.OfAsync(policy!, body.Period!, starts, kind, user.ToViewer().ScopeIn(areas.Current), cancellationToken) is { } found ? TypedResults.Ok(found)
            : Problems.NotFound("no-period", "That period was not reckoned, or what it was reckoned from is no longer kept.");
    }

    private static async Task<IResult> PutAsync(
        NewAssessmentPolicy body, ClaimsPrincipal user, PolicyStore store, AreaDirectory areas, IOptions<CenterOptions> center, TimeProvider time, CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (!MayChange(viewer, areas))
        {
            return Problems.Forbidden("not-all-areas", "The policy is for the whole center: only who administers all of it may change it.");
        }

        var now = time.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        var faults = new PolicyFaults();
        var policy = Read(body.Policy, body.LegalBasis, faults);
        if (!Day(body.ValidFrom, out var from) || from < JobWindow.DayOf(now, center.Value))
        {
            faults.Add("/validFrom", "must be a day from today on, such as 2026-12-01: what has begun is assessed by the rules it began with");
        }

        if (body.After is not (>= 1 and < int.MaxValue))
        {
            faults.Add("/after", "must be the number of the newest version you know");
        }

        if (body.Note is { Length: > MostWords })
        {
            faults.Add("/note", $"must have at most {MostWords} characters");
        }
        else if (body.Note is { } note && !PolicyText.IsPlain(note))
        {
            faults.Add("/note", PolicyText.Fault);
        }

        if (faults.Any)
        {
            return Faulty(faults);
        }

        var made = new StoredPolicy(body.After!.Value + 1, from, policy!, body.Policy!.Value, Words(body.Note), Words(body.LegalBasis), viewer.User, now);
        return await store.AddAsync(made, viewer, cancellationToken)
            ? TypedResults.Created($"/api/assessment/policies/{made.Version}", View(made, from == JobWindow.DayOf(now, center.Value)))
            : Problems.Conflict("policy-changed", $"Version {body.After} is not the newest: look at what changed, and send yours after that.");
    }

    private static AssessmentPolicy? Read(JsonElement? policy, string? legalBasis, PolicyFaults faults)
    {
        var basis = Words(legalBasis);
        if (basis is { Length: < LeastBasis or > MostWords })
        {
            faults.Add("/legalBasis", $"must have {LeastBasis} to {MostWords} characters: the law or agreement, and where it says so");
        }
        else if (basis is not null && !PolicyText.IsPlain(basis))
        {
            faults.Add("/legalBasis", PolicyText.Fault);
        }

        var own = new PolicyFaults();
        var read = PolicyReader.Read(policy ?? default, basis is not null, own);
        foreach (var (pointer, words) in own.ByPointer)
        {
            foreach (var word in words)
            {
                faults.Add("/policy" + pointer, word);
            }
        }

        return read;
    }

    /// <summary>400 with every fault: <c>errors</c> holds them by JSON pointer into the body.</summary>
    private static ProblemHttpResult Faulty(PolicyFaults faults)
    {
        var (pointer, words) = faults.ByPointer.First();
        return TypedResults.Problem(
            $"{pointer} {words[0]}.",
            statusCode: StatusCodes.Status400BadRequest,
            title: "Faulty policy",
            type: "/problems/faulty-policy",
            extensions: new Dictionary<string, object?> { ["reason"] = "faulty-policy", ["errors"] = faults.ByPointer });
    }

    private static bool MayChange(Viewer viewer, AreaDirectory areas) =>
        Permissions.Allows(Permissions.Administer, viewer.Role) && viewer.ScopeIn(areas.Current).Root is { Parent: null };

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static bool Day(string? text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static AssessmentPolicyInfo View(StoredPolicy policy, bool inForce) => new(
        policy.Version,
        policy.ValidFrom == DateOnly.MinValue ? null : policy.ValidFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        inForce,
        policy.Json,
        policy.Note,
        policy.LegalBasis,
        policy.MadeBy,
        policy.MadeAt);
}
