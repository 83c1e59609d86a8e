using System.Text;
using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Http;

namespace CommandCenter.LoadGenerator.Load;

/// <summary>
/// One fix a request, as Traccar Client 10 sends it: a form to <c>POST /osmand</c>. Each phone's request is made once; what changes (time, place,
/// course) is written over it, in fields of fixed width.
/// </summary>
internal sealed class OsmandRequests : IRequests
{
    private const string Form = "id={0}&timestamp={1:D13}&lat={2:F7}&lon={3:F7}&speed=2.1&bearing={4:D3}&accuracy=8&batt=70";

    private readonly byte[][] _requests;
    private readonly FixTurns _turns;
    private readonly Ledger? _ledger;
    private readonly Ground _ground;
    private readonly int _time;
    private readonly int _latitude;
    private readonly int _longitude;
    private readonly int _heading;

    /// <param name="workers">Whose phones send.</param>
    /// <param name="count">The first so many of them.</param>
    /// <param name="host">For the Host header.</param>
    /// <param name="ledger">Null: the same bytes go to a server that keeps nothing.</param>
    /// <param name="turns">Shared by all stages of a run, since a worker's time goes on.</param>
    public OsmandRequests(LoadWorkers workers, int count, string host, Ledger? ledger, FixTurns turns)
    {
        _ledger = ledger;
        _ground = workers.Ground;
        _turns = turns;
        _requests = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            var form = string.Format(
                System.Globalization.CultureInfo.InvariantCulture, Form, workers.OsmandIdOf(i), 0, 10.0, 100.0, 0);
            _requests[i] = Encoding.ASCII.GetBytes(
                $"POST /osmand HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}");
        }

        // All forms are of one length, so the fields stand at one place.
        var sample = _requests[0].AsSpan();
        _time = sample.IndexOf("timestamp="u8) + 10;
        _latitude = sample.IndexOf("lat="u8) + 4;
        _longitude = sample.IndexOf("lon="u8) + 4;
        _heading = sample.IndexOf("bearing="u8) + 8;
    }

    public void Write(Exchange exchange, long nowMs)
    {
        var (turn, time) = _turns.Take(1, nowMs);
        var worker = _turns.WorkerAt(turn);
        var place = Motion.PlaceAt(time, worker);
        var (longitude, latitude) = _ground.DegreesOf(place);
        var template = _requests[worker];
        var request = exchange.Room(template.Length);
        template.CopyTo(request);
        Digits(request.Slice(_time, 13), time);
        Degrees(request[_latitude..], 2, latitude);
        Degrees(request[_longitude..], 3, longitude);
        Digits(request.Slice(_heading, 3), place.East ? Motion.EastDegrees : Motion.WestDegrees);
        (exchange.Length, exchange.FirstTurn, exchange.Fixes, exchange.FixTimeMs) = (template.Length, turn, 1, time);
        _ledger?.Send(1);
    }

    public void Answered(Exchange exchange, int status, ReadOnlySpan<byte> body)
    {
        if (status == 200)
        {
            _ledger?.AcceptOne(_turns.WorkerAt(exchange.FirstTurn), exchange.FixTimeMs);
        }
        else if (status is 429 or 503)
        {
            Unanswered(exchange);
        }
        else
        {
            _ledger?.Refuse($"http-{status}", 1);
        }
    }

    public void Unanswered(Exchange exchange) => _ledger?.DoubtOne(_turns.WorkerAt(exchange.FirstTurn), exchange.FixTimeMs);

    /// <summary>"112.5700000": so many digits, a point, seven.</summary>
    private static void Degrees(Span<byte> to, int whole, int e7)
    {
        Digits(to[..whole], e7 / 10_000_000);
        Digits(to.Slice(whole + 1, 7), e7 % 10_000_000);
    }

    private static void Digits(Span<byte> to, long value)
    {
        for (var i = to.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            to[i] = (byte)('0' + digit);
        }
    }
}
