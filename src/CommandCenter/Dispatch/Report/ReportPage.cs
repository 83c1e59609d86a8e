using System.Globalization;
using System.Net;
using System.Text;
using CommandCenter.Alarms;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Contracts.Dispatch;
using CommandCenter.Dispatch.Assignments;

namespace CommandCenter.Dispatch.Report;

/// <summary>Writes a report as HTML for A4 paper, with the page's own font, which has Chinese characters on any system. Pure.</summary>
internal sealed class ReportPage(Func<string, string> word, bool english, TimeZoneInfo zone)
{
    private const string Style = """
        @page { size: A4; margin: 16mm 14mm 18mm; }
        body { font: 10.5pt/1.5 "Noto Sans SC Variable", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei", sans-serif; color: #000; background: #fff; max-width: 182mm; margin: 8mm auto; padding: 0 4mm; }
        h1 { font-size: 17pt; margin: 0 0 2mm; } h2 { font-size: 12pt; margin: 6mm 0 2mm; }
        .drill { display: inline-block; border: .6mm solid #000; padding: 0 3mm; font-weight: 700; margin-left: 3mm; }
        table { width: 100%; border-collapse: collapse; } th, td { border: .25mm solid #777; padding: 1mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        th { background: #eee; font-weight: 600; white-space: nowrap; } thead { display: table-header-group; } tr { break-inside: avoid; }
        .facts th { width: 45mm; } .hash { font: 7.5pt/1.35 ui-monospace, "DejaVu Sans Mono", monospace; width: 46mm; } .number { width: 9mm; text-align: right; } .time { white-space: nowrap; }
        .files img { max-width: 40mm; max-height: 30mm; display: block; } .words { white-space: pre-line; }
        .verdict { font-weight: 600; margin: 3mm 0; } .broken { border: .6mm solid #000; padding: 1mm 3mm; } footer { margin-top: 6mm; font-size: 9pt; color: #333; }
        @media print { body { margin: 0; padding: 0; max-width: none; } }
        """;

    public string Write(AlarmReport report)
    {
        var press = report.Alarm.Press;
        var kind = word($"kind.{press.Kind.Word()}");
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"{(english ? "en" : "zh-CN")}\"><head><meta charset=\"utf-8\"><title>{Text(word("title"))} · {Text(kind)} · {report.Alarm.Id:D}</title><link rel=\"stylesheet\" href=\"/fonts.css\"><style>{Style}</style></head><body><main>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Text(word("title"))} · {Text(kind)}{(press.Exercise ? $"<span class=\"drill\">{Text(word("exercise"))}</span>" : "")}</h1>");
        WriteFacts(html, report);
        WriteSent(html, report);
        new ReportFiles(word).Write(html, report);
        WriteLedger(html, report);
        var verdict = report.Intact ? word("intact") : word("broken");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"verdict{(report.Intact ? "" : " broken")}\" data-intact=\"{(report.Intact ? "true" : "false")}\">{Text(verdict)}{(report.Stored ? "" : " " + Text(word("pending")))}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<footer>{Text(string.Format(CultureInfo.InvariantCulture, word("printed"), Time(report.At), report.By, zone.Id))}</footer></main></body></html>");
        return html.ToString();
    }

    private void WriteFacts(StringBuilder html, AlarmReport report)
    {
        var (alarm, press) = (report.Alarm, report.Alarm.Press);
        html.Append("<table class=\"facts\"><tbody>");
        Fact("id", alarm.Id.ToString("D"));
        Fact("state", word($"state.{alarm.Stage.Word()}"));
        if (alarm.ErasedMs is { } erased)
        {
            Fact("erasedAt", Time(AlarmTimes.Of(erased)));
        }

        if (press.Worker is not null)
        {
            Fact("worker", $"{press.Worker} {(report.IsStranger ? word("stranger") : report.Worker?.Name)}{(press.OffDuty ? $" ({word("offDuty")})" : "")}");
        }

        if (!report.IsStranger)
        {
            Fact("home", report.Home);
        }

        Fact("place", report.Place ?? (alarm.ErasedMs is not null ? word("deleted") : press.Longitude is null ? word("nowhere") : "—"));
        if (press is { Longitude: { } longitude, Latitude: { } latitude })
        {
            var accuracy = press.AccuracyMeters is { } meters ? $", {string.Format(CultureInfo.InvariantCulture, word("accuracy"), Math.Round(meters))}" : "";
            Fact("coordinates", string.Create(CultureInfo.InvariantCulture, $"{longitude:F6}, {latitude:F6}{accuracy}"));
        }

        Fact("occurred", $"{Time(AlarmTimes.Of(press.OccurredMs))}{(press.Late ? $" ({word("late")})" : "")}");
        Fact("arrived", Time(AlarmTimes.Of(alarm.ArrivedMs)));
        if (press.Note is not null && !report.IsStranger)
        {
            Fact("note", press.Note);
        }

        html.Append("</tbody></table>");

        void Fact(string name, string value) => html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(word(name))}</th><td>{Text(value)}</td></tr>");
    }

    private void WriteSent(StringBuilder html, AlarmReport report)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(word("sent"))}</h2>");
        if (report.Sent.Count == 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Text(word("nobody"))}</p>");
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"<table class=\"sent\"><thead><tr><th>{Text(word("sentTo"))}</th><th>{Text(word("sentBy"))}</th><th>{Text(word("steps"))}</th></tr></thead><tbody>");
        foreach (var one in report.Sent)
        {
            var steps = one.Steps.Select(step => $"{Time(step.At)} {word(step.State)}{(step.Implied ? $" ({word("implied")})" : "")}{(step.Note is null ? "" : $": {step.Note}")}");
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(WhoOf(one))}</td><td>{Text(one.SentBy)}</td><td>{string.Join("<br>", steps.Select(Text))}</td></tr>");
        }

        html.Append("</tbody></table>");
    }

    private void WriteLedger(StringBuilder html, AlarmReport report)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(word("ledger"))}</h2><table class=\"ledger\"><thead><tr>");
        foreach (var name in (string[])["number", "time", "step", "by", "text", "hash"])
        {
            html.Append(CultureInfo.InvariantCulture, $"<th>{Text(word(name))}</th>");
        }

        html.Append("</tr></thead><tbody>");
        bool IsPress(string step) =>
            step is "raised" or "joined" && (report.Alarm.Press.DeviceId is not null || (report.Alarm.ErasedMs is not null && report.Alarm.Press.Kind.IsOfDevices()));
        string ByOf(AlarmEntry entry) =>
            entry.By is null ? word(IsPress(entry.Step) || IsAnswer(entry) ? "phone" : "center") : entry.Via == "phone" ? $"{entry.By} ({word("phone")})" : entry.By;
        foreach (var entry in report.Ledger)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr data-number=\"{entry.Number}\" data-step=\"{Text(entry.Step)}\" data-hash=\"{Text(entry.Hash)}\"><td class=\"number\">{entry.Number}</td><td class=\"time\">{Text(Time(entry.At))}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td>{Text(word($"step.{entry.Step}"))}{(entry.AfterEnd ? Text($" ({word("afterEnd")})") : "")}</td><td>{Text(ByOf(entry))}</td><td class=\"words\">{Text(TextOf(entry))}</td><td class=\"hash\">{Text(entry.Hash)}</td></tr>");
        }

        html.Append("</tbody></table>");
    }

    /// <summary>Of somebody who was sent, by the own phone: the clock and the center only say that no answer came, and that it is over.</summary>
    private static bool IsAnswer(AlarmEntry entry) =>
        entry.Text?.Split(' ', 2) is [_, var said] && AssignmentRules.Words.TryGetValue(said.Split(": ", 2)[0], out var state) && state is not (AssignmentState.NoAnswer or AssignmentState.Cancelled);

    private string WhoOf(AssignmentInfo one) => one.Worker.Length == 0 ? word("deleted") : $"{one.Worker} {one.Name ?? word("stranger")}";

    /// <summary>Steps of assignments are told as a code and a word of their own; what somebody wrote stands as it was written.</summary>
    private string TextOf(AlarmEntry entry)
    {
        if (entry.WordsDeleted)
        {
            return word("deleted");
        }

        if (entry.Via is not null)
        {
            return entry.Text ?? "";
        }

        var parts = (entry.Text ?? "").Split(' ', 2);
        var said = parts.Length == 2 ? parts[1].Split(": ", 2) : [];
        return said.Length > 0 && AssignmentRules.Words.ContainsKey(said[0]) ? $"{parts[0]} {word(said[0])}{(said.Length > 1 ? ": " + said[1] : "")}" : entry.Text ?? "";
    }

    private string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}
