namespace CommandCenter.Contracts.Tracks;

/// <summary>What somebody wrote at a moment of a worker's track, as answered by <c>GET /api/tracks/notes</c>.</summary>
/// <param name="Id">A UUID, in small letters.</param>
/// <param name="Worker">Code.</param>
/// <param name="At">Of the track, to the millisecond.</param>
/// <param name="Text">1 to 500 characters; its lines end with a line feed.</param>
/// <param name="Author">User name.</param>
/// <param name="Removable">The viewer may delete it: wrote it, or administers the worker's area.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record TrackNote(string Id, string Worker, DateTimeOffset At, string Text, string Author, bool Removable, DateTimeOffset CreatedAt);

/// <summary>Body of <c>POST /api/tracks/notes</c>. The same again, by its id, is one note.</summary>
/// <param name="Id">A UUID that the writer makes.</param>
/// <param name="Worker">Code.</param>
/// <param name="At">Of the track.</param>
/// <param name="Text">1 to 500 characters.</param>
public sealed record NewTrackNote(string? Id, string? Worker, DateTimeOffset At, string? Text);
