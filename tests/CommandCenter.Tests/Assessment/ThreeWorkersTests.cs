using CommandCenter.Assessment.Policies;
using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Tests.Assessment;

/// <summary>The district of three workers in docs/assessment.md, reckoned there by pencil.</summary>
public sealed class ThreeWorkersTests
{
    private static readonly AssessmentPolicy Policy = StoredPolicy.Shipped.Policy;

    [Test]
    public void WangHasAllThatThereIs()
    {
        var score = Worker(coverage: (648, 800), days: (20, 22), accepted: (4, 5), arrived: (3, 4), done: (4, 4));

        Assert.That(Points(score), Is.EqualTo(new double?[] { 90, 90.91, 80, 75, 100 }));
        Assert.That(score.CoveredWeight, Is.EqualTo(0.75).Within(1e-9));
        Assert.That(score.Indicators[0].EffectiveWeight, Is.EqualTo(35.0 / 75).Within(1e-9));
        Assert.That((score.Total, score.Band), Is.EqualTo((89.91, "good")));
    }

    [Test]
    public void LiWasSentToTooFewAlarmsToBeJudgedByThem()
    {
        var score = Worker(coverage: (800, 800), days: (15, 15), accepted: (1, 1), arrived: (1, 1), done: (0, 1));

        Assert.That(Points(score), Is.EqualTo(new double?[] { 100, 100, null, null, null }));
        Assert.That(score.Indicators[2].From.Why, Is.EqualTo(NoData.TooFew));
        Assert.That(score.CoveredWeight, Is.EqualTo(0.55).Within(1e-9));
        Assert.That((score.Total, score.Band), Is.EqualTo((100.0, "excellent")));
    }

    [Test]
    public void ZhaoWasOnLeaveAndHasNoTotal()
    {
        var score = ScoreRules.Of(Policy, SubjectKind.Worker,
        [
            Of(IndicatorIds.GridCoverage, (180, 400)),
            new(IndicatorIds.PatrolRegularity, 2, 2, 2, [new("leave", 20, null)], null),
        ]);

        Assert.That(score.Indicators[0].Points, Is.EqualTo(50));
        Assert.That(score.CoveredWeight, Is.EqualTo(0.35).Within(1e-9));
        Assert.That((score.Total, score.WhyNoTotal), Is.EqualTo(((double?)null, ScoreRules.OverHalfWithoutData)));
    }

    [Test]
    public void TheirGridIsOfSumsAndNotOfScores()
    {
        // 20 of 22, 15 of 15 and 2 of 2 days are 37 of 39; Wang's and Li's tasks are 5, 5 and 5 in all.
        var score = ScoreRules.Of(Policy, SubjectKind.Grid,
        [
            Of(IndicatorIds.GridCoverage, (720, 800)),
            Of(IndicatorIds.PatrolRegularity, (37, 39)),
            Of(IndicatorIds.AlarmArrived, (4, 5)),
            Of(IndicatorIds.AssignmentsOnTime, (4, 5)),
        ]);

        Assert.That(score.Indicators.Take(2).Select(one => one.Points), Is.EqualTo(new double?[] { 100, 94.87 }));
        Assert.That(score.CoveredWeight, Is.EqualTo(0.70).Within(1e-9));
        Assert.That((score.Total, score.Band), Is.EqualTo((94.98, "excellent")));
    }

    private static Score Worker((int, int) coverage, (int, int) days, (int, int) accepted, (int, int) arrived, (int, int) done) => ScoreRules.Of(Policy, SubjectKind.Worker,
    [
        Of(IndicatorIds.GridCoverage, coverage),
        Of(IndicatorIds.PatrolRegularity, days),
        Of(IndicatorIds.AlarmAcknowledged, accepted),
        Of(IndicatorIds.AlarmArrived, arrived),
        Of(IndicatorIds.AssignmentsOnTime, done),
    ]);

    private static IndicatorValue Of(string id, (int Numerator, int Denominator) of) => new(id, of.Numerator, of.Denominator, of.Denominator, [], null);

    private static double?[] Points(Score score) => [.. score.Indicators.Take(5).Select(one => one.Points)];
}
