using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Periods;

/// <summary>Subjects by their words on the wire.</summary>
internal static class SubjectKinds
{
    public static readonly IReadOnlyDictionary<string, SubjectKind> Words = Enum.GetValues<SubjectKind>().ToDictionary(Word, StringComparer.Ordinal);

    public static string Word(this SubjectKind kind) => kind switch
    {
        SubjectKind.Worker => "worker",
        SubjectKind.Grid => "grid",
        SubjectKind.Community => "community",
        SubjectKind.Subdistrict => "subdistrict",
        SubjectKind.Department => "department",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
