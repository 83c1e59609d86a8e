using CommandCenter.Assessment.Policies;
using CommandCenter.Assessment.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Assessment;

public sealed class ScoreRulesTests
{
    private static readonly AssessmentPolicy Policy = StoredPolicy.Shipped.Policy;

    [Test]
    public void TotalsLieBetweenTheirPointsAndWeightsMakeOne() => Prop.ForAll(AnyValues(), values =>
    {
        var score = ScoreRules.Of(Policy, SubjectKind.Worker, values);
        var weighed = score.Indicators.Where(one => one.EffectiveWeight > 0).ToList();
        return (weighed.Count == 0 || Math.Abs(weighed.Sum(one => one.EffectiveWeight) - 1) < 1e-9)
            && score.Indicators.All(one => one.Points is null or (>= 0 and <= 100))
            && (score.Total is not { } total || (total >= weighed.Min(one => one.Points!.Value) - 0.005 && total <= weighed.Max(one => one.Points!.Value) + 0.005))
            && (score.Total is null) == (score.CoveredWeight < 0.5 - 1e-9)
            && (score.Total is null) == (score.Band is null) && (score.Total is null) == (score.WhyNoTotal is not null);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void OrderChangesNothing() => Prop.ForAll(AnyValues(), values =>
        ScoreDifference.Of(ScoreRules.Of(Policy, SubjectKind.Worker, values), ScoreRules.Of(Policy, SubjectKind.Worker, [.. values.Reverse()])).IsNone).QuickCheckThrowOnFailure();

    [Test]
    public void OneWithoutDataChangesNobodyElsesPoints() => Prop.ForAll(AnyValues(), values =>
    {
        var all = ScoreRules.Of(Policy, SubjectKind.Worker, values);
        return values.All(gone =>
        {
            var less = ScoreRules.Of(Policy, SubjectKind.Worker, [.. values.Where(value => value != gone)]);
            return less.Indicators.All(one => one.Indicator == gone.Indicator ? one.Points is null : one.Points == all.Indicators.Single(same => same.Indicator == one.Indicator).Points);
        });
    }).QuickCheckThrowOnFailure();

    [Test]
    public void MoreOfWhatIsGoodIsNeverWorse() => Prop.ForAll(AnyValues(), values =>
    {
        var before = ScoreRules.Of(Policy, SubjectKind.Worker, values).Total;
        return values.All(value =>
        {
            var better = value.Numerator is null ? value : value with { Numerator = Math.Min(value.Denominator!.Value, value.Numerator.Value + 1) };
            return ScoreRules.Of(Policy, SubjectKind.Worker, [.. values.Select(one => one == value ? better : one)]).Total is not { } after || after >= before;
        });
    }).QuickCheckThrowOnFailure();

    [Test]
    public void TooFewSamplesAreNoDataAndSaySo()
    {
        var score = ScoreRules.Of(Policy, SubjectKind.Worker, [new(IndicatorIds.PatrolRegularity, 2, 2, 2, [], null)]);

        var one = score.Indicators.Single(indicator => indicator.Indicator == IndicatorIds.PatrolRegularity);
        Assert.That((one.Points, one.EffectiveWeight, one.From.Why), Is.EqualTo(((double?)null, 0.0, NoData.TooFew)), "a four-minute fix tops no board");
        Assert.That((score.Total, score.WhyNoTotal), Is.EqualTo(((double?)null, ScoreRules.OverHalfWithoutData)));
    }

    [Test]
    public void JustHalfOfTheWeightIsEnoughAndLessIsNot()
    {
        var policy = Policy with
        {
            Subjects = new Dictionary<SubjectKind, IReadOnlyList<IndicatorRule>>
            {
                [SubjectKind.Grid] = [Rule(IndicatorIds.GridCoverage, 50), Rule(IndicatorIds.Incidents, 50)],
                [SubjectKind.Worker] = [Rule(IndicatorIds.GridCoverage, 49), Rule(IndicatorIds.Incidents, 51)],
            },
        };
        IndicatorValue[] values = [new(IndicatorIds.GridCoverage, 3, 4, 4, [], null)];

        Assert.That(ScoreRules.Of(policy, SubjectKind.Grid, values).Total, Is.EqualTo(75));
        Assert.That(ScoreRules.Of(policy, SubjectKind.Worker, values).Total, Is.Null);
        Assert.That(ScoreRules.Of(policy, SubjectKind.Department, values).WhyNoTotal, Is.EqualTo(ScoreRules.NotAssessed));
    }

    [TestCase(0, 0)]
    [TestCase(0.45, 50)]
    [TestCase(0.9, 100)]
    [TestCase(1, 100)]
    public void ALineRunsFromZeroToFull(double value, double points) => Assert.That(ScoreRules.PointsOf(new LinearFormula(0, 0.9), value), Is.EqualTo(points).Within(1e-9));

    [TestCase(30, 100)]
    [TestCase(60, 100)]
    [TestCase(330, 50)]
    [TestCase(700, 0)]
    public void LessIsBetterWhereZeroIsTheGreater(double value, double points) => Assert.That(ScoreRules.PointsOf(new LinearFormula(600, 60), value), Is.EqualTo(points).Within(1e-9));

    [TestCase(0.1, 0)]
    [TestCase(0.5, 60)]
    [TestCase(0.79, 60)]
    [TestCase(0.8, 100)]
    public void StepsAreReached(double value, double points) =>
        Assert.That(ScoreRules.PointsOf(new StepsFormula([new(0.5, 60), new(0.8, 100)]), value), Is.EqualTo(points));

    [TestCase(100, "excellent")]
    [TestCase(90, "excellent")]
    [TestCase(89.99, "good")]
    [TestCase(0, "poor")]
    public void EveryTotalHasItsBand(double total, string band) => Assert.That(ScoreRules.BandOf(Policy, total).Id, Is.EqualTo(band));

    private static IndicatorRule Rule(string id, double weight) => new(id, weight, 1, new LinearFormula(0, 1));

    private static Arbitrary<IndicatorValue[]> AnyValues() => (
        from numbers in Gen.Choose(0, 1_000).Three().ListOf(IndicatorIds.All.Count)
        select IndicatorIds.All.Zip(numbers, (id, number) => Of(id, number)).ToArray()).ToArbitrary();

    private static IndicatorValue Of(string id, (int A, int B, int C) number) =>
        number.A % 3 == 0 ? new IndicatorValue(id, null, null, 0, [], NoData.NothingDue)
        : new IndicatorValue(id, Math.Min(number.B, number.C + 1), number.C + 1, number.C + 1, [], null);
}
