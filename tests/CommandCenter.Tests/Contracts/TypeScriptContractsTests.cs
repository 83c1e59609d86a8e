using CommandCenter.Contracts.Wall;

namespace CommandCenter.Tests.Contracts;

public sealed class TypeScriptContractsTests
{
    [Test]
    public void CommittedTypeScriptIsWhatTheContractsMake() => Committed.Compare("web/src/wire/contracts.gen.ts", TypeScriptContracts.Make());

    [TestCase(typeof(WallRecord))]
    [TestCase(typeof(AreaCountRecord))]
    public void FieldsOfFixedSizeRecordFillItWithoutGapOrOverlap(Type record)
    {
        var next = 0;
        foreach (var (name, offset, length) in RecordLayout.Offsets(record))
        {
            Assert.That(offset, Is.EqualTo(next), name);
            next += length;
        }

        Assert.That(next, Is.EqualTo(RecordLayout.SizeOf(record)));
    }
}
