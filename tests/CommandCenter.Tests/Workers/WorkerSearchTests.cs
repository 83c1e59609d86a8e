using CommandCenter.Contracts.Workers;
using CommandCenter.Workers;

namespace CommandCenter.Tests.Workers;

public sealed class WorkerSearchTests
{
    private static readonly Worker Ann = new(1, "WG-0017", "王安", WorkerRole.GridWorker, 1, "+86 139-0000 1234", []);

    [TestCase("wg-00", true)]
    [TestCase("安", true)]
    [TestCase("1390000", true)]
    [TestCase("139 0000-12", true)]
    [TestCase("00001234", true)]
    [TestCase("12", false)]
    [TestCase("1390000x", false)]
    [TestCase("99999", false)]
    [TestCase("---", false)]
    public void FindsByNameCodeAndNumberHoweverItIsWritten(string text, bool found) =>
        Assert.That(WorkerSearch.Matches(Ann, text, withPhone: true), Is.EqualTo(found));

    [Test]
    public void TellsNoNumberToThoseWhoMayNotSeeIt() => Assert.That(WorkerSearch.Matches(Ann, "1390000", withPhone: false), Is.False);

    [Test]
    public void FindsNobodyByNumberWhoHasNone() => Assert.That(WorkerSearch.Matches(Ann with { Phone = null }, "1390000", withPhone: true), Is.False);

    [TestCase("ann", "%ann%")]
    [TestCase("50%_a\\b", @"%50\%\_a\\b%")]
    public void WhatPostgreSqlTakesForAWildcardStandsForItself(string text, string pattern) => Assert.That(WorkerSearch.PatternOf(text), Is.EqualTo(pattern));
}
