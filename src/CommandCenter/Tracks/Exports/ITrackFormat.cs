namespace CommandCenter.Tracks.Exports;

/// <summary>Writes one format, stretch by stretch: all of a worker's together and in order of time. One use each.</summary>
internal interface ITrackFormat
{
    void Begin(ExportText to, ExportRequest request);

    void Add(ExportText to, Stretch stretch);

    /// <param name="to">Where the file ends.</param>
    /// <param name="notes">What cleaning left out and what could not be read, for formats that have a place for it.</param>
    void End(ExportText to, ExportNotes notes);
}
