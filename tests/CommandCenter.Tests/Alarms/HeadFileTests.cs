using System.Security.Cryptography;
using CommandCenter.Alarms.Ledger;

namespace CommandCenter.Tests.Alarms;

public sealed class HeadFileTests
{
    private static readonly HeadFile List = new(DateTimeOffset.UnixEpoch, "", [new LedgerHead(Steps.Alarm, 3, new string('a', 64))]);

    [Test]
    public void AListIsReadByItsKeyAlone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var text = List.ToText(key);

        Assert.That(HeadFile.Read(text, key)!.Heads, Is.EqualTo(List.Heads));
        Assert.That(HeadFile.Read(text, other), Is.Null);
        Assert.That(HeadFile.Read(text.Replace("\"entries\":3", "\"entries\":2", StringComparison.Ordinal), key), Is.Null);
        Assert.That(HeadFile.Read("rubbish", key), Is.Null);
        Assert.That(HeadFile.Read("{}\nrubbish\n", key), Is.Null);
    }
}
