using CommandCenter.Access;
using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Scores;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Http;

namespace CommandCenter.Assessment.Appeals;

/// <summary>Appeals as they go out, and what stands in their way.</summary>
internal static class AppealViews
{
    /// <param name="row">The appeal.</param>
    /// <param name="names">Of whom it is about.</param>
    /// <param name="viewer">Who asks; null: the worker.</param>
    public static AppealInfo Of(AppealRow row, ScoreNames names, Viewer? viewer) => new(
        row.Id.ToString("D"),
        row.ScoreId,
        row.Kind.Word(),
        names.CodeOf(row.WorkerId, row.AreaId, row.IsOfPerson, row.Subject),
        names.Of(row.WorkerId, row.AreaId, row.IsOfPerson),
        names.AreaCode(row.AreaId),
        row.Period,
        SnapshotViews.Day(row.Starts),
        row.Version,
        row.Indicator,
        row.Words,
        row.AccountId is null,
        row.MadeBy,
        SnapshotViews.Utc(row.MadeAt),
        row.State,
        row.DecidedBy,
        row.DecidedAt is { } at ? SnapshotViews.Utc(at) : null,
        row.Decision,
        row.ExclusionId,
        row.SnapshotId?.ToString("D"),
        viewer is not null && row.State == AppealRow.Open && row.AccountId != viewer.AccountId);

    public static IResult Of(AppealRefusal refusal) => refusal switch
    {
        AppealRefusal.PeriodOpen => Problems.Conflict("period-open", "This period still runs, and its scores are provisional: appeal once it is closed."),
        AppealRefusal.NewerVersion => Problems.Conflict("newer-version", "There is a newer version of this score: appeal against that one."),
        AppealRefusal.AppealOpen => Problems.Conflict("appeal-open", "An appeal against this score and indicator is open already."),
        AppealRefusal.Erased => Problems.Conflict("erased", "The data of this person were erased; nothing can be reckoned again."),
        AppealRefusal.Decided => Problems.Conflict("appeal-decided", "This appeal has been decided, and a decision is not undone: appeal anew."),
        AppealRefusal.OwnAppeal => Problems.Conflict("own-appeal", "Who filed an appeal does not decide it."),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}
