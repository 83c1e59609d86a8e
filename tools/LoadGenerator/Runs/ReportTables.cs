using System.Globalization;
using CommandCenter.LoadGenerator.Measuring;
using Spectre.Console;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>The report for people.</summary>
internal static class ReportTables
{
    public static void Print(RunReport report, IAnsiConsole console)
    {
        console.WriteLine();
        console.Write(Stages(report.Stages));
        console.Write(Parts(report.Stages));
        foreach (var (stage, note) in report.Stages.SelectMany(stage => stage.Notes.Select(note => (stage.Name, note))))
        {
            console.WriteLine($"{stage}: {note}");
        }

        foreach (var finding in report.Findings)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finding.What}: {finding.Value:0.###} {finding.Unit} (goal: {finding.Goal})"));
        }

        var books = report.Reconciliation;
        console.WriteLine(
            $"sent {books.Sent} = accepted {books.Accepted} = stored {books.Stored?.ToString(CultureInfo.InvariantCulture) ?? "?"}; refused {books.Refused}, left open {books.Uncertain}; "
            + $"shown {books.LookedFor - books.NotShown} of {books.LookedFor} newest fixes on the walls");
        foreach (var mismatch in report.Mismatches)
        {
            console.WriteLine("MISMATCH: " + mismatch);
        }
    }

    private static Table Stages(IReadOnlyList<StageResult> stages)
    {
        var table = Titled("stage", "s", "conn.", "walls", "answers/s", "fixes/s", "answer p50", "p99 ms", "wall p50", "p99 ms", "frames/s", "workers/s", "bytes each");
        foreach (var stage in stages)
        {
            table.AddRow(
                new Text(stage.Name), Of(stage.Seconds, "0"), Of(stage.Connections), Of(stage.Walls), Of(stage.AnswersPerSecond), Of(stage.AcceptedPerSecond),
                Of(stage.AnswerP50, "0.00"), Of(stage.AnswerP99, "0.00"), Of(stage.WallP50), Of(stage.WallP99), Of(stage.FramesPerSecond), Of(stage.RecordsPerSecond),
                Of(stage.BytesPerMovedWorker, "0.00"));
        }

        return table;
    }

    private static Table Parts(IReadOnlyList<StageResult> stages)
    {
        var table = Titled("cores and peak MB of", "server", "MB", "Redis", "MB", "PostgreSQL", "MB", "generator", "MB");
        foreach (var stage in stages.Where(stage => stage.Usage is not null))
        {
            var usage = stage.Usage!;
            table.AddRow([new Text(stage.Name), .. Cells(usage.Server), .. Cells(usage.Redis), .. Cells(usage.Postgres), .. Cells(usage.Generator)]);
        }

        return table;
    }

    private static Text[] Cells(PartUsage part) => [Of(part.Cores, "0.00"), Of(part.PeakMegabytes)];

    private static Table Titled(params string[] titles)
    {
        var table = new Table { Border = TableBorder.Ascii2 };
        foreach (var title in titles)
        {
            table.AddColumn(title == titles[0] ? new TableColumn(title) : new TableColumn(title).RightAligned());
        }

        return table;
    }

    private static Text Of(double? value, string format = "0") => new(value?.ToString(format, CultureInfo.InvariantCulture) ?? "–");
}
