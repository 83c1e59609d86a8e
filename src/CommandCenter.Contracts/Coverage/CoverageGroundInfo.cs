using System.Text.Json;

namespace CommandCenter.Contracts.Coverage;

/// <summary>Ground that nobody patrols, as answered by <c>GET /api/coverage/masks</c>.</summary>
public sealed record CoverageMasks(IReadOnlyList<CoverageMaskInfo> Items);

/// <param name="Code">Of its place in the operator's data.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind">Why nobody patrols it.</param>
/// <param name="Since">When it was drawn so.</param>
/// <param name="AddedBy">User name; null for viewers below an administrator.</param>
/// <param name="Geometry">GeoJSON.</param>
public sealed record CoverageMaskInfo(
    string Code, string Name, [property: OneOf("water", "closed")] string Kind, DateTimeOffset Since, string? AddedBy, JsonElement Geometry);

/// <summary>What an import of masks did, as answered by <c>PUT /api/coverage/masks</c>.</summary>
/// <param name="Added">New ones.</param>
/// <param name="Changed">Drawn or named otherwise than before.</param>
/// <param name="Same">As they were.</param>
/// <param name="Refused">The first 100 that are none.</param>
/// <param name="RefusedCount">All of them.</param>
public sealed record CoverageMaskReport(int Added, int Changed, int Same, IReadOnlyList<CoverageMaskRefusal> Refused, int RefusedCount);

/// <param name="Feature">Its place in the file, from 0.</param>
/// <param name="Code">As far as it has one.</param>
/// <param name="Field">What is wrong; null: all of it.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record CoverageMaskRefusal(int Feature, string? Code, string? Field, string Reason);

/// <summary>All targets that were set in the viewer's area, as answered by <c>GET /api/coverage/targets</c>.</summary>
/// <param name="Usual">Days where none was.</param>
/// <param name="Most">Days allowed.</param>
/// <param name="Choices">Days by the words that may be set instead.</param>
/// <param name="Items">By code of the area.</param>
public sealed record CoverageTargets(int Usual, int Most, IReadOnlyDictionary<string, int> Choices, IReadOnlyList<CoverageTargetSet> Items);

/// <param name="Area">Code.</param>
/// <param name="Name">Of the area.</param>
/// <param name="Days">A square is blind after so many without a visit.</param>
/// <param name="SetBy">User name; null for viewers below an administrator.</param>
/// <param name="SetAt">When.</param>
public sealed record CoverageTargetSet(string Area, string Name, int Days, string? SetBy, DateTimeOffset SetAt);

/// <summary>What holds in an area.</summary>
/// <param name="Area">Its code.</param>
/// <param name="Days">A square is blind after so many without a visit.</param>
/// <param name="Choice">The word for so many days; null: there is none.</param>
/// <param name="From">Code of the area that it was set for; null: it is the usual one, or set above the viewer's area.</param>
public sealed record CoverageTargetInfo(string Area, int Days, [property: OneOf("hot-spot", "normal", "remote")] string? Choice, string? From);

/// <summary>One of both.</summary>
/// <param name="Days">A square is blind after so many without a visit.</param>
/// <param name="Choice">A word for so many days.</param>
public sealed record NewCoverageTarget(int? Days, [property: OneOf("hot-spot", "normal", "remote")] string? Choice);
