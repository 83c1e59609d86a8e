using CommandCenter.Contracts.Devices;

namespace CommandCenter.Contracts.Import;

/// <summary>What a file holds.</summary>
public enum ImportKind
{
    Areas,
    Roster,
    Devices,
}

/// <summary>
/// Answer of <c>POST /api/import/areas</c>, <c>/roster</c> and <c>/devices</c>, previewed or applied. One problem of severity error and nothing
/// is applied.
/// </summary>
/// <param name="Kind">What was imported.</param>
/// <param name="Applied">True when everything below was stored; false for a preview and for a refusal.</param>
/// <param name="Fingerprint">Stands for the file, the options and what they would change: an apply that gives it does what this says, or nothing.</param>
/// <param name="Encoding">How the text was read: UTF-8 or GB18030.</param>
/// <param name="Rows">Features or rows read.</param>
/// <param name="Added">Rows that are new.</param>
/// <param name="Changed">Rows that differ from what is stored.</param>
/// <param name="Unchanged">Rows that say what is stored already.</param>
/// <param name="Left">Areas or workers that are stored in the place of the file, but not in the file: they stay as they are.</param>
/// <param name="Changes">The first 500 rows added or changed, in the file's order.</param>
/// <param name="ChangesLeftOff">How many changes are not listed.</param>
/// <param name="Problems">The first 500 problems: errors before warnings, each by row.</param>
/// <param name="ProblemsLeftOff">How many problems are not listed.</param>
/// <param name="Devices">Only after applying devices: the new ones, in the file's order, with their secrets, which nothing ever shows again.</param>
public sealed record ImportReport(
    ImportKind Kind,
    bool Applied,
    string Fingerprint,
    string Encoding,
    int Rows,
    int Added,
    int Changed,
    int Unchanged,
    int Left,
    IReadOnlyList<ImportedRow> Changes,
    int ChangesLeftOff,
    IReadOnlyList<ImportProblem> Problems,
    int ProblemsLeftOff,
    IReadOnlyList<EnrolledDevice>? Devices);

/// <summary>A row that adds or changes something.</summary>
/// <param name="Row">As in <see cref="ImportProblem"/>.</param>
/// <param name="Code">Of the area or the worker.</param>
/// <param name="Name">Of the area or the worker; of a device its label.</param>
/// <param name="Added">True: new; false: changed.</param>
/// <param name="Fields">What is changed, by the names of the file's fields; empty for new ones.</param>
public sealed record ImportedRow(int Row, string Code, string? Name, bool Added, IReadOnlyList<string> Fields);
