using System.Buffers;

namespace CommandCenter.Positions;

/// <summary>Reports in a pooled array, cleared when given back: some hold a phone's words.</summary>
public readonly struct RentedReports : IDisposable
{
    private readonly PositionReport[] _reports;
    private readonly int _count;

    private RentedReports(PositionReport[] reports, int count) => (_reports, _count) = (reports, count);

    public Memory<PositionReport> Memory => _reports.AsMemory(0, _count);

    public static RentedReports Of(int count) => new(ArrayPool<PositionReport>.Shared.Rent(count), count);

    public static RentedReports Of(in PositionReport report)
    {
        var rented = Of(1);
        rented._reports[0] = report;
        return rented;
    }

    public void Dispose()
    {
        _reports.AsSpan(0, _count).Clear();
        ArrayPool<PositionReport>.Shared.Return(_reports);
    }
}
