using System.Net;
using CommandCenter.IntegrationTests.Access;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Streets;

/// <summary>The streets of a center: the demo's own, and an operator's.</summary>
public sealed class StreetTests
{
    private DemoServer _demo = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _demo = await DemoServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task AnOperatorsFileReplacesTheDemosStreetsAndTellsWhatWasNoStreet()
    {
        var (_, before) = await _demo.CallAsync("dispatcher", "GET", "/api/streets");
        var file = new
        {
            type = "FeatureCollection",
            features = new object[]
            {
                new { type = "Feature", properties = new { name = "一号路", highway = "residential" }, geometry = new { type = "LineString", coordinates = new[] { new[] { 112.57, 37.87 }, new[] { 112.58, 37.87 } } } },
                new { type = "Feature", properties = new { }, geometry = new { type = "Point", coordinates = new[] { 112.57, 37.87 } } },
            },
        };

        var (byDispatcher, _) = await _demo.CallAsync("dispatcher", "PUT", "/api/streets", file);
        var (status, report) = await _demo.CallAsync("administrator", "PUT", "/api/streets", file);
        var (bad, problem) = await _demo.CallAsync("administrator", "PUT", "/api/streets", new { type = "Feature" });
        var (_, after) = await _demo.CallAsync("dispatcher", "GET", "/api/streets");

        await using var connection = new NpgsqlConnection(_demo.Backends.Postgres);
        var audited = await connection.QuerySingleAsync<string>("select detail from audit where action = 'import-streets'");
        Assert.Multiple(() =>
        {
            Assert.That(before.GetProperty("streets").GetInt32(), Is.GreaterThan(100));
            Assert.That(before.GetProperty("named").GetInt32(), Is.GreaterThan(50));
            Assert.That(before.GetProperty("parts").GetInt32(), Is.EqualTo(1), "the demo's own are of one piece");
            Assert.That(byDispatcher, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(report.GetProperty("refused")[0].GetProperty("feature").GetInt32(), Is.EqualTo(1));
            Assert.That(bad, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(problem.GetProperty("argument").GetString(), Is.EqualTo("body"));
            Assert.That(after.GetProperty("streets").GetInt32(), Is.EqualTo(1), "the bad file changed nothing");
            Assert.That(after.GetProperty("kilometers").GetDouble(), Is.EqualTo(0.9).Within(0.05));
            Assert.That(audited, Is.EqualTo("1 streets"));
        });
    }
}
