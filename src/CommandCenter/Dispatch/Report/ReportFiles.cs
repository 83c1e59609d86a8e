using System.Globalization;
using System.Net;
using System.Text;
using CommandCenter.Contracts.Alarms;

namespace CommandCenter.Dispatch.Report;

/// <summary>The files beside an alarm as part of its report: each with the hash that the ledger binds it by, and whether what is stored is still that. Pure.</summary>
internal sealed class ReportFiles(Func<string, string> word)
{
    public void Write(StringBuilder html, AlarmReport report)
    {
        var files = report.Ledger.Select(entry => entry.Attachment).OfType<AlarmAttachment>().ToList();
        if (files.Count == 0)
        {
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(word("files"))}</h2><table class=\"files\"><thead><tr>");
        foreach (var name in (string[])["file", "type", "size", "fileHash", "fileState"])
        {
            html.Append(CultureInfo.InvariantCulture, $"<th>{Text(word(name))}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var file in files)
        {
            var state = StateOf(file, report);
            var picture = state != "gone" && file.Type.StartsWith("image/", StringComparison.Ordinal)
                ? $"<img src=\"/api/alarms/{report.Alarm.Id:D}/attachments/{Text(file.Id)}\" alt=\"{Text(file.Name)}\">"
                : "";
            html.Append(CultureInfo.InvariantCulture, $"<tr data-file=\"{Text(file.Id)}\" data-state=\"{state}\"><td>{picture}{Text(file.Name)}</td><td>{Text(file.Type)}</td><td>{SizeOf(file.Size)}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td class=\"hash\">{Text(file.Sha256)}</td><td>{Text(word(state))}</td></tr>");
        }

        html.Append("</tbody></table>");
    }

    private static string StateOf(AlarmAttachment file, AlarmReport report) =>
        !report.Hashes.TryGetValue(file.Id, out var now) ? "gone" : now == file.Sha256 ? "whole" : "altered";

    private static string SizeOf(int bytes) => bytes < 1_024 * 1_024
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (bytes + 512) / 1_024)} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576.0:F1} MB");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
