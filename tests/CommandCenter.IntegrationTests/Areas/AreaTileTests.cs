using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CommandCenter.Geo;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Areas;

public sealed class AreaTileTests
{
    private const string Small = "dispatcher-140106004";

    // In the small account's subdistrict, at a zoom with communities.
    private static readonly TileAddress Tile = TileAddress.At(12, 112.57, 37.82);

    private DemoServer _demo = null!;
    private string _whole = null!;
    private string _small = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync();
        _whole = await SignInAsync("wall");
        _small = await SignInAsync(Small);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task ShowsEachViewerHisOwnAreasAlone()
    {
        var (_, whole) = await GetAsync(_whole);
        var (_, small) = await GetAsync(_small);
        Assert.That(Encoding.UTF8.GetString(whole), Does.Contain("140106004").And.Contain("140106006"));
        Assert.That(Encoding.UTF8.GetString(small), Does.Contain("140106004").And.Not.Contain("140106006"));
    }

    [Test]
    public async Task SendsAnUnchangedTileOnceAndTellsScopesApart()
    {
        var (first, bytes) = await GetAsync(_whole);
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(first.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/vnd.mapbox-vector-tile"));
        Assert.That(first.Headers.CacheControl!.ToString(), Is.EqualTo("no-cache, private"));
        Assert.That(bytes, Is.Not.Empty);
        var (again, none) = await GetAsync(_whole, first.Headers.ETag);
        Assert.That((again.StatusCode, none.Length), Is.EqualTo((HttpStatusCode.NotModified, 0)));
        var (other, _) = await GetAsync(_small, first.Headers.ETag);
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task ShowsANewAreaAtOnce()
    {
        // An exclusive grid has nothing in it yet: what is new there overlaps nobody.
        var (_, grids) = await _demo.CallAsync("administrator", "GET", "/api/areas?kind=grid&geometry=true&limit=5000");
        var grid = grids.GetProperty("items").EnumerateArray().First(area => area.GetProperty("gridType").GetString() == "exclusive");
        var center = grid.GetProperty("center");
        var tile = TileAddress.At(15, center[0].GetDouble(), center[1].GetDouble());
        var path = $"/api/areas/tiles/15/{tile.X}/{tile.Y}";
        var (before, _) = await GetAsync(_whole, path: path);
        var area = new { code = "tile-test", name = "新网格", kind = "microgrid", parent = grid.GetProperty("code").GetString(), geometry = grid.GetProperty("geometry") };
        Assert.That((await _demo.CallAsync("administrator", "POST", "/api/areas", area)).Status, Is.EqualTo(HttpStatusCode.Created));
        var (after, bytes) = await GetAsync(_whole, before.Headers.ETag, path);
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Encoding.UTF8.GetString(bytes), Does.Contain("tile-test"));

        var (status, refusal) = await _demo.CallAsync("administrator", "POST", "/api/areas", area with { code = "tile-test-2" });
        Assert.That((status, refusal.GetProperty("argument").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, "geometry")));
        Assert.That(refusal.GetProperty("detail").GetString(), Does.Contain("overlaps tile-test by"));
    }

    [TestCase("17/1/1", 400)]
    [TestCase("-1/1/1", 400)]
    [TestCase("12/4096/1", 400)]
    [TestCase("12/1/4096", 400)]
    [TestCase("12/one/1", 400)]
    [TestCase("12/1/99999999999", 400)]
    [TestCase("3/1/1", 204)]
    [TestCase("12/1/1", 204)]
    public async Task SaysWhatIsWrongWithAPlaceAndThatATileIsEmpty(string path, int status)
    {
        var (answer, body) = await GetAsync(_whole, path: $"/api/areas/tiles/{path}");
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(Encoding.UTF8.GetString(body).Contains("bad-argument", StringComparison.Ordinal), Is.EqualTo(status == 400));
    }

    [Test]
    public async Task SendsNothingToStrangers() =>
        Assert.That((await _demo.CallAsync(null, "GET", $"/api/areas/tiles/{Tile.Zoom}/{Tile.X}/{Tile.Y}")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));

    private async Task<string> SignInAsync(string user) =>
        await DemoServer.SignInAsync(_demo.Server.Http, user, _demo.Secrets.Accounts.Single(account => account.User == user).Password);

    private async Task<(HttpResponseMessage Answer, byte[] Body)> GetAsync(string token, EntityTagHeaderValue? known = null, string? path = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path ?? $"/api/areas/tiles/{Tile.Zoom}/{Tile.X}/{Tile.Y}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        var answer = await _demo.Server.Http.SendAsync(request);
        return (answer, await answer.Content.ReadAsByteArrayAsync());
    }
}
