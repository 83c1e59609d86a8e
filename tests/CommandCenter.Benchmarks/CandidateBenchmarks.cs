using BenchmarkDotNet.Attributes;
using CommandCenter.Contracts.Wall;
using CommandCenter.Demo;
using CommandCenter.Dispatch;
using CommandCenter.Dispatch.Candidates;
using CommandCenter.Streets;

namespace CommandCenter.Benchmarks;

/// <summary>
/// Who can go, of 10,852 people on duty over the demo district's streets, for an alarm at another corner of the city each time:
/// <c>dotnet run -c Release --project tests/CommandCenter.Benchmarks -- --filter '*Candidate*' --job short</c>.
/// </summary>
[MemoryDiagnoser]
public class CandidateBenchmarks
{
    private const long Now = 1_780_000_000_000;

    private readonly DispatchOptions _options = new();
    private StreetNetwork _streets = StreetNetwork.Empty;
    private CandidateFacts[] _people = [];
    private CandidatePlace[] _places = [];
    private int _next;

    [GlobalSetup]
    public void Lay()
    {
        var district = DemoDistrict.Generate(DemoPlan.Yingze());
        _streets = new StreetNetwork([.. DemoRoads.LinesOf(district.Streets).Select(road => new Street(road.Street.Class, road.Street.Name, road.Street.NameEn, road.Line))]);
        _people = [.. district.Workers.Select((worker, slot) => new CandidateFacts(
            slot, Presence.Moving, (int)(worker.Home.X * 1e7), (int)(worker.Home.Y * 1e7), Now - (slot % 100 * 1_000), 8, slot % 5 == 0 ? 4 : 1, 80, IsReserve: false, OnHomeGround: false))];
        var chance = new Random(1);
        _places = [.. Enumerable.Range(0, 64).Select(_ => district.Workers[chance.Next(district.Workers.Count)].Home).Select(home => new CandidatePlace((int)(home.X * 1e7) + 300, (int)(home.Y * 1e7), null, Now))];
    }

    [Benchmark]
    public int RankedByStreets() =>
        CandidateSearch.Rank(_people, _places[_next++ % _places.Length], slot => slot % 10 == 0 ? PassedOverFor.Assigned : PassedOverFor.None, _streets, _options).Ranked.Count;

    /// <summary>Beside it: everybody by the straight line, sorted, which is how "nearest" is usually told.</summary>
    [Benchmark(Baseline = true)]
    public int SortedByTheStraightLine()
    {
        var place = _places[_next++ % _places.Length];
        return _people.Where(who => who.Slot % 10 != 0).OrderBy(who => CandidateRules.StraightMeters(who, place)).Take(_options.Candidates).ToList().Count;
    }
}
