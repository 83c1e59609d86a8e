using System.Text;
using CommandCenter.Positions.Protocols;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Batch;

/// <summary>What stands where a field's value is expected.</summary>
internal enum BatchValueKind : byte
{
    /// <summary>Anything that no field can hold.</summary>
    Other,
    Nothing,
    Number,
    Flag,
    Text,
}

/// <summary>One value of an item, of JSON or MessagePack. A text is UTF-8 and lives as long as the body it stands in.</summary>
internal readonly ref struct BatchValue
{
    public BatchValueKind Kind { get; private init; }

    public double Number { get; private init; }

    public bool Flag { get; private init; }

    public ReadOnlySpan<byte> Text { get; private init; }

    public static BatchValue Nothing => new() { Kind = BatchValueKind.Nothing };

    public static BatchValue Of(double number) => new() { Kind = BatchValueKind.Number, Number = number };

    public static BatchValue Of(bool flag) => new() { Kind = BatchValueKind.Flag, Flag = flag };

    public static BatchValue Of(ReadOnlySpan<byte> text) => new() { Kind = BatchValueKind.Text, Text = text };
}

/// <summary>An item in the making. Unlike phones, who write what they like, senders of batches are told when a type is wrong.</summary>
/// <param name="devices">Where a device's name is looked up while it is still bytes, so that a known one costs no text; null looks up none.</param>
internal struct BatchFields(DeviceDirectory? devices)
{
    private const int MaxDeviceLength = 64;

    /// <summary>The year 9999.</summary>
    private const double LastMs = 253_402_300_799_999;

    private string? _device;
    private Device? _known;
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

    public void Set(scoped ReadOnlySpan<byte> name, scoped BatchValue value)
    {
        if (value.Kind == BatchValueKind.Nothing)
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
    })
    {
        Known = _known,
    };

    private double? Number(string name, scoped BatchValue value)
    {
        if (value.Kind == BatchValueKind.Number)
        {
            return value.Number;
        }

        Spoil($"{name} must be a number");
        return null;
    }

    private bool Flag(string name, scoped BatchValue value)
    {
        if (value.Kind != BatchValueKind.Flag)
        {
            Spoil($"{name} must be true or false");
        }

        return value.Flag;
    }

    private string? Device(scoped BatchValue value)
    {
        if (value.Kind == BatchValueKind.Text && value.Text.Length is > 0 and <= MaxDeviceLength && devices?.FindByUser(value.Text) is { } known)
        {
            _known = known;
            return known.User;
        }

        return UnknownDevice(value);
    }

    /// <summary>The known device of that name, or the name of one that is not.</summary>
    /// <param name="name">UTF-8, at most <see cref="MaxDeviceLength"/> bytes.</param>
    /// <param name="devices">Null: nothing is looked up.</param>
    public static (string Name, Device? Known) Identify(ReadOnlySpan<byte> name, DeviceDirectory? devices)
    {
        Span<char> text = stackalloc char[MaxDeviceLength];
        text = text[..Encoding.UTF8.GetChars(name, text)];
        var known = devices?.FindByUser((ReadOnlySpan<char>)text);
        return (known?.User ?? new string(text), known);
    }

    /// <summary>Named otherwise than in ASCII, unknown, or not looked up.</summary>
    private string? UnknownDevice(scoped BatchValue value)
    {
        // A character takes at most three bytes of UTF-8.
        Span<char> text = stackalloc char[MaxDeviceLength * 3];
        if (value.Kind == BatchValueKind.Text && value.Text.Length is > 0 and <= MaxDeviceLength * 3)
        {
            text = text[..Encoding.UTF8.GetChars(value.Text, text)];
            if (text.Length <= MaxDeviceLength)
            {
                _known = devices?.FindByUser((ReadOnlySpan<char>)text);
                return _known?.User ?? new string(text);
            }
        }

        Spoil($"device must be a text of 1 to {MaxDeviceLength} characters");
        return null;
    }

    private long? Time(scoped BatchValue value)
    {
        if (value.Kind == BatchValueKind.Number && Math.Abs(value.Number) <= LastMs)
        {
            return (long)Math.Round(value.Number);
        }

        if (value.Kind == BatchValueKind.Text && ReportTime.TryParseDate(value.Text, out var time))
        {
            return time;
        }

        Spoil("fixTime must be milliseconds since 1970 or ISO 8601");
        return null;
    }
}
