namespace CommandCenter.Tracks.Exports;

/// <summary>Writes one format, stretch by stretch: all of a worker's together and in order of time. One use each.</summary>
internal interface ITrackFormat
{
    void Begin(ExportText to, ExportRequest request);

    void Add(ExportText to, Stretch stretch);

    void End(ExportText to);
}
