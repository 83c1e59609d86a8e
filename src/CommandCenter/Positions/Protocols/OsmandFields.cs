using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// One report in the making, from the keys of the OsmAnd protocol: query, form and Traccar Client 10's flat JSON name them alike, and
/// in all three speed is in knots. Of a key that is repeated the last value counts, as in Traccar's server; of the identifier the first,
/// so that no appended one can take another's place.
/// </summary>
public struct OsmandFields
{
    /// <summary>Metres per second in a knot.</summary>
    public const double MpsPerKnot = 1852.0 / 3600;

    /// <summary>Radius in metres that a horizontal dilution of one stands for: the usual range error of a phone's receiver.</summary>
    public const double MetersPerHdop = 5;

    private const int MaxTextLength = 64;

    private double? _latitude;
    private double? _longitude;
    private double? _speedKnots;
    private double? _heading;
    private double? _accuracy;
    private double? _altitude;
    private double? _hdop;
    private double? _battery;
    private long? _time;
    private bool _charging;
    private bool _mock;
    private bool _drill;
    private bool _invalid;
    private bool _saysPlace;
    private string? _malformed;
    private IdBytes _id;
    private byte _idLength;

    /// <summary>The device's secret identifier; null when none was sent.</summary>
    public readonly string? Id => _idLength == 0 ? null : Encoding.UTF8.GetString(IdText);

    [UnscopedRef]
    private readonly ReadOnlySpan<byte> IdText => ((ReadOnlySpan<byte>)_id)[.._idLength];

    public string? Alarm { get; private set; }

    /// <summary>Takes one decoded pair; keys it does not know are another app's business.</summary>
    public void Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        switch (key.Length)
        {
            case 2 when Is(key, "id"u8): SetId(value); break;
            case 3 when Is(key, "lat"u8): SetPlace(ref _latitude, value); break;
            case 3 when Is(key, "lon"u8): SetPlace(ref _longitude, value); break;
            case 4 when Is(key, "batt"u8): _battery = Number(value); break;
            case 4 when Is(key, "hdop"u8): _hdop = Number(value); break;
            case 4 when Is(key, "mock"u8): _mock = IsTrue(value); break;
            case 5 when Is(key, "speed"u8): _speedKnots = Number(value); break;
            case 5 when Is(key, "valid"u8): _invalid = !IsTrue(value); break;
            case 5 when Is(key, "alarm"u8): Alarm = Text(value); break;
            case 5 when Is(key, "drill"u8): _drill = IsTrue(value); break;
            case 6 when Is(key, "charge"u8): _charging = IsTrue(value); break;
            case 7 when Is(key, "bearing"u8) || Is(key, "heading"u8): _heading = Number(value); break;
            case 8 when Is(key, "accuracy"u8): _accuracy = Number(value); break;
            case 8 when Is(key, "altitude"u8): _altitude = Number(value); break;
            case 8 when Is(key, "deviceid"u8): SetId(value); break;
            case 8 when Is(key, "location"u8): SetLocation(value); break;
            case 9 when Is(key, "device_id"u8): SetId(value); break;
            case 9 when Is(key, "timestamp"u8): SetTime(value); break;
            default: break;
        }
    }

    /// <summary>The identifier's hash, which needs no text of it; false when none was sent.</summary>
    public readonly bool TryHashId(out SecretHash hash) => DeviceSecrets.TryHash(IdText, out hash);

    public void SetMalformed(string why) => _malformed ??= why;

    /// <summary>The report; one that does not mention a place at all is a heartbeat.</summary>
    public readonly PositionReport ToReport() => new()
    {
        FixTimeMs = _time,
        Latitude = _invalid ? null : _latitude,
        Longitude = _invalid ? null : _longitude,
        SpeedMps = _speedKnots * MpsPerKnot,
        HeadingDegrees = _heading,
        AccuracyMeters = _accuracy ?? (_hdop > 0 ? _hdop * MetersPerHdop : null),
        AltitudeMeters = _altitude,
        BatteryPercent = _battery,
        Charging = _charging,
        Mock = _mock,
        Alarm = Alarm,
        Drill = _drill,
        Heartbeat = !_saysPlace,
        Malformed = _malformed,
    };

    internal static double? Number(ReadOnlySpan<byte> value)
    {
        value = value.Trim((byte)' ');
        return value.IsEmpty ? null
            : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : double.NaN;
    }

    private static bool Is(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(key, name);

    private static bool IsTrue(ReadOnlySpan<byte> value) => value is [(byte)'1'] || Is(value, "true"u8);

    private static string? Text(ReadOnlySpan<byte> value) =>
        value.IsEmpty ? null : Encoding.UTF8.GetString(value[..Math.Min(value.Length, MaxTextLength)]);

    private void SetId(ReadOnlySpan<byte> value)
    {
        if (_idLength == 0 && value.Length <= MaxTextLength)
        {
            value.CopyTo(_id);
            _idLength = (byte)value.Length;
        }
    }

    private void SetPlace(ref double? part, ReadOnlySpan<byte> value)
    {
        _saysPlace = true;
        part = Number(value);
    }

    private void SetLocation(ReadOnlySpan<byte> value)
    {
        _saysPlace = true;
        var comma = value.IndexOf((byte)',');
        (_latitude, _longitude) = comma < 0 ? (double.NaN, double.NaN) : (Number(value[..comma]), Number(value[(comma + 1)..]));
    }

    private void SetTime(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return;
        }

        if (ReportTime.TryParse(value, out var time))
        {
            _time = time;
        }
        else
        {
            SetMalformed("the timestamp is neither seconds, milliseconds, ISO 8601 nor 'yyyy-MM-dd HH:mm:ss'");
        }
    }

    [InlineArray(MaxTextLength)]
    private struct IdBytes
    {
        private byte _first;
    }
}
