using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Assessment.Policies;
using CommandCenter.IntegrationTests.Access;

namespace CommandCenter.IntegrationTests.Assessment;

/// <summary>The policy over HTTP: who may read and change it, what is refused, and that of two writers one is told.</summary>
public sealed class PolicyApiTests
{
    private const string Path = "/api/assessment/policies";

    private DemoServer _demo = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync();
        foreach (var (user, role, area) in new[] { ("supervisor9", "supervisor", "140106"), ("administrator9", "administrator", "140106004") })
        {
            var (status, body) = await _demo.CallAsync("administrator", "POST", "/api/accounts", new { user, password = "a-long-password-9", role, area });
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
            _demo.Remember(user, await DemoServer.SignInAsync(_demo.Server.Http, user, "a-long-password-9"));
        }
    }

    [TearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task SupervisorsReadAndOnlyWhoAdministersTheWholeCenterChanges()
    {
        var (status, list) = await _demo.CallAsync("supervisor9", "GET", Path);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), list.ToString());
        Assert.That(list.GetProperty("mayChange").GetBoolean(), Is.False);
        var only = list.GetProperty("items").EnumerateArray().Single();
        Assert.That((only.GetProperty("version").GetInt32(), only.GetProperty("inForce").GetBoolean()), Is.EqualTo((1, true)));
        Assert.That((await _demo.CallAsync("supervisor9", "GET", $"{Path}/1")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _demo.CallAsync("supervisor9", "GET", $"{Path}/2")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        var (_, schema) = await _demo.CallAsync("supervisor9", "GET", $"{Path}/schema");
        Assert.That(schema.GetProperty("title").GetString(), Is.EqualTo("Assessment policy"));

        Assert.That((await _demo.CallAsync("supervisor9", "PUT", Path, New(1))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var part = await _demo.CallAsync("administrator9", "PUT", Path, New(1));
        Assert.That((part.Status, Reason(part.Body)), Is.EqualTo((HttpStatusCode.Forbidden, "not-all-areas")));
        Assert.That((await _demo.CallAsync("dispatcher", "GET", Path)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _demo.CallAsync(null, "GET", Path)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await _demo.CallAsync("supervisor9", "GET", Path)).Body.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task ANewVersionIsKeptAsWrittenAndStandsOnTheTrail()
    {
        var (status, made) = await _demo.CallAsync("administrator", "PUT", Path, New(1, note: "More for coverage."));
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), made.ToString());
        Assert.That((made.GetProperty("version").GetInt32(), made.GetProperty("inForce").GetBoolean()), Is.EqualTo((2, false)), "it begins in ten days");

        var (_, read) = await _demo.CallAsync("supervisor9", "GET", $"{Path}/2");
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(read.GetProperty("policy").GetRawText()), Changed()), Is.True);
        Assert.That(read.GetProperty("note").GetString(), Is.EqualTo("More for coverage."));
        var (_, list) = await _demo.CallAsync("administrator", "GET", Path);
        Assert.That(list.GetProperty("mayChange").GetBoolean());
        Assert.That(list.GetProperty("items").EnumerateArray().Select(one => (one.GetProperty("version").GetInt32(), one.GetProperty("inForce").GetBoolean())), Is.EqualTo(new[] { (2, false), (1, true) }));
        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?action=set-policy");
        Assert.That(audit.GetProperty("items").EnumerateArray().Single().GetProperty("detail").GetString(), Does.StartWith("version 2 from "));
    }

    [Test]
    public async Task OfManyWhoWriteAtOnceOneIsKept()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _demo.CallAsync("administrator", "PUT", Path, New(1))));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Where(answer => answer.Status != HttpStatusCode.Created).Select(answer => (answer.Status, Reason(answer.Body))), Is.All.EqualTo((HttpStatusCode.Conflict, "policy-changed")));
        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?action=set-policy");
        Assert.That(audit.GetProperty("items").GetArrayLength(), Is.EqualTo(1), "what was not kept is not on the trail");
        Assert.That(Reason((await _demo.CallAsync("administrator", "PUT", Path, New(7))).Body), Is.EqualTo("policy-changed"), "no number is left out");
        Assert.That((await _demo.CallAsync("administrator", "PUT", Path, New(2))).Status, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task AllThatIsWrongIsToldAtOnceByPointer()
    {
        var policy = Changed();
        policy["subjects"]!["worker"]![0]!["weight"] = 35;
        policy["subjects"]!["worker"]![8]!["weight"] = 5;
        policy["bands"]![1]!["from"] = 95;
        policy["name"]!["en"] = "\0";
        var (status, problem) = await _demo.CallAsync("administrator", "PUT", Path, new { after = 0, validFrom = "2020-01-01", policy, note = "a\0b" });

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), problem.ToString());
        Assert.That((Reason(problem), problem.GetProperty("type").GetString()), Is.EqualTo(("faulty-policy", "/problems/faulty-policy")));
        Assert.That(Pointers(problem), Is.SupersetOf(new[] { "/after", "/note", "/validFrom", "/policy/name/en" }));

        policy["name"]!["en"] = "Policy";
        var again = await _demo.CallAsync("supervisor9", "POST", $"{Path}/check", new { policy });
        Assert.That(Pointers(again.Body), Is.EquivalentTo(new[] { "/policy/bands/1/from", "/policy/subjects/worker/8/weight" }));
        Assert.That((await _demo.CallAsync("supervisor9", "POST", $"{Path}/check", new { policy = Changed() })).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Pointers((await _demo.CallAsync("supervisor9", "POST", $"{Path}/check", new { })).Body), Is.Not.Empty);
        Assert.That((await _demo.CallAsync("administrator", "GET", Path)).Body.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task APreviewNamesWhatItCannotReadAndSaysWhenThereIsNoPeriod()
    {
        var faulty = await _demo.CallAsync("supervisor9", "POST", $"{Path}/preview", new { policy = Changed(), period = "year", starts = "soon", subject = "0" });
        Assert.That(Pointers(faulty.Body), Is.EquivalentTo(new[] { "/period", "/starts", "/subject" }));
        var none = await _demo.CallAsync("supervisor9", "POST", $"{Path}/preview", new { policy = Changed(), period = "month", starts = "2020-01-01" });
        Assert.That((none.Status, Reason(none.Body)), Is.EqualTo((HttpStatusCode.NotFound, "no-period")));
    }

    private static object New(int after, string? note = null) =>
        new { after, validFrom = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(10)).ToString("O"), policy = Changed(), note };

    /// <summary>The shipped policy, with five percent moved from regularity to coverage.</summary>
    private static JsonNode Changed()
    {
        var policy = JsonNode.Parse(StoredPolicy.Shipped.Json.GetRawText())!;
        policy["subjects"]!["worker"]![0]!["weight"] = 40;
        policy["subjects"]!["worker"]![1]!["weight"] = 15;
        return policy;
    }

    private static IEnumerable<string> Pointers(JsonElement problem) => problem.GetProperty("errors").EnumerateObject().Select(error => error.Name);

    private static string? Reason(JsonElement problem) => problem.GetProperty("reason").GetString();
}
