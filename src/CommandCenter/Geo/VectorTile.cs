using System.Text;

namespace CommandCenter.Geo;

/// <summary>Encodes a Mapbox Vector Tile, version 2.1 of its specification; layers without features are left out.</summary>
public sealed class VectorTile
{
    private readonly List<VectorTileLayer> _layers = [];

    public VectorTileLayer Layer(string name)
    {
        var layer = new VectorTileLayer(name);
        _layers.Add(layer);
        return layer;
    }

    /// <summary>Empty when there is no feature.</summary>
    public byte[] Encode()
    {
        var tile = new ProtobufBytes();
        foreach (var layer in _layers.Where(layer => layer.Count > 0))
        {
            tile.Bytes(3, layer.Encode());
        }

        return tile.ToArray();
    }
}

/// <summary>One layer of a tile. Attributes are texts or whole numbers; null ones are left out.</summary>
public sealed class VectorTileLayer(string name)
{
    private const int MoveTo = 1;
    private const int LineTo = 2;
    private const int ClosePath = 7;

    private readonly ProtobufBytes _features = new();
    private readonly Dictionary<string, int> _keys = [];
    private readonly Dictionary<object, int> _values = [];
    private readonly List<byte[]> _encodedValues = [];

    public int Count { get; private set; }

    public void AddPoint((int X, int Y) at, long? id = null, params ReadOnlySpan<(string Key, object? Value)> attributes) =>
        Add(1, id, [[at]], attributes);

    public void AddLines(IReadOnlyList<(int X, int Y)[]> lines, long? id = null, params ReadOnlySpan<(string Key, object? Value)> attributes) =>
        Add(2, id, lines, attributes);

    /// <summary>Rings as <see cref="TileCutter.Rings"/> gives them.</summary>
    public void AddPolygon(IReadOnlyList<(int X, int Y)[]> rings, long? id = null, params ReadOnlySpan<(string Key, object? Value)> attributes) =>
        Add(3, id, rings, attributes);

    internal byte[] Encode()
    {
        var layer = new ProtobufBytes();
        layer.Number(15, 2);
        layer.Bytes(1, Encoding.UTF8.GetBytes(name));
        layer.Append(_features);
        foreach (var key in _keys.OrderBy(pair => pair.Value))
        {
            layer.Bytes(3, Encoding.UTF8.GetBytes(key.Key));
        }

        foreach (var value in _encodedValues)
        {
            layer.Bytes(4, value);
        }

        layer.Number(5, TileAddress.Extent);
        return layer.ToArray();
    }

    private void Add(int type, long? id, IReadOnlyList<(int X, int Y)[]> parts, ReadOnlySpan<(string Key, object? Value)> attributes)
    {
        if (parts.Count == 0)
        {
            return;
        }

        var tags = new ProtobufBytes();
        foreach (var (key, value) in attributes)
        {
            if (value is not null)
            {
                if (!_keys.TryGetValue(key, out var place))
                {
                    _keys[key] = place = _keys.Count;
                }

                tags.Varint((ulong)place);
                tags.Varint((ulong)PlaceOf(value));
            }
        }

        var feature = new ProtobufBytes();
        if (id is { } known)
        {
            feature.Number(1, (ulong)known);
        }

        feature.Bytes(2, tags.ToArray());
        feature.Number(3, (ulong)type);
        feature.Bytes(4, Commands(type, parts));
        _features.Bytes(2, feature.ToArray());
        Count++;
    }

    private int PlaceOf(object value)
    {
        if (!_values.TryGetValue(value, out var place))
        {
            _values[value] = place = _values.Count;
            var encoded = new ProtobufBytes();
            switch (value)
            {
                case string text:
                    encoded.Bytes(1, Encoding.UTF8.GetBytes(text));
                    break;
                case int number and >= 0:
                    encoded.Number(5, (ulong)number);
                    break;
                default:
                    throw new NotSupportedException($"A tile's attribute cannot be {value}.");
            }

            _encodedValues.Add(encoded.ToArray());
        }

        return place;
    }

    private static byte[] Commands(int type, IReadOnlyList<(int X, int Y)[]> parts)
    {
        var commands = new ProtobufBytes();
        var (x, y) = (0, 0);
        void Step((int X, int Y) to)
        {
            commands.Varint(ZigZag(to.X - x));
            commands.Varint(ZigZag(to.Y - y));
            (x, y) = to;
        }

        foreach (var part in parts)
        {
            commands.Varint(MoveTo | (1 << 3));
            Step(part[0]);
            if (part.Length > 1)
            {
                commands.Varint((ulong)(LineTo | ((part.Length - 1) << 3)));
                foreach (var at in part.AsSpan(1))
                {
                    Step(at);
                }
            }

            if (type == 3)
            {
                commands.Varint(ClosePath | (1 << 3));
            }
        }

        return commands.ToArray();
    }

    private static ulong ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));
}
