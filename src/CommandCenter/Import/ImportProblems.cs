using CommandCenter.Contracts.Import;
using CommandCenter.Http;

namespace CommandCenter.Import;

/// <summary>What is wrong with a file, as the rules find it: counted in full, kept as far as a person could read it.</summary>
public sealed class ImportProblems
{
    public const int MaxListed = 500;

    /// <summary>More than are listed, because they are found in another order than they are listed in.</summary>
    private const int MaxKept = 10_000;

    private readonly List<ImportProblem> _errors = [];
    private readonly List<ImportProblem> _warnings = [];

    public int Errors { get; private set; }

    public int Warnings { get; private set; }

    public void Add(ImportProblem problem)
    {
        var isError = problem.Severity == ImportSeverity.Error;
        if (isError)
        {
            Errors++;
        }
        else
        {
            Warnings++;
        }

        var kept = isError ? _errors : _warnings;
        if (kept.Count < MaxKept)
        {
            kept.Add(problem);
        }
    }

    public void Error(int row, string? code, string? field, ImportFault fault, string detail, string? other = null) =>
        Add(new ImportProblem(row, code, field, fault, ImportSeverity.Error, detail, other));

    public void Warn(int row, string? code, string? field, ImportFault fault, string detail, string? other = null) =>
        Add(new ImportProblem(row, code, field, fault, ImportSeverity.Warning, detail, other));

    /// <summary>True when the arguments hold no problem; otherwise theirs becomes the row's.</summary>
    public bool Accept(Arguments arguments, int row, string? code, string field)
    {
        if (arguments.Problem is not { } refused)
        {
            return true;
        }

        Error(row, code, field, ImportFault.Invalid, refused.ProblemDetails.Detail ?? "");
        return false;
    }

    /// <summary>The first ones: errors before warnings, each by row.</summary>
    public IReadOnlyList<ImportProblem> ToList() => [.. _errors.OrderBy(p => p.Row).Concat(_warnings.OrderBy(p => p.Row)).Take(MaxListed)];
}
