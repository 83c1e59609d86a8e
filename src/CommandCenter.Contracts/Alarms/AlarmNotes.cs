namespace CommandCenter.Contracts.Alarms;

/// <summary>Body of <c>POST /api/alarms/{id}/notes</c>.</summary>
/// <param name="Id">A UUID that the writer makes; the same again is the same note, as it was said first.</param>
/// <param name="Text">1 to 500 characters.</param>
public sealed record NewAlarmNote(string? Id, string? Text);

/// <summary>What the writer is told once the note is durable.</summary>
/// <param name="Id">The writer's.</param>
/// <param name="AfterEnd">The alarm had ended when it was added.</param>
public sealed record AlarmNoteReceipt(string Id, bool AfterEnd);

/// <summary>A file beside an alarm, as its ledger names it: answered by <c>POST /api/alarms/{id}/attachments</c>; the file itself is at <c>GET …/attachments/{id}</c>.</summary>
/// <param name="Id">The sender's UUID.</param>
/// <param name="Name">With the extension of its type.</param>
/// <param name="Type">What its first bytes say it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
public sealed record AlarmAttachment(
    string Id,
    string Name,
    [property: OneOf("image/jpeg", "image/png", "image/webp", "audio/mp4", "audio/mpeg", "video/mp4", "application/pdf")] string Type,
    int Size,
    string Sha256);
