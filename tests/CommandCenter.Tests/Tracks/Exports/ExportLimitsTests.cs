using CommandCenter.Tracks.Exports;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tracks.Exports;

public sealed class ExportLimitsTests
{
    private static readonly ExportSize Allowed = new(100, 31, 5_000_000);

    [Test]
    public void WhatFitsIsNotSplit() => Assert.That(ExportLimits.Split(Allowed, Allowed), Is.Null);

    [TestCase(250, 10, 0, 100, 10, 3)]
    [TestCase(1, 90, 0, 1, 31, 3)]
    [TestCase(100, 30, 50_000_000, 100, 3, 10)]
    [TestCase(100, 1, 10_000_000, 50, 1, 2)]
    public void SaysHowToSplit(int workers, int days, long fixes, int workersEach, int daysEach, int requests) =>
        Assert.That(ExportLimits.Split(new(workers, days, fixes), Allowed), Is.EqualTo(new ExportSplit(workersEach, daysEach, requests)));

    [Test]
    public void EveryPartOfASplitFits() => Prop.ForAll(
        (from workers in Gen.Choose(1, 1_000) from days in Gen.Choose(1, 400) from fixes in Gen.Choose(0, 1_000_000_000) select new ExportSize(workers, days, fixes)).ToArbitrary(),
        asked =>
        {
            if (ExportLimits.Split(asked, Allowed) is not { } split)
            {
                return true;
            }

            var each = (double)asked.Fixes / asked.Workers / asked.Days * split.WorkersEach * split.DaysEach;
            return split.WorkersEach is >= 1 and <= 100 && split.DaysEach is >= 1 and <= 31
                && (each <= Allowed.Fixes || (split.WorkersEach, split.DaysEach) == (1, 1))
                && (long)split.Requests * split.WorkersEach * split.DaysEach >= (long)asked.Workers * asked.Days;
        }).QuickCheckThrowOnFailure();
}
