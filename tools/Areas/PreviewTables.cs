using System.Globalization;
using CommandCenter.Contracts.Import;
using Spectre.Console;

namespace CommandCenter.AreaFiles;

/// <summary>A report as a person reads it in a terminal. Texts of the file are shown as they are, never as markup.</summary>
internal static class PreviewTables
{
    private const int MostRows = 50;

    public static void Write(IAnsiConsole console, string file, ImportReport report)
    {
        console.Write(new Rule(Markup.Escape($"{file}: {report.Kind} ({report.Encoding})")) { Justification = Justify.Left });
        console.Write(Counts(report));
        if (report.Changes.Count > 0 && !report.Applied)
        {
            console.Write(Changes(report));
        }

        if (report.Problems.Count > 0)
        {
            console.Write(Problems(report));
        }
    }

    private static Table Counts(ImportReport report) => Of("rows", "added", "changed", "unchanged", "not in the file").Row(
        Number(report.Rows), Number(report.Added), Number(report.Changed), Number(report.Unchanged), Number(report.Left));

    private static Table Changes(ImportReport report)
    {
        var table = Of("row", "code", "name", "what");
        foreach (var change in report.Changes.Take(MostRows))
        {
            table.Row(Number(change.Row), change.Code, change.Name ?? "", change.Added ? "new" : string.Join(", ", change.Fields));
        }

        return More(table, report.Changes.Count + report.ChangesLeftOff);
    }

    private static Table Problems(ImportReport report)
    {
        var table = Of("row", "code", "", "what is wrong", "where");
        foreach (var problem in report.Problems.Take(MostRows))
        {
            var isError = problem.Severity == ImportSeverity.Error;
            table.AddRow(
                new Text(problem.Row == 0 ? "–" : Number(problem.Row)),
                new Text(problem.Code ?? ""),
                new Text(isError ? "error" : "warning", new Style(isError ? Color.Red : Color.Yellow)),
                new Text(problem.Detail),
                new Text(problem.At is [var x, var y] ? string.Create(CultureInfo.InvariantCulture, $"{x:0.#####}, {y:0.#####}") : ""));
        }

        return More(table, report.Problems.Count + report.ProblemsLeftOff);
    }

    private static Table More(Table table, int all) =>
        all > MostRows ? table.Caption(string.Create(CultureInfo.InvariantCulture, $"the first {MostRows} of {all}")) : table;

    private static Table Of(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    private static Table Row(this Table table, params string[] cells)
    {
        table.AddRow(cells.Select(cell => new Text(cell)));
        return table;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
