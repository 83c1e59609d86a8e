using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CommandCenter.Coverage;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.Jobs;
using CommandCenter.Web;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>The demo district with two reckoned days of a week that is over: two workers of different subdistricts were in squares of a grid in each of them.</summary>
internal sealed class WalkedDemo(DemoServer demo) : IAsyncDisposable
{
    public const string Small = "dispatcher-140106004";
    public const string Own = "140106004";
    public const string Other = "140106006";

    public DemoServer Demo { get; } = demo;

    public DateOnly From { get; } = JobWindow.DayOf(DateTimeOffset.UtcNow, new CenterOptions()).AddDays(-12);

    public DateOnly To => From.AddDays(7);

    public DateOnly First => From.AddDays(1);

    public DateOnly Second => From.AddDays(3);

    /// <summary>A grid of the small account's subdistrict, and one of another.</summary>
    public string OwnGrid { get; private set; } = "";

    public string OtherGrid { get; private set; } = "";

    /// <summary>Squares that somebody was in.</summary>
    public CoverageCell OwnCell { get; private set; }

    public CoverageCell OtherCell { get; private set; }

    public string OwnWorker { get; private set; } = "";

    public string OtherWorker { get; private set; } = "";

    public string Window => string.Create(CultureInfo.InvariantCulture, $"from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}");

    public static async Task<WalkedDemo> StartAsync()
    {
        var walked = new WalkedDemo(await DemoServer.StartAsync());
        walked.OwnGrid = await walked.GridInAsync(Own);
        walked.OtherGrid = await walked.GridInAsync(Other);
        walked.OwnCell = await walked.CellInAsync(walked.OwnGrid);
        walked.OtherCell = await walked.CellInAsync(walked.OtherGrid);
        await using var connection = new NpgsqlConnection(walked.Demo.Backends.Postgres);
        const string Worker = "select w.id as Id, w.code as Code from workers w join areas a on a.id = w.home_area_id where a.code like @area || '%' order by w.id limit 1";
        var own = await connection.QuerySingleAsync<(int Id, string Code)>(Worker, new { area = Own });
        var other = await connection.QuerySingleAsync<(int Id, string Code)>(Worker, new { area = Other });
        (walked.OwnWorker, walked.OtherWorker) = (own.Code, other.Code);
        await KeepAsync(connection, walked.First, (own.Id, [walked.Of(walked.First, walked.OwnCell, 90, 1)]), (other.Id, [walked.Of(walked.First, walked.OwnCell, 20, 0)]));
        await KeepAsync(connection, walked.Second, (other.Id, [walked.Of(walked.Second, walked.OtherCell, 45, 2)]));
        return walked;
    }

    /// <summary>A day reckoned once more, with something else.</summary>
    public async Task KeepAgainAsync(DateOnly day, int seconds)
    {
        await using var connection = new NpgsqlConnection(Demo.Backends.Postgres);
        var worker = await connection.QuerySingleAsync<int>("select id from workers where code = @code", new { code = OtherWorker });
        await KeepAsync(connection, day, (worker, [Of(day, OtherCell, seconds, 2)]));
    }

    /// <param name="user">Who asks; null: nobody.</param>
    /// <param name="path">With query.</param>
    /// <param name="accept">Media type.</param>
    /// <param name="known">Tag that is there already.</param>
    /// <param name="reason">Of the asking.</param>
    public async Task<(HttpResponseMessage Answer, byte[] Body)> GetAsync(string? user, string path, string? accept = null, EntityTagHeaderValue? known = null, string? reason = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (user is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Demo.TokenOf(user));
        }

        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        if (reason is not null)
        {
            request.Headers.Add("X-Audit-Reason", Uri.EscapeDataString(reason));
        }

        var answer = await Demo.Server.Http.SendAsync(request);
        return (answer, await answer.Content.ReadAsByteArrayAsync());
    }

    public async Task<JsonElement> ReadAsync(string user, string path)
    {
        var (status, body) = await Demo.CallAsync(user, "GET", path);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), () => $"{path}: {body}");
        return body;
    }

    public ValueTask DisposeAsync() => Demo.DisposeAsync();

    private static long BeginOf(DateOnly day) => JobWindow.StartOf(day, new CenterOptions()).ToUnixTimeMilliseconds();

    private CellDay Of(DateOnly day, CoverageCell cell, int seconds, int visits) => new(cell, seconds * 1_000, visits, visits == 0 ? 1 : 0, BeginOf(day) + (10 * 3_600_000) + (seconds * 1_000));

    private async Task<string> GridInAsync(string subdistrict)
    {
        var areas = await ReadAsync("administrator", "/api/areas?kind=grid&limit=5000");
        return areas.GetProperty("items").EnumerateArray()
            .First(area => area.GetProperty("code").GetString()!.StartsWith(subdistrict, StringComparison.Ordinal) && area.GetProperty("gridType").GetString() == "ordinary")
            .GetProperty("code").GetString()!;
    }

    private async Task<CoverageCell> CellInAsync(string grid)
    {
        var picture = await ReadAsync("administrator", $"/api/coverage?area={grid}&{Window}&measure=age");
        var squares = picture.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!).ToList();
        return CoverageCell.FromKey(long.Parse(squares[squares.Count / 2], CultureInfo.InvariantCulture));
    }

    private static async Task KeepAsync(NpgsqlConnection connection, DateOnly day, params (int Worker, CellDay[] Cells)[] walked)
    {
        var (begin, sums) = (BeginOf(day), new DayCells());
        var arguments = new { day = day.ToDateTime(TimeOnly.MinValue), workers = walked.Length };
        await connection.ExecuteAsync("delete from coverage_tiles where day = @day::date; delete from coverage_worker_days where day = @day::date", arguments);
        foreach (var (worker, cells) in walked)
        {
            sums.Add(cells);
            await connection.ExecuteAsync(
                "insert into coverage_worker_days (day, worker_id, input, credited_ms, cells, body) values (@day::date, @worker, 1, @credited, @cells, @body)",
                new { arguments.day, worker, credited = cells.Sum(cell => (long)cell.DwellMs), cells = cells.Length, body = CoverageCodec.Encode(cells, begin) });
        }

        foreach (var (tile, cells) in sums.Tiles())
        {
            await connection.ExecuteAsync(
                "insert into coverage_tiles (day, tile_column, tile_row, body) values (@day::date, @column, @row, @body)",
                new { arguments.day, column = tile.Column, row = tile.Row, body = CoverageCodec.Encode(tile, cells, begin) });
        }

        await connection.ExecuteAsync(
            """
            insert into coverage_days (day, version, reckoned_at, workers, credited_ms, cells, visits, passes) values (@day::date, 1, now(), @workers, 0, 0, 0, 0)
            on conflict (day) do update set version = coverage_days.version + 1, reckoned_at = now()
            """,
            arguments);
    }
}
