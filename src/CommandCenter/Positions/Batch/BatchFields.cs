using System.Text;
using CommandCenter.Positions.Protocols;

namespace CommandCenter.Positions.Batch;

/// <summary>One value of an item, of JSON or MessagePack: exactly one member is set, none for anything an item cannot hold.</summary>
internal readonly record struct BatchValue(bool IsNothing, double? Number = null, bool? Flag = null, string? Text = null)
{
    public static readonly BatchValue Nothing = new(IsNothing: true);
    public static readonly BatchValue Other = new(IsNothing: false);

    public static BatchValue Of(double number) => new(false, Number: number);

    public static BatchValue Of(bool flag) => new(false, Flag: flag);

    public static BatchValue Of(string text) => new(false, Text: text);
}

/// <summary>An item in the making. Unlike phones, who write what they like, senders of batches are told when a type is wrong.</summary>
internal struct BatchFields
{
    private const int MaxDeviceLength = 64;

    /// <summary>The year 9999.</summary>
    private const double LastMs = 253_402_300_799_999;

    private string? _device;
    private long? _fixTime;
    private double? _longitude;
    private double? _latitude;
    private double? _speed;
    private double? _heading;
    private double? _accuracy;
    private double? _altitude;
    private double? _battery;
    private bool _mock;
    private string? _malformed;

    public void Set(ReadOnlySpan<byte> name, BatchValue value)
    {
        if (value.IsNothing)
        {
            return;
        }

        switch (name.Length)
        {
            case 4 when name.SequenceEqual("mock"u8): _mock = Flag("mock", value); break;
            case 6 when name.SequenceEqual("device"u8): _device = Device(value); break;
            case 7 when name.SequenceEqual("battery"u8): _battery = Number("battery", value); break;
            case 7 when name.SequenceEqual("fixTime"u8): _fixTime = Time(value); break;
            case 8 when name.SequenceEqual("latitude"u8): _latitude = Number("latitude", value); break;
            case 8 when name.SequenceEqual("speedMps"u8): _speed = Number("speedMps", value); break;
            case 9 when name.SequenceEqual("longitude"u8): _longitude = Number("longitude", value); break;
            case 14 when name.SequenceEqual("accuracyMeters"u8): _accuracy = Number("accuracyMeters", value); break;
            case 14 when name.SequenceEqual("altitudeMeters"u8): _altitude = Number("altitudeMeters", value); break;
            case 14 when name.SequenceEqual("headingDegrees"u8): _heading = Number("headingDegrees", value); break;
            default: break;
        }
    }

    public void Spoil(string why) => _malformed ??= why;

    public readonly BatchItem ToItem() => new(_device, new PositionReport
    {
        FixTimeMs = _fixTime,
        Longitude = _longitude,
        Latitude = _latitude,
        SpeedMps = _speed,
        HeadingDegrees = _heading,
        AccuracyMeters = _accuracy,
        AltitudeMeters = _altitude,
        BatteryPercent = _battery,
        Mock = _mock,
        Heartbeat = _longitude is null && _latitude is null,
        Malformed = _malformed ?? (_fixTime is null ? "fixTime is missing" : null),
    });

    private double? Number(string name, BatchValue value)
    {
        if (value.Number is null)
        {
            Spoil($"{name} must be a number");
        }

        return value.Number;
    }

    private bool Flag(string name, BatchValue value)
    {
        if (value.Flag is null)
        {
            Spoil($"{name} must be true or false");
        }

        return value.Flag.GetValueOrDefault();
    }

    private string? Device(BatchValue value)
    {
        if (value.Text is { Length: > 0 and <= MaxDeviceLength })
        {
            return value.Text;
        }

        Spoil($"device must be a text of 1 to {MaxDeviceLength} characters");
        return null;
    }

    private long? Time(BatchValue value)
    {
        if (value.Number is { } ms && Math.Abs(ms) <= LastMs)
        {
            return (long)Math.Round(ms);
        }

        if (value.Text is { } text && ReportTime.TryParseDate(Encoding.UTF8.GetBytes(text), out var time))
        {
            return time;
        }

        Spoil("fixTime must be milliseconds since 1970 or ISO 8601");
        return null;
    }
}
