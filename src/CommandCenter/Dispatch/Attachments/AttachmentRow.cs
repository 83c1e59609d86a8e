using CommandCenter.Alarms;
using CommandCenter.Contracts.Alarms;

namespace CommandCenter.Dispatch.Attachments;

/// <summary>A stored file without its bytes.</summary>
internal sealed class AttachmentRow
{
    public Guid AlarmId { get; init; }

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Type { get; init; } = "";

    /// <summary>Bytes.</summary>
    public int Size { get; init; }

    public byte[] Sha256 { get; init; } = [];

    /// <summary>As the alarm's ledger knows who added it.</summary>
    public string Speaker { get; init; } = "";

    public string ByName { get; init; } = "";

    public bool AfterEnd { get; init; }

    private bool IsByPhone => Speaker.StartsWith('w');

    /// <summary>When it came, ms since 1970 UTC.</summary>
    public long AtMs { get; init; }

    public AlarmAttachment ToContract() => new(Id.ToString("D"), Name, Type, Size, Convert.ToHexStringLower(Sha256));

    /// <summary>The step of the alarm's ledger, the same whenever it is told.</summary>
    public AlarmEvent ToEvent() => new()
    {
        Id = AlarmIds.Attachment(AlarmId, Id),
        Alarm = AlarmId,
        Step = AlarmStep.Attached,
        AtMs = AtMs,
        By = IsByPhone ? null : ByName,
        SpokenBy = IsByPhone ? ByName : null,
        Speaker = Speaker,
        AfterEnd = AfterEnd,
        File = new AttachedFile(Id, Name, Type, Size, Convert.ToHexStringLower(Sha256)),
    };
}
