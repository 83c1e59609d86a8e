using CommandCenter.Center;
using CommandCenter.Contracts.Import;
using Spectre.Console;

namespace CommandCenter.AreaFiles;

/// <summary>One file: preview, question, apply.</summary>
internal sealed class ImportRun(CenterClient client, IAnsiConsole console)
{
    public async Task<int> RunAsync(string file, ImportKind kind, string? datum, bool apply, bool yes, string? secrets, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        var ofAreas = kind == ImportKind.Areas ? datum : null;
        var preview = await client.ImportAsync(kind, bytes, ofAreas, null, cancellationToken);
        PreviewTables.Write(console, file, preview);
        if (preview.Problems.Any(problem => problem.Severity == ImportSeverity.Error))
        {
            console.WriteLine("Nothing can be applied before the errors are mended.");
            return ExitStatus.FileHasErrors;
        }

        if (!apply || preview.Added + preview.Changed == 0)
        {
            console.WriteLine(apply ? "There is nothing to apply." : "This was a preview; --apply stores it.");
            return ExitStatus.Done;
        }

        if (!yes && !(console.Profile.Capabilities.Interactive && await new ConfirmationPrompt("Apply this?") { DefaultValue = false }.ShowAsync(console, cancellationToken)))
        {
            console.WriteLine("Nothing was applied (--yes applies without asking).");
            return ExitStatus.Declined;
        }

        return kind == ImportKind.Devices
            ? await ApplyDevicesAsync(file, bytes, preview.Fingerprint, secrets ?? file + ".secrets.csv", cancellationToken)
            : Say(await client.ImportAsync(kind, bytes, ofAreas, preview.Fingerprint, cancellationToken), file);
    }

    private async Task<int> ApplyDevicesAsync(string file, byte[] bytes, string fingerprint, string secrets, CancellationToken cancellationToken)
    {
        using var keep = SecretsFile.Create(secrets, out var fault);
        if (keep is null)
        {
            console.WriteLine($"The secrets cannot be kept in {secrets}: {fault}. Nothing was applied.");
            return ExitStatus.BadArgument;
        }

        ImportReport report;
        try
        {
            report = await client.ImportAsync(ImportKind.Devices, bytes, null, fingerprint, cancellationToken);
        }
        catch (ServerRefusedException)
        {
            keep.Discard();
            throw;
        }

        if (report is not { Applied: true, Devices: { } devices })
        {
            keep.Discard();
            return Say(report, file);
        }

        await keep.WriteAsync(devices, CancellationToken.None);
        console.WriteLine($"{devices.Count} secrets are in {keep.Path}, and nowhere else.");
        return Say(report, file);
    }

    private int Say(ImportReport report, string file)
    {
        if (!report.Applied)
        {
            PreviewTables.Write(console, file, report);
            console.WriteLine("Nothing was applied.");
            return ExitStatus.FileHasErrors;
        }

        console.WriteLine($"Applied: {report.Added} added, {report.Changed} changed.");
        return ExitStatus.Done;
    }
}
