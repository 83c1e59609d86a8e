using CommandCenter.Positions;

namespace CommandCenter.Tests.Positions;

/// <summary>Numbers are stored and names are on the wire: neither may change, new ones go to the end.</summary>
public sealed class RefusalStabilityTests
{
    private static readonly (int Number, string Name)[] Pinned =
    [
        (0, "none"),
        (1, "malformed"),
        (2, "no-coordinates"),
        (3, "out-of-range"),
        (4, "null-island"),
        (5, "from-the-future"),
        (6, "too-old"),
        (7, "off-duty"),
        (8, "unknown-device"),
        (9, "revoked-device"),
        (10, "rate-limited"),
    ];

    [Test]
    public void StoredNumbersAndWireNamesStay() =>
        Assert.That(Enum.GetValues<Refusal>().Select(r => ((int)r, r.Name())), Is.EqualTo(Pinned));
}
