using CommandCenter.Tracks;
using CommandCenter.Tracks.Reading;

namespace CommandCenter.Tests.Tracks;

public sealed class TrackFollowingTests
{
    private const long Minute = 60_000;
    private const long Now = Fixes.Noon;
    private TrackFollowing _following = null!;

    [SetUp]
    public void Start() => _following = new TrackFollowing();

    [Test]
    public void AReplayThatRunsIntoThePresentIsTwoRowsHoweverOftenItAsks()
    {
        var rows = new List<TrackLook> { Look(Now - (60 * Minute), Now) };
        for (var now = Now; now < Now + (60 * Minute); now += 10_000)
        {
            rows.Add(Look(now - Minute, now, now));
        }

        Assert.That(rows.Where(look => look != TrackLook.Followed).ToArray(), Is.EqualTo(new[] { TrackLook.Open, TrackLook.Follow }));
    }

    [Test]
    public void WhatTheRowOfTheFollowingDoesNotSayIsARow()
    {
        Look(Now - (60 * Minute), Now);
        Look(Now - Minute, Now);

        Assert.That(_following.Of(4, Now - Minute, Now, null, "why", Now), Is.EqualTo(TrackLook.Open), "another worker");
        Assert.That(_following.Of(3, Now - Minute, Now, null, "else", Now), Is.EqualTo(TrackLook.Follow), "another reason");
        Assert.That(_following.Of(3, Now - Minute - 1, Now, null, "why", Now), Is.EqualTo(TrackLook.Open), "what was before");
        Assert.That(new TrackFollowing().Of(3, Now - Minute, Now, null, "why", Now), Is.EqualTo(TrackLook.Open), "another connection");
        Assert.That(_following.Of(3, Now - Minute, Now, null, "why", Now), Is.EqualTo(TrackLook.Followed));
    }

    [Test]
    public void PiecesOfThePastAreLooksForThemselves() => Assert.That(
        Enumerable.Range(0, 5).Select(n => Look(Now - ((10 - n) * 60 * Minute), Now - ((9 - n) * 60 * Minute))),
        Is.All.EqualTo(TrackLook.Open));

    [Test]
    public void ALookBackInTheMidstOfItDoesNotEndTheFollowing()
    {
        Look(Now - (60 * Minute), Now);
        Look(Now - Minute, Now);

        Assert.That(Look(Now - (600 * Minute), Now - (500 * Minute)), Is.EqualTo(TrackLook.Open));
        Assert.That(Look(Now - Minute, Now + Minute, Now + Minute), Is.EqualTo(TrackLook.Followed));
    }

    [Test]
    public void WhoFollowsForHalfADayIsOnTheTrailAgain()
    {
        Look(Now - (60 * Minute), Now);
        var rows = new List<long>();
        for (var now = Now; now <= Now + TrackFollowing.LongestMs + Minute; now += Minute)
        {
            if (Look(now - Minute, now, now) != TrackLook.Followed)
            {
                rows.Add(now);
            }
        }

        Assert.That(rows, Is.EqualTo(new[] { Now, Now + TrackFollowing.LongestMs }));
    }

    [Test]
    public void ALookIntoTheTimeThatWasFollowedIsARow()
    {
        Look(Now - (60 * Minute), Now);
        for (var now = Now; now <= Now + (60 * Minute); now += Minute)
        {
            Look(now - Minute, now, now);
        }

        var end = Now + (60 * Minute);
        Assert.That(_following.Of(3, Now + (10 * Minute), Now + (20 * Minute), null, "why", end), Is.EqualTo(TrackLook.Open), "what is past by now");
        Assert.That(_following.Of(3, Now + (10 * Minute), end, null, "why", end), Is.EqualTo(TrackLook.Follow), "from what is past on");
        Assert.That(_following.Of(3, end - Minute, end, "140105", "why", end), Is.EqualTo(TrackLook.Open), "of an area");
        Assert.That(_following.Of(3, end - Minute, end, null, "why", end), Is.EqualTo(TrackLook.Followed), "what goes on");
    }

    [Test]
    public void TheSameIntervalAgainAfterAPauseIsARow()
    {
        Look(Now - (60 * Minute), Now);
        Look(Now - Minute, Now);

        Assert.That(_following.Of(3, Now - Minute, Now, null, "why", Now + (10 * Minute)), Is.EqualTo(TrackLook.Open));
        Assert.That(_following.Of(3, Now - Minute, Now + (10 * Minute), null, "why", Now + (10 * Minute)), Is.EqualTo(TrackLook.Follow), "going on after a pause");
    }

    [Test]
    public void AnotherAreaIsARowAndTheSameIsNot()
    {
        _following.Remember(3, TrackLook.Open, Now - (60 * Minute), Now, "140105", "why", Now);
        _following.Remember(3, TrackLook.Follow, Now - Minute, Now, "140105", "why", Now);

        Assert.That(_following.Of(3, Now, Now + Minute, "140106", "why", Now + Minute), Is.EqualTo(TrackLook.Open));
        Assert.That(_following.Of(3, Now, Now + Minute, "140105", "why", Now + Minute), Is.EqualTo(TrackLook.Followed));
    }

    [Test]
    public void WhoIsNotRememberedIsARowEachTime()
    {
        for (var worker = 1; worker <= TrackFollowing.MostWorkers; worker++)
        {
            _following.Remember(worker + 10, TrackLook.Open, Now - Minute, Now, null, "why", Now);
        }

        Assert.That(Enumerable.Range(0, 3).Select(n => Look(Now - Minute, Now)), Is.All.EqualTo(TrackLook.Open));
    }

    private TrackLook Look(long from, long to, long now = Now)
    {
        var look = _following.Of(3, from, to, null, "why", now);
        _following.Remember(3, look, from, to, null, "why", now);
        return look;
    }
}
