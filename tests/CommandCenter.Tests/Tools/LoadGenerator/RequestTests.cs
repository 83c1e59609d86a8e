using System.Text;
using CommandCenter.Contracts.Positions;
using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Http;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.Positions;
using CommandCenter.Positions.Batch;
using CommandCenter.Positions.Protocols;
using MessagePack;

namespace CommandCenter.Tests.Tools.LoadGenerator;

/// <summary>What the generator writes by hand, read by the server's own readers.</summary>
public sealed class RequestTests
{
    private const long Now = 1_795_000_000_000;

    private static readonly LoadWorkers Workers = new(new byte[16], [.. Enumerable.Range(1, 30)], Ground.Usual);

    [Test]
    public void WritesAFormThatTheServerReads()
    {
        var turns = new FixTurns(30);
        var requests = new OsmandRequests(Workers, 30, "localhost", new Ledger(30), turns);
        var exchange = new Exchange();
        for (var turn = 0; turn < 30; turn++)
        {
            requests.Write(exchange, Now + turn);
            var worker = turns.WorkerAt(turn);
            var request = OsmandRequest.Read(null, "application/x-www-form-urlencoded", Body(exchange));
            var report = request.Reports.Single();
            var place = Motion.PlaceAt(Now + turn, worker);
            Assert.That((request.Id, report.FixTimeMs, report.Malformed), Is.EqualTo((Workers.OsmandIdOf(worker), (long?)(Now + turn), (string?)null)));
            Assert.That(E7(report), Is.EqualTo(Workers.Ground.DegreesOf(place)));
            Assert.That(report.HeadingDegrees, Is.EqualTo(place.East ? 90 : 270));
        }
    }

    [Test]
    public void WritesABatchThatTheServerReads()
    {
        var turns = new FixTurns(30);
        var requests = new BatchRequests(Workers, new GatewayAccess(1, "g", "p"), "localhost", 20, new Ledger(30), turns);
        var exchange = new Exchange();
        requests.Write(exchange, Now);
        requests.Write(exchange, Now);
        var batch = BatchMessagePack.Read(Body(exchange), 100);
        Assert.That(batch.Items.Select(item => item.Device), Is.EqualTo(Enumerable.Range(20, 20).Select(turn => LoadWorkers.DeviceOf(turns.WorkerAt(turn)))));
        foreach (var (item, worker) in batch.Items.Select((item, i) => (item.Report, turns.WorkerAt(20 + i))))
        {
            Assert.That((item.Malformed, item.FixTimeMs), Is.EqualTo(((string?)null, (long?)exchange.FixTimeMs)));
            Assert.That(E7(item), Is.EqualTo(Workers.Ground.DegreesOf(Motion.PlaceAt(exchange.FixTimeMs, worker))));
        }
    }

    [Test]
    public void DatesAnHourThatLiesBehindEvenlyForEachWorker()
    {
        const int Lap = 30, Interval = 15_000;
        var (turns, ledger) = (new FixTurns(Lap), new Ledger(Lap));
        var past = new PastRequests(new BatchRequests(Workers, new GatewayAccess(1, "g", "p"), "localhost", 10, ledger, turns), Lap, Now, Interval);
        var exchange = new Exchange();
        var times = new Dictionary<string, List<long>>();
        while (past.TimeMs < Now + (4 * Interval))
        {
            past.Write(exchange, Now + 999_999_999);
            foreach (var item in BatchMessagePack.Read(Body(exchange), 100).Items)
            {
                times.TryAdd(item.Device!, []);
                times[item.Device!].Add(item.Report.FixTimeMs!.Value);
            }
        }

        Assert.That(times, Has.Count.EqualTo(Lap));
        Assert.That(times.Values.Select(of => of.Zip(of.Skip(1), (earlier, later) => later - earlier)), Is.All.EqualTo(new long[] { Interval, Interval, Interval }));
        Assert.That((times.Values.Min(of => of[0]), times.Values.Max(of => of[^1]), ledger.Sent), Is.EqualTo((Now, Now + (4 * Interval) - (Interval / 3), 120L)));
    }

    [TestCase(20)]
    [TestCase(200)]
    [TestCase(2_500)]
    public void SeesAtOnceThatAllOfABatchWasAccepted(int fixes)
    {
        var answer = MessagePackSerializer.Serialize(new PositionBatchResult { Accepted = fixes });
        Assert.That((BatchRequests.IsAllAccepted(answer, fixes), BatchRequests.IsAllAccepted(answer, fixes + 1)), Is.EqualTo((true, false)));
    }

    [Test]
    public void BooksEachItemOfABatchThatWasPartlyRefused()
    {
        var (ledger, turns) = (new Ledger(30), new FixTurns(30));
        var requests = new BatchRequests(Workers, new GatewayAccess(1, "g", "p"), "localhost", 3, ledger, turns);
        var exchange = new Exchange();
        requests.Write(exchange, Now);
        requests.Answered(exchange, 200, MessagePackSerializer.Serialize(new PositionBatchResult
        {
            Accepted = 2,
            Refused = 1,
            Items = [new() { Index = 0, Status = "accepted" }, new() { Index = 1, Status = "refused", Reason = "off-duty" }, new() { Index = 2, Status = "accepted" }],
        }));
        Assert.That((ledger.Accepted, ledger.Refused, ledger.NewestOf(turns.WorkerAt(0)), ledger.NewestOf(turns.WorkerAt(1))), Is.EqualTo((2L, 1L, Now, 0L)));
        requests.Answered(exchange, 503, []);
        Assert.That(ledger.Uncertain, Is.EqualTo(3));
    }

    private static (int, int) E7(PositionReport report) =>
        ((int)Math.Round(report.Longitude!.Value * 1e7), (int)Math.Round(report.Latitude!.Value * 1e7));

    private static ReadOnlyMemory<byte> Body(Exchange exchange)
    {
        var request = exchange.Request.AsMemory(0, exchange.Length);
        var end = request.Span.IndexOf("\r\n\r\n"u8) + 4;
        Assert.That(Encoding.ASCII.GetString(request.Span[..end]), Does.Contain($"Content-Length: {request.Length - end}\r\n"));
        return request[end..];
    }
}
