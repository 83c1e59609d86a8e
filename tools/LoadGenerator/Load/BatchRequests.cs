using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using CommandCenter.Contracts.Positions;
using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Http;
using MessagePack;

namespace CommandCenter.LoadGenerator.Load;

/// <summary>
/// Many fixes a request, of devices whose turns follow one another, through a gateway: <c>POST /api/positions</c> in MessagePack. An item is a copy
/// of one encoded beforehand, with device, time, place and course written over it: about 50 ns.
/// </summary>
internal sealed class BatchRequests : IRequests
{
    private static ReadOnlySpan<byte> BodyStart => [0x81, 0xa7, (byte)'r', (byte)'e', (byte)'p', (byte)'o', (byte)'r', (byte)'t', (byte)'s', 0xdd];

    private readonly byte[] _head;
    private readonly byte[] _item;
    private readonly int _fixes;
    private readonly FixTurns _turns;
    private readonly Ledger _ledger;
    private readonly Ground _ground;
    private readonly (int Device, int Time, int Longitude, int Latitude, int Heading) _at;

    public BatchRequests(LoadWorkers workers, GatewayAccess gateway, string host, int fixes, Ledger ledger, FixTurns turns)
    {
        (_fixes, _ledger, _turns, _ground) = (fixes, ledger, turns, workers.Ground);
        _item = Item();
        _at = Places(_item);
        var length = BodyStart.Length + 4 + (fixes * _item.Length);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{gateway.User}:{gateway.Password}"));
        _head = Encoding.ASCII.GetBytes(
            $"POST /api/positions HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic {credentials}\r\nContent-Type: application/x-msgpack\r\nContent-Length: {length}\r\n\r\n");
    }

    /// <summary>Bytes of one request.</summary>
    public int Bytes => _head.Length + BodyStart.Length + 4 + (_fixes * _item.Length);

    public void Write(Exchange exchange, long nowMs)
    {
        var (first, time) = _turns.Take(_fixes, nowMs);
        var to = exchange.Room(Bytes);
        _head.CopyTo(to);
        BodyStart.CopyTo(to[_head.Length..]);
        var at = _head.Length + BodyStart.Length;
        BinaryPrimitives.WriteInt32BigEndian(to[at..], _fixes);
        at += 4;
        for (var i = 0; i < _fixes; i++)
        {
            WriteItem(to.Slice(at, _item.Length), _turns.WorkerAt(first + i), time);
            at += _item.Length;
        }

        (exchange.Length, exchange.FirstTurn, exchange.Fixes, exchange.FixTimeMs) = (at, first, _fixes, time);
        _ledger.Send(_fixes);
    }

    public void Answered(Exchange exchange, int status, ReadOnlySpan<byte> body)
    {
        if (status != 200)
        {
            if (status is 429 or 503)
            {
                Unanswered(exchange);
            }
            else
            {
                _ledger.Refuse($"http-{status}", exchange.Fixes);
            }

            return;
        }

        if (IsAllAccepted(body, exchange.Fixes))
        {
            for (var i = 0; i < exchange.Fixes; i++)
            {
                _ledger.AcceptOne(_turns.WorkerAt(exchange.FirstTurn + i), exchange.FixTimeMs);
            }

            return;
        }

        var result = MessagePackSerializer.Deserialize<PositionBatchResult>(body.ToArray());
        foreach (var item in result.Items)
        {
            if (item.Status == "accepted")
            {
                _ledger.AcceptOne(_turns.WorkerAt(exchange.FirstTurn + item.Index), exchange.FixTimeMs);
            }
            else
            {
                _ledger.Refuse(item.Reason ?? item.Status, 1);
            }
        }
    }

    public void Unanswered(Exchange exchange)
    {
        for (var i = 0; i < exchange.Fixes; i++)
        {
            _ledger.DoubtOne(_turns.WorkerAt(exchange.FirstTurn + i), exchange.FixTimeMs);
        }
    }

    /// <summary>The answer's first member says so; its items need no look then.</summary>
    internal static bool IsAllAccepted(ReadOnlySpan<byte> body, int fixes)
    {
        Span<byte> start = stackalloc byte[16];
        start[0] = 0x83;
        start[1] = 0xa8;
        "accepted"u8.CopyTo(start[2..]);
        if (!body.StartsWith(start[..10]))
        {
            return false;
        }

        var value = body[10..];
        return value switch
        {
            [<= 0x7f and var small, ..] => small == fixes,
            [0xcc, var one, ..] => one == fixes,
            [0xcd, var high, var low, ..] => ((high << 8) | low) == fixes,
            _ => false,
        };
    }

    private void WriteItem(Span<byte> to, int worker, long time)
    {
        var place = Motion.PlaceAt(time, worker);
        var (longitude, latitude) = _ground.DegreesOf(place);
        _item.CopyTo(to);
        for (var (i, rest) = (_at.Device + LoadWorkers.Digits - 1, worker); rest > 0; i--)
        {
            (rest, var digit) = Math.DivRem(rest, 10);
            to[i] = (byte)('0' + digit);
        }

        BinaryPrimitives.WriteInt64BigEndian(to[_at.Time..], time);
        BinaryPrimitives.WriteDoubleBigEndian(to[_at.Longitude..], longitude / 1e7);
        BinaryPrimitives.WriteDoubleBigEndian(to[_at.Latitude..], latitude / 1e7);
        BinaryPrimitives.WriteUInt16BigEndian(to[_at.Heading..], (ushort)(place.East ? Motion.EastDegrees : Motion.WestDegrees));
    }

    private static byte[] Item()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(7);
        writer.Write("device");
        writer.Write(LoadWorkers.DeviceOf(0));
        writer.Write("fixTime");
        writer.WriteRaw([0xd3, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write("longitude");
        writer.Write(1.0);
        writer.Write("latitude");
        writer.Write(1.0);
        writer.Write("speedMps");
        writer.Write(1.1);
        writer.Write("headingDegrees");
        writer.WriteRaw([0xcd, 0, 0]);
        writer.Write("accuracyMeters");
        writer.Write(8);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static (int Device, int Time, int Longitude, int Latitude, int Heading) Places(ReadOnlySpan<byte> item) => (
        item.IndexOf("device"u8) + 7 + LoadWorkers.DevicePrefix.Length,
        item.IndexOf("fixTime"u8) + 8,
        item.IndexOf("longitude"u8) + 10,
        item.IndexOf("latitude"u8) + 9,
        item.IndexOf("headingDegrees"u8) + 15);
}
