using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Reading;

namespace CommandCenter.Tests.Tracks;

public sealed class TrackRequestRulesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(Fixes.Noon);
    private static readonly TrackReadingOptions Limits = new();

    [TestCase(1, 744.0)]
    [TestCase(31, 24.0)]
    [TestCase(200, 3.7)]
    public void WhatTheLimitsAllowIsAnswered(int workers, double hours) => Assert.That(Check(Of(workers, hours)), Is.Null);

    [TestCase(1, 745.0, "744 hours at a time")]
    [TestCase(62, 24.0, "12 hours at a time")]
    [TestCase(201, 1.0, "200 are allowed")]
    public void TooMuchSaysHowMuchIsAllowedAndHowToSplitIt(int workers, double hours, string said)
    {
        var refusal = Check(Of(workers, hours));
        Assert.That(refusal?.Status, Is.EqualTo(400));
        Assert.That(refusal!.Detail, Does.Contain(said));
    }

    [Test]
    public void AnAreaIsAskedForInShortStretches()
    {
        Assert.That(Check(Of(0, 2) with { Area = "140106" }), Is.Null);
        Assert.That(Check(Of(0, 2.1) with { Area = "140106" })?.Detail, Does.Contain("2 hours at a time"));
    }

    [Test]
    public void EitherWorkersOrAnArea()
    {
        Assert.That(Check(null)?.Status, Is.EqualTo(400));
        Assert.That(Check(Of(0, 1))?.Detail, Does.Contain("either"));
        Assert.That(Check(Of(1, 1) with { Area = "140106" })?.Detail, Does.Contain("either"));
    }

    [TestCase(null)]
    [TestCase("  ")]
    public void WithoutAReasonNothingIsTold(string? reason) => Assert.That(Check(Of(1, 1) with { Reason = reason })?.Status, Is.EqualTo(428));

    [Test]
    public void AReasonIsALineOfText()
    {
        Assert.That(Check(Of(1, 1) with { Reason = new string('x', 201) })?.Status, Is.EqualTo(400));
        Assert.That(Check(Of(1, 1) with { Reason = "a\nb" })?.Status, Is.EqualTo(400));
        Assert.That(Check(Of(1, 1) with { Case = new string('7', 61) })?.Status, Is.EqualTo(400));
    }

    [TestCase(0L, 1L)]
    [TestCase(Fixes.Noon, Fixes.Noon)]
    [TestCase(Fixes.Noon, Fixes.Noon - 1)]
    [TestCase(Fixes.Noon, long.MaxValue)]
    [TestCase(long.MinValue, Fixes.Noon)]
    public void AnIntervalThatIsNoneIsRefused(long from, long to) => Assert.That(Check(Of(1, 1) with { From = from, To = to })?.Status, Is.EqualTo(400));

    private static TrackRefusal? Check(TrackRequest? request) => TrackRequestRules.Check(request, Limits, Now);

    private static TrackRequest Of(int workers, double hours) => new()
    {
        Workers = workers == 0 ? null : [.. Enumerable.Range(1, workers).Select(n => $"W{n}")],
        From = Fixes.Noon - (long)(hours * 3_600_000),
        To = Fixes.Noon,
        Reason = "an alarm",
    };
}
