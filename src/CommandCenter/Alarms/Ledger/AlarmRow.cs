namespace CommandCenter.Alarms.Ledger;

/// <summary>A row of <c>alarms</c>: an alarm's state as columns.</summary>
internal sealed class AlarmRow
{
    public const string Columns =
        """
        id as Id, source as Source, kind as Kind, priority as Priority, state as State, device_id as DeviceId, worker_id as WorkerId, worker_code as WorkerCode,
        home_area_id as HomeAreaId, place_area_id as PlaceAreaId, occurred_ms as OccurredMs, arrived_ms as ArrivedMs, late as Late, off_duty as OffDuty,
        exercise as Exercise, longitude as Longitude, latitude as Latitude, accuracy_meters as AccuracyMeters, note as Note, level as Level, repeats as Repeats,
        acknowledged_by as AcknowledgedBy, acknowledged_ms as AcknowledgedMs, closed_ms as ClosedMs, shown_ms as ShownMs, reopened as Reopened,
        clock_ms as ClockMs, version as Version, entries as Entries, head as Head, erased_ms as ErasedMs
        """;

    public Guid Id { get; init; }

    public string Source { get; init; } = "";

    public string Kind { get; init; } = "";

    public short Priority { get; init; }

    public string State { get; init; } = "";

    public int? DeviceId { get; init; }

    public int? WorkerId { get; init; }

    public string? WorkerCode { get; init; }

    public int HomeAreaId { get; init; }

    public int? PlaceAreaId { get; init; }

    public long OccurredMs { get; init; }

    public long ArrivedMs { get; init; }

    public bool Late { get; init; }

    public bool OffDuty { get; init; }

    public bool Exercise { get; init; }

    public double? Longitude { get; init; }

    public double? Latitude { get; init; }

    public double? AccuracyMeters { get; init; }

    public string? Note { get; init; }

    public int Level { get; init; }

    public int Repeats { get; init; }

    public string? AcknowledgedBy { get; init; }

    public long? AcknowledgedMs { get; init; }

    public long? ClosedMs { get; init; }

    public long? ShownMs { get; init; }

    public int Reopened { get; init; }

    public long ClockMs { get; init; }

    public long Version { get; init; }

    public long? ErasedMs { get; init; }

    public int Entries { get; init; }

    public byte[] Head { get; init; } = LedgerChain.Start;

    public static AlarmRow Of(AlarmState state, int entries, byte[] head) => new()
    {
        Id = state.Id,
        Source = state.Press.Source,
        Kind = state.Press.Kind.Word(),
        Priority = (short)state.Press.Kind.Priority(),
        State = state.Stage.Word(),
        DeviceId = state.Press.DeviceId,
        WorkerId = state.Press.WorkerId,
        WorkerCode = state.Press.Worker,
        HomeAreaId = state.Press.HomeAreaId,
        PlaceAreaId = state.Press.PlaceAreaId,
        OccurredMs = state.Press.OccurredMs,
        ArrivedMs = state.ArrivedMs,
        Late = state.Press.Late,
        OffDuty = state.Press.OffDuty,
        Exercise = state.Press.Exercise,
        Longitude = state.Press.Longitude,
        Latitude = state.Press.Latitude,
        AccuracyMeters = state.Press.AccuracyMeters,
        Note = state.Press.Note,
        Level = state.Level,
        Repeats = state.Repeats,
        AcknowledgedBy = state.AcknowledgedBy,
        AcknowledgedMs = state.AcknowledgedMs,
        ClosedMs = state.ClosedMs,
        ShownMs = state.ShownMs,
        Reopened = state.Reopened,
        ClockMs = state.ClockMs,
        Version = state.Version,
        ErasedMs = state.ErasedMs,
        Entries = entries,
        Head = head,
    };

    /// <summary>Without the steps that are in it: who needs them asks the ledger.</summary>
    public AlarmState ToState() => new()
    {
        Id = Id,
        Press = new AlarmPress
        {
            Kind = AlarmWords.Kinds[Kind],
            Source = Source,
            DeviceId = DeviceId,
            WorkerId = WorkerId,
            Worker = WorkerCode,
            HomeAreaId = HomeAreaId,
            PlaceAreaId = PlaceAreaId,
            OccurredMs = OccurredMs,
            Late = Late,
            OffDuty = OffDuty,
            Exercise = Exercise,
            Longitude = Longitude,
            Latitude = Latitude,
            AccuracyMeters = AccuracyMeters,
            Note = Note,
        },
        ArrivedMs = ArrivedMs,
        Stage = AlarmWords.Stages[State],
        Level = Level,
        Repeats = Repeats,
        AcknowledgedBy = AcknowledgedBy,
        AcknowledgedMs = AcknowledgedMs,
        ClosedMs = ClosedMs,
        ShownMs = ShownMs,
        Reopened = Reopened,
        ClockMs = ClockMs,
        Version = Version,
        ErasedMs = ErasedMs,
    };
}
