using CommandCenter.Alarms.Ledger;
using CommandCenter.Positions.Log;

namespace CommandCenter.Tests.Alarms;

public sealed class LogTrimTests
{
    [TestCase("5-2", "9-0", "5-3", TestName = "WhatIsNotStoredStaysHoweverOldItIs")]
    [TestCase("9-2", "5-0", "5-0", TestName = "WhatIsStoredStaysForTheMargin")]
    [TestCase("0-0", "9-0", "0-1", TestName = "NothingStoredNothingGoes")]
    public void TheLogIsKeptFrom(string stored, string margin, string from) =>
        Assert.That(AlarmWriter.KeepFrom(LogPosition.Parse(stored), LogPosition.Parse(margin)).ToString(), Is.EqualTo(from));
}
